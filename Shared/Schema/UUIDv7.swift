/// A time-ordered identifier: RFC 9562, version 7. 48 bits of Unix milliseconds, then 74 random bits.
public struct UUIDv7: Hashable, Comparable, Sendable {
  public let high: UInt64
  public let low: UInt64

  /// A new one, from the system's clock and random numbers.
  public init() {
    self.init(at: .now, random: (.random(in: .min ... .max), .random(in: .min ... .max)))
  }

  /// One made of a given time and given random bits: the same input makes the same identifier.
  public init(at time: Timestamp, random: (UInt64, UInt64)) {
    high = UInt64(bitPattern: time.milliseconds) << 16 | 0x7000 | random.0 & 0x0FFF
    low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// Any 16 bytes, as they came over the wire or out of a store.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
    }
    self.init(high: words.0, low: words.1)
  }

  /// Big-endian, as RFC 9562 writes them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  public static func < (left: UUIDv7, right: UUIDv7) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UUIDv7: CodedAsText {
  /// The usual 36 characters in lower case.
  public var description: String {
    var text = ""
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(Self.digits[Int(byte >> 4)])
      text.append(Self.digits[Int(byte & 15)])
    }
    return text
  }

  public init?(_ description: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    var half: UInt8?
    guard description.utf8.count == 36 else { return nil }
    for (index, character) in description.utf8.enumerated() {
      if [8, 13, 18, 23].contains(index) {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
      if let high = half {
        bytes.append(high << 4 | UInt8(digit))
        half = nil
      } else {
        half = UInt8(digit)
      }
    }
    self.init(bytes: bytes)
  }

  private static let digits = Array("0123456789abcdef")
}

/// The name of one entity; the entity's type keeps a task's id from being taken for a plan's.
public struct Identifier<Entity>: Hashable, Comparable, Sendable, CodedAsText {
  public let uuid: UUIDv7

  public init(_ uuid: UUIDv7 = UUIDv7()) { self.uuid = uuid }

  public init?(_ description: String) {
    guard let uuid = UUIDv7(description) else { return nil }
    self.uuid = uuid
  }

  public var description: String { uuid.description }

  public static func < (left: Self, right: Self) -> Bool { left.uuid < right.uuid }
}
