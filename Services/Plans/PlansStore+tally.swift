import Schema
import Storage
import WorkingDays

/// How offices keep to their days.
extension PlansStore {
  /// A commune's offices by what they lead; a province's communes by all that they do.
  static func tally(
    _ request: TallyTasks, in unit: Unit, for caller: Caller, on today: Day, _ transaction: borrowing Transaction
  ) throws -> TaskTally {
    let byOffice = unit.commune != nil
    var condition = visible(in: unit, to: caller, of: "task")
    condition.add("plan.year = ?", request.year)
    condition.add("plan.status IN ('issued', 'in-execution', 'closed') AND task.status <> 'cancelled'")
    let rows = try transaction.rows(
      """
      SELECT task.province, task.commune, \(byOffice ? "task_office.office" : "'' AS office"),
        SUM(CASE WHEN task.status = 'done' AND task.late = 0 THEN 1 ELSE 0 END) AS on_time,
        SUM(CASE WHEN task.status = 'done' AND task.late = 1 THEN 1 ELSE 0 END) AS late,
        SUM(CASE WHEN task.due <= ? THEN 1 ELSE 0 END) AS overdue, COUNT(*) AS total
      FROM task JOIN plan ON plan.id = task.plan
        \(byOffice ? "JOIN task_office ON task_office.task = task.id AND task_office.leads = 1" : "")
      WHERE \(condition.sql)
      GROUP BY task.province, task.commune\(byOffice ? ", task_office.office" : "") ORDER BY 1, 2, 3
      """, values: [try workingDays(transaction).last(before: today)] + condition.values)
    return TaskTally(
      year: request.year, today: today,
      rows: try rows.map { row in
        let office: String = try row["office"]
        let (onTime, late, overdue): (Int, Int, Int) = (try row["on_time"], try row["late"], try row["overdue"])
        let total: Int = try row["total"]
        return TaskTally.Row(
          unit: try Unit(row), office: Office.Code(office), doneOnTime: onTime, doneLate: late, overdue: overdue,
          open: total - onTime - late - overdue)
      })
  }
}
