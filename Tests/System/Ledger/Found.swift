import FoundationEssentials
import GRDB
import Schema

/// What a service has kept, by the keys of the commands that it came from.
struct Found: Sendable {
  /// Rows that carry the key in what they say, and events caused by it.
  var effects: [UUIDv7: Int] = [:]
  /// The outcome that is remembered.
  var records: [UUIDv7: Status] = [:]
  /// How often the audit says that it was done.
  var runs: [UUIDv7: Int] = [:]
  /// Of each thing that events are about, the keys of those events in the order of the outbox.
  var order: [String: [UUIDv7]] = [:]
  /// What is not what its events and rows make it.
  var inconsistent: [String] = []
  /// Where the outbox does not go on by one.
  var gaps: [Int64] = []
  var events = 0
}

extension Found {
  /// - Parameter known: Keys from before the ledger began.
  init(in path: String, of service: ServiceName, but known: Set<UUIDv7> = []) throws {
    let store = try StoreFile(path, atOneMoment: true)
    let outbox = try Outbox(in: store)
    (events, gaps) = (outbox.events.count, outbox.gaps)
    for (event, _) in outbox.events {
      // What follows from another service's event is that command's, whose effects are counted there.
      guard let key = event.correlationid, event.causationid == nil else { continue }
      effects[key, default: 0] += 1
      if order[event.subject]?.last != key { order[event.subject, default: []].append(key) }
    }
    for (key, status) in try store.rows("SELECT key, status FROM command_record", { (try $0.id(0), $0[1] as Int) }) {
      if records.updateValue(Status(rawValue: UInt16(status)) ?? .failed, forKey: key) != nil {
        inconsistent.append("two records of \(key)")
      }
    }
    let done = try store.ids("SELECT key FROM audit WHERE status = 200 AND key IS NOT NULL")
    for key in done { runs[key, default: 0] += 1 }
    switch service {
    case Plans.name: try readPlans(store, outbox)
    case Budget.name: try readBudget(store, outbox)
    case Indicators.name: try readIndicators(store, outbox)
    case Identity.name: try readIdentity(store, outbox)
    default: break
    }
    effects = effects.filter { !known.contains($0.key) }
    records = records.filter { !known.contains($0.key) }
    runs = runs.filter { !known.contains($0.key) }
  }

  /// A row that says a key: in its title, its name, its note.
  mutating func count(_ text: String) {
    UUIDv7(text).map { effects[$0, default: 0] += 1 }
  }

  mutating func expect(_ isRight: Bool, _ what: @autoclosure () -> String) {
    if !isRight { inconsistent.append(what()) }
  }
}
