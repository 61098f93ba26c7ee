import ArgumentParser
import FoundationEssentials
import Schema
import ZeroMQ

/// An invitation as one line, to be handed over by a way that one trusts: where the server is, its public key, the
/// invitation's secret key, until when, and a checksum.
///
/// Whoever has the line may join in its owner's stead, once: it is shown when it is made and never kept.
struct InvitationLine {
  var server: String
  var serverKey: PublicKey
  var keys: CurveKeys
  var expires: Timestamp

  private static let prefix = "xaso-1-"
  /// The expiry, two keys, the checksum; between them the server's address.
  private static let fixedSize = 8 + 40 + 40 + 4

  /// Nobody on another machine reaches the server that it names.
  var isForThisMachine: Bool {
    ["tcp://127.", "tcp://localhost:", "tcp://[::1]:", "ipc://"].contains { server.hasPrefix($0) }
  }

  /// The line, secret and all.
  func revealed() -> String {
    var bytes = Data()
    withUnsafeBytes(of: expires.milliseconds.bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: serverKey.z85.utf8)
    bytes.append(contentsOf: keys.secretKey.revealed().utf8)
    bytes.append(contentsOf: server.utf8)
    withUnsafeBytes(of: CRC32.checksum(bytes).bigEndian) { bytes.append(contentsOf: $0) }
    return Self.prefix + Self.text(bytes)
  }

  init(server: String, serverKey: PublicKey, keys: CurveKeys, expires: Timestamp) {
    self.server = server
    self.serverKey = serverKey
    self.keys = keys
    self.expires = expires
  }

  /// Throws what to tell who typed it; never a part of the line.
  init(_ line: String) throws(Complaint) {
    let line = line.filter { !$0.isWhitespace }
    guard line.hasPrefix(Self.prefix) else { throw Self.damaged }
    let text = String(line.dropFirst(Self.prefix.count))
    // Of several texts for the same bytes only one is ours: else a changed last character could go unnoticed.
    guard let bytes = Self.bytes(text), bytes.count > Self.fixedSize, Self.text(bytes) == text else {
      throw Self.damaged
    }
    let (body, sum) = (bytes.dropLast(4), bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    guard CRC32.checksum(body) == sum else { throw Self.damaged }
    func part(_ range: Range<Int>) -> String { String(decoding: body[range], as: UTF8.self) }
    guard let serverKey = PublicKey(z85: part(8..<48)), let secret = SecretKey(z85: part(48..<88)) else {
      throw Self.damaged
    }
    self.init(
      server: part(88..<body.count), serverKey: serverKey, keys: CurveKeys(secret: secret),
      expires: Timestamp(milliseconds: Int64(bitPattern: body[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })))
  }

  private static let damaged = Complaint(
    vi: "Lời mời không đúng: thiếu hoặc sai ký tự. Hãy chép lại cả dòng, bắt đầu bằng xaso-1-.",
    en: "Not an invitation: a character is missing or wrong. Copy the whole line again, from xaso-1- on.",
    code: ExitCode(65))

  private static func text(_ bytes: Data) -> String {
    bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private static func bytes(_ text: String) -> Data? {
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
  }
}

/// The checksum of Ethernet and zip: it finds every run of up to 32 wrong bits.
private enum CRC32 {
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
