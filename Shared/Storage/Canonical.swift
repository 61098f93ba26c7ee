import FoundationEssentials

/// Fields as bytes that can be read in one way only: each begins with its length, and nothing is not the same as empty.
struct Canonical {
  private(set) var bytes = Data()

  mutating func append(_ field: Data?) {
    let length = field.map { UInt32($0.count) } ?? .max
    withUnsafeBytes(of: length.bigEndian) { bytes.append(contentsOf: $0) }
    if let field { bytes.append(field) }
  }

  mutating func append(_ text: String?) { append(text.map { Data($0.utf8) }) }

  mutating func append(_ number: Int64) {
    append(withUnsafeBytes(of: number.bigEndian) { Data($0) })
  }

  var hash: Data { SHA256.hash(bytes) }
}
