import Bus
import Logging
import Schema
import Service
import Storage
import WorkingDays

/// What the service says of its own accord: at each month's end, which lines spend more slowly than their year goes by.
extension BudgetService {
  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    _ = try workingDays(settings)
  }

  static func work(in place: Workplace) async throws {
    let days = try workingDays(place.settings)
    var looked: MonthEnd?
    while !Task.isCancelled {
      let end = MonthEnd(by: Timestamp.now.day, days)
      if looked != end, place.isCaughtUp() {
        do {
          try await look(at: end, place.database)
          looked = end
        } catch {
          place.log.warning("what is spent could not be looked at", metadata: ["reason": "\(error)"])
        }
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  private static func workingDays(_ settings: Settings) throws -> WorkingDays {
    do {
      return try WorkingDays.official(with: settings["working.days"])
    } catch {
      throw SettingsError("XASO_WORKING_DAYS cannot be used: \(error)")
    }
  }

  /// Says what lags at a month's end, once for each line. Each unit is a transaction of its own, which keeps that it was
  /// looked at.
  static func look(at end: MonthEnd, _ database: Database) async throws {
    let units = try await database.read { store in try BudgetStore.units(notLookedAt: end, store) }
    for unit in units {
      try await database.write { store in
        for event in try lagging(in: unit, at: end, store) { try store.emit(event) }
        try BudgetStore.looked(at: unit, end, store)
      }
    }
  }

  /// Lines whose money came later are looked at when their first month is over; a closed year is over and done with.
  private static func lagging(
    in unit: Unit, at end: MonthEnd, _ transaction: borrowing Transaction
  ) throws -> [LineLagging] {
    let checks = try checks(of: unit, in: end.day.components.year, on: end.day, transaction)
    guard checks.year?.closed != true else { return [] }
    let funded = try BudgetStore.linesFunded(by: end.day, of: unit, transaction)
    return checks.lagging.filter { $0.unit == unit && funded.contains($0.line) }
  }
}
