import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("A new year's overview", .timeLimit(.minutes(60))) struct NewYearTests {
  @Test("what last year came to answers nothing, until the year has a value of its own; then it is a course again")
  func lastYear() async throws {
    let desk = try await Desk(today: day("2026-10-05"))
    try await desk.issue([.target("a"), .target("b")])
    for name in ["a", "b"] {
      try await desk.observe(name, Figure(60, of: 100), "2026-Q2")
      try await desk.observe(name, Figure(82, of: 100), "2026-Q3")
    }
    desk.setToday(day("2027-01-11"))
    try await desk.issue([.target("a", by: "2027-12-31"), .target("b", by: "2027-12-31")], year: 2027)
    func counts(_ year: Int) async throws -> IndicatorOverview.Item? {
      try await desk.ask(OverviewIndicators(year: year)).units.first
    }
    #expect(try await counts(2026) == .init(unit: "38/15043", met: 2))
    #expect(try await counts(2027) == .init(unit: "38/15043", noData: 2))
    try await desk.observe("a", Figure(81, of: 100), "2027-M01")
    #expect(try await counts(2027) == .init(unit: "38/15043", met: 1, noData: 1))
    #expect(try await counts(2026) == .init(unit: "38/15043", met: 2))
    await desk.database.close()
  }

  @Test("why a period stands so: by its value, and the milestone of its end")
  func why() async throws {
    let desk = try await Desk(today: day("2026-10-05"))
    try await desk.issue([
      .target("a", .atLeast, Quantity(60), by: "2026-06-30"), .target("a", .atLeast, Quantity(90)),
    ])
    try await desk.observe("a", Figure(65, of: 100), "2026-Q2")
    try await desk.observe("a", Figure(70, of: 100), "2026-Q3")
    let id = try #require(await desk.list().first).id
    func explained(_ period: String?) async throws -> StandingExplained {
      try await desk.ask(ExplainStanding(indicator: id, period: try period.map { try #require(Period($0)) }))
    }
    #expect(try await explained(nil).indicator.last?.figure == Figure(70, of: 100))
    #expect(try await explained(nil).indicator.target.value == Quantity(90))
    let second = try await explained("2026-Q2")
    #expect(second.indicator.standing == .met && second.indicator.last?.figure == Figure(65, of: 100))
    #expect(second.indicator.target.value == Quantity(60))
    #expect(second.steps.first?.vi.contains("quý II") == true, "\(second.steps)")
    let first = try await explained("2026-Q1")
    #expect(first.indicator.standing == .noData && first.indicator.last == nil)
    let refused = await #expect(throws: Refusal.self) { try await explained("2027-Q1") }
    #expect(refused?.place == "period")
    await desk.database.close()
  }
}
