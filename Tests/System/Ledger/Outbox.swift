import FoundationEssentials
import GRDB
import Schema

/// A service's stream as its store keeps it.
struct Outbox {
  /// In order, each with its attributes and as it was stored.
  private(set) var events: [(attributes: CloudEvent<Unread>, json: Data)] = []
  /// Where it does not go on by one, or says another number than it is stored under.
  private(set) var gaps: [Int64] = []

  init(in store: StoreFile) throws {
    let rows = try store.rows("SELECT seq, event FROM outbox ORDER BY seq") { ($0[0] as Int64, $0[1] as Data) }
    for (sequence, json) in rows {
      let event = try Codec.decode(CloudEvent<Unread>.self, from: json)
      events.append((event, json))
      if sequence != Int64(events.count) || Int64(event.sequence) != sequence { gaps.append(sequence) }
    }
  }

  /// Those of one type, in order.
  func all<Kind: Event>(_ type: Kind.Type) throws -> [CloudEvent<Kind>] {
    try events.filter { $0.attributes.type == Kind.type }.map { try Codec.decode(CloudEvent<Kind>.self, from: $0.json) }
  }
}
