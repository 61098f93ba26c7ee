import Bus
import Logging
import Schema
import Service
import Storage
import ZeroMQ

/// The identity service: lets people in by invitation, shuts them out again, and keeps the counts of Đề án 06.
@main struct IdentityService: HostedService {
  typealias Interface = Identity

  static let migrations = IdentityMigrations.all

  static func options(_ settings: Settings) throws -> Database.Options {
    var options = Database.Options()
    options.erases = true
    // References are random: an import of two communes at a time works on some 20 MiB of their indexes.
    options.writerCache = 32
    // By trying, a number could be found whose request has this hash.
    options.secret = try keys(settings)?.requests
    return options
  }

  static func register(in handlers: inout Handlers<Identity>, _ settings: Settings) throws {
    register(in: &handlers)
    registerRegister(in: &handlers, try keys(settings))
  }

  static func register(in handlers: inout Handlers<Identity>) {
    registerAccounts(in: &handlers)
    registerOwnKeys(in: &handlers)
    registerInquiries(in: &handlers)
    registerSubjects(in: &handlers)
    registerDelegation(in: &handlers)
    registerMergers(in: &handlers)
    handlers.on(ReadDirectory.self) { [epoch = handlers.database.epoch] request, _, transaction in
      try IdentityStore.directory(request, epoch: epoch, transaction)
    }
    handlers.on(KeepOffice.self) { request, call, transaction in
      try IdentityStore.checkGoesOn(call.unit, transaction)
      let (office, events) = try keep(request.office, in: try call.home(), transaction)
      return .accepted(office, events: events)
    }
    handlers.on(RetireOffice.self) { request, call, transaction in
      let unit = try call.home()
      try IdentityStore.checkGoesOn(unit, transaction)
      let office = try IdentityRules.retired(
        try IdentityStore.office(request.office, in: unit, transaction), request,
        accounts: try IdentityStore.accounts(of: request.office, in: unit, transaction), today: transaction.time.day)
      try IdentityStore.keep(office, in: unit, transaction)
      return .accepted(office, events: [OfficeKept(unit: unit, office: office)])
    }
    handlers.on(ListOffices.self) { request, call, transaction in
      try IdentityStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(RecordCounts.self) { request, call, transaction in
      let unit = try call.home()
      let village = try IdentityStore.office(request.village, in: unit, transaction)
      try IdentityRules.check(request, village, today: transaction.time.day)
      try IdentityRules.check(typed: try RegisterStore.register(in: unit, transaction))
      try call.expects(try IdentityStore.revision(of: request, in: unit, transaction))
      let (row, event) = try record(request, call, in: unit, transaction)
      return .accepted(row, events: [event])
    }
    handlers.on(ListCounts.self) { request, call, transaction in
      let unit = try call.home()
      let table = IdentityRules.table(
        request.month, of: unit, try IdentityStore.villages(request.month, in: unit, transaction))
      return request.published == true ? IdentityRules.published(table) : table
    }
  }

  private static func registerAccounts(in handlers: inout Handlers<Identity>) {
    handlers.on(Invite.self) { request, call, transaction in
      try IdentityStore.checkGoesOn(call.unit, transaction)
      var account = try IdentityRules.invited(
        request, in: call.unit, existing: try IdentityStore.account(request.account, transaction),
        isKnown: try IdentityStore.isKnown(request.key, transaction), at: transaction.time)
      var events: [any Event] = []
      if let unit = call.unit, let office = account.office {
        // The name that it has stands; another one is given by keeping the office.
        if let kept = try IdentityStore.office(office.code, in: unit, transaction) {
          try IdentityRules.checkAccounts(of: kept, today: transaction.time.day)
          account.office = kept.office
        } else {
          let summary = OfficeSummary(code: office.code, name: office.name, kind: Open(.office))
          events += try keep(summary, in: unit, transaction).events
        }
      }
      if account.status == .invited {
        events += try withdrawals(of: account, reason: "replaced by another invitation", transaction)
      }
      try IdentityStore.keep(account, transaction)
      let invitation = InvitationRecord(
        id: Invitation.ID(), key: request.key, account: account.name, expires: request.expires)
      try IdentityStore.insert(invitation, in: account.unit, transaction)
      events.append(KeyAdmitted(unit: account.filed, seat: invitation.seat(in: account.unit)))
      return .accepted(
        InvitationSummary(
          id: invitation.id, account: account.name, unit: account.unit, office: account.office,
          roles: account.openRoles, expires: invitation.expires),
        events: events)
    }
    handlers.on(Join.self) { request, call, transaction in
      var invitation = try IdentityStore.invitation(of: call.caller, transaction)
      let isNew = try IdentityRules.join(
        &invitation, request, isKnown: try IdentityStore.isKnown(request.key, transaction), at: transaction.time)
      guard let account = try IdentityStore.account(invitation.account, transaction) else { throw Refusal(.forbidden) }
      guard isNew else { return .accepted(try IdentityStore.summary(account, transaction)) }
      try IdentityStore.use(invitation, transaction)
      let (admitted, events) = try admit(request.key, for: account, transaction)
      return .accepted(try IdentityStore.summary(admitted, transaction), events: events)
    }
    handlers.on(ListAccounts.self) { request, call, transaction in
      try IdentityStore.list(request, in: call.unit, transaction)
    }
    handlers.on(Revoke.self) { request, call, transaction in
      var account = try IdentityStore.account(request.account, in: call.unit, transaction)
      try IdentityRules.check(request, account)
      let keys = try IdentityStore.revoke(request.key, of: account, reason: request.reason, transaction)
      var events: [any Event] = keys.map {
        KeyRevoked(unit: account.filed, key: $0, account: account.name, reason: request.reason)
      }
      if let key = request.key {
        guard !keys.isEmpty else {
          throw Refusal(
            .notFound, vi: "Tài khoản \(account.name) không có khóa này, hoặc khóa đã bị thu hồi.",
            en: "The account \(account.name) has no such key, or it was revoked before: \(key)", at: "key")
        }
      } else {
        events += try withdrawals(of: account, reason: request.reason, transaction)
        account.status = .revoked
        try IdentityStore.keep(account, transaction)
        events += try endDelegations(by: account.name, transaction)
        // First, so that a reader does not take the keys that follow for single ones.
        events.insert(AccountRevoked(unit: account.filed, account: account.name, reason: request.reason), at: 0)
      }
      try IdentityRules.check(account, left: try IdentityStore.administrators(transaction))
      return .accepted(try IdentityStore.summary(account, transaction), events: events)
    }
  }

  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    let keys = try keys(settings)
    try await know(keys, database)
    if let log = keys?.erasures { try await repeatErasures(log, in: database) }
    try await admitFirst(database, settings, log: log)
  }

  /// Lets the first administrator in while there is none, by the public key in `XASO_FIRST_ADMINISTRATOR`.
  private static func admitFirst(_ database: Database, _ settings: Settings, log: Logger) async throws {
    guard let text = settings["first.administrator"], !text.isEmpty else { return }
    guard let key = Identity.Key(text), PublicKey(z85: text) != nil else {
      throw SettingsError("XASO_FIRST_ADMINISTRATOR is not a public key of 40 characters; make one with xaso key new")
    }
    let name = try await database.write { transaction -> Caller.Account? in
      guard try IdentityStore.administrators(transaction).isEmpty, try !IdentityStore.isKnown(key, transaction)
      else { return nil }
      var name: Caller.Account = "operator"
      var number = 1
      while try IdentityStore.account(name, transaction) != nil {
        number += 1
        name = Slug(stringLiteral: "operator-\(number)")
      }
      let account = AccountRecord(
        name: name, unit: nil, office: nil, roles: [.administrator, .operator], status: .invited)
      try IdentityStore.keep(account, transaction)
      for event in try admit(key, for: account, transaction).events { try transaction.emit(event) }
      try transaction.audit(
        AuditEntry(
          time: transaction.time, account: name, unit: nil, office: nil, method: "identity.first.administrator",
          key: nil, status: .ok, note: "key \(key)"))
      return name
    }
    if let name { log.notice("the first administrator was let in", metadata: ["account": "\(name)"]) }
  }

  // MARK: What several of them do

  static func record(
    _ request: RecordCounts, _ call: Call, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> (CountsRow, CountsRecorded) {
    let row = try IdentityStore.record(request, in: unit, transaction)
    guard let village = row.village, let revision = row.revision else { throw Refusal(.failed) }
    return (
      row,
      CountsRecorded(
        unit: unit, village: village, month: request.month, counts: request.counts, revision: revision,
        office: call.caller.office)
    )
  }

  static func admit(
    _ key: Identity.Key, for account: AccountRecord, _ transaction: borrowing Transaction
  ) throws -> (AccountRecord, events: [any Event]) {
    var account = account
    var events: [any Event] = []
    if account.status == .invited {
      account.status = .active
      events.append(
        AccountAdmitted(
          unit: account.filed, account: account.name, office: account.office, roles: account.openRoles))
    }
    try IdentityStore.keep(account, transaction)
    try IdentityStore.admit(key, for: account, transaction)
    events.append(KeyAdmitted(unit: account.filed, seat: account.seat(of: key)))
    return (account, events)
  }

  private static func withdrawals(
    of account: AccountRecord, reason: String, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    try IdentityStore.withdraw(invitationsOf: account.name, transaction).map {
      KeyRevoked(unit: account.filed, key: $0.key, account: InvitationRecord.caller($0.id), reason: reason)
    }
  }

  private static func keep(
    _ office: OfficeSummary, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> (OfficeSummary, events: [any Event]) {
    let existing = try IdentityStore.office(office.code, in: unit, transaction)
    try IdentityRules.check(
      office, existing: existing, in: unit, count: try IdentityStore.numberOfOffices(in: unit, transaction))
    let kept = IdentityRules.kept(office, over: existing)
    if let agency = kept.agency, agency != existing?.agency {
      try IdentityRules.check(
        agency, of: kept, in: unit, others: try IdentityStore.agencies(in: unit, but: kept.code, transaction))
    }
    guard existing != kept else { return (kept, []) }
    try IdentityStore.keep(kept, in: unit, transaction)
    return (kept, [OfficeKept(unit: unit, office: kept)])
  }
}
