import FoundationEssentials
import Schema
import Storage

/// The SQL of identity. Every look-up takes the unit, so that another unit's account or office is simply not found.
enum IdentityStore {
  static let pageSize = 50
  private static let seatsPerPage = 500

  // MARK: Accounts

  private static let accounts = """
    SELECT account.*, office.name AS office_name, account_seen.day AS seen FROM account
    LEFT JOIN account_seen ON account_seen.account = account.name
    LEFT JOIN office ON office.province = account.province AND office.commune = account.commune
      AND office.code = account.office
    """

  /// Whatever its unit: names are unique.
  static func account(_ name: Caller.Account, _ transaction: borrowing Transaction) throws -> AccountRecord? {
    guard var account = try transaction.row("\(accounts) WHERE account.name = ?", name).map(AccountRecord.init)
    else { return nil }
    account.delegations = try delegations(to: name, transaction)
    account.former = try account.unit.map { try mergers(into: $0, transaction).map(\.from) } ?? []
    return account
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
      INSERT INTO account (name, province, commune, office, roles, status, last_day) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET office = excluded.office, roles = excluded.roles, status = excluded.status,
        last_day = excluded.last_day
      """,
      account.name, account.filed.province, account.filed.communeColumn, account.office?.code,
      JSONColumn(account.openRoles), Open(account.status), account.last)
  }

  static func summary(_ account: AccountRecord, _ transaction: borrowing Transaction) throws -> AccountSummary {
    let keys = try transaction.rows(
      """
      SELECT account_key.*, key_seen.day AS seen FROM account_key LEFT JOIN key_seen ON key_seen.key = account_key.key
      WHERE account = ? ORDER BY admitted, account_key.key
      """, account.name)
    return AccountSummary(
      account: account.name, unit: account.unit, office: account.office, roles: account.openRoles,
      status: Open(account.status), keys: try keys.map(KeySummary.init), last: account.last,
      delegations: account.delegations.isEmpty ? nil : account.delegations, seen: account.seen)
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
    for row in rows.prefix(pageSize) {
      var account = try AccountRecord(row)
      account.delegations = try delegations(to: account.name, transaction)
      items.append(try summary(account, transaction))
    }
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

  /// Gives a key that is in use a last day of its own; false where the account has no such key.
  static func limit(
    _ key: Identity.Key, of account: AccountRecord, through last: Day?, _ transaction: borrowing Transaction
  ) throws -> Bool {
    let row = try transaction.row(
      "SELECT key FROM account_key WHERE key = ? AND account = ? AND revoked IS NULL", key, account.name)
    guard row != nil else { return false }
    try transaction.execute("UPDATE account_key SET last_day = ? WHERE key = ?", last, key)
    return true
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

  /// The same key with other rights.
  static func reseat(_ seat: Seat, _ transaction: borrowing Transaction) throws -> Seat {
    try transaction.execute("UPDATE seat SET body = ? WHERE key = ?", JSONColumn(seat), seat.key)
    return seat
  }

  private static func seat(_ seat: Seat, _ transaction: borrowing Transaction) throws {
    try transaction.execute("INSERT INTO seat (key, body) VALUES (?, ?)", seat.key, JSONColumn(seat))
  }

  /// Gives the keys that an account has the rights that it has now.
  static func reseat(
    _ account: AccountRecord, _ transaction: borrowing Transaction
  ) throws -> [SeatChanged] {
    let rows = try transaction.rows(
      "SELECT key, last_day FROM account_key WHERE account = ? AND revoked IS NULL ORDER BY key", account.name)
    return try rows.map { row in
      SeatChanged(
        unit: account.filed,
        seat: try reseat(account.seat(of: try row["key"], through: try row["last_day"]), transaction))
    }
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
}

extension AccountRecord {
  fileprivate init(_ row: Row) throws {
    let (unit, roles) = (try Unit(row), try row.json("roles") as [Open<Role>])
    let status: Open<Identity.AccountStatus> = try row["status"]
    let (code, name): (Office.Code?, String?) = (try row["office"], try row["office_name"])
    self.init(
      name: try row["name"], unit: unit == Identity.nowhere ? nil : unit,
      office: code.map { Office(code: $0, name: name ?? $0.description) },
      roles: Set(roles.compactMap(\.known)), status: status.known ?? .revoked, last: try row["last_day"],
      seen: try row["seen"])
  }
}

extension KeySummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      key: try row["key"], admitted: try row["admitted"], revoked: try row["revoked"], reason: try row["reason"],
      last: try row["last_day"], seen: try row["seen"])
  }
}

extension InvitationRecord {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], key: try row["key"], account: try row["account"], expires: try row["expires"],
      joined: try row["joined"], withdrawn: try row["withdrawn"])
  }
}
