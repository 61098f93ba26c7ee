import Schema
import Storage
import Testing

@testable import xaso_plans

/// A plan's life, as its people live it: through the service.
@Suite("A plan from draft to end", .timeLimit(.minutes(60)))
struct PlanLifeTests {
  private static let task = TaskRow(number: "1", name: "Số hóa", leads: ["vp"], due: Day(real: 2026, 9, 30), cost: 40)
  private static func target(_ value: String) -> TargetRow {
    TargetRow(
      number: "12", indicator: "Hồ sơ trực tuyến", unit: "%", comparator: Open(.atLeast), value: Quantity(value),
      leads: ["vp"], rationale: "Năm trước đạt 79%")
  }

  @Test("each step is a version, and says what others need to know") func life() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.task], [Self.target("80")])
    try await desk.issue(plan)
    let task = try await desk.tasks(of: plan)[0].id
    try await desk.ask(RecordProgress(task: task, percent: 10), as: Desk.lead)
    let shown = try await desk.ask(ShowPlan(plan: plan), as: Desk.focal)
    #expect(shown.summary.status == .inExecution)
    #expect(shown.approval == Approval(account: "binh", on: Day(real: 2026, 1, 5)))
    #expect(shown.baseline != nil)
    let report = Decision(number: "310/BC-UBND", day: Day(real: 2026, 12, 28))
    let tooEarly = await desk.refusal(ClosePlan(plan: plan, report: report), as: Desk.clerk)
    #expect(tooEarly?.place == "report.day")
    desk.setToday(report.day)
    let closed = try await desk.ask(ClosePlan(plan: plan, report: report), as: Desk.clerk)
    #expect(closed.end == report)
    #expect(closed.baseline == shown.baseline)
    #expect(
      try await desk.said() == [
        "plan.issued.v1", "task.assigned.v1", "target.promised.v1", "line.estimated.v1", "task.due.v1",
        "task.progressed.v1", "plan.closed.v1",
      ])
    let late = await desk.refusal(RecordProgress(task: task, percent: 20), as: Desk.lead)
    #expect(late?.status == .conflict)
  }

  @Test("why a target was chosen stays at home: in no event, in nobody else's reply") func rationale() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.task], [Self.target("80")])
    try await desk.issue(plan)
    let home = try await desk.ask(ListTargets(plan: plan), as: Desk.focal)
    #expect(home.items[0].row.rationale == "Năm trước đạt 79%")
    let above = try await desk.ask(ListTargets(plan: plan), as: Desk.province)
    #expect(above.items[0].row.rationale == nil)
    #expect(try await desk.said(TargetPromised.self)[0].row.rationale == nil)
  }

  @Test("the province sees what was issued, and nothing before") func drafts() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.task])
    try await desk.ask(SubmitPlan(plan: plan), as: Desk.focal)
    #expect(await desk.refusal(ShowPlan(plan: plan), as: Desk.province)?.status == .notFound)
    #expect(try await desk.ask(ListPlans(), as: Desk.province, in: "38").items.isEmpty)
  }

  @Test("an amending plan takes the other's place: what was done goes on, and the difference is said in official words")
  func amending() async throws {
    let desk = try await Desk()
    let first = try await desk.draft([Self.task, row("2", "Bãi bỏ")], [Self.target("80")])
    try await desk.issue(first)
    let before = try await desk.tasks(of: first)
    try await desk.ask(RecordProgress(task: before[0].id, percent: 40, note: "Nửa kho"), as: Desk.lead)

    var dearer = Self.task
    (dearer.cost, dearer.due) = (60_000_000, Day(real: 2026, 12, 31))
    var range = Self.target("85")
    (range.comparator, range.upper) = (Open(.range), Quantity("92.5"))
    let second = try await desk.draft([dearer, row("3", "Thêm")], [range], replacing: first)
    let changes: [PlanChange] = try await desk.all { ComparePlans(plan: second, after: $0) }
    #expect(
      changes.map(\.text.vi) == [
        "Điều chỉnh thời hạn hoàn thành nhiệm vụ số 1 từ «30/09/2026» thành «31/12/2026»",
        "Điều chỉnh kinh phí nhiệm vụ số 1 từ 40 đồng thành 60.000.000 đồng",
        "Bổ sung nhiệm vụ số 3: Thêm", "Bãi bỏ nhiệm vụ số 2: Bãi bỏ",
        "Điều chỉnh chỉ tiêu số 12 từ ≥ 80 % thành 85–92,5 %",
        "Điều chỉnh tổng kinh phí từ 40 đồng thành 60.000.000 đồng",
      ])
    try await desk.issue(second, "99/KH-UBND")
    let after = try await desk.tasks(of: second)
    #expect((after[0].percent, after[0].note) == (40, "Nửa kho"))
    #expect(after[1].percent == 0)
    let old = try await desk.ask(ShowPlan(plan: first), as: Desk.focal)
    #expect(old.summary.status == .superseded)
    #expect(old.replacedBy == second)
    #expect(try await desk.said(TaskContinued.self).map { [$0.before, $0.task] } == [[before[0].id, after[0].id]])
    #expect(try await desk.said(PlanSuperseded.self).map(\.by) == [second])
    let third = await desk.refusal(
      DraftPlan(head: old.head, expected: RowCounts(tasks: 0, targets: 0), replaces: first), as: Desk.focal)
    #expect(third?.status == .conflict)
  }

  @Test("a number is given once a year, however it is written; what was revoked may be entered anew")
  func numbers() async throws {
    let desk = try await Desk()
    let first = try await desk.draft([Self.task])
    try await desk.issue(first, "31/KH-UBND")
    let twice = try await desk.draft([Self.task])
    do throws(Refusal) {
      try await desk.issue(twice, "031/KH-UBND")
      Issue.record("one number for two plans")
    } catch {
      #expect((error.status, error.place) == (.conflict, "number"))
    }
    #expect(try await desk.ask(ShowPlan(plan: twice), as: Desk.focal).summary.status == .approved)
    let decision = Decision(number: "40/QĐ-UBND", day: Day(real: 2026, 1, 5))
    try await desk.ask(RevokePlan(plan: first, decision: decision), as: Desk.clerk)
    try await desk.ask(
      IssuePlan(plan: twice, number: "31/KH-UBND", issuedOn: Day(real: 2026, 1, 5)), as: Desk.clerk)
  }

  private func row(_ number: String, _ name: String) -> TaskRow { TaskRow(number: number, name: name, leads: ["vp"]) }

  @Test("the second of two who edit is told what came between") func conflict() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.task])
    var renamed = Self.task
    renamed.name = "Số hóa toàn bộ"
    let seen = try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).summary.version
    try await desk.ask(
      ChangeRows(plan: plan, tasks: [renamed, row("2", "Mới")]), as: Desk.focal, expecting: seen)
    let second = Desk.person("mai", "vh-xh", .focal)
    let refusal = await desk.refusal(
      ChangeRows(plan: plan, removedTasks: ["1"]), as: second, expecting: seen)
    #expect(refusal?.status == .conflict)
    #expect(
      refusal?.text.vi
        == "Đã có thay đổi mới hơn (bản 3, không phải bản 2). Bản 3, lan: sửa nhiệm vụ 1, 2. Hãy xem lại rồi làm lại.")
    let tasks = try await desk.tasks(of: plan)
    #expect(tasks.map(\.row.name) == ["Số hóa toàn bộ", "Mới"])
    let changed = try await desk.ask(ChangeRows(plan: plan, removedTasks: ["1"]), as: second, expecting: 3)
    #expect(changed.rows == RowCounts(tasks: 1, targets: 0))
    #expect((changed.lines, changed.planned) == (0, 0))
    #expect(await desk.refusal(ApprovePlan(plan: plan), as: Desk.chair)?.status == .conflict)
  }
}
