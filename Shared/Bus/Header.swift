public import Schema

/// The fixed first part of every XSB/1 message: 48 bytes, big-endian.
///
/// | offset | request | reply | event, head |
/// |---|---|---|---|
/// | 0 | `XSB` | `XSB` | `XSB` |
/// | 3 | major | major | major |
/// | 4 | kind | kind | kind |
/// | 5 | flags | flags | flags |
/// | 6 | minor | minor | minor |
/// | 7 | attempt | attempt | 0 |
/// | 8 | correlation u64 | correlation u64 | sequence u64 |
/// | 16 | key, 16 bytes | key, 16 bytes | epoch, 16 bytes |
/// | 32 | ttl ms u32 | code u16, retry u8, 0 | 0 |
/// | 36 | expected version u32 | after ms u32 | 0 |
/// | 40 | trace u64 | sequence u64 | 0 |
///
/// A JSON header of the same content would cost 15 µs a hop.
public enum Header {
  public static let size = 48
  public static let major: UInt8 = 1

  enum Kind: UInt8 {
    case request = 1
    case reply = 2
    case event = 3
    case head = 4
  }

  /// Why 48 bytes, or fewer, or more, are not a header.
  public enum Fault: Error, Equatable {
    case length, magic, kind
    /// The peer speaks another major version; a request's correlation and key are told, so that it can be answered.
    case major(correlation: UInt64, key: UUIDv7)
  }
}

/// The header of a request.
public struct RequestHeader: Hashable, Sendable {
  /// Matches a reply to its request, on one connection.
  public var correlation: UInt64
  /// The idempotency key: the same in every attempt.
  public var key: UUIDv7
  public var attempt: UInt8
  /// Milliseconds that are left, by a monotonic clock; each hop takes off what it used.
  public var ttl: UInt32
  /// The version of the entity that the caller has seen; 0 for none.
  public var expected: UInt32
  public var trace: UInt64

  public init(
    correlation: UInt64, key: UUIDv7, attempt: UInt8 = 0, ttl: UInt32, expected: UInt32 = 0, trace: UInt64 = 0
  ) {
    self.correlation = correlation
    self.key = key
    self.attempt = attempt
    self.ttl = ttl
    self.expected = expected
    self.trace = trace
  }

  public init(_ bytes: some Sequence<UInt8>) throws(Header.Fault) {
    var reader = try HeaderReader(bytes, kinds: .request)
    (attempt, correlation, key) = (reader.attempt, reader.first, reader.key)
    ttl = reader.integer()
    expected = reader.integer()
    trace = reader.integer()
  }

  public var bytes: [UInt8] {
    HeaderWriter.bytes(.request, attempt: attempt, first: correlation, key: key) { bytes in
      bytes.append(ttl)
      bytes.append(expected)
      bytes.append(trace)
    }
  }
}

/// The header of a reply.
public struct ReplyHeader: Hashable, Sendable {
  public var correlation: UInt64
  public var key: UUIDv7
  public var attempt: UInt8
  public var status: Status
  /// How long to wait before trying again, where the status says so.
  public var afterMilliseconds: UInt32
  /// The last outbox sequence that the command wrote: what to wait for to read it elsewhere.
  public var sequence: UInt64

  public init(
    to request: RequestHeader, status: Status, afterMilliseconds: UInt32 = 0, sequence: UInt64 = 0
  ) {
    correlation = request.correlation
    key = request.key
    attempt = request.attempt
    self.status = status
    self.afterMilliseconds = afterMilliseconds
    self.sequence = sequence
  }

  public init(_ bytes: some Sequence<UInt8>) throws(Header.Fault) {
    var reader = try HeaderReader(bytes, kinds: .reply)
    (attempt, correlation, key) = (reader.attempt, reader.first, reader.key)
    let code: UInt16 = reader.integer()
    let _: UInt16 = reader.integer()
    afterMilliseconds = reader.integer()
    sequence = reader.integer()
    // A newer peer may know a code that we do not: its class says what matters.
    status = Status(rawValue: code) ?? (code < 500 ? .invalid : .failed)
  }

  public var bytes: [UInt8] {
    HeaderWriter.bytes(.reply, attempt: attempt, first: correlation, key: key) { bytes in
      bytes.append(status.rawValue)
      bytes.append(UInt16(status.retry.rawValue) << 8)
      bytes.append(afterMilliseconds)
      bytes.append(sequence)
    }
  }
}

/// The header of an event, or of a head: the position of a stream that is told every second.
public struct EventHeader: Hashable, Sendable {
  public var isHead: Bool
  public var sequence: Int64
  public var epoch: UUIDv7

  public init(isHead: Bool = false, sequence: Int64, epoch: UUIDv7) {
    self.isHead = isHead
    self.sequence = sequence
    self.epoch = epoch
  }

  public init(_ bytes: some Sequence<UInt8>) throws(Header.Fault) {
    let reader = try HeaderReader(bytes, kinds: .event, .head)
    guard let sequence = Int64(exactly: reader.first) else { throw .kind }
    self.sequence = sequence
    isHead = reader.kind == .head
    epoch = reader.key
  }

  public var bytes: [UInt8] {
    HeaderWriter.bytes(isHead ? .head : .event, attempt: 0, first: UInt64(sequence), key: epoch) { bytes in
      bytes.append(contentsOf: repeatElement(0, count: 16))
    }
  }
}

private struct HeaderReader {
  let bytes: [UInt8]
  let kind: Header.Kind
  let attempt: UInt8
  let first: UInt64
  let key: UUIDv7
  private var position = 32

  init(_ sequence: some Sequence<UInt8>, kinds: Header.Kind...) throws(Header.Fault) {
    bytes = Array(sequence)
    guard bytes.count == Header.size else { throw .length }
    guard bytes.starts(with: "XSB".utf8) else { throw .magic }
    guard let key = UUIDv7(bytes: bytes[16..<32]) else { throw .length }
    self.key = key
    first = Self.integer(bytes[8..<16])
    attempt = bytes[7]
    guard bytes[3] == Header.major else { throw .major(correlation: first, key: key) }
    guard let kind = Header.Kind(rawValue: bytes[4]), kinds.contains(kind) else { throw .kind }
    self.kind = kind
  }

  mutating func integer<Integer: FixedWidthInteger>() -> Integer {
    let width = MemoryLayout<Integer>.size
    defer { position += width }
    return Self.integer(bytes[position..<position + width])
  }

  private static func integer<Integer: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Integer {
    bytes.reduce(0) { $0 << 8 | Integer($1) }
  }
}

private enum HeaderWriter {
  static func bytes(
    _ kind: Header.Kind, attempt: UInt8, first: UInt64, key: UUIDv7, rest: (inout [UInt8]) -> Void
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Header.size)
    bytes.append(contentsOf: "XSB".utf8)
    bytes.append(contentsOf: [Header.major, kind.rawValue, 0, 0, attempt])
    bytes.append(first)
    bytes.append(contentsOf: key.bytes)
    rest(&bytes)
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ integer: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: integer.bigEndian) { append(contentsOf: $0) }
  }
}
