import Schema
import Storage

/// The SQL of legal documents, and of which plan cites which.
extension PlansStore {
  /// Notes what a plan's head cites.
  static func cite(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    for basis in plan.head.legalBases {
      guard let number = basis.number else { continue }
      try transaction.execute(
        "INSERT INTO plan_basis (plan, symbol, day, parent) VALUES (?, ?, ?, ?)", plan.summary.id, number.key,
        basis.date, basis.parent)
    }
  }

  /// Those of a unit's own register, by day.
  static func legalDocuments(
    _ number: DocumentNumber, of day: Day?, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [LegalDocument] {
    let rows = try transaction.rows(
      """
      SELECT body FROM legal_document WHERE province = ? AND commune = ? AND symbol = ? ORDER BY issued_on
      """, unit.province, unit.communeColumn, number.key)
    return try rows.map { try $0.json("body") as LegalDocument }.filter { day == nil || $0.issuedOn == day }
  }

  static func keep(_ document: LegalDocument, _ transaction: borrowing Transaction) throws {
    let words = [document.number.description, document.kind, document.issuer, document.title]
    try transaction.execute(
      """
      INSERT INTO legal_document (province, commune, symbol, issued_on, folded, body) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, symbol, issued_on) DO UPDATE SET folded = excluded.folded, body = excluded.body
      """, document.unit.province, document.unit.communeColumn, document.number.key, document.issuedOn,
      " " + words.map(\.folded).joined(separator: " "), JSONColumn(document))
  }

  static func list(
    _ request: ListLegalDocuments, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<LegalDocument> {
    var condition = Condition()
    condition.add("province = ?", unit.province)
    condition.add("commune IN (?, '00000')", unit.communeColumn)
    if let text = request.text {
      for word in text.folded.split(separator: " ").prefix(10) { condition.add("folded LIKE ?", "% \(word)%") }
    }
    if let after = request.after {
      let parts = after.split(separator: "/").map(String.init)
      guard parts.count == 3 else { throw Refusal.notAPosition }
      condition.add("(issued_on, commune, symbol) > (?, ?, ?)", try parts[0].position(as: Day.self), parts[1], parts[2])
    }
    let rows = try transaction.rows(
      """
      SELECT body FROM legal_document WHERE \(condition.sql) ORDER BY issued_on, commune, symbol
      LIMIT \(Page<LegalDocument>.limit(pageSize))
      """, values: condition.values)
    return try Page(
      rows, size: pageSize, { try $0.json("body") },
      position: { "\($0.issuedOn)/\($0.unit.communeColumn)/\($0.number.key)" })
  }

  /// The plans in force that cite a document, of a unit and below it.
  static func citing(
    _ document: LegalDocument, _ transaction: borrowing Transaction
  ) throws -> [(plan: PlanSummary, focal: Office.Code)] {
    var condition = Condition.within(document.unit, of: "plan")
    condition.add("plan.status IN ('issued', 'in-execution')")
    condition.addCiting(document.number, of: document.issuedOn)
    let rows = try transaction.rows(
      "SELECT plan.* FROM plan WHERE \(condition.sql) ORDER BY plan.id", values: condition.values)
    return try rows.map { row in
      let head: PlanHead = try row.json("head")
      return (try PlanSummary(row), head.focal)
    }
  }

  static func list(
    _ request: ListCitingPlans, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<PlanSummary> {
    var condition = visible(in: unit, to: caller)
    condition.addCiting(request.number, of: request.issuedOn)
    if let after = request.after { condition.add("plan.id > ?", try after.position(as: Plan.ID.self)) }
    let rows = try transaction.rows(
      "SELECT plan.* FROM plan WHERE \(condition.sql) ORDER BY plan.id LIMIT \(Page<PlanSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, PlanSummary.init, position: \.id.description)
  }

  /// The tasks of a unit that wait for a document.
  static func waiting(
    for document: LegalDocument, _ transaction: borrowing Transaction
  ) throws -> [TaskRecord] {
    let rows = try transaction.rows(
      """
      SELECT task.id FROM task JOIN plan ON plan.id = task.plan
      WHERE task.province = ? AND task.commune = ? AND task.timing = 'after-event'
        AND plan.status IN ('issued', 'in-execution') ORDER BY task.id
      """, document.unit.province, document.unit.communeColumn)
    return try rows.map { try task(try $0["id"], in: document.unit, transaction) }
      .filter { PlansRules.waits($0, for: document) }
  }
}

extension Condition {
  /// Narrows plans to those that cite a document; a citation without a date means whichever has the number.
  mutating func addCiting(_ number: DocumentNumber, of day: Day?, as what: String = "") {
    add(
      "plan.id IN (SELECT plan FROM plan_basis WHERE \(what)symbol = ? AND (day IS NULL OR day = COALESCE(?, day)))",
      number.key, day)
  }
}
