import Schema
import Storage

/// What is done of the tasks of plans, month by month of a year: from the plans' stream.
///
/// A task counts from the month of its day on, in that year. One that recurs, that has no day, that was cancelled or put
/// off, or whose plan is no more, counts nowhere. Months are added up only where an indicator follows them.
extension IndicatorsStore {
  static func keep(_ event: CloudEvent<TaskAssigned>, _ transaction: borrowing Transaction) throws {
    let (task, row) = (event.data, event.data.row)
    guard row.recurrence == nil else { return }
    try transaction.execute(
      """
      INSERT INTO task (id, province, commune, plan, due, status, ended, office, time) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
      """, task.task, task.unit.province, task.unit.communeColumn, task.plan, row.due, PlanTask.Status.planned.rawValue,
      row.leads.first ?? "ke-hoach", event.time)
    try countTasks(in: task.unit, years: [row.due].compactMap(\.self), transaction)
  }

  /// When nothing is waited for any more it keeps the day that it had.
  static func keep(_ event: CloudEvent<TaskDue>, _ transaction: borrowing Transaction) throws {
    guard let due = event.data.due else { return }
    try changing(event.data.task, in: event.data.unit, transaction) {
      try transaction.execute("UPDATE task SET due = ?, time = ? WHERE id = ?", due, event.time, event.data.task)
    }
  }

  static func keep(_ event: CloudEvent<TaskProgressed>, _ transaction: borrowing Transaction) throws {
    let progress = event.data
    let isDone = progress.status == .done
    try changing(progress.task, in: progress.unit, transaction) {
      try transaction.execute(
        """
        UPDATE task SET status = ?, office = ?, time = ?,
          done_on = CASE WHEN ? = 1 THEN COALESCE(done_on, ?) END
        WHERE id = ?
        """, progress.status, progress.office, event.time, isDone ? 1 : 0, event.time.day, progress.task)
    }
  }

  /// What was done of the task that it goes on from stays done, on the day on which it was.
  static func keep(_ event: CloudEvent<TaskContinued>, _ transaction: borrowing Transaction) throws {
    let continued = event.data
    let before: Day? = try transaction.row("SELECT done_on FROM task WHERE id = ?", continued.before)?["done_on"]
    let done = continued.status == .done ? before ?? event.time.day : nil
    try changing(continued.task, in: continued.unit, transaction) {
      try transaction.execute(
        "UPDATE task SET status = ?, done_on = ?, time = ? WHERE id = ?", continued.status, done, event.time,
        continued.task)
    }
  }

  /// What a plan gave to do counts no more.
  static func endTasks(of plan: Plan.ID, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let days: [Day] = try transaction.rows("SELECT DISTINCT due FROM task WHERE plan = ? AND due IS NOT NULL", plan)
      .map { try $0["due"] }
    try transaction.execute("UPDATE task SET ended = 1 WHERE plan = ?", plan)
    try countTasks(in: unit, years: days, transaction)
  }

  private static func changing(
    _ task: PlanTask.ID, in unit: Unit, _ transaction: borrowing Transaction, _ change: () throws -> Void
  ) throws {
    func due() throws -> Day? { try transaction.row("SELECT due FROM task WHERE id = ?", task)?["due"] }
    let before = try due()
    try change()
    try countTasks(in: unit, years: [before, try due()].compactMap(\.self), transaction)
  }

  /// Adds up the months of the years of these days, where an indicator of the unit follows its tasks.
  private static func countTasks(in unit: Unit, years days: [Day], _ transaction: borrowing Transaction) throws {
    guard !days.isEmpty, try followsTasks(unit, transaction) else { return }
    for year in Set(days.map(\.components.year)).sorted() {
      let months = (1...12).compactMap { Period(.plain, year, .month($0)) }
      try shifting(.tasks, in: unit, for: months.flatMap(\.endingTogether), transaction) {
        try transaction.execute(
          "DELETE FROM month_task WHERE province = ? AND commune = ? AND year = ?", unit.province, unit.communeColumn,
          year)
        for month in months { try countTasks(in: unit, by: month, transaction) }
      }
    }
  }

  /// Adds up all that there is, for a unit that begins to follow it.
  static func countTasks(in unit: Unit, _ transaction: borrowing Transaction) throws {
    let days: [Day] = try transaction.rows(
      "SELECT DISTINCT due FROM task WHERE province = ? AND commune = ? AND due IS NOT NULL", unit.province,
      unit.communeColumn
    ).map { try $0["due"] }
    try countTasks(in: unit, years: days, transaction)
  }

  private static func followsTasks(_ unit: Unit, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.row(
      """
      SELECT 1 AS one FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      WHERE indicator.province = ? AND indicator.commune = ? AND counted_indicator.share IN ('done', 'in-time') LIMIT 1
      """, unit.province, unit.communeColumn) != nil
  }

  private static func countTasks(
    in unit: Unit, by month: Period, _ transaction: borrowing Transaction
  ) throws {
    let days = month.days
    try transaction.execute(
      """
      INSERT INTO month_task (province, commune, month, year, first_day, last_day, due, done, in_time, office, time)
      SELECT province, commune, ?, ?, ?, ?, COUNT(*),
        COUNT(CASE WHEN done_on <= ? THEN 1 END), COUNT(CASE WHEN done_on <= due AND done_on <= ? THEN 1 END),
        (SELECT last.office FROM task AS last WHERE last.province = task.province AND last.commune = task.commune
          AND last.ended = 0 ORDER BY last.time DESC, last.id LIMIT 1),
        (SELECT MAX(last.time) FROM task AS last WHERE last.province = task.province AND last.commune = task.commune
          AND last.ended = 0)
      FROM task
      WHERE province = ? AND commune = ? AND ended = 0 AND status NOT IN ('cancelled', 'paused')
        AND due >= ? AND due <= ?
      GROUP BY province, commune
      """, month, month.year, days.lowerBound, days.upperBound, days.upperBound, days.upperBound, unit.province,
      unit.communeColumn, "\(month.year)-01-01", days.upperBound)
  }
}
