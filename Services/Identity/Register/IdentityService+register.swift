import Bus
import FoundationEssentials
import Schema
import Service
import Storage

/// The person register: opened on a legal basis, filled from files, counted.
extension IdentityService {
  /// Nil where `XASO_REGISTER_KEYS` names no file: then no register can be opened.
  static func keys(_ settings: Settings) throws -> RegisterKeys? {
    guard let path = settings["register.keys"], !path.isEmpty else { return nil }
    return try RegisterKeys.loadOrMake(at: path)
  }

  /// Refuses to work with other keys than those that the store was written with: who was in the register would not be
  /// found, and be taken again as somebody new.
  static func know(_ keys: RegisterKeys?, _ database: Database) async throws {
    guard let keys else { return }
    guard try await database.write({ try RegisterStore.knows(keys.mark, $0) }) else {
      throw SettingsError(
        """
        the file that XASO_REGISTER_KEYS names holds other keys than those of this store: put the right one back from \
        where its copy is kept
        """)
    }
  }

  static func registerRegister(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    registerKeeping(in: &handlers, keys)
    registerPeople(in: &handlers, keys)
    handlers.on(
      ImportPeople.self,
      preparing: { request throws(Refusal) in
        try PeopleLines(request, try usable(keys), today: Timestamp.now.day)
      },
      do: { lines, call, transaction in
        let (unit, keys) = (try call.home(), try usable(keys))
        _ = try RegisterRules.isOpen(try RegisterStore.register(in: unit, transaction))
        return .accepted(try PeopleImport(lines, in: unit, keys, by: call.caller.account).run(transaction))
      })
    handlers.on(CountRegister.self) { request, call, transaction in
      let unit = try call.home()
      let today = transaction.time.day
      _ = try RegisterRules.isOpen(try RegisterStore.register(in: unit, transaction))
      try RegisterRules.check(request, today: today)
      let statistics = try RegisterStore.statistics(in: unit, year: today.components.year, transaction)
      var events: [any Event] = []
      let rows = Dictionary(
        statistics.rows.compactMap { row in row.village.map { ($0.code, row.counts) } },
        uniquingKeysWith: { first, _ in first })
      // Every village that there is, those with nobody too. People without one, or of one that ended, are in the work
      // list, and counted when they have one.
      for village in try IdentityStore.villages(in: unit, on: request.month.days.upperBound, transaction) {
        let counts = RecordCounts(village: village.code, month: request.month, counts: rows[village.code] ?? .zero)
        events.append(try record(counts, call, in: unit, transaction).1)
      }
      let table = IdentityRules.table(
        request.month, of: unit, try IdentityStore.villages(request.month, in: unit, transaction))
      return .accepted(table, events: events)
    }
    handlers.on(ReadStatistics.self) { _, call, transaction in
      try RegisterStore.statistics(
        in: try call.home(), year: transaction.time.day.components.year, transaction)
    }
    handlers.on(
      RekeyRegister.self,
      answer: { [database = handlers.database] request, call in
        let keys = try usable(keys)
        try await database.audit(
          AuditEntry(
            time: .now, account: call.caller.account, unit: nil, office: nil,
            method: RekeyRegister.method.description, key: nil, status: .ok, note: request.begins ? "a new key" : nil))
        if request.begins { try keys.renew() }
        let deadline = ContinuousClock.now + call.left
        repeat {
          let count = try await database.write { try reseal($0, with: keys) }
          if count == 0 { break }
        } while ContinuousClock.now < deadline
        return try await database.read { try RegisterStore.sealings(by: keys.newest, $0) }
      })
  }

  private static func registerKeeping(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    handlers.on(OpenRegister.self) { request, call, transaction in
      let unit = try call.home()
      _ = try usable(keys)
      try IdentityStore.checkGoesOn(unit, transaction)
      guard unit.commune != nil else {
        throw Refusal(.invalid, vi: "Chỉ cấp xã mở sổ.", en: "Only a commune keeps a register.")
      }
      let existing = try RegisterStore.register(in: unit, transaction)
      try RegisterRules.check(request, existing, today: transaction.time.day)
      let register = RegisterRecord(
        unit: unit, basis: request.basis, issued: request.issued, purpose: request.purpose, months: request.months,
        opened: transaction.time.day, before: existing.map { $0.before + [$0.opening] } ?? [])
      try RegisterStore.keep(register, transaction)
      return .accepted(try summary(register, transaction))
    }
    handlers.on(CloseRegister.self) { request, call, transaction in
      var register = try RegisterRules.isOpen(try RegisterStore.register(in: try call.home(), transaction))
      register.closed = transaction.time.day
      register.closedBy = request.document
      try RegisterStore.keep(register, transaction)
      return .accepted(try summary(register, transaction))
    }
    handlers.on(ShowRegister.self) { _, call, transaction in
      let unit = try call.home()
      guard let register = try RegisterStore.register(in: unit, transaction) else {
        throw Refusal(
          .notFound, vi: "Đơn vị này chưa mở sổ theo dõi định danh.", en: "This unit keeps no person register.")
      }
      return try summary(register, transaction)
    }
  }

  static func usable(_ keys: RegisterKeys?) throws(Refusal) -> RegisterKeys {
    guard let keys else {
      throw Refusal(
        .conflict, vi: "Hệ thống chưa có khóa cho sổ; hãy nhờ người vận hành đặt XASO_REGISTER_KEYS.",
        en: "The register has no keys here; have the operator set XASO_REGISTER_KEYS.")
    }
    return keys
  }

  private static func summary(
    _ register: RegisterRecord, _ transaction: borrowing Transaction
  ) throws -> RegisterSummary {
    RegisterSummary(
      unit: register.unit, basis: register.basis, issued: register.issued, purpose: register.purpose,
      months: register.months, opened: register.opened, closed: register.closed, closedBy: register.closedBy,
      before: register.before.isEmpty ? nil : register.before,
      quality: try RegisterStore.quality(in: register.unit, today: transaction.time.day, transaction))
  }

  /// So many at a time that other writers hardly wait.
  private static func reseal(_ transaction: borrowing Transaction, with keys: RegisterKeys) throws -> Int {
    let people = try RegisterStore.sealed(notWith: keys.newest, limit: 1000, transaction)
    for (unit, person) in people {
      let number = try keys.open(person.sealed.data, key: person.sealed.key, for: person.reference)
      try RegisterStore.reseal(person.reference, in: unit, keys.seal(number, for: person.reference), transaction)
    }
    return people.count
  }
}
