import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

@Suite("What is done of a plan's tasks becomes observations, over a real store", .timeLimit(.minutes(60)))
struct TaskCountTests {
  private static let done = "Tỷ lệ nhiệm vụ trong kế hoạch hoàn thành"
  private static let inTime = "Tỷ lệ nhiệm vụ của kế hoạch hoàn thành đúng hạn"

  private func history(_ name: String, at desk: Desk) async throws -> [Observation] {
    let indicator = try #require(await desk.list().first { $0.name == name })
    return try await desk.ask(ListObservations(indicator: indicator.id)).items
  }

  @Test("done, and done in time, of what is due by each month's end; recurring, undated, cancelled tasks count nowhere")
  func months() async throws {
    let desk = try await Desk(today: day("2026-03-02"))
    let (plan, tasks) = (Plan.ID(), (0..<5).map { _ in PlanTask.ID() })
    // Two are there before the indicator is promised.
    try await desk.assign(tasks[0], of: plan, due: day("2026-03-31"))
    try await desk.assign(tasks[1], of: plan, due: day("2026-04-10"))
    try await desk.issue([.target(Self.done, .atLeast, Quantity(60)), .target(Self.inTime, number: "2")])
    try await desk.assign(tasks[2], of: plan, due: nil)
    try await desk.assign(tasks[3], of: plan, due: day("2026-04-30"), recurrence: .monthly)
    try await desk.assign(tasks[4], of: plan, due: day("2026-02-15"))
    try await desk.progress(tasks[4], of: plan, .cancelled)

    desk.setToday(day("2026-03-20"))
    try await desk.progress(tasks[0], of: plan, .done)
    desk.setToday(day("2026-04-20"))
    try await desk.progress(tasks[1], of: plan, .done)
    try await desk.progress(tasks[3], of: plan, .done)
    let done = try await history(Self.done, at: desk)
    #expect(done.map(\.period.description) == ["2026-M04", "2026-M03"])
    #expect(done.map(\.figure) == [Figure(2, of: 2), Figure(1, of: 1)])
    #expect(done.allSatisfy { $0.source?.known == .tasks })
    #expect(try await history(Self.inTime, at: desk).map(\.figure) == [Figure(1, of: 2), Figure(1, of: 1)])
    #expect(try await desk.events(TargetMet.self).map(\.title).contains(Self.done))

    // The quarter has what its last month has; given back, a task is done no more.
    let quarter = try #require(Period("2026-Q1"))
    func total() async throws -> Ratio? {
      try await desk.ask(RollUpIndicator(name: Self.done, period: quarter), in: "38").total
    }
    #expect(try await total() == Ratio(1, of: 1))
    try await desk.progress(tasks[0], of: plan, .returned)
    #expect(try await total() == Ratio(0, of: 1))
    await desk.database.close()
  }

  @Test("a task that goes on in a later plan stays done on its day; what a plan that is no more gave counts nowhere")
  func plans() async throws {
    let desk = try await Desk(today: day("2026-03-20"))
    try await desk.issue([.target(Self.done)])
    let (plan, later) = (Plan.ID(), Plan.ID())
    let (one, two, next) = (PlanTask.ID(), PlanTask.ID(), PlanTask.ID())
    for task in [one, two] { try await desk.assign(task, of: plan, due: day("2026-03-31")) }
    try await desk.progress(one, of: plan, .done)
    #expect(try await history(Self.done, at: desk).map(\.figure) == [Figure(1, of: 2)])
    desk.setToday(day("2026-04-20"))
    try await desk.assign(next, of: later, due: day("2026-03-31"))
    try await desk.go(on: one, as: next, of: later, .done)
    try await desk.supersede(plan)
    #expect(try await history(Self.done, at: desk).map(\.figure) == [Figure(1, of: 1), Figure(1, of: 1)])
    let kept = try await desk.derived()
    try await desk.resync(Plans.name)
    #expect(try await desk.derived() == kept)
    await desk.database.close()
  }

  @Test("what tasks give is not typed over without a reason; another commune's tasks, and other words, change nothing")
  func reasons() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    let other = "Cán bộ hoàn thành tốt nhiệm vụ trong kế hoạch"
    try await desk.issue([.target(Self.done), .target(other, number: "2")])
    let plan = Plan.ID()
    try await desk.assign(PlanTask.ID(), of: plan, due: day("2026-03-31"))
    try await desk.assign(PlanTask.ID(), of: Plan.ID(), due: day("2026-03-31"), in: "38/15044")
    let refused = await #expect(throws: Refusal.self) {
      try await desk.observe(Self.done, Figure(1, of: 1), "2026-Q1")
    }
    #expect(refused?.place == "reason" && refused?.text.vi.contains("tiến độ nhiệm vụ") == true)
    try await desk.observe(Self.done, Figure(1, of: 1), "2026-M03", reason: "Đã nghiệm thu trên giấy")
    #expect(try await history(Self.done, at: desk).map(\.superseded) == [false, false, true])
    #expect(try await history(other, at: desk).isEmpty)
    await desk.database.close()
  }

  /// In whatever order things come, the sums are those that making them anew gives, and a second reading gives the same.
  @Test("the same tables however the stream is read") func again() async throws {
    var seed = Seed()
    let desk = try await Desk(today: day("2026-02-01"))
    let plans = (0..<2).map { _ in Plan.ID() }
    var tasks: [(PlanTask.ID, Plan.ID)] = []
    var today = day("2026-02-01")
    for step in 0..<60 {
      today = today.adding(Int.random(in: 0...5, using: &seed))
      desk.setToday(today)
      switch Int.random(in: 0..<10, using: &seed) {
      case 0: try await desk.issue([.target(Bool.random(using: &seed) ? Self.done : Self.inTime, number: "\(step)")])
      case 1...3:
        let (task, plan) = (PlanTask.ID(), plans[Int.random(in: 0...1, using: &seed)])
        try await desk.assign(task, of: plan, due: day("2026-01-10").adding(Int.random(in: 0...400, using: &seed)))
        tasks.append((task, plan))
      case 4 where step == 40: try await desk.supersede(plans[0])
      default:
        guard let (task, plan) = tasks.randomElement(using: &seed) else { continue }
        let status = [PlanTask.Status.done, .returned, .inProgress, .paused, .cancelled].randomElement(using: &seed)
        try await desk.progress(task, of: plan, try #require(status))
      }
    }
    let (kept, derived) = (try await desk.sums(), try await desk.derived())
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept, "\(seed)")
    try await desk.resync(Plans.name)
    #expect(try await desk.derived() == derived, "\(seed)")
    await desk.database.close()
  }
}
