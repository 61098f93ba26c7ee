import Schema
import Testing

@testable import Storage
@testable import xaso_budget

/// A plan is replaced or withdrawn: what it estimated goes, what was allocated and spent stays.
@Suite("An amended plan's money", .timeLimit(.minutes(60)))
struct AmendmentTests {
  @Test("a line goes on with its task, ledger and all, at the later plan's estimate; read again, it is the same")
  func goesOn() async throws {
    let town = try await Town()
    var plans = PlanStream()
    let line = try plans.issue([.init(cost: 40_000_000)])[0]
    try await town.follow(plans)
    let before = try await town.lines()[0]
    try await town.fund(line, 30_000_000)

    let later = try plans.amend(try place(of: before), cost: 60_000_000)
    try await town.follow(plans)
    let after = try await town.lines()
    #expect(after.map(\.id) == [line])
    #expect(after.map(\.plan) == [later.plan])
    #expect(after.map(\.task) == [later.task])
    #expect(after.map { [$0.estimated, $0.allocated] } == [[60_000_000, 30_000_000]])
    _ = try await town.ask(DisburseMoney(line, 10_000_000))

    let derived = try await town.derived()
    try await town.resync(plans)
    #expect(try await town.derived() == derived)
  }

  @Test("what the later plan gives no money is estimated at nothing") func ends() async throws {
    let town = try await Town()
    var plans = PlanStream()
    try plans.issue([.init(cost: 40_000_000)])
    try await town.follow(plans)
    let before = try await town.lines()[0]
    let later = try plans.amend(try place(of: before), cost: nil)
    try await town.follow(plans)
    #expect(try await town.lines().map { [$0.estimated, $0.allocated] } == [[0, 0]])

    let last = try plans.amend(later, cost: 5_000_000)
    try await town.follow(plans)
    #expect(try await town.lines().map(\.estimated) == [5_000_000])
    try plans.revoke(last.plan)
    try await town.follow(plans)
    #expect(try await town.lines().map(\.estimated) == [0])
  }

  @Test("a line that no later plan goes on with takes no more money, and gives back what it has")
  func woundUp() async throws {
    let town = try await Town()
    var plans = PlanStream()
    let lines = try plans.issue([.init(number: "1", cost: 100), .init(number: "2", cost: 100)])
    try await town.follow(plans)
    try await town.fund(lines[0], 80)
    _ = try await town.ask(BookMoney(.advance, lines[0], 30))
    _ = try await town.ask(SplitLine(line: lines[1], parts: [.init(leads: ["ca"], source: Open(.commune), amount: 40)]))
    let plan = try #require(try await town.lines()[0].plan)
    try plans.say(PlanSuperseded(unit: Town.commune, plan: plan, by: Plan.ID()))
    try await town.follow(plans)

    #expect(try await town.lines().map { [$0.estimated, $0.allocated] } == [[0, 80], [0, 0], [0, 0]])
    for phase: BudgetEntry.Phase in [.approve, .allocate, .commit, .advance, .disburse] {
      let refusal = await town.refusal(BookMoney(phase, lines[0], 1))
      #expect(refusal?.status == .conflict && refusal?.place == "line", "\(phase)")
    }
    #expect(try await town.said(EntryRefused.self).count == 5)
    _ = try await town.ask(BookMoney(.recover, lines[0], 30))
    _ = try await town.ask(MoveMoney(from: lines[0], to: nil, .allocated, 80))
    #expect(try await town.line(lines[0]).allocated == 0)
    await town.store.close()
  }

  private func place(of line: LineSummary) throws -> (plan: Plan.ID, task: PlanTask.ID) {
    (try #require(line.plan), try #require(line.task))
  }
}
