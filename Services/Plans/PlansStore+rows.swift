import PlanDocuments
import Schema
import Storage

/// The SQL of a plan's rows: its tasks and its targets.
extension PlansStore {
  /// Adds rows to a plan, after those that it has.
  static func append(
    _ tasks: [TaskRow], _ targets: [TargetRow], to record: PlanRecord, _ transaction: borrowing Transaction
  ) throws {
    let plan = record.summary
    var ordinal = try end(of: "task", in: plan.id, transaction)
    for row in tasks {
      let id = PlanTask.ID()
      try transaction.execute(
        """
        INSERT INTO task (id, plan, ordinal, province, commune, version, status, percent, body)
        VALUES (?, ?, ?, ?, ?, 1, 'planned', 0, '')
        """,
        id, plan.id, ordinal, plan.unit.province, plan.unit.communeColumn)
      try write(row, as: id, in: record.head, transaction)
      ordinal += 1
    }
    ordinal = try end(of: "target", in: plan.id, transaction)
    for row in targets {
      let id = Target.ID()
      try transaction.execute(
        "INSERT INTO target (id, plan, ordinal, body) VALUES (?, ?, ?, '')", id, plan.id, ordinal)
      try write(row, as: id, transaction)
      ordinal += 1
    }
  }

  /// A plan as its checks see it.
  static func document(of plan: PlanRecord, _ transaction: borrowing Transaction) throws -> PlanDocument {
    PlanDocument(
      unit: plan.summary.unit, head: plan.head, tasks: try tasks(of: plan.summary.id, transaction).map(\.row),
      targets: try targets(of: plan.summary.id, transaction).map(\.row), number: plan.summary.number,
      issuedOn: plan.summary.issuedOn)
  }

  private static func end(of table: String, in plan: Plan.ID, _ transaction: borrowing Transaction) throws -> Int {
    try transaction.row("SELECT COALESCE(MAX(ordinal) + 1, 0) AS ordinal FROM \(table) WHERE plan = ?", plan)?[
      "ordinal"] ?? 0
  }

  /// Does to the rows of a draft what was decided.
  static func apply(
    _ edits: (tasks: PlansRules.TaskEdits, targets: PlansRules.TargetEdits), to plan: PlanRecord,
    _ transaction: borrowing Transaction
  ) throws {
    for (id, row) in edits.tasks.replaced { try write(row, as: id, in: plan.head, transaction) }
    for (id, row) in edits.targets.replaced { try write(row, as: id, transaction) }
    for id in edits.tasks.removed {
      try transaction.execute("DELETE FROM task_office WHERE task = ?", id)
      try transaction.execute("DELETE FROM task WHERE id = ?", id)
    }
    for id in edits.targets.removed { try transaction.execute("DELETE FROM target WHERE id = ?", id) }
    try append(edits.tasks.added, edits.targets.added, to: plan, transaction)
  }

  static func write(
    _ row: TaskRow, as id: PlanTask.ID, in head: PlanHead, _ transaction: borrowing Transaction
  ) throws {
    var body = row
    body.rationale = nil
    try transaction.execute(
      "UPDATE task SET body = ?, rationale = ?, folded = ?, pillar = ? WHERE id = ?", JSONColumn(body), row.rationale,
      row.folded, row.pillar, id)
    try transaction.execute("DELETE FROM task_office WHERE task = ?", id)
    let leads = head.doers(of: row.leads).union(row.leads)
    for office in leads.union(row.coordinating) {
      try transaction.execute(
        "INSERT INTO task_office (task, office, leads) VALUES (?, ?, ?)", id, office, leads.contains(office))
    }
  }

  private static func write(_ row: TargetRow, as id: Target.ID, _ transaction: borrowing Transaction) throws {
    var body = row
    body.rationale = nil
    try transaction.execute(
      "UPDATE target SET body = ?, rationale = ? WHERE id = ?", JSONColumn(body), row.rationale, id)
  }

  /// What was done on the rows of a replaced plan goes on in the rows that take their places.
  ///
  /// - Returns: Of each such task, the one before.
  static func carry(
    from replaced: PlanRecord, to plan: Plan.ID, _ transaction: borrowing Transaction
  ) throws -> [PlanTask.ID: PlanTask.ID] {
    // Nothing was done on a proposal, and nobody else knows of its tasks.
    guard !replaced.head.isProposal else { return [:] }
    let (earlier, later) = (try tasks(of: replaced.summary.id, transaction), try tasks(of: plan, transaction))
    var continuing: [PlanTask.ID: PlanTask.ID] = [:]
    for case (let before?, let after?) in PlanComparison.pairs(earlier.map(\.row), later.map(\.row)) {
      let (old, new) = (earlier[before].id, later[after].id)
      var supplement = try self.task(old, in: replaced.summary.unit, transaction).supplement
      supplement.since = supplement.since ?? replaced.summary.issuedOn
      try transaction.execute(
        """
        UPDATE task SET (status, percent, note) = (SELECT status, percent, note FROM task AS old WHERE old.id = ?),
          supplement = ? WHERE id = ?
        """, old, JSONColumn(supplement), new)
      try transaction.execute(
        """
        INSERT INTO task_report (task, due, office, report)
        SELECT ?, due, office, report FROM task_report WHERE task = ?
        """, new, old)
      continuing[new] = old
    }
    return continuing
  }

  static func tasks(of plan: Plan.ID, _ transaction: borrowing Transaction) throws -> [TaskSummary] {
    try transaction.rows("SELECT * FROM task WHERE plan = ? ORDER BY ordinal", plan).map { try TaskSummary($0) }
  }

  /// What one plan is compared with another by.
  static func content(
    of plan: PlanRecord, _ transaction: borrowing Transaction
  ) throws -> PlanComparison.Content {
    PlanComparison.Content(
      tasks: try tasks(of: plan.summary.id, transaction).map(\.row),
      targets: try targets(of: plan.summary.id, transaction).map(\.row), planned: plan.summary.planned,
      offices: Dictionary(plan.head.offices.map { ($0.code, $0.name) }) { first, _ in first })
  }

  static func targets(of plan: Plan.ID, _ transaction: borrowing Transaction) throws -> [TargetSummary] {
    try transaction.rows("SELECT * FROM target WHERE plan = ? ORDER BY ordinal", plan).map { try TargetSummary($0) }
  }

  static func list(
    _ request: ListTargets, atHome: Bool, _ transaction: borrowing Transaction
  ) throws -> Page<TargetSummary> {
    var condition = Condition()
    condition.add("plan = ?", request.plan)
    if let after = request.after {
      let id = try after.position(as: Target.ID.self)
      condition.add("ordinal > (SELECT ordinal FROM target WHERE id = ? AND plan = ?)", id, request.plan)
    }
    let rows = try transaction.rows(
      "SELECT * FROM target WHERE \(condition.sql) ORDER BY ordinal LIMIT \(Page<TargetSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, { try TargetSummary($0, atHome: atHome) }, position: \.id.description)
  }
}

extension TargetSummary {
  fileprivate init(_ row: Row, atHome: Bool = false) throws {
    self.init(id: try row["id"], row: try row.json("body"))
    if atHome { self.row.rationale = try row["rationale"] }
  }
}
