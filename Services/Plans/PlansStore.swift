import Schema
import Storage

/// The SQL of plans. Every look-up takes the unit, so that another unit's id is simply not found.
enum PlansStore {
  private static let pageSize = 100

  // MARK: Plans

  static func insert(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let summary = plan.summary
    try transaction.execute(
      """
      INSERT INTO plan (id, province, commune, status, version, year, title, tasks, targets, expected_tasks,
        expected_targets, numeric_targets, lines, planned, head)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      summary.id, summary.unit.province, summary.unit.communeColumn, summary.status, summary.version, summary.year,
      summary.title, summary.rows.tasks, summary.rows.targets, summary.expected.tasks, summary.expected.targets,
      summary.numericTargets, summary.lines, summary.planned, JSONColumn(plan.head))
    try update(authors: plan, transaction)
  }

  static func update(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let summary = plan.summary
    try transaction.execute(
      """
      UPDATE plan SET status = ?, version = ?, number = ?, issued_on = ?, tasks = ?, targets = ?, numeric_targets = ?,
        lines = ?, planned = ?
      WHERE id = ?
      """,
      summary.status, summary.version, summary.number, summary.issuedOn, summary.rows.tasks, summary.rows.targets,
      summary.numericTargets, summary.lines, summary.planned, summary.id)
    try update(authors: plan, transaction)
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
    return PlanRecord(
      summary: try PlanSummary(row), head: try row.json("head"), authors: Set(try authors.map { try $0["account"] }))
  }

  /// A plan that the caller may see: any of its own unit, an issued one of the units below.
  static func plan(
    _ id: Plan.ID, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> PlanRecord {
    let plan = try plan(id, in: unit, transaction)
    guard plan.summary.status == .issued || unit == caller.unit else {
      throw Refusal.notFound("kế hoạch", "plan", id)
    }
    return plan
  }

  static func list(
    _ request: ListPlans, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<PlanSummary> {
    var condition = visible(in: unit, to: caller)
    if let year = request.year { condition.add("plan.year = ?", year) }
    if let after = request.after { condition.add("plan.id > ?", try after.position(as: Plan.ID.self)) }
    let rows = try transaction.rows(
      "SELECT plan.* FROM plan WHERE \(condition.sql) ORDER BY plan.id LIMIT \(Page<PlanSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, PlanSummary.init, position: \.id.description)
  }

  // MARK: Rows

  static func append(_ part: DraftRows, to plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let summary = plan.summary
    var ordinal = summary.rows.tasks - part.tasks.count
    for row in part.tasks {
      let id = PlanTask.ID()
      try transaction.execute(
        """
        INSERT INTO task (id, plan, ordinal, province, commune, version, status, percent, body)
        VALUES (?, ?, ?, ?, ?, 1, 'planned', 0, ?)
        """,
        id, summary.id, ordinal, summary.unit.province, summary.unit.communeColumn, JSONColumn(row))
      for office in Set(row.leads + row.coordinating) {
        try transaction.execute("INSERT INTO task_office (task, office) VALUES (?, ?)", id, office)
      }
      ordinal += 1
    }
    ordinal = summary.rows.targets - part.targets.count
    for row in part.targets {
      try transaction.execute(
        "INSERT INTO target (id, plan, ordinal, body) VALUES (?, ?, ?, ?)", Target.ID(), summary.id, ordinal,
        JSONColumn(row))
      ordinal += 1
    }
    try update(plan, transaction)
  }

  static func tasks(of plan: Plan.ID, _ transaction: borrowing Transaction) throws -> [TaskSummary] {
    try transaction.rows("SELECT * FROM task WHERE plan = ? ORDER BY ordinal", plan).map(TaskSummary.init)
  }

  static func targets(of plan: Plan.ID, _ transaction: borrowing Transaction) throws -> [TargetSummary] {
    try transaction.rows("SELECT * FROM target WHERE plan = ? ORDER BY ordinal", plan).map(TargetSummary.init)
  }

  static func list(_ request: ListTargets, _ transaction: borrowing Transaction) throws -> Page<TargetSummary> {
    var condition = Condition()
    condition.add("plan = ?", request.plan)
    if let after = request.after {
      let id = try after.position(as: Target.ID.self)
      condition.add("ordinal > (SELECT ordinal FROM target WHERE id = ? AND plan = ?)", id, request.plan)
    }
    let rows = try transaction.rows(
      "SELECT * FROM target WHERE \(condition.sql) ORDER BY ordinal LIMIT \(Page<TargetSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, TargetSummary.init, position: \.id.description)
  }

  static func task(_ id: PlanTask.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> TaskRecord {
    let row = try transaction.row(
      "SELECT * FROM task WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("nhiệm vụ", "task", id) }
    let summary = try TaskSummary(row)
    let plan = try plan(summary.plan, in: unit, transaction)
    return TaskRecord(summary: summary, planStatus: plan.summary.status.known ?? .discarded, focal: plan.head.focal)
  }

  static func update(_ task: TaskSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE task SET version = ?, status = ?, percent = ?, note = ? WHERE id = ?", task.version, task.status,
      task.percent, task.note, task.id)
  }

  static func list(
    _ request: ListTasks, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<TaskSummary> {
    var condition = visible(in: unit, to: caller)
    condition.add("plan.status <> 'discarded'")
    if let plan = request.plan { condition.add("task.plan = ?", plan) }
    if let office = request.office {
      condition.add("task.id IN (SELECT task FROM task_office WHERE office = ?)", office)
    }
    if let after = request.after {
      let id = try after.position(as: PlanTask.ID.self)
      condition.add("(task.plan, task.ordinal) > (SELECT plan, ordinal FROM task WHERE id = ?)", id)
    }
    let rows = try transaction.rows(
      """
      SELECT task.* FROM task JOIN plan ON plan.id = task.plan WHERE \(condition.sql)
      ORDER BY task.plan, task.ordinal LIMIT \(Page<TaskSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(rows, size: pageSize, TaskSummary.init, position: \.id.description)
  }

  /// What belongs to a unit and to the units below it, as far as the caller may see it: drafts only at home.
  private static func visible(in unit: Unit, to caller: Caller) -> Condition {
    var condition = Condition.within(unit, of: "plan")
    if let home = caller.unit {
      condition.add(
        "(plan.status = 'issued' OR (plan.province = ? AND plan.commune = ?))", home.province, home.communeColumn)
    } else {
      condition.add("plan.status = 'issued'")
    }
    return condition
  }
}

extension PlanSummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], unit: try Unit(row), status: try row["status"], version: try row["version"],
      year: try row["year"], title: try row["title"], number: try row["number"], issuedOn: try row["issued_on"],
      rows: RowCounts(tasks: try row["tasks"], targets: try row["targets"]),
      expected: RowCounts(tasks: try row["expected_tasks"], targets: try row["expected_targets"]),
      numericTargets: try row["numeric_targets"], lines: try row["lines"], planned: try row["planned"])
  }
}

extension TaskSummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], plan: try row["plan"], unit: try Unit(row), version: try row["version"],
      row: try row.json("body"), status: try row["status"], percent: try row["percent"], note: try row["note"])
  }
}

extension TargetSummary {
  fileprivate init(_ row: Row) throws {
    self.init(id: try row["id"], row: try row.json("body"))
  }
}
