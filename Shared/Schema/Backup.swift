/// Has a process copy its own store while it goes on working, into the folder that its settings name: nobody else says
/// where a service writes, and no unit's data crosses the wire.
///
/// One copy is made at a time and takes the place of the one before it: whoever asks while one is being made is told
/// of that one. Without such a folder it is refused with 409, on a full disk with 507.
public struct BackUp<S: Contract>: LongPoll, Hashable {
  public typealias Reply = StoreCopy
  public static var method: Method { Method(stringLiteral: "\(S.name).backup") }
  public static var access: Access { .operate }

  public init() {}
}

/// A copy of a store: one file that stands alone, and what it holds.
public struct StoreCopy: Body, Codable, Hashable {
  public var service: ServiceName
  public var taken: Timestamp
  public var bytes: Int64
  /// Of the file, 64 hexadecimal digits.
  public var sha256: String
  public var epoch: UUIDv7
  /// The last sequence of its own stream; 0 when it has said nothing yet.
  public var head: Int64
  /// The last row of its audit.
  public var audits: Int64
  /// How far it had read the streams that it follows.
  public var streams: [ReadPosition]

  public init(
    service: ServiceName, taken: Timestamp, bytes: Int64, sha256: String, epoch: UUIDv7, head: Int64, audits: Int64,
    streams: [ReadPosition]
  ) {
    self.service = service
    self.taken = taken
    self.bytes = bytes
    self.sha256 = sha256
    self.epoch = epoch
    self.head = head
    self.audits = audits
    self.streams = streams
  }
}

/// How far a store had read another service's stream.
public struct ReadPosition: Codable, Hashable, Sendable {
  public var stream: ServiceName
  public var epoch: UUIDv7
  public var sequence: Int64

  public init(stream: ServiceName, epoch: UUIDv7, sequence: Int64) {
    self.stream = stream
    self.epoch = epoch
    self.sequence = sequence
  }
}
