import Bus
import Logging
import Schema
import Service
import Storage

/// What the service says of its own accord: each day, which reports are expected and which targets are in danger.
extension IndicatorsService {
  static func work(in place: Workplace) async throws {
    var looked: Day?
    while !Task.isCancelled {
      let today = Timestamp.now.day
      if looked != today, place.isCaughtUp() {
        do {
          try await look(at: today, place.database)
          looked = today
        } catch {
          place.log.warning("what is expected could not be looked at", metadata: ["reason": "\(error)"])
        }
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  /// Says what has changed by a day. Each regime and each unit is a transaction of its own: what was said is not said
  /// twice. A unit in which nothing has changed is only read.
  static func look(at today: Day, _ database: Database) async throws {
    let (regimes, units) = try await database.read { store in
      (
        try IndicatorsStore.regimes(store).map { ($0.regime.code, $0.keeper) },
        try IndicatorsStore.promisingUnits(store)
      )
    }
    for (code, keeper) in regimes {
      try await database.write { store in
        let record = try IndicatorsStore.regime(code, of: keeper, store)
        for event in try IndicatorsStore.announceReports(of: record, on: today, store) { try store.emit(event) }
      }
    }
    for unit in units {
      let hasNews = try await database.read { store in
        try !IndicatorsStore.endangerment(in: unit, on: today, store).isEmpty
      }
      guard hasNews else { continue }
      try await database.write { store in
        let events = try IndicatorsStore.endangerment(in: unit, on: today, store)
        try IndicatorsStore.keep(endangerment: events, store)
        for event in events { try store.emit(event) }
      }
    }
  }
}
