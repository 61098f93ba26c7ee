import Schema
import Storage
import WorkingDays

/// How offices keep to their days.
extension PlansStore {
  /// A commune's offices by what they are to do; a province's communes by all that they do.
  static func tally(
    _ request: TallyTasks, in unit: Unit, for caller: Caller, on today: Day, _ transaction: borrowing Transaction
  ) throws -> TaskTally {
    var condition = visible(in: unit, to: caller)
    condition.add("plan.year = ?", request.year)
    condition.add("plan.status IN ('issued', 'in-execution', 'closed') AND plan.proposed = 0")
    let days = try workingDays(transaction)
    return TaskTally(
      year: request.year, today: today,
      rows: unit.commune == nil
        ? try communes(condition, on: today, days, transaction)
        : try offices(of: unit, condition, on: today, days, transaction))
  }

  private static func communes(
    _ condition: Condition, on today: Day, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws -> [TaskTally.Row] {
    let rows = try transaction.rows(
      """
      SELECT task.province, task.commune,
        SUM(CASE WHEN task.status = 'done' AND task.late = 0 THEN 1 ELSE 0 END) AS on_time,
        SUM(CASE WHEN task.status = 'done' AND task.late = 1 THEN 1 ELSE 0 END) AS late,
        SUM(CASE WHEN task.due <= ? THEN 1 ELSE 0 END) AS overdue,
        SUM(CASE WHEN task.status <> 'done' AND plan.status = 'closed' THEN 1 ELSE 0 END) AS unfinished,
        COUNT(*) AS total
      FROM task JOIN plan ON plan.id = task.plan
      WHERE \(condition.sql) AND task.status <> 'cancelled'
      GROUP BY task.province, task.commune ORDER BY 1, 2
      """, values: [days.last(before: today)] + condition.values)
    return try rows.map { row in
      let (onTime, late, overdue): (Int, Int, Int) = (try row["on_time"], try row["late"], try row["overdue"])
      let (unfinished, total): (Int, Int) = (try row["unfinished"], try row["total"])
      return TaskTally.Row(
        unit: try Unit(row), office: nil, doneOnTime: onTime, doneLate: late, overdue: overdue,
        open: total - onTime - late - overdue - unfinished, unfinished: unfinished == 0 ? nil : unfinished)
    }
  }

  /// Task by task, since the members of a collective lead do each their own.
  private static func offices(
    of unit: Unit, _ condition: Condition, on today: Day, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws -> [TaskTally.Row] {
    var rows: [Office.Code: TaskTally.Row] = [:]
    let plans = try transaction.rows("SELECT id FROM plan WHERE \(condition.sql)", values: condition.values)
    for id in try plans.map({ try $0["id"] as Plan.ID }) {
      for task in try records(of: try plan(id, in: unit, transaction), transaction) {
        for office in task.head.doers(of: task.summary.row.leads) {
          let none = TaskTally.Row(unit: unit, office: office, doneOnTime: 0, doneLate: 0, overdue: 0, open: 0)
          rows[office, default: none].count(task.standing(of: office, on: today, days))
        }
      }
    }
    return rows.values.sorted { ($0.office?.description ?? "") < ($1.office?.description ?? "") }
  }
}

extension TaskTally.Row {
  fileprivate mutating func count(_ standing: PlanTask.Standing) {
    switch standing {
    case .doneOnTime: doneOnTime += 1
    case .doneLate: doneLate += 1
    case .overdue: overdue += 1
    case .unfinished: unfinished = (unfinished ?? 0) + 1
    case .cancelled: break
    case .noDate, .notDue, .dueSoon, .submitted, .paused, .proposed: open += 1
    }
  }
}
