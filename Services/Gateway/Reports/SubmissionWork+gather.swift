import Bus
import Schema

extension SubmissionWork {
  /// What the plans of a year and its budget say now.
  static func gather(of year: Int, in unit: Unit, _ session: Session) async throws(Refusal) -> SubmissionWork {
    let plans: [PlanSummary] = try await session.all(in: unit) { ListPlans(year: year, after: $0) }
    let issued = plans.filter { $0.unit == unit && $0.number != nil }
    let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(year: year, after: $0) }
    let obstacles: [ObstacleSummary] = try await session.all(in: unit) { ListObstacles(after: $0) }
    let totals = try await session.ask(TotalBudget(fiscalYear: year), in: unit).value
    let names = await session.offices(of: issued.map { ($0.id, $0.unit) })
    return SubmissionWork(
      asOf: Timestamp.now.day,
      // What is proposed for the year stands in no plan yet.
      tasks: tasks.filter { task in issued.contains { $0.id == task.plan } }.map { Task($0) },
      money: totals.leads.map { item in
        Money(
          leads: item.leads, estimated: item.sums.estimated, allocated: item.sums.allocated,
          disbursed: item.sums.disbursed)
      },
      obstacles: obstacles.filter { $0.unit == unit && $0.status.known != .resolved }.map { obstacle in
        Obstacle(
          office: obstacle.office, text: obstacle.text, asks: obstacle.status == .referred ? obstacle.answer : nil)
      }, offices: names.offices(of: unit))
  }
}

extension SubmissionWork.Task {
  fileprivate init(_ task: TaskSummary) {
    self.init(
      number: task.row.number, name: task.row.name, leads: task.row.leads,
      time: task.deadline?.due?.written ?? task.row.due?.written ?? task.row.time, percent: task.percent,
      standing: task.deadline?.standing)
  }
}
