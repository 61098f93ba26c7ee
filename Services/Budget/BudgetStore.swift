import Schema
import Storage

/// The SQL of budget. Every look-up takes the unit, so that another unit's id is simply not found.
enum BudgetStore {
  private static let pageSize = 100

  // MARK: From the plans' stream

  /// Clears what came from the plans' stream, and nothing else: the ledger stays, and what was entered here.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM line_office WHERE line IN (SELECT id FROM line WHERE entered = 0)")
    try transaction.execute("DELETE FROM line WHERE entered = 0")
    for table in ["task", "plan"] { try transaction.execute("DELETE FROM \(table)") }
  }

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO plan (id, province, commune, year, number, planned, focal) VALUES (?, ?, ?, ?, ?, ?, ?)",
      plan.plan, plan.unit.province, plan.unit.communeColumn, plan.year, plan.number, plan.planned, plan.focal)
  }

  static func keep(_ task: TaskAssigned, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO task (id, plan, number, name, start, due, pillar, percent) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
      task.task,
      task.plan, task.row.number, task.row.name, task.row.start, task.row.due, task.row.pillar)
  }

  static func keep(_ progress: TaskProgressed, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE task SET percent = ? WHERE id = ?", progress.percent, progress.task)
  }

  /// A task that goes on in a later plan takes its lines with it, ledgers and all; what they are estimated at follows.
  static func keep(_ task: TaskContinued, _ transaction: borrowing Transaction) throws {
    guard try transaction.row("SELECT id FROM task WHERE id = ?", task.before) != nil else {
      throw StorageError(.failed, "the task before is not there yet: \(task.before)")
    }
    try transaction.execute("UPDATE task SET percent = ? WHERE id = ?", task.percent, task.task)
    try transaction.execute("UPDATE line SET task = ? WHERE task = ?", task.task, task.before)
    try transaction.execute("UPDATE line SET planned = 0 WHERE task = ? AND entered = 0", task.task)
  }

  /// What a plan estimated counts no more; what was approved, allocated and spent stays, to be wound up.
  static func end(_ plan: Plan.ID, _ transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE plan SET ended = 1 WHERE id = ?", plan)
  }

  static func keep(_ event: CloudEvent<LineEstimated>, _ transaction: borrowing Transaction) throws {
    let line = event.data
    let before = try transaction.row(
      "SELECT id FROM line WHERE task = ? AND fiscal_year = ? AND entered = 0", line.task, line.fiscalYear)
    let id = try before?["id"] ?? BudgetRules.line(of: line.task, in: line.fiscalYear)
    // A stream says the rows of a plan in the order of the document.
    let position = try event.position
    try transaction.execute(
      """
      INSERT INTO line (id, entered, position, province, commune, task, fiscal_year, planned, source, source_text, leads)
      VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, planned = excluded.planned,
        source = excluded.source, source_text = excluded.source_text, leads = excluded.leads
      """,
      id, position, line.unit.province, line.unit.communeColumn, line.task, line.fiscalYear, line.amount, line.source,
      line.sourceText, JSONColumn(line.leads))
    try keep(line.leads, of: id, transaction)
  }

  private static func keep(
    _ leads: [Office.Code], of line: BudgetLine.ID, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM line_office WHERE line = ?", line)
    for office in Set(leads) {
      try transaction.execute("INSERT INTO line_office (line, office) VALUES (?, ?)", line, office)
    }
  }

  // MARK: Lines

  /// Adds a line that was entered, or split off.
  ///
  /// - Parameter planned: Its share of what it was split from; none for a line whose estimate is booked.
  static func insert(_ line: LineSummary, planned: Money, _ transaction: borrowing Transaction) throws {
    let last: Int64 =
      try transaction.row("SELECT COALESCE(MAX(position), 0) AS last FROM line WHERE entered = 1")?["last"] ?? 0
    try transaction.execute(
      """
      INSERT INTO line (id, entered, position, province, commune, task, own_number, own_name, part_of, fiscal_year, planned,
        source, source_text, leads)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      line.id, last + 1, line.unit.province, line.unit.communeColumn, line.task, line.number, line.name, line.partOf,
      line.fiscalYear, planned, line.source, line.sourceText, JSONColumn(line.leads))
    try keep(line.leads, of: line.id, transaction)
  }

  /// A line as it stands: from its plan or as it was entered, less what was split off, its money from the ledger.
  private static let standing = """
    SELECT line.*, task.plan, task.number, task.name, task.start, task.due, task.percent, task.pillar, plan.focal,
      COALESCE(plan.ended, 0) AS ended, COALESCE(fiscal_year.closed, 0) AS closed,
      CASE WHEN plan.ended = 1 THEN 0 ELSE line.planned
        - COALESCE((SELECT SUM(part.planned) FROM line AS part WHERE part.part_of = line.id), 0) END AS own,
      COALESCE(balance.version, 1) AS version, COALESCE(balance.detail, '{}') AS detail,
      COALESCE(balance.estimated, 0) AS estimated, COALESCE(balance.unallocated, 0) AS unallocated,
      COALESCE(balance.available, 0) AS available, COALESCE(balance.advanced, 0) AS advanced,
      COALESCE(balance.disbursed, 0) AS disbursed, COALESCE(balance.settled, 0) AS settled,
      COALESCE(balance.carried, 0) AS carried, COALESCE(balance.committed, 0) AS committed
    FROM line LEFT JOIN task ON task.id = line.task LEFT JOIN plan ON plan.id = task.plan
      LEFT JOIN balance ON balance.line = line.id
      LEFT JOIN fiscal_year ON fiscal_year.province = line.province AND fiscal_year.commune = line.commune
        AND fiscal_year.year = line.fiscal_year
    """

  /// A line as it stands, for money to be moved.
  static func line(_ id: BudgetLine.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> LineRecord {
    let row = try transaction.row(
      "\(standing) WHERE line.id = ? AND line.province = ? AND line.commune = ?", id, unit.province,
      unit.communeColumn)
    guard let row else { throw Refusal.notFound("dòng dự toán", "budget line", id, at: "line") }
    var line = try LineRecord(row)
    line.days = try days(of: id, transaction)
    return line
  }

  /// Refuses a number that another line was entered under.
  static func check(
    number: String, isFreeIn fiscalYear: Int, of unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    let row = try transaction.row(
      """
      SELECT own_name FROM line WHERE province = ? AND commune = ? AND entered = 1 AND fiscal_year = ? AND own_number = ?
      """, unit.province, unit.communeColumn, fiscalYear, number)
    guard let name: String = try row?["own_name"] else { return }
    throw Refusal(
      .conflict, vi: "Năm \(fiscalYear) đã có dòng số \(number): «\(name)»; dòng mới phải mang số khác.",
      en: "The year \(fiscalYear) has a line \(number) already, “\(name)”; a new one has another number.", at: "number")
  }

  /// Parts that were split off a line.
  static func parts(of line: BudgetLine.ID, _ transaction: borrowing Transaction) throws -> Int {
    try transaction.row("SELECT COUNT(*) AS count FROM line WHERE part_of = ?", line)?["count"] ?? 0
  }

  /// Refuses a task that is not the unit's.
  static func check(_ task: PlanTask.ID, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let row = try transaction.row(
      """
      SELECT task.id FROM task JOIN plan ON plan.id = task.plan
      WHERE task.id = ? AND plan.province = ? AND plan.commune = ?
      """, task, unit.province, unit.communeColumn)
    guard row != nil else { throw Refusal.notFound("nhiệm vụ", "task", task, at: "task") }
  }

  static func list(
    _ request: ListLines, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<LineSummary> {
    var condition = Condition.within(unit, of: "line")
    if let year = request.fiscalYear { condition.add("line.fiscal_year = ?", year) }
    if let plan = request.plan { condition.add("task.plan = ?", plan) }
    if let task = request.task { condition.add("line.task = ?", task) }
    if let office = request.office {
      condition.add("line.id IN (SELECT line FROM line_office WHERE office = ?)", office)
    }
    if let after = request.after {
      let id = try after.position(as: BudgetLine.ID.self)
      condition.add("(line.entered, line.position) > (SELECT entered, position FROM line WHERE id = ?)", id)
    }
    let rows = try transaction.rows(
      """
      \(standing) WHERE \(condition.sql) ORDER BY line.entered, line.position LIMIT \(Page<LineSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(rows, size: pageSize, { try LineRecord($0).summary }, position: \.id.description)
  }

  /// All lines of a fiscal year in a unit and below it.
  static func lines(of unit: Unit, in fiscalYear: Int, _ transaction: borrowing Transaction) throws -> [LineRecord] {
    var condition = Condition.within(unit, of: "line")
    condition.add("line.fiscal_year = ?", fiscalYear)
    let rows = try transaction.rows(
      "\(standing) WHERE \(condition.sql) ORDER BY line.entered, line.position", values: condition.values)
    return try rows.map(LineRecord.init)
  }

  // MARK: Plans

  /// What each plan of the year declares, beside what its lines come to.
  static func plans(of unit: Unit, in fiscalYear: Int, _ transaction: borrowing Transaction) throws -> [PlanMoney] {
    var condition = Condition.within(unit, of: "plan")
    condition.add("plan.year = ? AND plan.ended = 0", fiscalYear)
    let rows = try transaction.rows(
      """
      SELECT plan.id, plan.number, plan.planned,
        COALESCE((SELECT SUM(line.planned) FROM line JOIN task ON task.id = line.task
          WHERE task.plan = plan.id AND line.entered = 0), 0) AS estimated
      FROM plan WHERE \(condition.sql) ORDER BY plan.id
      """, values: condition.values)
    return try rows.map {
      PlanMoney(
        plan: try $0["id"], number: try $0["number"], declared: try $0["planned"], estimated: try $0["estimated"])
    }
  }

  /// Tasks of the year's plans that no line has money for.
  static func unfunded(of unit: Unit, in fiscalYear: Int, _ transaction: borrowing Transaction) throws -> Int {
    var condition = Condition.within(unit, of: "plan")
    condition.add("plan.year = ? AND plan.ended = 0", fiscalYear)
    let row = try transaction.rows(
      """
      SELECT COUNT(*) AS count FROM task JOIN plan ON plan.id = task.plan
      WHERE \(condition.sql) AND NOT EXISTS (SELECT 1 FROM line LEFT JOIN balance ON balance.line = line.id
        WHERE line.task = task.id AND line.planned + COALESCE(balance.estimated, 0) > 0)
      """, values: condition.values
    ).first
    return try row?["count"] ?? 0
  }
}

extension LineRecord {
  fileprivate init(_ row: Row) throws {
    let percent: Int? = try row["percent"]
    let (number, name): (String?, String?) = (try row["own_number"], try row["own_name"])
    var summary = LineSummary(
      id: try row["id"], unit: try Unit(row), version: try row["version"], plan: try row["plan"],
      task: try row["task"], number: try number ?? row["number"], name: try name ?? row["name"],
      fiscalYear: try row["fiscal_year"], source: try row["source"], sourceText: try row["source_text"],
      leads: try row.json("leads"), detail: try row.json("detail"), partOf: try row["part_of"],
      work: try percent.map { .init(percent: $0, start: try row["start"], due: try row["due"]) }, estimated: 0,
      allocated: 0, disbursed: 0)
    // What was said of the line itself goes before what its task says.
    if summary.detail.pillar == nil { summary.detail.pillar = try row["pillar"] }
    let ledger = try Ledger { account in try row[account.rawValue] }
    try summary.show(ledger, planned: try row["own"])
    self.init(
      summary: summary, focal: try row["focal"], ledger: ledger,
      isEntered: try row["entered"], isEnded: try row["ended"], isClosed: try row["closed"])
  }
}

extension LineMoney {
  init(_ line: LineSummary) {
    self.init(
      unit: line.unit, source: line.source, leads: line.leads, spender: line.detail.spender, pillar: line.detail.pillar,
      sums: MoneySums(
        lines: 1, estimated: line.estimated, approved: line.approved, allocated: line.allocated,
        committed: line.committed, advanced: line.advanced, disbursed: line.disbursed, settled: line.settled,
        carried: line.carried))
  }
}
