import Schema
import Storage

/// The SQL of what accounts lend each other, and of who was seen when.
extension IdentityStore {
  /// Those that are not taken back and not over.
  static func delegations(
    to account: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> [Delegation] {
    try transaction.rows(
      "SELECT * FROM delegation WHERE borrower = ? AND ended IS NULL AND last_day >= ? ORDER BY id", account,
      transaction.time.day
    ).map(Delegation.init)
  }

  /// To others, in the same way.
  static func delegations(
    by account: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> [Delegation] {
    try transaction.rows(
      "SELECT * FROM delegation WHERE lender = ? AND ended IS NULL AND last_day >= ? ORDER BY id", account,
      transaction.time.day
    ).map(Delegation.init)
  }

  static func insert(_ delegation: Delegation, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO delegation (id, lender, borrower, roles, first_day, last_day, document) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      delegation.id, delegation.by, delegation.to, JSONColumn(delegation.roles), delegation.from, delegation.through,
      delegation.document)
  }

  static func end(_ delegation: Delegation.ID, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE delegation SET ended = ? WHERE id = ?", transaction.time, delegation)
  }

  static func shorten(
    _ delegation: Delegation.ID, to last: Day, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("UPDATE delegation SET last_day = ? WHERE id = ?", last, delegation)
  }

  /// Accounts that there are; of others nothing is kept.
  static func see(
    _ accounts: [Caller.Account], on day: Day, _ transaction: borrowing Transaction
  ) throws {
    for account in accounts {
      try transaction.execute(
        """
        INSERT INTO account_seen (account, day) SELECT name, ? FROM account WHERE name = ?
        ON CONFLICT (account) DO UPDATE SET day = excluded.day WHERE account_seen.day < excluded.day
        """,
        day, account)
    }
  }

  static func see(_ keys: [Identity.Key], on day: Day, _ transaction: borrowing Transaction) throws {
    for key in keys {
      try transaction.execute(
        """
        INSERT INTO key_seen (key, day) SELECT key, ? FROM account_key WHERE key = ?
        ON CONFLICT (key) DO UPDATE SET day = excluded.day WHERE key_seen.day < excluded.day
        """,
        day, key)
    }
  }
}

extension Delegation {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], by: try row["lender"], to: try row["borrower"], roles: try row.json("roles"),
      from: try row["first_day"], through: try row["last_day"], document: try row["document"])
  }
}
