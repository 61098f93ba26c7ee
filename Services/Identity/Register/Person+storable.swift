import FoundationEssentials
import Schema
import Storage

/// A reference is 16 bytes in a store and 32 digits in a message.
extension Person.Reference {
  var data: Data { Data(hexadecimal: description) ?? Data() }

  init(_ data: Data) throws(StorageError) {
    guard let reference = Person.Reference(data.hexadecimal) else {
      throw StorageError(.corrupt, "a reference of \(data.count) bytes")
    }
    self = reference
  }
}

extension Data {
  /// Nil for what is no hexadecimal text.
  init?(hexadecimal text: String) {
    let digits = text.utf8.map { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes)
  }

  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
