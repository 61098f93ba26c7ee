public import FoundationEssentials
public import Schema

/// What can be written into a column and read back as it was.
///
/// Identifiers are 16 bytes (BYTEA), times are milliseconds (BIGINT), Booleans 0 and 1 (SMALLINT); whatever travels as
/// text is stored as that text. What rows are read as is inlinable, so that it is compiled for the type that is read.
public protocol Storable {
  var stored: Value { get }
  /// Nil when the column holds something else.
  init?(stored: Value)
}

extension Value: Storable {
  public var stored: Value { self }
  public init?(stored: Value) { self = stored }
}

extension Optional: Storable where Wrapped: Storable {
  @inlinable public var stored: Value { self?.stored ?? .null }

  @inlinable public init?(stored: Value) {
    if stored == .null {
      self = Optional.none
    } else if let value = Wrapped(stored: stored) {
      self = value
    } else {
      return nil
    }
  }
}

extension Storable where Self: FixedWidthInteger {
  /// Nothing that we count is larger than a column of 64 bits with a sign.
  public var stored: Value { .integer(Int64(self)) }

  public init?(stored: Value) {
    guard case .integer(let number) = stored else { return nil }
    self.init(exactly: number)
  }
}

extension Int: Storable {}
extension Int64: Storable {}
extension UInt16: Storable {}
extension UInt32: Storable {}

extension Bool: Storable {
  public var stored: Value { .integer(self ? 1 : 0) }

  public init?(stored: Value) {
    switch stored {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension Data: Storable {
  public var stored: Value { .blob(self) }

  public init?(stored: Value) {
    guard case .blob(let data) = stored else { return nil }
    self = data
  }
}

extension Storable where Self: LosslessStringConvertible {
  @inlinable public var stored: Value { .text(description) }

  @inlinable public init?(stored: Value) {
    guard case .text(let text) = stored else { return nil }
    self.init(text)
  }
}

extension String: Storable {}
extension Day: Storable {}
extension DocumentNumber: Storable {}
extension Fingerprint: Storable {}
extension Period: Storable {}
extension Quantity: Storable {}
extension Method: Storable {}
extension Slug: Storable {}
extension Unit: Storable {}
extension Identity.Key: Storable {}
extension AgencyCode: Storable {}
extension MailAddress: Storable {}

extension Storable where Self: RawRepresentable, RawValue: Storable {
  @inlinable public var stored: Value { rawValue.stored }

  @inlinable public init?(stored: Value) {
    guard let raw = RawValue(stored: stored) else { return nil }
    self.init(rawValue: raw)
  }
}

extension Role: Storable {}
extension Status: Storable {}

/// A word that a newer program wrote stays what it was.
extension Open: Storable {
  @inlinable public var stored: Value {
    switch self {
    case .known(let word): .text(word.rawValue)
    case .unknown(let text): .text(text)
    }
  }

  @inlinable public init?(stored: Value) {
    guard case .text(let text) = stored else { return nil }
    self = Word(rawValue: text).map { .known($0) } ?? .unknown(text)
  }
}

extension ServiceName: Storable {
  public var stored: Value { .text(description) }

  public init?(stored: Value) {
    guard case .text(let text) = stored else { return nil }
    self.init(text)
  }
}

extension UUIDv7: Storable {
  @inlinable public var stored: Value {
    .blob(withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) })
  }

  @inlinable public init?(stored: Value) {
    guard case .blob(let data) = stored, data.count == 16 else { return nil }
    let words = data.withUnsafeBytes { bytes in
      (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
  }
}

extension Identifier: Storable {
  @inlinable public var stored: Value { uuid.stored }

  @inlinable public init?(stored: Value) {
    guard let uuid = UUIDv7(stored: stored) else { return nil }
    self.init(uuid)
  }
}

extension Timestamp: Storable {
  public var stored: Value { .integer(milliseconds) }

  public init?(stored: Value) {
    guard case .integer(let milliseconds) = stored else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

extension Money: Storable {
  public var stored: Value { .integer(dong) }

  public init?(stored: Value) {
    guard case .integer(let dong) = stored else { return nil }
    self.init(dong: dong)
  }
}
