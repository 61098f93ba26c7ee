import FoundationEssentials
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
      INSERT INTO plan (id, province, commune, status, version, year, title, tasks, targets, expectedTasks,
        expectedTargets, numericTargets, lines, planned, enteredBy, head)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      summary.id, summary.unit.province, summary.unit.commune ?? "", summary.status, summary.version, summary.year,
      summary.title, summary.rows.tasks, summary.rows.targets, summary.expected.tasks, summary.expected.targets,
      summary.numericTargets, summary.lines, summary.planned, plan.enteredBy, json(plan.head))
  }

  static func update(_ plan: PlanRecord, _ transaction: borrowing Transaction) throws {
    let summary = plan.summary
    try transaction.execute(
      """
      UPDATE plan SET status = ?, version = ?, number = ?, issuedOn = ?, tasks = ?, targets = ?, numericTargets = ?,
        lines = ?, planned = ?
      WHERE id = ?
      """,
      summary.status, summary.version, summary.number, summary.issuedOn, summary.rows.tasks, summary.rows.targets,
      summary.numericTargets, summary.lines, summary.planned, summary.id)
  }

  /// A plan of this very unit, whatever its state: for those who work on it.
  static func plan(_ id: Plan.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> PlanRecord {
    let rows = try transaction.rows(
      "SELECT * FROM plan WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.commune ?? "")
    guard let row = rows.first else { throw notFound("kế hoạch", "plan", id.description) }
    return try PlanRecord(row)
  }

  /// A plan that the caller may see: any of its own unit, an issued one of the units below.
  static func plan(
    _ id: Plan.ID, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> PlanRecord {
    let plan = try plan(id, in: unit, transaction)
    guard plan.summary.status == .issued || unit == caller.unit else {
      throw notFound("kế hoạch", "plan", id.description)
    }
    return plan
  }

  static func list(
    _ request: ListPlans, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<PlanSummary> {
    var filter = Filter.visible(in: unit, to: caller, table: "plan")
    if let year = request.year { filter.add("plan.year = ?", year) }
    if let after = request.after { filter.add("plan.id > ?", try position(after, as: Plan.ID.self)) }
    let rows = try transaction.rows(
      "SELECT plan.* FROM plan WHERE \(filter.sql) ORDER BY plan.id LIMIT \(pageSize + 1)", values: filter.arguments)
    return try page(rows, { try PlanRecord($0).summary }, after: \.id.description)
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
        id, summary.id, ordinal, summary.unit.province, summary.unit.commune ?? "", json(row))
      for office in Set(row.leads + row.coordinating) {
        try transaction.execute("INSERT INTO taskOffice (task, office) VALUES (?, ?)", id, office)
      }
      ordinal += 1
    }
    ordinal = summary.rows.targets - part.targets.count
    for row in part.targets {
      try transaction.execute(
        "INSERT INTO target (id, plan, ordinal, body) VALUES (?, ?, ?, ?)", Target.ID(), summary.id, ordinal, json(row))
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

  static func targets(
    _ request: ListTargets, _ transaction: borrowing Transaction
  ) throws -> Page<TargetSummary> {
    let after = try request.after.map { try position($0, as: Int.self) } ?? -1
    let rows = try transaction.rows(
      "SELECT * FROM target WHERE plan = ? AND ordinal > ? ORDER BY ordinal LIMIT \(pageSize + 1)", request.plan, after)
    let next = rows.count > pageSize ? String(after + pageSize) : nil
    return Page(items: try rows.prefix(pageSize).map(TargetSummary.init), next: next)
  }

  static func task(_ id: PlanTask.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> TaskRecord {
    let rows = try transaction.rows(
      "SELECT * FROM task WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.commune ?? "")
    guard let row = rows.first else { throw notFound("nhiệm vụ", "task", id.description) }
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
    var filter = Filter.visible(in: unit, to: caller, table: "plan")
    filter.add("plan.status <> 'discarded'")
    if let plan = request.plan { filter.add("task.plan = ?", plan) }
    if let office = request.office {
      filter.add("task.id IN (SELECT task FROM taskOffice WHERE office = ?)", office)
    }
    if let after = request.after {
      let id = try position(after, as: PlanTask.ID.self)
      filter.add("(task.plan, task.ordinal) > (SELECT plan, ordinal FROM task WHERE id = ?)", id)
    }
    let rows = try transaction.rows(
      """
      SELECT task.* FROM task JOIN plan ON plan.id = task.plan WHERE \(filter.sql)
      ORDER BY task.plan, task.ordinal LIMIT \(pageSize + 1)
      """, values: filter.arguments)
    return try page(rows, TaskSummary.init, after: \.id.description)
  }

  // MARK: Rows and columns

  private static func page<Item>(
    _ rows: [Row], _ read: (Row) throws -> Item, after key: (Item) -> String
  ) throws -> Page<Item> {
    let items = try rows.prefix(pageSize).map(read)
    return Page(items: items, next: rows.count > pageSize ? items.last.map(key) : nil)
  }

  private static func position<Position: LosslessStringConvertible>(
    _ text: String, as type: Position.Type
  ) throws(Refusal) -> Position {
    guard let position = Position(text) else {
      throw Refusal(
        .invalid, vi: "Vị trí trang không đúng; hãy đọc lại từ đầu.", en: "Not a position in this list; start again.",
        at: "after")
    }
    return position
  }

  private static func notFound(_ vi: String, _ en: String, _ id: String) -> Refusal {
    Refusal(
      .notFound, vi: "Không có \(vi) \(id) trong đơn vị này.", en: "There is no \(en) \(id) in this unit.")
  }

  private static func json(_ value: some Encodable) -> String { String(decoding: Codec.encode(value), as: UTF8.self) }
}

/// Conditions that all must hold, with their arguments in order.
private struct Filter {
  private var conditions: [String] = []
  private(set) var arguments: [any Storable] = []

  var sql: String { conditions.joined(separator: " AND ") }

  mutating func add(_ condition: String, _ arguments: any Storable...) {
    conditions.append(condition)
    self.arguments += arguments
  }

  /// What belongs to a unit and to the units below it, as far as the caller may see it: drafts only at home.
  static func visible(in unit: Unit, to caller: Caller, table: String) -> Filter {
    var filter = Filter()
    filter.add("\(table).province = ?", unit.province)
    if let commune = unit.commune { filter.add("\(table).commune = ?", commune) }
    if let home = caller.unit {
      filter.add(
        "(\(table).status = 'issued' OR (\(table).province = ? AND \(table).commune = ?))", home.province,
        home.commune ?? "")
    } else {
      filter.add("\(table).status = 'issued'")
    }
    return filter
  }
}

extension Unit {
  fileprivate static func read(_ row: Row) throws -> Unit {
    let province: String = try row["province"]
    let commune: String = try row["commune"]
    guard let unit = Unit(commune.isEmpty ? province : "\(province)/\(commune)") else {
      throw StorageError(.corrupt, "not a unit: \(province)/\(commune)")
    }
    return unit
  }
}

extension PlanRecord {
  fileprivate init(_ row: Row) throws {
    summary = PlanSummary(
      id: try row["id"], unit: try .read(row), status: try row["status"], version: try row["version"],
      year: try row["year"], title: try row["title"], number: try row["number"], issuedOn: try row["issuedOn"],
      rows: RowCounts(tasks: try row["tasks"], targets: try row["targets"]),
      expected: RowCounts(tasks: try row["expectedTasks"], targets: try row["expectedTargets"]),
      numericTargets: try row["numericTargets"], lines: try row["lines"], planned: try row["planned"])
    let json: String = try row["head"]
    head = try Codec.decode(PlanHead.self, from: Data(json.utf8))
    enteredBy = try row["enteredBy"]
  }
}

extension TaskSummary {
  fileprivate init(_ row: Row) throws {
    let json: String = try row["body"]
    self.init(
      id: try row["id"], plan: try row["plan"], unit: try .read(row), version: try row["version"],
      row: try Codec.decode(TaskRow.self, from: Data(json.utf8)), status: try row["status"],
      percent: try row["percent"], note: try row["note"])
  }
}

extension TargetSummary {
  fileprivate init(_ row: Row) throws {
    let json: String = try row["body"]
    self.init(id: try row["id"], row: try Codec.decode(TargetRow.self, from: Data(json.utf8)))
  }
}
