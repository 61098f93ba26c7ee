/// The SHA-256 of a file or of a plan's content, written as 64 hexadecimal digits in lower case.
public struct Fingerprint: Hashable, Sendable, CodedAsText {
  public let description: String

  public init?(_ description: String) {
    let bytes = description.utf8
    guard bytes.count == 64, bytes.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
    self.description = description
  }

  /// Nil unless it is 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    let digits = Array("0123456789abcdef")
    self.init(String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
  }
}
