import Bus
import FoundationEssentials
import Logging
import Schema
import Service
import Storage

/// Nobody is kept longer than the register's basis says, and nobody who was erased comes back.
extension IdentityService {
  /// Each day anew, without anybody's doing.
  static func work(in place: Workplace) async throws {
    let keys = try keys(place.settings)
    var done: Day?
    while !Task.isCancelled {
      do {
        if let day = try await retain(in: place.database, keys?.erasures, but: done) { done = day }
      } catch {
        place.log.warning("those who left could not be erased", metadata: ["reason": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(600))
    }
  }

  static func registerRetention(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    handlers.on(PurgeRegister.self) { _, call, transaction in
      guard let register = try RegisterStore.register(in: try call.home(), transaction) else {
        throw Refusal(.notFound)
      }
      let erased = try purge(register, by: call.caller.account, keys?.erasures, transaction)
      return .accepted(Purged(erased: erased))
    }
  }

  /// - Parameter last: The day on which it was done before.
  /// - Returns: The day on which it was done now.
  static func retain(in database: Database, _ log: ErasureLog?, but last: Day?) async throws -> Day? {
    let (today, registers) = try await database.read { ($0.time.day, try RegisterStore.registers($0)) }
    guard today != last else { return nil }
    for register in registers {
      var part = PurgeRegister.limit
      while part == PurgeRegister.limit {
        part = try await database.write { transaction -> Int in
          let erased = try purge(register, by: itself, log, transaction)
          guard erased > 0 else { return 0 }
          try transaction.audit(
            AuditEntry(
              time: transaction.time, account: nil, unit: register.unit, office: nil,
              method: "identity.register.retention", key: nil, status: .ok,
              note: "\(erased) erased: \(register.basis), \(register.months) months"))
          return erased
        }
      }
    }
    return today
  }

  /// Who acts where nobody asked for it.
  private static let itself: Caller.Account = "identity"

  /// Erases those who left longer ago than the register's basis has them kept; so many at a time that other writers hardly
  /// wait.
  private static func purge(
    _ register: RegisterRecord, by account: Caller.Account, _ log: ErasureLog?, _ transaction: borrowing Transaction
  ) throws -> Int {
    let last = RegisterRules.lastToErase(keptFor: register.months, today: transaction.time.day)
    let gone = try RegisterStore.gone(through: last, in: register.unit, limit: PurgeRegister.limit, transaction)
    for person in gone {
      try RegisterStore.erase(
        person, by: account, reason: "\(register.basis): \(register.months)", in: register.unit, log, transaction)
    }
    return gone.count
  }

  // MARK: After a restore

  /// Erases again whom the store does not know to be erased: it was put back from a time before.
  ///
  /// - Returns: How many records.
  @discardableResult
  static func repeatErasures(_ log: ErasureLog, in database: Database) async throws -> Int {
    let entries = try log.entries()
    guard !entries.isEmpty else { return 0 }
    return try await database.write { transaction -> Int in
      let known = try RegisterStore.erasures(transaction)
      let missing = Dictionary(grouping: entries.filter { !known.contains($0.erasure) }, by: \.erasure)
      var count = 0
      for (erasure, entries) in missing.sorted(by: { $0.key.description < $1.key.description }) {
        for entry in entries {
          for unit in entry.units {
            guard let person = try RegisterStore.person(entry.reference, in: unit, transaction) else { continue }
            try RegisterStore.forget(person, in: unit, transaction)
            count += 1
          }
        }
        guard let unit = entries.first?.units.first else { continue }
        try RegisterStore.recordErasure(
          erasure, by: itself, reason: "erased before the store was put back", in: unit, transaction)
      }
      guard !missing.isEmpty else { return 0 }
      try transaction.audit(
        AuditEntry(
          time: transaction.time, account: nil, unit: nil, office: nil, method: "identity.erasures.repeated", key: nil,
          status: .ok, note: "\(missing.count) erasures that this store did not know, \(count) records"))
      return count
    }
  }
}
