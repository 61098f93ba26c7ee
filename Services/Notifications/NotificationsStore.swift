import Schema
import Storage

/// The SQL of notifications. An inbox is looked up with its unit, so that another unit's is never read.
enum NotificationsStore {
  private static let pageSize = 50

  // MARK: From other streams

  /// Clears what came from identity's stream, and nothing else.
  static func resetIdentity(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notice WHERE stream = ?", Identity.name)
    try transaction.execute("DELETE FROM account")
    try transaction.execute("DELETE FROM office")
  }

  /// Clears what came from the plans' stream, and nothing else.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notice WHERE stream = ?", Plans.name)
    try transaction.execute("DELETE FROM task")
    try transaction.execute("DELETE FROM plan")
  }

  /// Clears what came from the budget's stream, and nothing else.
  static func resetBudget(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notice WHERE stream = ?", Budget.name)
  }

  /// Clears what came from the indicators' stream, and nothing else.
  static func resetIndicators(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notice WHERE stream = ?", Indicators.name)
  }

  // MARK: Offices and their people

  /// Keeps the name of an office or a village.
  ///
  /// - Returns: The one that it had, if it had any.
  static func keep(_ kept: OfficeKept, _ transaction: borrowing Transaction) throws -> String? {
    let (unit, office) = (kept.unit, kept.office)
    let before = try name(of: office.code, in: unit, transaction)
    try transaction.execute(
      """
      INSERT INTO office (province, commune, code, name) VALUES (?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET name = excluded.name
      """,
      unit.province, unit.communeColumn, office.code, office.name)
    return before
  }

  static func name(
    of office: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> String? {
    try transaction.row(
      "SELECT name FROM office WHERE province = ? AND commune = ? AND code = ?", unit.province, unit.communeColumn,
      office)?["name"]
  }

  static func keep(_ account: AccountAdmitted, _ transaction: borrowing Transaction) throws {
    guard let office = account.office else { return }
    try transaction.execute(
      """
      INSERT INTO account (name, province, commune, office, is_focal, has_key) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO NOTHING
      """,
      account.account, account.unit.province, account.unit.communeColumn, office.code,
      account.roles.contains(Open(.focal)), false)
  }

  /// Nil for one without an office, for one that was revoked, and for an invitation.
  static func account(
    _ name: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> AccountRecord? {
    guard let row = try transaction.row("SELECT * FROM account WHERE name = ?", name) else { return nil }
    let (unit, office): (Unit, Office.Code) = (try Unit(row), try row["office"])
    return AccountRecord(
      name: name, office: Office(code: office, name: try self.name(of: office, in: unit, transaction) ?? "\(office)"),
      focal: try focal(of: unit, transaction), hasKey: try row["has_key"])
  }

  static func admit(_ account: Caller.Account, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE account SET has_key = 1 WHERE name = ?", account)
  }

  static func remove(_ account: Caller.Account, _ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM account WHERE name = ?", account)
  }

  /// The offices whose people speak for the focal office.
  static func focal(of unit: Unit, _ transaction: borrowing Transaction) throws -> Set<Office.Code> {
    let rows = try transaction.rows(
      "SELECT DISTINCT office FROM account WHERE province = ? AND commune = ? AND is_focal = 1", unit.province,
      unit.communeColumn)
    return Set(try rows.map { try $0["office"] })
  }

  // MARK: Plans

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO plan (id, focal, offices) VALUES (?, ?, ?)", plan.plan, plan.focal,
      JSONColumn(plan.shares.map(\.office)))
  }

  static func keep(_ task: TaskAssigned, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO task (id, plan, body) VALUES (?, ?, ?)", task.task, task.plan, JSONColumn(task.row))
  }

  static func task(_ id: PlanTask.ID, _ transaction: borrowing Transaction) throws -> TaskRecord {
    let row = try transaction.row(
      "SELECT task.body, plan.focal, plan.offices FROM task JOIN plan ON plan.id = task.plan WHERE task.id = ?", id)
    guard let row else { throw StorageError(.failed, "progress of a task that was never assigned: \(id)") }
    return TaskRecord(
      row: try row.json("body"), focal: try row["focal"], offices: try row.json("offices"))
  }

  // MARK: Notices

  static func post(
    _ notices: [NoticeRecord], from stream: ServiceName, _ transaction: borrowing Transaction
  ) throws {
    for notice in notices {
      try transaction.execute(
        "INSERT INTO notice (id, stream, province, commune, office, time, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
        notice.id, stream, notice.unit.province, notice.unit.communeColumn, notice.office, notice.time,
        JSONColumn(notice.content))
    }
  }

  static func inbox(
    of office: Office.Code, in unit: Unit, after: String?, _ transaction: borrowing Transaction
  ) throws -> Page<NoticeSummary> {
    var condition = Condition()
    condition.add("province = ? AND commune = ? AND office = ?", unit.province, unit.communeColumn, office)
    if let after {
      let id = try after.position(as: Notice.ID.self)
      condition.add("(time, id) < (SELECT time, id FROM notice WHERE id = ?)", id)
    }
    let rows = try transaction.rows(
      """
      SELECT id, office, time, content FROM notice WHERE \(condition.sql)
      ORDER BY time DESC, id DESC LIMIT \(Page<NoticeSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(rows, size: pageSize, NoticeSummary.init, position: \.id.description)
  }
}

extension NoticeSummary {
  fileprivate init(_ row: Row) throws {
    let content: Notice.Content = try row.json("content")
    self.init(id: try row["id"], office: try row["office"], time: try row["time"], text: content.text)
  }
}
