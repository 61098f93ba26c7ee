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
    let (book, channels, days) = try await database.read { store in
      (
        try NotificationsStore.book(store), try NotificationsStore.channels(store),
        try NotificationsStore.workingDays(store)
      )
    }
    let folder = StandardsFolder(place.settings["notices"], before: book, channels, log: place.log)
    try await keep(folder.standards, in: place)
    let courier = Courier(database: database, days: days, standards: { folder.standards }, log: place.log)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await watch(Watch(database: database, days: days), folder, place) }
      group.addTask {
        let patience = ContinuousClock.now + .seconds(600)
        await courier.run(mayBegin: { mayBegin(place, until: patience) }) { envelope in
          let standards = courier.standards()
          return await Postman(channels: standards.channels, stationery: standards.stationery).deliver(envelope)
        }
      }
    }
  }

  private static func keep(_ standards: Standards, in place: Workplace) async throws {
    let addresses = try await place.database.write { store in
      if try NotificationsStore.book(store) != standards.book { try NotificationsStore.keep(standards.book, store) }
      try NotificationsStore.keep(standards.channels, store)
      return try NotificationsStore.countAddresses(store)
    }
    guard standards.channels.mail == nil, addresses > 0 else { return }
    place.log.warning(
      "offices have mail addresses, and channels.yaml names no mail server: their inboxes alone tell them",
      metadata: ["addresses": "\(addresses)"])
  }

  /// True when everything was read that others have said: what is due, and what a letter still says, would else be
  /// decided by an old state. A service that stays away holds nobody up for longer than ten minutes.
  private static func mayBegin(_ place: Workplace, until patience: ContinuousClock.Instant) -> Bool {
    place.isCaughtUp() || ContinuousClock.now > patience
  }

  private static func watch(_ watch: Watch, _ folder: StandardsFolder, _ place: Workplace) async {
    let patience = ContinuousClock.now + .seconds(600)
    while !Task.isCancelled {
      do {
        if folder.reload() { try await keep(folder.standards, in: place) }
        if mayBegin(place, until: patience) { try await watch.look(at: .now, folder.standards) }
      } catch {
        place.log.warning("what is open could not be looked at", metadata: ["reason": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }
}
