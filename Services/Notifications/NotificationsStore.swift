import FoundationEssentials
import Schema
import Storage

/// The SQL of notifications.
enum NotificationsStore {
  private static let pageSize = 50

  /// Clears what came from the plans' stream.
  static func reset(_ transaction: borrowing Transaction) throws {
    for table in ["notice", "task", "plan"] { try transaction.execute("DELETE FROM \(table)") }
  }

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    let names = Dictionary(plan.shares.map { ($0.office.code.description, $0.office.name) }) { first, _ in first }
    try transaction.execute(
      "INSERT INTO plan (id, focal, offices) VALUES (?, ?, ?)", plan.plan, plan.focal,
      String(decoding: Codec.encode(names), as: UTF8.self))
  }

  static func keep(_ task: TaskAssigned, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO task (id, plan, body) VALUES (?, ?, ?)", task.task, task.plan,
      String(decoding: Codec.encode(task.row), as: UTF8.self))
  }

  static func task(_ id: PlanTask.ID, _ transaction: borrowing Transaction) throws -> NotificationsRules.KnownTask {
    let rows = try transaction.rows(
      "SELECT task.body, plan.focal, plan.offices FROM task JOIN plan ON plan.id = task.plan WHERE task.id = ?", id)
    guard let row = rows.first else { throw StorageError(.failed, "progress of a task that was never assigned: \(id)") }
    let body: String = try row["body"]
    let offices: String = try row["offices"]
    let names = try Codec.decode([String: String].self, from: Data(offices.utf8))
    return NotificationsRules.KnownTask(
      row: try Codec.decode(TaskRow.self, from: Data(body.utf8)), focal: try row["focal"],
      names: names.reduce(into: [:]) { names, entry in Office.Code(entry.key).map { names[$0] = entry.value } })
  }

  static func post(_ notices: [NotificationsRules.Post], _ transaction: borrowing Transaction) throws {
    for notice in notices {
      try transaction.execute(
        "INSERT INTO notice (id, unit, office, time, content) VALUES (?, ?, ?, ?, ?)", notice.id, notice.unit,
        notice.office, notice.time, String(decoding: Codec.encode(notice.content), as: UTF8.self))
    }
  }

  static func inbox(
    of office: Office.Code, in unit: Unit, after: String?, _ transaction: borrowing Transaction
  ) throws -> Page<NoticeSummary> {
    var arguments: [any Storable] = [unit, office]
    var older = ""
    if let after {
      guard let id = Notice.ID(after) else { throw Refusal(.invalid, at: "after") }
      older = "AND (time, id) < (SELECT time, id FROM notice WHERE id = ?)"
      arguments.append(id)
    }
    let rows = try transaction.rows(
      """
      SELECT id, time, content FROM notice WHERE unit = ? AND office = ? \(older)
      ORDER BY time DESC, id DESC LIMIT \(pageSize + 1)
      """, values: arguments)
    let items = try rows.prefix(pageSize).map { row in
      let content: String = try row["content"]
      return NoticeSummary(
        id: try row["id"], office: office, time: try row["time"],
        text: try Codec.decode(Notice.Content.self, from: Data(content.utf8)).text)
    }
    return Page(items: items, next: rows.count > pageSize ? items.last?.id.description : nil)
  }
}
