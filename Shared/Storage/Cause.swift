import Schema

/// What a transaction works for: written into its events and its audit rows.
struct Cause: Sendable {
  var caller: Caller?
  /// The key of the request.
  var key: UUIDv7?
  /// The event that is being applied.
  var event: UUIDv7?
  var traceparent: String?
}

extension Cause {
  init(_ ticket: Ticket) {
    caller = ticket.caller
    key = ticket.key
    // A span of zeros is not one: then there is no trace.
    if ticket.trace != 0 {
      let key = ticket.key.description.filter { $0 != "-" }
      let span = String(ticket.trace, radix: 16)
      traceparent = "00-\(key)-\(String(repeating: "0", count: 16 - span.count))\(span)-01"
    }
  }

  init(_ event: IncomingEvent) {
    key = event.correlation
    self.event = event.id
    traceparent = event.traceparent
  }
}
