import Schema
import Storage

/// The SQL of notifications. An inbox is looked up with its unit, so that another unit's is never read.
enum NotificationsStore {
  static let pageSize = 50

  // MARK: From other streams

  /// Clears what came from identity's stream, and nothing else.
  static func resetIdentity(_ transaction: borrowing Transaction) throws {
    try reset(Identity.name, transaction)
    for table in ["village_count", "focal_loan", "account"] { try transaction.execute("DELETE FROM \(table)") }
    try transaction.execute("DELETE FROM office")
  }

  /// Clears what came from the plans' stream, and nothing else.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    try reset(Plans.name, transaction)
    try transaction.execute("DELETE FROM task")
    try transaction.execute("DELETE FROM plan")
  }

  /// Clears what came from the budget's stream, and nothing else.
  static func resetBudget(_ transaction: borrowing Transaction) throws {
    try reset(Budget.name, transaction)
  }

  /// Clears what came from the indicators' stream, and nothing else.
  static func resetIndicators(_ transaction: borrowing Transaction) throws {
    try reset(Indicators.name, transaction)
  }

  private static func reset(_ stream: ServiceName, _ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM notice WHERE stream = ?", stream)
    try transaction.execute("DELETE FROM matter WHERE stream = ?", stream)
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
      INSERT INTO office (province, commune, code, name, kind, until) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET
        name = excluded.name, kind = excluded.kind, until = excluded.until
      """,
      unit.province, unit.communeColumn, office.code, office.name, office.kind, office.until)
    try stale(unit, transaction)
    return before
  }

  static func name(
    of office: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> String? {
    try transaction.row(
      "SELECT name FROM office WHERE province = ? AND commune = ? AND code = ?", unit.province, unit.communeColumn,
      office)?["name"]
  }

  /// What the unit's offices are called, those of the Party and the People's Council too; no villages.
  static func names(
    in unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws -> [Office.Code: String] {
    let rows = try transaction.rows(
      """
      SELECT code, name FROM office
      WHERE province = ? AND commune = ? AND kind <> 'village' AND (until IS NULL OR until >= ?)
      """, unit.province, unit.communeColumn, day)
    return Dictionary(try rows.map { (try $0["code"], try $0["name"]) }) { first, _ in first }
  }

  /// Refuses an office that the unit does not have any more, or never had. The leaders' inboxes are always there.
  static func check(
    _ office: Office.Code, in unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws {
    guard ![.viceChair, .chair].contains(office) else { return }
    let row = try transaction.row(
      """
      SELECT code FROM office WHERE province = ? AND commune = ? AND code = ? AND (until IS NULL OR until >= ?)
      """, unit.province, unit.communeColumn, office, day)
    guard row == nil else { return }
    throw Refusal.notFound("cơ quan", "office", office, at: "office")
  }

  static func keep(_ account: AccountAdmitted, _ transaction: borrowing Transaction) throws {
    guard let office = account.office else { return }
    try transaction.execute(
      """
      INSERT INTO account (name, province, commune, office, is_focal, has_key) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO NOTHING
      """,
      account.account, account.unit.province, account.unit.communeColumn, office.code,
      isFocal(account.roles, in: account.unit), false)
    try stale(account.unit, transaction)
  }

  /// Who speaks for the focal office; of a province, for the office that receives what its communes send.
  private static func isFocal(_ roles: [Open<Role>], in unit: Unit) -> Bool {
    roles.contains(Open(.focal)) || unit.commune == nil && roles.contains(Open(.province))
  }

  /// Keeps on which days an account speaks for the focal office: by its own roles until its last day, and as long as they
  /// are lent to it. Each of its keys says the same.
  static func keep(_ seat: Seat, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let count = try transaction.execute(
      "UPDATE account SET is_focal = ?, last_day = ? WHERE name = ?", isFocal(seat.roles, in: unit), seat.last,
      seat.account)
    // Who belongs to no office speaks for none.
    guard count > 0 else { return }
    try transaction.execute("DELETE FROM focal_loan WHERE account = ?", seat.account)
    for loan in seat.loans ?? [] where isFocal(loan.roles, in: unit) {
      try transaction.execute(
        """
        INSERT INTO focal_loan (account, first_day, last_day) VALUES (?, ?, ?)
        ON CONFLICT (account, first_day, last_day) DO NOTHING
        """, seat.account, loan.from, loan.through)
    }
    try stale(unit, transaction)
  }

  /// Nil for one without an office, for one that was revoked, and for an invitation.
  static func account(
    _ name: Caller.Account, on day: Day, _ transaction: borrowing Transaction
  ) throws -> AccountRecord? {
    guard let row = try transaction.row("SELECT * FROM account WHERE name = ?", name) else { return nil }
    let (unit, office): (Unit, Office.Code) = (try Unit(row), try row["office"])
    return AccountRecord(
      name: name, office: Office(code: office, name: try self.name(of: office, in: unit, transaction) ?? "\(office)"),
      focal: try focal(of: unit, on: day, transaction), hasKey: try row["has_key"])
  }

  static func admit(_ account: Caller.Account, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE account SET has_key = 1 WHERE name = ?", account)
  }

  static func remove(_ account: Caller.Account, in unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM focal_loan WHERE account = ?", account)
    try transaction.execute("DELETE FROM account WHERE name = ?", account)
    try stale(unit, transaction)
  }

  /// The offices whose people speak for the focal office on a day.
  static func focal(of unit: Unit, on day: Day, _ transaction: borrowing Transaction) throws -> Set<Office.Code> {
    let rows = try transaction.rows(
      """
      SELECT DISTINCT office FROM account
      WHERE province = ? AND commune = ? AND (last_day IS NULL OR last_day >= ?) AND (is_focal = 1 OR EXISTS
        (SELECT 1 FROM focal_loan
         WHERE focal_loan.account = account.name AND focal_loan.first_day <= ? AND focal_loan.last_day >= ?))
      """, unit.province, unit.communeColumn, day, day, day)
    return Set(try rows.map { try $0["office"] })
  }

  // MARK: Plans

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO plan (id, focal, offices, number, title, recipients) VALUES (?, ?, ?, ?, ?, ?)", plan.plan,
      plan.focal, JSONColumn(plan.shares.map(\.office)), plan.number, plan.title, JSONColumn(plan.recipients ?? []))
  }

  /// Nil for one that an earlier version kept, without its number.
  static func plan(_ id: Plan.ID, _ transaction: borrowing Transaction) throws -> PlanRecord? {
    try transaction.row("SELECT * FROM plan WHERE id = ? AND number IS NOT NULL", id).map { try PlanRecord($0) }
  }

  /// The plan whose place another one takes.
  static func plan(replacedBy id: Plan.ID, _ transaction: borrowing Transaction) throws -> PlanRecord? {
    try transaction.row("SELECT * FROM plan WHERE replaced_by = ? AND number IS NOT NULL", id)
      .map { try PlanRecord($0) }
  }

  static func keep(_ plan: PlanSuperseded, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE plan SET replaced_by = ? WHERE id = ?", plan.by, plan.plan)
  }

  /// Nil for a task that no issued plan has.
  static func row(of task: PlanTask.ID, _ transaction: borrowing Transaction) throws -> TaskRow? {
    try transaction.row("SELECT body FROM task WHERE id = ?", task).map { try $0.json("body") }
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

  /// The notices of these offices, newest first.
  static func inbox(
    of offices: Set<Office.Code>, in unit: Unit, after: String?, _ transaction: borrowing Transaction
  ) throws -> Page<NoticeSummary> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    let marks = offices.map { _ in "?" }.joined(separator: ", ")
    condition.add("office IN (\(marks))", values: offices.sorted())
    if let after {
      let id = try after.position(as: Notice.ID.self)
      condition.add("(notice.time, id) < (SELECT time, id FROM notice WHERE id = ?)", id)
    }
    let book = try book(transaction)
    let rows = try transaction.rows(
      """
      SELECT notice.*, acknowledgement.time AS acknowledged FROM notice
      LEFT JOIN acknowledgement ON acknowledgement.notice = notice.id
      WHERE \(condition.sql) ORDER BY notice.time DESC, id DESC LIMIT \(Page<NoticeSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(rows, size: pageSize, { try NoticeSummary($0, book) }, position: \.id.description)
  }

  /// A notice of the unit. Throws `Refusal` 404.
  static func notice(_ id: Notice.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> NoticeRecord {
    let row = try transaction.row(
      "SELECT * FROM notice WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("thông báo", "notice", id, at: "notice") }
    return try NoticeRecord(row)
  }

  static func summary(_ id: Notice.ID, _ transaction: borrowing Transaction) throws -> NoticeSummary {
    let row = try transaction.row(
      """
      SELECT notice.*, acknowledgement.time AS acknowledged FROM notice
      LEFT JOIN acknowledgement ON acknowledgement.notice = notice.id WHERE id = ?
      """, id)
    guard let row else { throw Refusal(.notFound, at: "notice") }
    return try NoticeSummary(row, try book(transaction))
  }
}

extension PlanRecord {
  fileprivate init(_ row: Row) throws {
    self.init(
      number: try row["number"], title: try row["title"], offices: try row.json("offices"),
      recipients: try row.json("recipients"))
  }
}

extension NoticeSummary {
  fileprivate init(_ row: Row, _ book: RuleBook) throws {
    let content: Notice.Content = try row.json("content")
    self.init(
      id: try row["id"], office: try row["office"], time: try row["time"], text: content.text, rule: content.rule,
      severity: book[content.rule].severity, acknowledged: try row["acknowledged"])
  }
}

extension NoticeRecord {
  init(_ row: Row) throws {
    self.init(
      id: try row["id"], unit: try Unit(row), office: try row["office"], time: try row["time"],
      content: try row.json("content"), subject: try row["subject"], cause: try row["cause"],
      fingerprint: try row["fingerprint"])
  }
}
