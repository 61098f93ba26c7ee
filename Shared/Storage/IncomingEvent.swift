public import FoundationEssentials
public import Schema

/// An event of another service's stream, read as far as its delivery needs.
public struct IncomingEvent: Hashable, Sendable {
  public let stream: ServiceName
  public let sequence: Int64
  public let id: UUIDv7
  /// Such as `vn.xaso.plans.plan.issued.v1`.
  public let type: String
  public let partition: String
  /// The CloudEvent, exactly as it came.
  public let json: Data
  /// Of the request that caused it.
  let correlation: UUIDv7?
  let traceparent: String?

  /// Reads a CloudEvent's attributes; its data is left for the handler.
  ///
  /// Throws `Refusal` 400 for what is no CloudEvent of that stream.
  public init(_ json: Data, of stream: ServiceName) throws(Refusal) {
    let event = try Codec.decode(CloudEvent<Unread>.self, from: json)
    guard event.source == "/\(stream)" else { throw Refusal(.malformed, at: "source") }
    self.stream = stream
    sequence = try event.position
    self.json = json
    id = event.id
    type = event.type
    partition = event.partitionkey
    correlation = event.correlationid
    traceparent = event.traceparent
  }

  /// The whole event, for a handler that knows its type.
  ///
  /// Throws `Refusal` 400 when the data is not of that type.
  public func decoded<Payload: Event>(_ payload: Payload.Type) throws(Refusal) -> CloudEvent<Payload> {
    try Codec.decode(CloudEvent<Payload>.self, from: json)
  }
}
