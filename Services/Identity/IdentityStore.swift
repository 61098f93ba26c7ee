import FoundationEssentials
import Schema
import Storage

/// The SQL of identity. Every look-up takes the unit, so that another unit's account or office is simply not found.
enum IdentityStore {
  private static let pageSize = 50
  private static let seatsPerPage = 500

  // MARK: Accounts

  private static let accounts = """
    SELECT account.*, office.name AS office_name FROM account
    LEFT JOIN office ON office.province = account.province AND office.commune = account.commune
      AND office.code = account.office
    """

  /// Whatever its unit: names are unique.
  static func account(_ name: Caller.Account, _ transaction: borrowing Transaction) throws -> AccountRecord? {
    try transaction.row("\(accounts) WHERE account.name = ?", name).map(AccountRecord.init)
  }

  static func account(
    _ name: Caller.Account, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws -> AccountRecord {
    guard let account = try account(name, transaction), account.unit == unit else {
      throw Refusal.notFound("tài khoản", "account", name, at: "account")
    }
    return account
  }

  static func keep(_ account: AccountRecord, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO account (name, province, commune, office, roles, status) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET office = excluded.office, roles = excluded.roles, status = excluded.status
      """,
      account.name, account.filed.province, account.filed.communeColumn, account.office?.code,
      JSONColumn(account.openRoles), Open(account.status))
  }

  static func summary(_ account: AccountRecord, _ transaction: borrowing Transaction) throws -> AccountSummary {
    let keys = try transaction.rows(
      "SELECT * FROM account_key WHERE account = ? ORDER BY admitted, key", account.name)
    return AccountSummary(
      account: account.name, unit: account.unit, office: account.office, roles: account.openRoles,
      status: Open(account.status), keys: try keys.map(KeySummary.init))
  }

  static func list(
    _ request: ListAccounts, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws -> Page<AccountSummary> {
    var condition = unit.map { Condition.within($0, of: "account") } ?? Condition()
    if let after = request.after {
      condition.add("account.name > ?", try after.position(as: Caller.Account.self))
    }
    let rows = try transaction.rows(
      "\(accounts) WHERE \(condition.sql) ORDER BY account.name LIMIT \(Page<AccountSummary>.limit(pageSize))",
      values: condition.values)
    var items: [AccountSummary] = []
    for row in rows.prefix(pageSize) { items.append(try summary(AccountRecord(row), transaction)) }
    return Page(items: items, next: items.count < rows.count ? items.last?.account.description : nil)
  }

  // MARK: Keys

  /// An account's or an invitation's, of now or of then: no key is admitted twice.
  static func isKnown(_ key: Identity.Key, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.row(
      "SELECT key FROM account_key WHERE key = ? UNION ALL SELECT key FROM invitation WHERE key = ?", key, key) != nil
  }

  static func admit(
    _ key: Identity.Key, for account: AccountRecord, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO account_key (key, account, admitted) VALUES (?, ?, ?)", key, account.name, transaction.time)
    try seat(account.seat(of: key), transaction)
  }

  /// - Parameter key: Nil for all.
  /// - Returns: What is no longer admitted.
  static func revoke(
    _ key: Identity.Key?, of account: AccountRecord, reason: String, _ transaction: borrowing Transaction
  ) throws -> [Identity.Key] {
    var condition = Condition()
    condition.add("account = ? AND revoked IS NULL", account.name)
    if let key { condition.add("key = ?", key) }
    let rows = try transaction.rows(
      "SELECT key FROM account_key WHERE \(condition.sql) ORDER BY key", values: condition.values)
    let keys: [Identity.Key] = try rows.map { try $0["key"] }
    for key in keys {
      try transaction.execute(
        "UPDATE account_key SET revoked = ?, reason = ? WHERE key = ?", transaction.time, reason, key)
      try transaction.execute("DELETE FROM seat WHERE key = ?", key)
    }
    return keys
  }

  /// The keys of those who may invite anywhere.
  static func administrators(_ transaction: borrowing Transaction) throws -> Set<Identity.Key> {
    let rows = try transaction.rows(
      """
      SELECT account_key.key, account.roles FROM account JOIN account_key ON account_key.account = account.name
      WHERE account.province = ? AND account.status = 'active' AND account_key.revoked IS NULL
      """, Identity.nowhere.province)
    var keys: Set<Identity.Key> = []
    for row in rows {
      let roles: [Open<Role>] = try row.json("roles")
      if roles.contains(Open(.administrator)) { keys.insert(try row["key"]) }
    }
    return keys
  }

  // MARK: Invitations

  static func insert(
    _ invitation: InvitationRecord, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO invitation (id, key, account, expires, withdrawn) VALUES (?, ?, ?, ?, ?)", invitation.id,
      invitation.key, invitation.account, invitation.expires, invitation.withdrawn)
    try seat(invitation.seat(in: unit), transaction)
  }

  /// The one that a caller holds.
  static func invitation(
    of caller: Caller, _ transaction: borrowing Transaction
  ) throws -> InvitationRecord {
    guard let id = Invitation.ID(caller.account.description), let invitation = try invitation(id, transaction) else {
      throw Refusal(.forbidden)
    }
    return invitation
  }

  static func invitation(_ id: Invitation.ID, _ transaction: borrowing Transaction) throws -> InvitationRecord? {
    try transaction.row("SELECT * FROM invitation WHERE id = ?", id).map(InvitationRecord.init)
  }

  /// Of the unit and those below it, oldest first; nobody has joined by them, and nobody withdrew them.
  static func pending(
    in unit: Unit?, after: Invitation.ID?, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [(InvitationRecord, unit: Unit?)] {
    var condition = unit.map { Condition.within($0, of: "account") } ?? Condition()
    condition.add("invitation.joined IS NULL AND invitation.withdrawn = 0")
    if let after { condition.add("invitation.id > ?", after) }
    return try transaction.rows(
      """
      SELECT invitation.*, account.province, account.commune FROM invitation
      JOIN account ON account.name = invitation.account WHERE \(condition.sql) ORDER BY invitation.id LIMIT \(limit)
      """, values: condition.values
    ).map {
      let unit = try Unit($0)
      return (try InvitationRecord($0), unit == Identity.nowhere ? nil : unit)
    }
  }

  static func withdraw(_ invitation: InvitationRecord, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE invitation SET withdrawn = 1 WHERE id = ?", invitation.id)
    try transaction.execute("DELETE FROM seat WHERE key = ?", invitation.key)
  }

  static func use(_ invitation: InvitationRecord, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE invitation SET joined = ? WHERE id = ?", invitation.joined, invitation.id)
  }

  /// Those of an account, used ones too: their keys were still admitted, to be told so.
  ///
  /// - Returns: What is no longer admitted.
  static func withdraw(
    invitationsOf account: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> [InvitationRecord] {
    let rows = try transaction.rows(
      "SELECT * FROM invitation WHERE account = ? AND withdrawn = 0 ORDER BY id", account)
    let invitations = try rows.map(InvitationRecord.init)
    for invitation in invitations { try withdraw(invitation, transaction) }
    return invitations
  }

  // MARK: The directory

  private static func seat(_ seat: Seat, _ transaction: borrowing Transaction) throws {
    try transaction.execute("INSERT INTO seat (key, body) VALUES (?, ?)", seat.key, JSONColumn(seat))
  }

  static func directory(
    _ request: ReadDirectory, epoch: UUIDv7, _ transaction: borrowing Transaction
  ) throws -> DirectoryPage {
    var condition = Condition()
    if let after = request.after { condition.add("key > ?", after) }
    let rows = try transaction.rows(
      "SELECT key, body FROM seat WHERE \(condition.sql) ORDER BY key LIMIT \(Page<Seat>.limit(seatsPerPage))",
      values: condition.values)
    let page = try Page<Seat>(
      rows, size: seatsPerPage, { try $0.json("body") }, position: \.key.description)
    return DirectoryPage(
      epoch: epoch, sequence: try transaction.head, seats: page.items, next: page.next.flatMap(Identity.Key.init))
  }

  // MARK: Offices

  static func office(
    _ code: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> OfficeSummary? {
    try transaction.row(
      "SELECT * FROM office WHERE province = ? AND commune = ? AND code = ?", unit.province, unit.communeColumn, code
    ).map(OfficeSummary.init)
  }

  /// All of a unit: 300 offices and villages at most.
  static func villages(in unit: Unit, _ transaction: borrowing Transaction) throws -> [OfficeSummary] {
    try transaction.rows(
      "SELECT * FROM office WHERE province = ? AND commune = ? AND kind = 'village' ORDER BY code", unit.province,
      unit.communeColumn
    ).map(OfficeSummary.init)
  }

  static func numberOfOffices(in unit: Unit, _ transaction: borrowing Transaction) throws -> Int {
    try transaction.row(
      "SELECT COUNT(*) AS number FROM office WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)?[
        "number"] ?? 0
  }

  static func keep(_ office: OfficeSummary, in unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO office (province, commune, code, name, kind) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET name = excluded.name
      """,
      unit.province, unit.communeColumn, office.code, office.name, office.kind)
  }

  static func list(
    _ request: ListOffices, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<OfficeSummary> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    if let after = request.after { condition.add("code > ?", try after.position(as: Office.Code.self)) }
    let rows = try transaction.rows(
      "SELECT * FROM office WHERE \(condition.sql) ORDER BY code LIMIT \(Page<OfficeSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, OfficeSummary.init, position: \.code.description)
  }

  // MARK: Đề án 06

  private static let counts = """
    SELECT office.province, office.commune, office.code, office.name, village_count.revision, village_count.adults,
      village_count.issued, village_count.activated, village_count.signatures
    FROM office LEFT JOIN village_count ON village_count.province = office.province
      AND village_count.commune = office.commune AND village_count.village = office.code AND village_count.month = ?
    WHERE office.kind = 'village' AND office.province = ?
    """

  /// Every village of the unit and below, with its counts of the month or without.
  static func villages(
    _ month: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [CountsRow] {
    let rows =
      if let commune = unit.commune {
        try transaction.rows("\(counts) AND office.commune = ? ORDER BY office.code", month, unit.province, commune)
      } else {
        try transaction.rows("\(counts) ORDER BY office.commune, office.code", month, unit.province)
      }
    return try rows.map(CountsRow.init)
  }

  /// How often the village's counts were recorded for the month; 0 when they were not.
  static func revision(
    of request: RecordCounts, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.row(
      "SELECT revision FROM village_count WHERE province = ? AND commune = ? AND village = ? AND month = ?",
      unit.province, unit.communeColumn, request.village, request.month)?["revision"] ?? 0
  }

  static func record(
    _ request: RecordCounts, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> CountsRow {
    let counts = request.counts
    try transaction.execute(
      """
      INSERT INTO village_count (province, commune, village, month, revision, adults, issued, activated, signatures)
      VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
      ON CONFLICT (province, commune, village, month) DO UPDATE SET revision = village_count.revision + 1,
        adults = excluded.adults, issued = excluded.issued, activated = excluded.activated,
        signatures = excluded.signatures
      """,
      unit.province, unit.communeColumn, request.village, request.month, counts.adults, counts.issued,
      counts.activated, counts.signatures)
    let row = try transaction.row(
      "\(Self.counts) AND office.commune = ? AND office.code = ?", request.month, unit.province, unit.communeColumn,
      request.village)
    guard let row else { throw StorageError(.failed, "counts of a village that is not kept") }
    return try CountsRow(row)
  }
}

extension AccountRecord {
  fileprivate init(_ row: Row) throws {
    let (unit, roles) = (try Unit(row), try row.json("roles") as [Open<Role>])
    let status: Open<Identity.AccountStatus> = try row["status"]
    let (code, name): (Office.Code?, String?) = (try row["office"], try row["office_name"])
    self.init(
      name: try row["name"], unit: unit == Identity.nowhere ? nil : unit,
      office: code.map { Office(code: $0, name: name ?? $0.description) },
      roles: Set(roles.compactMap(\.known)), status: status.known ?? .revoked)
  }
}

extension KeySummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      key: try row["key"], admitted: try row["admitted"], revoked: try row["revoked"], reason: try row["reason"])
  }
}

extension InvitationRecord {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], key: try row["key"], account: try row["account"], expires: try row["expires"],
      joined: try row["joined"], withdrawn: try row["withdrawn"])
  }
}

extension OfficeSummary {
  fileprivate init(_ row: Row) throws {
    self.init(code: try row["code"], name: try row["name"], kind: try row["kind"])
  }
}

extension CountsRow {
  fileprivate init(_ row: Row) throws {
    let revision: Int? = try row["revision"]
    var counts: EnrolmentCounts?
    if revision != nil {
      counts = EnrolmentCounts(
        adults: try row["adults"], issued: try row["issued"], activated: try row["activated"],
        signatures: try row["signatures"])
    }
    self.init(
      unit: try Unit(row), village: Office(code: try row["code"], name: try row["name"]),
      reported: revision == nil ? 0 : 1, expected: 1, counts: counts, revision: revision)
  }
}
