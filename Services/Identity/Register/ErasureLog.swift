import FoundationEssentials
import Schema
import Storage

/// Who was erased, by reference, in a file that is no part of a backup of the store: a store that was restored learns from
/// it whom it must not bring back. A reference names nobody without the register's keys.
///
/// A line has the erasure's id, the unit with those that were merged into it, and a reference:
/// `01989f3c-7a00-7000-8000-000000000001 38/15043+38/15049 0123456789abcdef0123456789abcdef`
struct ErasureLog: Sendable {
  struct Entry: Hashable, Sendable {
    /// One for all records of a person.
    var erasure: UUIDv7
    var units: [Unit]
    var reference: Data
  }

  private let path: String

  init(at path: String) { self.path = path }

  /// On disk when it returns: before a store forgets somebody.
  func note(_ entries: [Entry]) throws {
    guard !entries.isEmpty else { return }
    try DurableFile.append(entries.map(\.line).joined(separator: "\n"), to: path)
  }

  /// A line that is not whole was never answered for.
  func entries() throws -> [Entry] {
    guard DurableFile.exists(path) else { return [] }
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return text.split(separator: "\n").compactMap(Entry.init)
  }
}

extension ErasureLog.Entry {
  fileprivate var line: String {
    "\(erasure) \(units.map(\.description).joined(separator: "+")) \(reference.hexadecimal)"
  }

  fileprivate init?(_ line: Substring) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 3, let erasure = UUIDv7(words[0]), let reference = Data(hexadecimal: words[2]),
      reference.count == 16
    else { return nil }
    let units = words[1].split(separator: "+").compactMap { Unit(String($0)) }
    guard !units.isEmpty else { return nil }
    self.init(erasure: erasure, units: units, reference: reference)
  }
}
