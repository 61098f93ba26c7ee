import Schema
import Storage
import WorkingDays

/// The SQL of a list of tasks.
struct TaskQuery {
  let sql: String
  let values: [any Storable]
  let today: Day
  let days: WorkingDays
  let position: (TaskSummary) -> String

  /// Throws a `Refusal` for what cannot be asked for.
  init(
    _ request: ListTasks, in unit: Unit, for caller: Caller, today: Day, _ days: WorkingDays
  ) throws(Refusal) {
    var condition = PlansStore.visible(in: unit, to: caller, of: "task")
    if let plan = request.plan {
      condition.add("task.plan = ?", plan)
    } else {
      // What a later plan goes on with is listed once.
      condition.add("plan.status NOT IN ('discarded', 'superseded', 'revoked')")
    }
    if let year = request.year { condition.add("plan.year = ?", year) }
    if let status = request.status { condition.add("task.status = ?", status) }
    if let pillar = request.pillar { condition.add("task.pillar = ?", pillar) }
    if let office = request.office {
      condition.add("task.id IN (SELECT task FROM task_office WHERE office = ?)", office)
    }
    if let lead = request.lead {
      condition.add("task.id IN (SELECT task FROM task_office WHERE office = ? AND leads = 1)", lead)
    }
    if let text = request.text {
      for word in text.folded.split(separator: " ").prefix(10) {
        condition.add("task.folded LIKE ?", "% \(word)%")
      }
    }
    let byDay = try Self.narrow(&condition, request, today: today, days)
    // By their days, from the index; in the order of the documents otherwise.
    if let after = request.after {
      if byDay {
        let parts = after.split(separator: "/", maxSplits: 1).map(String.init)
        condition.add(
          "(task.due, task.id) > (?, ?)", try (parts.first ?? "").position(as: Day.self),
          try (parts.last ?? "").position(as: PlanTask.ID.self))
      } else {
        let id = try after.position(as: PlanTask.ID.self)
        condition.add("(task.plan, task.ordinal) > (SELECT plan, ordinal FROM task WHERE id = ?)", id)
      }
    }
    sql = """
      SELECT task.*, plan.status AS plan_status, plan.proposed AS proposed FROM task JOIN plan ON plan.id = task.plan
      WHERE \(condition.sql)
      ORDER BY \(byDay ? "task.due, task.id" : "task.plan, task.ordinal") LIMIT \(Page<TaskSummary>.limit(PlansStore.pageSize))
      """
    values = condition.values
    position =
      byDay
      ? { task in "\(task.deadline?.due?.description ?? "")/\(task.id)" } : { task in task.id.description }
    (self.today, self.days) = (today, days)
  }

  /// What is asked of the days.
  ///
  /// - Returns: True where the list is one of days.
  private static func narrow(
    _ condition: inout Condition, _ request: ListTasks, today: Day, _ days: WorkingDays
  ) throws(Refusal) -> Bool {
    if let day = request.dueBy { condition.add("task.due <= ?", day) }
    switch request.standing?.known {
    case nil: return request.dueBy != nil
    case .overdue:
      condition.add("task.due <= ?", days.last(before: today))
      return true
    case .dueSoon:
      condition.add("task.due > ?", days.last(before: today))
      condition.add("task.due <= ?", days.adding(TaskStanding.soon, to: today))
      return true
    case .noDate:
      condition.add(
        """
        task.due IS NULL AND task.status IN ('planned', 'in-progress', 'returned')
        AND plan.status IN ('issued', 'in-execution') AND plan.proposed = 0
        """)
      return false
    case .some:
      throw Refusal(
        .invalid, vi: "Chỉ lọc được: quá hạn, sắp đến hạn, chưa có hạn.",
        en: "What can be asked for is overdue, due-soon and no-date.", at: "standing")
    }
  }
}
