/// What every service answers about itself and its stream; `S` says which service is asked.

/// How a service is: asked by operators, by the gateway and by whatever watches the process.
public struct Health<S: Contract>: PeerQuery, GatewayQuery, Hashable {
  public typealias Reply = ServiceHealth
  public static var method: Method { Method(stringLiteral: "\(S.name).health") }
  public static var access: Access { .operate }

  public init() {}
}

/// A service's own account of how it is.
public struct ServiceHealth: Body, Codable, Hashable {
  public var service: ServiceName
  public var version: String
  public var uptimeSeconds: Int
  public var epoch: UUIDv7
  /// The last sequence of its own stream; 0 when it has said nothing yet.
  public var head: Int64
  public var storeBytes: Int64
  public var streams: [StreamPosition]
  /// Nil from a process that is older than this field.
  public var load: ServiceLoad?

  public init(
    service: ServiceName, version: String, uptimeSeconds: Int, epoch: UUIDv7, head: Int64, storeBytes: Int64,
    streams: [StreamPosition], load: ServiceLoad? = nil
  ) {
    self.service = service
    self.version = version
    self.uptimeSeconds = uptimeSeconds
    self.epoch = epoch
    self.head = head
    self.storeBytes = storeBytes
    self.streams = streams
    self.load = load
  }
}

/// How far a subscriber has read a stream.
public struct StreamPosition: Body, Codable, Hashable {
  public var stream: ServiceName
  /// The last sequence applied or parked.
  public var cursor: Int64
  /// The last sequence that the subscriber has heard of.
  public var head: Int64
  /// Events that wait for a failed one of the same partition key, that one included.
  public var parked: Int

  public init(stream: ServiceName, cursor: Int64, head: Int64, parked: Int) {
    self.stream = stream
    self.cursor = cursor
    self.head = head
    self.parked = parked
  }
}

/// Reads a service's stream from a position, and waits for more when there is nothing yet.
///
/// The unit of the route narrows it to that unit and what is below it. A service asks without a unit and gets all.
public struct ReadEvents<S: Contract>: PeerQuery, LongPoll, Hashable {
  public typealias Reply = EventBatch
  public static var method: Method { Method(stringLiteral: "\(S.name).events") }
  public static var access: Access { S.audience }

  /// The stream's epoch as last heard; nil at first. Another epoch is answered 410: read from the start.
  public var epoch: UUIDv7?
  /// `0` for the start, a sequence to go on from, `"now"` for what comes from here on.
  public var after: StreamStart
  /// Events at most, 1 to 500.
  public var max: Int
  /// How long to wait for the first event, in milliseconds, 30,000 at most.
  public var waitms: Int

  public init(epoch: UUIDv7?, after: StreamStart, max: Int = 500, waitms: Int = 0) {
    self.epoch = epoch
    self.after = after
    self.max = max
    self.waitms = waitms
  }
}

/// Where to begin reading a stream: JSON has a number, or `"now"`.
public enum StreamStart: Codable, Hashable, Sendable {
  case sequence(Int64)
  case now

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let sequence = try? container.decode(Int64.self), sequence >= 0 {
      self = .sequence(sequence)
    } else if (try? container.decode(String.self)) == "now" {
      self = .now
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "after: a sequence or \"now\"")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .sequence(let sequence): try container.encode(sequence)
    case .now: try container.encode("now")
    }
  }
}

/// Waits until a subscriber has read a stream up to a sequence: reading your own writes, and tests without sleeps.
public struct Reached<S: Contract>: PeerQuery, LongPoll, Hashable {
  public typealias Reply = StreamPosition
  public static var method: Method { Method(stringLiteral: "\(S.name).reached") }
  public static var access: Access { .operate }

  public var stream: ServiceName
  public var seq: Int64

  public init(stream: ServiceName, seq: Int64) {
    self.stream = stream
    self.seq = seq
  }
}

/// The events that a subscriber could not apply, and those that wait for them.
public struct ListParked<S: Contract>: Query, Hashable {
  public typealias Reply = Page<ParkedEvent>
  public static var method: Method { Method(stringLiteral: "\(S.name).parked") }
  public static var access: Access { .operate }

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// One event that waits.
public struct ParkedEvent: Codable, Hashable, Sendable {
  public var stream: ServiceName
  public var sequence: Int64
  public var type: String
  public var partition: String
  public var attempts: Int
  /// Why it failed; nil for one that only waits for an earlier one.
  public var reason: String?

  public init(
    stream: ServiceName, sequence: Int64, type: String, partition: String, attempts: Int, reason: String?
  ) {
    self.stream = stream
    self.sequence = sequence
    self.type = type
    self.partition = partition
    self.attempts = attempts
    self.reason = reason
  }
}

/// Tries a parked partition key again now.
public struct RetryParked<S: Contract>: Command, Hashable {
  public typealias Reply = Done
  public static var method: Method { Method(stringLiteral: "\(S.name).parked.retry") }
  public static var access: Access { .operate }

  public var stream: ServiceName
  public var sequence: Int64

  public init(stream: ServiceName, sequence: Int64) {
    self.stream = stream
    self.sequence = sequence
  }
}

/// Gives up one parked event, for a reason that is kept; what waited for it goes on.
public struct DropParked<S: Contract>: Command, Hashable {
  public typealias Reply = Done
  public static var method: Method { Method(stringLiteral: "\(S.name).parked.drop") }
  public static var access: Access { .operate }

  public var stream: ServiceName
  public var sequence: Int64
  public var reason: String

  public init(stream: ServiceName, sequence: Int64, reason: String) {
    self.stream = stream
    self.sequence = sequence
    self.reason = reason
  }
}
