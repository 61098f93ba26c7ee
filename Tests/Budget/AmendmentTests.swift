import Schema
import Testing

@testable import xaso_budget

/// A plan is replaced or withdrawn: what it estimated goes, what was allocated and spent stays.
@Suite("An amended plan's money", .timeLimit(.minutes(1)))
struct AmendmentTests {
  @Test("a line goes on with its task, ledger and all, at the later plan's estimate; read again, it is the same")
  func goesOn() async throws {
    let town = try await Town()
    var plans = PlanStream()
    let line = try plans.issue([.init(cost: 40_000_000)])[0]
    try await town.follow(plans)
    let before = try await town.lines()[0]
    _ = try await town.ask(AllocateMoney(line, 30_000_000))

    let later = try plans.amend((before.plan, before.task), cost: 60_000_000)
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
    let later = try plans.amend((before.plan, before.task), cost: nil)
    try await town.follow(plans)
    #expect(try await town.lines().map { [$0.estimated, $0.allocated] } == [[0, 0]])

    let last = try plans.amend(later, cost: 5_000_000)
    try await town.follow(plans)
    #expect(try await town.lines().map(\.estimated) == [5_000_000])
    try plans.revoke(last.plan)
    try await town.follow(plans)
    #expect(try await town.lines().map(\.estimated) == [0])
  }
}
