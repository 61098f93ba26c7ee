import Schema
import Storage

/// The SQL of budget. Every look-up takes the unit, so that another unit's id is simply not found.
enum BudgetStore {
  private static let pageSize = 100

  // MARK: From the plans' stream

  /// Clears what came from the plans' stream, and nothing else: the ledger stays.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    for table in ["line_office", "line", "task", "plan"] { try transaction.execute("DELETE FROM \(table)") }
  }

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute("INSERT INTO plan (id, focal) VALUES (?, ?)", plan.plan, plan.focal)
  }

  static func keep(_ task: TaskAssigned, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO task (id, plan, number, name) VALUES (?, ?, ?, ?)", task.task, task.plan, task.row.number,
      task.row.name)
  }

  /// A task that goes on in a later plan takes its line with it, ledger and all; what it is estimated at follows.
  static func keep(_ task: TaskContinued, _ transaction: borrowing Transaction) throws {
    guard try transaction.row("SELECT id FROM task WHERE id = ?", task.before) != nil else {
      throw StorageError(.failed, "the task before is not there yet: \(task.before)")
    }
    try transaction.execute("UPDATE line SET task = ? WHERE task = ?", task.task, task.before)
  }

  /// What a plan estimated counts no more; what was allocated and spent stays.
  static func endEstimates(of plan: Plan.ID, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE line SET estimated = 0 WHERE task IN (SELECT id FROM task WHERE plan = ?)", plan)
  }

  static func keep(_ event: CloudEvent<LineEstimated>, _ transaction: borrowing Transaction) throws {
    let line = event.data
    let before = try transaction.row(
      "SELECT id FROM line WHERE task = ? AND fiscal_year = ?", line.task, line.fiscalYear)
    let id = try before?["id"] ?? BudgetRules.line(of: line.task, in: line.fiscalYear)
    // A stream says the rows of a plan in the order of the document.
    let position = try event.position
    try transaction.execute(
      """
      INSERT INTO line (id, position, province, commune, task, fiscal_year, estimated, source, source_text, leads)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, estimated = excluded.estimated,
        source = excluded.source, source_text = excluded.source_text, leads = excluded.leads
      """,
      id, position, line.unit.province, line.unit.communeColumn, line.task, line.fiscalYear, line.amount, line.source,
      line.sourceText, JSONColumn(line.leads))
    try transaction.execute("DELETE FROM line_office WHERE line = ?", id)
    for office in Set(line.leads) {
      try transaction.execute("INSERT INTO line_office (line, office) VALUES (?, ?)", id, office)
    }
  }

  // MARK: Lines

  /// A line as it stands, its money from the ledger.
  private static let standing = """
    SELECT line.*, task.plan, task.number, task.name, plan.focal, COALESCE(balance.version, 1) AS version,
      COALESCE(balance.allocated, 0) AS allocated, COALESCE(balance.disbursed, 0) AS disbursed
    FROM line JOIN task ON task.id = line.task JOIN plan ON plan.id = task.plan
      LEFT JOIN balance ON balance.line = line.id
    """

  static func line(_ id: BudgetLine.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> LineRecord {
    let row = try transaction.row(
      "\(standing) WHERE line.id = ? AND line.province = ? AND line.commune = ?", id, unit.province,
      unit.communeColumn)
    guard let row else { throw Refusal.notFound("dòng dự toán", "budget line", id) }
    return LineRecord(summary: try LineSummary(row), focal: try row["focal"])
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
      condition.add("line.position > (SELECT position FROM line WHERE id = ?)", id)
    }
    let rows = try transaction.rows(
      "\(standing) WHERE \(condition.sql) ORDER BY line.position LIMIT \(Page<LineSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, LineSummary.init, position: \.id.description)
  }

  /// All lines of a fiscal year in a unit and below it, as far as totals need them.
  static func money(
    of unit: Unit, in fiscalYear: Int, _ transaction: borrowing Transaction
  ) throws -> [LineMoney] {
    var condition = Condition.within(unit, of: "line")
    condition.add("line.fiscal_year = ?", fiscalYear)
    let rows = try transaction.rows(
      """
      SELECT line.province, line.commune, line.source, line.leads, line.estimated,
        COALESCE(balance.allocated, 0) AS allocated, COALESCE(balance.disbursed, 0) AS disbursed
      FROM line LEFT JOIN balance ON balance.line = line.id WHERE \(condition.sql)
      """, values: condition.values)
    return try rows.map(LineMoney.init)
  }

  // MARK: The ledger

  /// Adds an entry to the ledger of a line, and the line's money as it stands with it.
  static func book(_ entry: BudgetEntry, on line: LineSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO entry (id, line, ordinal, phase, amount, day, document, reference, account, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      entry.id, line.id, line.version, entry.phase, entry.amount, entry.day, entry.document, entry.reference,
      entry.account, entry.time)
    try transaction.execute(
      """
      INSERT INTO balance (line, version, allocated, disbursed) VALUES (?, ?, ?, ?)
      ON CONFLICT (line) DO UPDATE SET version = excluded.version, allocated = excluded.allocated,
        disbursed = excluded.disbursed
      """,
      line.id, line.version, line.allocated, line.disbursed)
  }

  static func list(_ request: ListEntries, _ transaction: borrowing Transaction) throws -> Page<BudgetEntry> {
    var condition = Condition()
    condition.add("line = ?", request.line)
    if let after = request.after {
      let id = try after.position(as: BudgetEntry.ID.self)
      condition.add("ordinal > (SELECT ordinal FROM entry WHERE id = ? AND line = ?)", id, request.line)
    }
    let rows = try transaction.rows(
      "SELECT * FROM entry WHERE \(condition.sql) ORDER BY ordinal LIMIT \(Page<BudgetEntry>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, BudgetEntry.init, position: \.id.description)
  }
}

extension LineSummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], unit: try Unit(row), version: try row["version"], plan: try row["plan"],
      task: try row["task"], number: try row["number"], name: try row["name"], fiscalYear: try row["fiscal_year"],
      source: try row["source"], sourceText: try row["source_text"], leads: try row.json("leads"),
      estimated: try row["estimated"], allocated: try row["allocated"], disbursed: try row["disbursed"])
  }
}

extension LineMoney {
  fileprivate init(_ row: Row) throws {
    self.init(
      unit: try Unit(row), source: try row["source"], leads: try row.json("leads"), estimated: try row["estimated"],
      allocated: try row["allocated"], disbursed: try row["disbursed"])
  }
}

extension BudgetEntry {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], phase: try row["phase"], amount: try row["amount"], day: try row["day"],
      document: try row["document"], reference: try row["reference"], account: try row["account"],
      time: try row["time"])
  }
}
