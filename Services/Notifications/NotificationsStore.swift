import Schema
import Storage

/// The SQL of notifications.
enum NotificationsStore {
  private static let pageSize = 50

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

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO plan (id, focal, offices) VALUES (?, ?, ?)", plan.plan, plan.focal,
      JSONColumn(plan.shares.map(\.office)))
  }

  static func keep(_ task: TaskAssigned, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO task (id, plan, body) VALUES (?, ?, ?)", task.task, task.plan, JSONColumn(task.row))
  }

  static func task(_ id: PlanTask.ID, _ transaction: borrowing Transaction) throws -> NotificationsRules.KnownTask {
    let row = try transaction.row(
      "SELECT task.body, plan.focal, plan.offices FROM task JOIN plan ON plan.id = task.plan WHERE task.id = ?", id)
    guard let row else { throw StorageError(.failed, "progress of a task that was never assigned: \(id)") }
    return NotificationsRules.KnownTask(
      row: try row.json("body"), focal: try row["focal"], offices: try row.json("offices"))
  }

  static func post(
    _ notices: [NotificationsRules.Post], from stream: ServiceName, _ transaction: borrowing Transaction
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
