import Schema
import Storage

/// The SQL of plans. Every look-up takes the unit, so that another unit's id is simply not found.
enum PlansStore {
  static let pageSize = 100

  static func insert(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let summary = plan.summary
    try transaction.execute(
      """
      INSERT INTO plan (id, province, commune, status, version, year, title, tasks, targets, expected_tasks,
        expected_targets, numeric_targets, lines, planned, head, replaces, committee, met_on, proposed, purpose,
        cited)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
      """,
      summary.id, summary.unit.province, summary.unit.communeColumn, summary.status, summary.version, summary.year,
      summary.title, summary.rows.tasks, summary.rows.targets, summary.expected.tasks, summary.expected.targets,
      summary.numericTargets, summary.lines, summary.planned, JSONColumn(plan.head), plan.replaces,
      plan.head.meeting?.committee, plan.head.meeting?.on, plan.head.isProposal,
      plan.head.purpose ?? Open(.implementation))
    try cite(plan, transaction)
    try update(authors: plan, transaction)
  }

  /// Keeps what was changed, who did it, and what it was, for whoever worked on the version before.
  static func update(
    _ plan: PlanRecord, _ change: Text, by account: Caller.Account, _ transaction: borrowing Transaction
  ) throws {
    let summary = plan.summary
    try transaction.execute(
      """
      UPDATE plan SET status = ?, version = ?, number = ?, issued_on = ?, tasks = ?, targets = ?, expected_tasks = ?,
        expected_targets = ?, numeric_targets = ?, lines = ?, planned = ?, approval = ?, baseline = ?, replaced_by = ?,
        ending = ?, subplans = ?
      WHERE id = ?
      """,
      summary.status, summary.version, summary.number, summary.issuedOn, summary.rows.tasks, summary.rows.targets,
      summary.expected.tasks, summary.expected.targets, summary.numericTargets, summary.lines, summary.planned,
      plan.approval.map(JSONColumn.init), plan.baseline, plan.replacedBy, plan.end.map(JSONColumn.init),
      plan.subplans.map(JSONColumn.init), summary.id)
    try update(authors: plan, transaction)
    try transaction.execute(
      "INSERT INTO plan_change (plan, version, account, vi, en) VALUES (?, ?, ?, ?, ?)", summary.id, summary.version,
      account, change.vi, change.en)
  }

  /// What was changed after a version, the last of it where it was much.
  static func changes(
    of plan: Plan.ID, after version: Int, _ transaction: borrowing Transaction
  ) throws -> [PlanEdit] {
    let rows = try transaction.rows(
      "SELECT * FROM plan_change WHERE plan = ? AND version > ? ORDER BY version DESC LIMIT 10", plan, version)
    return try rows.reversed().map { row in
      PlanEdit(
        version: try row["version"], account: try row["account"], what: Text(vi: try row["vi"], en: try row["en"]))
    }
  }

  private static func update(authors plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    for account in plan.authors {
      try transaction.execute(
        "INSERT INTO plan_author (plan, account) VALUES (?, ?) ON CONFLICT (plan, account) DO NOTHING",
        plan.summary.id, account)
    }
  }

  /// A plan of this very unit, whatever its state: for those who work on it.
  static func plan(_ id: Plan.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> PlanRecord {
    let row = try transaction.row(
      "SELECT * FROM plan WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("kế hoạch", "plan", id) }
    let authors = try transaction.rows("SELECT account FROM plan_author WHERE plan = ?", id)
    let approval: JSONColumn<Approval>? = try row["approval"]
    let end: JSONColumn<Decision>? = try row["ending"]
    let subplans: JSONColumn<SubplanDuty>? = try row["subplans"]
    return PlanRecord(
      summary: try PlanSummary(row), head: try row.json("head"), authors: Set(try authors.map { try $0["account"] }),
      approval: approval?.content, baseline: try row["baseline"], replaces: try row["replaces"],
      replacedBy: try row["replaced_by"], end: end?.content, subplans: subplans?.content)
  }

  /// A plan that the caller may see: any of its own unit, one that was issued of the units below.
  static func plan(
    _ id: Plan.ID, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> PlanRecord {
    let plan = try plan(id, in: unit, transaction)
    guard plan.summary.status.known?.wasIssued == true || caller.isAtHome(in: unit) else {
      throw Refusal.notFound("kế hoạch", "plan", id)
    }
    return plan
  }

  /// Another plan that the unit issued in that year under that number. What was revoked does not count: it may be
  /// entered anew.
  static func plan(
    numbered number: DocumentNumber, in year: Int, besides id: Plan.ID, of unit: Unit,
    _ transaction: borrowing Transaction
  ) throws -> PlanSummary? {
    // By its digits first: however the rest is written, they are the same.
    let digits = number.key.prefix { $0.isNumber }
    let rows = try transaction.rows(
      """
      SELECT * FROM plan WHERE province = ? AND commune = ? AND id <> ? AND issued_on LIKE ? AND status <> 'revoked'
        AND LTRIM(number, '0') LIKE ?
      """, unit.province, unit.communeColumn, id, "\(year)-%", "\(digits)_%")
    return try rows.map(PlanSummary.init).first { $0.number?.key == number.key }
  }

  static func list(
    _ request: ListPlans, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<PlanSummary> {
    var condition = visible(in: unit, to: caller)
    if let year = request.year { condition.add("plan.year = ?", year) }
    if let purpose = request.purpose { condition.add("plan.purpose = ?", purpose) }
    if let after = request.after { condition.add("plan.id > ?", try after.position(as: Plan.ID.self)) }
    let rows = try transaction.rows(
      "SELECT plan.* FROM plan WHERE \(condition.sql) ORDER BY plan.id LIMIT \(Page<PlanSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, PlanSummary.init, position: \.id.description)
  }

  /// What belongs to a unit and to the units below it, as far as the caller may see it: drafts only at home.
  static func visible(in unit: Unit, to caller: Caller, of table: String = "plan") -> Condition {
    var condition = Condition.within(unit, of: table)
    let released = "plan.status IN ('issued', 'in-execution', 'closed', 'superseded', 'revoked')"
    let homes = caller.unit.map { [$0] + caller.former } ?? []
    let own = homes.map { _ in " OR (\(table).province = ? AND \(table).commune = ?)" }.joined()
    condition.add("(\(released)\(own))", values: homes.flatMap { [$0.province, $0.communeColumn] })
    return condition
  }
}

extension PlanSummary {
  init(_ row: Row) throws {
    self.init(
      id: try row["id"], unit: try Unit(row), status: try row["status"], version: try row["version"],
      year: try row["year"], title: try row["title"], number: try row["number"], issuedOn: try row["issued_on"],
      rows: RowCounts(tasks: try row["tasks"], targets: try row["targets"]),
      expected: RowCounts(tasks: try row["expected_tasks"], targets: try row["expected_targets"]),
      numericTargets: try row["numeric_targets"], lines: try row["lines"], planned: try row["planned"])
  }
}
