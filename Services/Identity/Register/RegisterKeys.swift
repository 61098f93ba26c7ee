import CSodium
import FoundationEssentials
import Schema
import Service
import Storage
import Synchronization

/// The secrets of the person register, from a file of their own: a store without it holds no personal number that
/// anybody can read, nor a reference that can be made again.
///
/// | line of the file | |
/// |---|---|
/// | `pseudonyms HEX` | what references, likenesses and the marks of requests are made with; never changed |
/// | `seal NUMBER HEX` | what numbers are encrypted with; the highest is used, the others open what is older |
final class RegisterKeys: Sendable {
  private static let length = Int(crypto_generichash_KEYBYTES)
  /// Of the register's values, 128 bits: as many as a random identifier has.
  private static let digest = Int(crypto_generichash_BYTES_MIN)

  /// Who was erased, beside the keys: it outlives the store.
  let erasures: ErasureLog
  private let path: String
  private let references: [UInt8]
  private let likenesses: [UInt8]
  /// Makes the hashes by which a store knows a request again: without it a number could be guessed from them.
  let requests: Data
  private let pseudonyms: [UInt8]
  private let seals: Mutex<[Int: [UInt8]]>

  /// Reads the file, or makes it where there is none.
  static func loadOrMake(at path: String) throws -> RegisterKeys {
    guard sodium_init() >= 0 else { throw SettingsError("libsodium cannot be used") }
    if !DurableFile.exists(path) {
      let text = Self.text(pseudonyms: random(), seals: [1: random()])
      try DurableFile.write(text, to: path)
    }
    return try RegisterKeys(path)
  }

  private init(_ path: String) throws {
    self.path = path
    erasures = ErasureLog(at: path + ".erased")
    var (pseudonyms, seals): ([UInt8]?, [Int: [UInt8]]) = (nil, [:])
    guard let text = try? String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self) else {
      throw SettingsError("the register's keys \(path) cannot be read")
    }
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard let key = words.last.flatMap(Self.key) else { throw Self.fault(path) }
      switch (words.first, words.count) {
      case ("pseudonyms", 2): pseudonyms = key
      case ("seal", 3):
        guard let number = Int(words[1]), number > 0 else { throw Self.fault(path) }
        seals[number] = key
      default: throw Self.fault(path)
      }
    }
    guard let pseudonyms, !seals.isEmpty else { throw Self.fault(path) }
    self.pseudonyms = pseudonyms
    self.seals = Mutex(seals)
    references = Self.derive(1, from: pseudonyms)
    likenesses = Self.derive(2, from: pseudonyms)
    requests = Data(Self.derive(3, from: pseudonyms))
  }

  /// What a store keeps to know its own keys again.
  var mark: Data { Self.hash(Array("xaso person register".utf8), Self.derive(4, from: pseudonyms)) }

  // MARK: Pseudonyms

  func reference(of number: PersonalNumber) -> Data { Self.hash(number.digits, references) }

  /// What is equal for equal names and births; nothing can be read from it.
  ///
  /// - Parameter birth: A day or a year, as it was given.
  func likeness(of foldedName: String, birth: String) -> Data {
    Self.hash(Array("\(foldedName)\n\(birth)".utf8), likenesses)
  }

  /// Whether a likeness stands for that name and for a birth that says nothing else: a year agrees with each of its days.
  func agrees(_ known: Data, with foldedName: String, birth: String) -> Bool {
    let year = String(birth.prefix(4))
    if known == likeness(of: foldedName, birth: year) { return true }
    guard birth == year, let number = Int(year), let first = Day(number, 1, 1) else { return false }
    return (0..<366).contains { known == likeness(of: foldedName, birth: "\(first.adding($0))") }
  }

  // MARK: Sealing

  /// The number of the newest key.
  var newest: Int { seals.withLock { $0.keys.max() ?? 0 } }

  /// Encrypted and authenticated (XChaCha20-Poly1305), and bound to the reference: it cannot be put to another one.
  ///
  /// - Returns: The nonce and what follows it, and which key it takes.
  func seal(_ number: PersonalNumber, for reference: Data) -> (data: Data, key: Int) {
    let (name, key) = seals.withLock { seals in
      let name = seals.keys.max() ?? 0
      return (name, seals[name] ?? [])
    }
    let nonce = Self.random(Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES))
    let bound = Array(reference)
    var sealed = [UInt8](repeating: 0, count: number.digits.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
    // It cannot fail: all lengths are right.
    _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
      &sealed, nil, number.digits, UInt64(number.digits.count), bound, UInt64(bound.count), nil, nonce, key)
    return (Data(nonce + sealed), name)
  }

  /// Throws `StorageError.corrupt` for what was sealed with another key or for another reference, or changed.
  func open(_ sealed: Data, key name: Int, for reference: Data) throws -> PersonalNumber {
    let (nonceLength, tag) = (
      Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES), Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    )
    guard let key = seals.withLock({ $0[name] }), sealed.count > nonceLength + tag else {
      throw StorageError(.corrupt, "a personal number was sealed with key \(name), which \(path) does not have")
    }
    let (nonce, box, bound) = (
      Array(sealed.prefix(nonceLength)), Array(sealed.dropFirst(nonceLength)), Array(reference)
    )
    var digits = [UInt8](repeating: 0, count: box.count - tag)
    let result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      &digits, nil, nil, box, UInt64(box.count), bound, UInt64(bound.count), nonce, key)
    guard result == 0, let number = try? PersonalNumber(String(decoding: digits, as: UTF8.self), in: 9999) else {
      throw StorageError(.corrupt, "a sealed personal number was changed")
    }
    return number
  }

  /// Adds a key to the file, and uses it from here on.
  func renew() throws {
    let renewed = seals.withLock { seals in
      seals.merging([(seals.keys.max() ?? 0) + 1: Self.random()]) { $1 }
    }
    try DurableFile.write(Self.text(pseudonyms: pseudonyms, seals: renewed), to: path)
    seals.withLock { $0 = renewed }
  }

  // MARK: Bytes

  private static func text(pseudonyms: [UInt8], seals: [Int: [UInt8]]) -> String {
    """
    # The keys of the person register. Without this file its personal numbers are lost.
    # Keep a copy of it apart from the copies of the stores: whoever has both can read the numbers.
    pseudonyms \(hex(pseudonyms))
    \(seals.sorted { $0.key < $1.key }.map { "seal \($0.key) \(hex($0.value))" }.joined(separator: "\n"))

    """
  }

  private static func fault(_ path: String) -> SettingsError {
    SettingsError("the register's keys \(path) are not lines of `pseudonyms HEX` and `seal NUMBER HEX`")
  }

  private static func hash(_ bytes: [UInt8], _ key: [UInt8]) -> Data {
    var digest = [UInt8](repeating: 0, count: Self.digest)
    // It cannot fail: all lengths are right.
    _ = crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), key, key.count)
    return Data(digest)
  }

  /// A key for one purpose alone.
  private static func derive(_ purpose: UInt64, from key: [UInt8]) -> [UInt8] {
    var derived = [UInt8](repeating: 0, count: length)
    _ = crypto_kdf_derive_from_key(&derived, derived.count, purpose, "register", key)
    return derived
  }

  private static func random(_ count: Int = length) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }

  private static func hex(_ bytes: [UInt8]) -> String { Data(bytes).hexadecimal }

  private static func key(_ hex: Substring) -> [UInt8]? {
    Data(hexadecimal: String(hex)).flatMap { $0.count == length ? Array($0) : nil }
  }
}
