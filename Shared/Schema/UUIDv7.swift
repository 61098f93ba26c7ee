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
    String(unsafeUninitializedCapacity: 36) { text in
      var (word, place) = (high, 0)
      for digit in 0..<32 {
        switch digit {
        case 8, 12, 16, 20:
          text[place] = UInt8(ascii: "-")
          place += 1
        default: break
        }
        if digit == 16 { word = low }
        let value = UInt8(word >> 60)
        text[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        place += 1
        word <<= 4
      }
      return place
    }
  }

  public init?(_ description: String) {
    guard description.utf8.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (place, character) in description.utf8.enumerated() {
      switch place {
      case 8, 13, 18, 23:
        guard character == UInt8(ascii: "-") else { return nil }
      default:
        guard let digit = Self.digit(character) else { return nil }
        if place < 18 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      }
    }
    self.init(high: words.0, low: words.1)
  }

  private static func digit(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
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
