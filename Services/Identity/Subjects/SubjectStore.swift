import Schema
import Storage

/// The SQL of what people ask about their own data. What was asked stays when the person it is about is erased.
enum SubjectStore {
  static func keep(
    _ request: SubjectRequestSummary, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO subject_request (id, province, commune, body) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET body = excluded.body
      """,
      request.id, unit.province, unit.communeColumn, JSONColumn(request))
  }

  static func request(
    _ id: SubjectRequest.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> SubjectRequestSummary {
    let row = try transaction.row(
      "SELECT body FROM subject_request WHERE id = ? AND province = ? AND commune = ?", id, unit.province,
      unit.communeColumn)
    guard let row else { throw Refusal.notFound("yêu cầu", "request", id, at: "request") }
    return try row.json("body")
  }

  /// What one person asked, oldest first.
  static func requests(
    about person: Person.Reference, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [SubjectRequestSummary] {
    try transaction.rows(
      "SELECT body FROM subject_request WHERE province = ? AND commune = ? AND body LIKE ? ORDER BY id LIMIT 100",
      unit.province, unit.communeColumn, "%\(person)%"
    ).map { try $0.json("body") as SubjectRequestSummary }.filter { $0.person == person }
  }

  /// Newest first.
  static func list(
    in unit: Unit, after: SubjectRequest.ID?, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [SubjectRequestSummary] {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    if let after { condition.add("id < ?", after) }
    return try transaction.rows(
      "SELECT body FROM subject_request WHERE \(condition.sql) ORDER BY id DESC LIMIT \(limit)",
      values: condition.values
    ).map { try $0.json("body") }
  }
}
