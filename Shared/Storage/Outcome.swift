public import Schema

/// What a command's handler decided.
public enum Outcome<Reply> {
  /// What it wrote is kept, and the events are said.
  case accepted(Reply, events: [any Event] = [])
  /// What it wrote is taken back; the events are said nevertheless.
  case refused(Refusal, events: [any Event] = [])

  public func map<Other, Failure: Error>(
    _ transform: (Reply) throws(Failure) -> Other
  ) throws(Failure) -> Outcome<Other> {
    switch self {
    case .accepted(let reply, let events): .accepted(try transform(reply), events: events)
    case .refused(let refusal, let events): .refused(refusal, events: events)
    }
  }
}

extension Outcome: Sendable where Reply: Sendable {}
