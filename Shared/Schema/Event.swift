/// Something that happened in a service and that others act on.
public protocol Event: Codable, Sendable {
  /// Such as `plan.issued`; with service and version it becomes the CloudEvents type `vn.xaso.plans.plan.issued.v1`.
  static var name: String { get }
  static var service: ServiceName { get }
  static var version: Int { get }

  /// The unit that it happened in: part of its topic, and of who may see it.
  var unit: Unit { get }
  /// What it happened to, such as `task/<id>`.
  var subject: String { get }
  /// Events with the same key are applied in order, and wait for each other when one fails.
  var partition: String { get }
  /// True for what a unit keeps to itself: those above it, who follow its stream, are not told of it.
  var isInternal: Bool { get }
}

extension Event {
  public static var version: Int { 1 }
  public var isInternal: Bool { false }
  public static var type: String { "vn.xaso.\(service).\(name).v\(version)" }

  /// `<service>/<province>/<commune>/<event>`, fixed width up to the event.
  public var topic: String { "\(Self.service)/\(unit.topic)/\(Self.name)" }
}

/// An event as it is stored and sent: CloudEvents 1.0, structured JSON.
public struct CloudEvent<Payload: Codable & Sendable>: Codable, Sendable {
  public var specversion = "1.0"
  public var id: UUIDv7
  /// `/plans`
  public var source: String
  public var type: String
  public var subject: String
  public var time: Timestamp
  public var datacontenttype = "application/json"
  /// 20 digits: CloudEvents' sequence extension wants an order of strings.
  public var sequence: String
  public var partitionkey: String
  /// The key of the request that caused it.
  public var correlationid: UUIDv7?
  /// The id of the event that caused it.
  public var causationid: UUIDv7?
  public var traceparent: String?
  public var unit: Unit
  public var data: Payload

  public init(
    _ data: Payload, id: UUIDv7, time: Timestamp, sequence: Int64, correlation: UUIDv7?, causation: UUIDv7? = nil,
    traceparent: String? = nil
  ) where Payload: Event {
    self.id = id
    source = "/\(Payload.service)"
    type = Payload.type
    subject = data.subject
    self.time = time
    self.sequence = digits(Int(sequence), 20)
    partitionkey = data.partition
    correlationid = correlation
    causationid = causation
    self.traceparent = traceparent
    unit = data.unit
    self.data = data
  }
}

extension CloudEvent {
  /// Its place in the stream, from 1. Throws `Refusal` 400 for what is none.
  public var position: Int64 {
    get throws(Refusal) {
      guard let position = Int64(sequence), position > 0 else { throw Refusal(.malformed, at: "sequence") }
      return position
    }
  }
}

/// A payload that is not looked at: `CloudEvent<Unread>` reads an event's attributes alone.
public struct Unread: Codable, Sendable {
  public init(from decoder: any Decoder) {}
  public func encode(to encoder: any Encoder) {}
}
