import Schema
import Storage
import WorkingDays

/// The SQL of tasks: what was reported and decided on them, and when they are due.
extension PlansStore {
  static func task(_ id: PlanTask.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> TaskRecord {
    let row = try transaction.row(
      "SELECT * FROM task WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("nhiệm vụ", "task", id) }
    return try record(row, of: try plan(try row["plan"], in: unit, transaction), transaction)
  }

  /// A task that the caller may see.
  static func task(
    _ id: PlanTask.ID, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> TaskRecord {
    var task = try task(id, in: unit, transaction)
    guard task.planStatus.wasIssued || caller.isAtHome(in: unit) else {
      throw Refusal.notFound("nhiệm vụ", "task", id)
    }
    let rationale = try transaction.row("SELECT rationale FROM task WHERE id = ?", id)
    if caller.isAtHome(in: unit) { task.summary.row.rationale = try rationale?["rationale"] ?? nil }
    return task
  }

  private static func record(
    _ row: Row, of plan: PlanRecord, _ transaction: borrowing Transaction
  ) throws -> TaskRecord {
    var task = TaskRecord(
      summary: try TaskSummary(row), head: plan.head, planStatus: plan.summary.status.known ?? .discarded,
      issuedOn: plan.summary.issuedOn, supplement: try row.json("supplement"))
    for report in try transaction.rows("SELECT report FROM task_report WHERE task = ?", task.summary.id) {
      let report: TaskRecord.Report = try report.json("report")
      task.reports[TaskRecord.Slot(due: report.due, office: report.office)] = report
    }
    return task
  }

  /// Keeps a task as it is now, who changed it, and how.
  static func update(
    _ task: TaskRecord, _ change: Text, by account: Caller.Account, _ transaction: borrowing Transaction
  ) throws {
    let summary = task.summary
    for report in task.reports.values {
      try transaction.execute(
        """
        INSERT INTO task_report (task, due, office, report) VALUES (?, ?, ?, ?)
        ON CONFLICT (task, due, office) DO UPDATE SET report = excluded.report
        """,
        summary.id, report.due?.description ?? "", report.office?.description ?? "", JSONColumn(report))
    }
    try settle(task, try workingDays(transaction), transaction)
    try transaction.execute(
      "INSERT INTO task_step (task, version, day, account, vi, en) VALUES (?, ?, ?, ?, ?, ?)", summary.id,
      summary.version, transaction.time.day, account, change.vi, change.en)
  }

  /// Writes what a task is, and what follows of it for the lists.
  private static func settle(
    _ task: TaskRecord, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws {
    let summary = task.summary
    try transaction.execute(
      """
      UPDATE task SET version = ?, status = ?, percent = ?, note = ?, supplement = ?, due = ?, timing = ?, inferred = ?,
        late = ? WHERE id = ?
      """,
      summary.version, summary.status, summary.percent, summary.note, JSONColumn(task.supplement), task.due,
      task.schedule.timing.rawValue, task.schedule.isInferred, task.isLate(days), summary.id)
  }

  /// The days of all tasks of a plan, after the plan itself has changed.
  static func settle(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let days = try workingDays(transaction)
    for task in try records(of: plan, transaction) { try settle(task, days, transaction) }
  }

  static func records(of plan: PlanRecord, _ transaction: borrowing Transaction) throws -> [TaskRecord] {
    try transaction.rows("SELECT * FROM task WHERE plan = ?", plan.summary.id).map {
      try record($0, of: plan, transaction)
    }
  }

  static func steps(of task: PlanTask.ID, _ transaction: borrowing Transaction) throws -> [TaskCourse.Step] {
    let rows = try transaction.rows("SELECT * FROM task_step WHERE task = ? ORDER BY version DESC LIMIT 100", task)
    return try rows.reversed().map { row in
      TaskCourse.Step(
        day: try row["day"], account: try row["account"], text: Text(vi: try row["vi"], en: try row["en"]))
    }
  }

  // MARK: Lists

  static func list(
    _ request: ListTasks, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<TaskSummary> {
    let query = try TaskQuery(
      request, in: unit, for: caller, today: request.today ?? transaction.time.day, try workingDays(transaction))
    let rows = try transaction.rows(query.sql, values: query.values)
    return try Page(
      rows, size: pageSize, { try TaskSummary($0, for: caller, on: query.today, query.days) },
      position: query.position)
  }

  // MARK: Working days

  static func workingDays(_ transaction: borrowing Transaction) throws -> WorkingDays {
    WorkingDays(
      try transaction.rows("SELECT * FROM working_day").map { row in
        WorkingDays.Exception(day: try row["day"], isWorking: try row["working"], name: try row["name"])
      })
  }

  static func keep(_ days: WorkingDays, _ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM working_day")
    for day in days.all {
      try transaction.execute(
        "INSERT INTO working_day (day, working, name) VALUES (?, ?, ?)", day.day, day.isWorking, day.name)
    }
  }

  /// Works out what a store of an earlier version does not have.
  static func complete(_ transaction: borrowing Transaction) throws {
    let plans = try transaction.rows(
      "SELECT * FROM plan WHERE id IN (SELECT plan FROM task WHERE folded = '')")
    for row in plans {
      let plan = try plan(try row["id"], in: try Unit(row), transaction)
      for task in try tasks(of: plan.summary.id, transaction) {
        try write(task.row, as: task.id, in: plan.head, transaction)
      }
      try settle(plan, transaction)
    }
    for row in try transaction.rows("SELECT * FROM plan WHERE cited = 0") {
      let plan = try plan(try row["id"], in: try Unit(row), transaction)
      try cite(plan, transaction)
      try transaction.execute("UPDATE plan SET cited = 1 WHERE id = ?", plan.summary.id)
    }
  }
}

extension TaskRow {
  /// What is searched.
  var folded: String {
    " " + [number, name, output, reference].compactMap { $0?.folded }.joined(separator: " ")
  }
}

extension TaskSummary {
  init(_ row: Row) throws {
    let supplement: TaskRecord.Supplement = try row.json("supplement")
    self.init(
      id: try row["id"], plan: try row["plan"], unit: try Unit(row), version: try row["version"],
      row: try row.json("body"), status: try row["status"], percent: try row["percent"], note: try row["note"],
      leader: supplement.leader, targets: supplement.targets)
  }

  /// - Parameter caller: Who gets it; its rationale stays at home.
  fileprivate init(_ row: Row, for caller: Caller, on today: Day, _ days: WorkingDays) throws {
    try self.init(row)
    if caller.isAtHome(in: unit) { self.row.rationale = try row["rationale"] }
    let plan: Open<Plan.Status> = try row["plan_status"]
    let standing = TaskStanding(
      status: status.known ?? .planned, due: try row["due"], isLate: try row["late"],
      plan: plan.known ?? .discarded, isProposed: try row["proposed"])
    let timing: Open<PlanTask.Timing> = try row["timing"]
    deadline = PlanTask.Deadline(
      due: standing.due, timing: timing.known ?? .none, inferred: try row["inferred"],
      standing: standing.on(today, days))
  }
}
