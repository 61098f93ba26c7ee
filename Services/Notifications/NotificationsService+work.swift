import Bus
import Logging
import Schema
import Service
import Storage
import WorkingDays

/// What the service does by the clock: it looks at what is open, and brings letters out.
extension NotificationsService {
  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    do {
      let days = try WorkingDays.official(with: settings["working.days"])
      try await database.write { store in try NotificationsStore.keep(days, store) }
    } catch let error as WorkingDaysError {
      throw SettingsError("XASO_WORKING_DAYS cannot be used: \(error)")
    }
  }

  static func work(in place: Workplace) async throws {
    let database = place.database
    let (before, days) = try await database.read { store in
      (try NotificationsStore.book(store), try NotificationsStore.workingDays(store))
    }
    let folder = StandardsFolder(place.settings["notices"], before: before, log: place.log)
    try await keep(folder.standards.book, in: database)
    let courier = Courier(database: database, days: days, standards: { folder.standards }, log: place.log)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await watch(Watch(database: database, days: days), folder, place) }
      group.addTask { await deliver(courier, place.log) }
    }
  }

  private static func keep(_ book: RuleBook, in database: Database) async throws {
    try await database.write { store in
      guard try NotificationsStore.book(store) != book else { return }
      try NotificationsStore.keep(book, store)
    }
  }

  /// Not before everything was read that others have said; a service that stays away holds nobody up for longer than
  /// ten minutes.
  private static func watch(_ watch: Watch, _ folder: StandardsFolder, _ place: Workplace) async {
    let patience = ContinuousClock.now + .seconds(600)
    while !Task.isCancelled {
      do {
        if folder.reload() { try await keep(folder.standards.book, in: place.database) }
        if place.isCaughtUp() || ContinuousClock.now > patience { try await watch.look(at: .now, folder.standards) }
      } catch {
        place.log.warning("what is open could not be looked at", metadata: ["reason": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  private static func deliver(_ courier: Courier, _ log: Logger) async {
    while !Task.isCancelled {
      let standards = courier.standards()
      let postman = Postman(channels: standards.channels, stationery: standards.stationery)
      let count = (try? await courier.deliver(at: .now) { await postman.deliver($0) }) ?? 0
      if count == 0 { try? await Task.sleep(for: .seconds(1)) }
    }
  }
}
