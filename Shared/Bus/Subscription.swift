import FoundationEssentials
public import Schema
public import Storage

/// What a service does with the events of another: effects in its own tables, and nothing else.
///
/// A handler may use only the event, and tables of its own that come from events: then a rebuild from the first sequence
/// gives the same tables.
public struct Subscription: Sendable {
  typealias Handler = @Sendable (Data, borrowing Transaction) throws -> Void

  public let stream: ServiceName
  let reset: @Sendable (borrowing Transaction) throws -> Void
  private var table: [String: Handler] = [:]

  /// - Parameter reset: Clears what came from this stream, before it is read again from its start.
  public init(to stream: ServiceName, reset: @escaping @Sendable (borrowing Transaction) throws -> Void) {
    self.stream = stream
    self.reset = reset
  }

  /// An event of this type has this effect. Types without a handler are passed over.
  public mutating func on<Message: Event>(
    _ type: Message.Type, do handle: @escaping @Sendable (CloudEvent<Message>, borrowing Transaction) throws -> Void
  ) {
    table[Message.type] = { json, transaction in
      try handle(try Codec.decode(CloudEvent<Message>.self, from: json), transaction)
    }
  }

  func apply(_ event: IncomingEvent, _ transaction: borrowing Transaction) throws {
    try table[event.type]?(event.json, transaction)
  }
}
