import Logging
import Schema
import Storage
import WorkingDays

/// Looks at what is open: each working morning in every unit, and between mornings where something has changed.
struct Watch: Sendable {
  let database: Database
  let days: WorkingDays

  /// Everything that is to be looked at by now. Each unit is a transaction of its own, which can be had again: what was
  /// said is not said twice.
  ///
  /// - Returns: How many letters were written.
  @discardableResult
  func look(at now: Timestamp, _ standards: Standards) async throws -> Int {
    let (book, channels, days, today) = (standards.book, standards.channels, days, now.day)
    let bag = Mailbag(now: now, book: book, isWorkingDay: days.isWorking(today))
    let (mornings, stale, urgent) = try await database.read { store in
      (
        bag.isMorning ? try NotificationsStore.units(without: today, store) : [],
        try NotificationsStore.staleUnits(store), try NotificationsStore.urgentUnits(bag, store)
      )
    }
    var letters = 0
    for unit in mornings {
      letters += try await database.write { store in
        try NotificationsStore.round(of: unit, on: today, book, days, store)
        try NotificationsStore.looked(at: unit, morning: today, store)
        return try NotificationsStore.writeLetters(
          of: unit, isDigest: true, bag, channels, store)
      }
    }
    for unit in Set(stale).union(urgent).subtracting(mornings).sorted(by: { "\($0)" < "\($1)" }) {
      letters += try await database.write { store in
        if stale.contains(unit) {
          try NotificationsStore.round(of: unit, on: today, book, days, store)
          try NotificationsStore.looked(at: unit, morning: nil, store)
        }
        return try NotificationsStore.writeLetters(
          of: unit, isDigest: false, bag, channels, store)
      }
    }
    return letters
  }
}
