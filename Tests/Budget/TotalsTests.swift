import MoneyModel
import Schema
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("Lines and what they add up to", .timeLimit(.minutes(60)))
struct TotalsTests {
  private static let other: Unit = "38/15044"
  private static let elsewhere: Unit = "42/18328"

  private let town: Town
  /// Giao An's: 727, 40 and 77 million; the 40 are led by two offices.
  private let lines: [BudgetLine.ID]

  init() async throws {
    town = try await Town()
    var plans = PlanStream()
    lines = try plans.issue([
      .init(number: "1.1", cost: 727_000_000, source: .province),
      .init(number: "1.2", cost: nil),
      .init(number: "2.1", cost: 40_000_000, leads: ["vh-xh", "kinh-te"]),
      .init(number: "3", cost: 77_000_000, leads: ["kinh-te"]),
    ])
    try plans.issue([.init(number: "1.1", cost: 5_000_000)], for: 2027)
    try plans.issue([.init(cost: 100_000_000, leads: ["kinh-te", "vh-xh"])], in: Self.other)
    try plans.issue([.init(cost: 970_000_000, source: .state)], in: Self.elsewhere)
    try await town.follow(plans)
    _ = try await town.ask(
      BookMoney(
        line: lines[0], phase: Open(.approve), amount: 700_000_000, day: Day(real: 2026, 1, 10),
        document: "88/QĐ-UBND"))
    _ = try await town.ask(AllocateMoney(lines[0], 700_000_000))
    _ = try await town.ask(DisburseMoney(lines[0], 350_000_000))
    try await town.fund(lines[1], 40_000_000)
  }

  @Test("a commune's year, by source and by lead; two leads count once, together")
  func commune() async throws {
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026))
    #expect(
      totals.sums
        == MoneySums(
          lines: 3, estimated: 844_000_000, approved: 740_000_000, allocated: 740_000_000, disbursed: 350_000_000))
    #expect(totals.units.isEmpty)
    #expect(totals.unfunded == 1)
    #expect(totals.spenders == [.init(spender: nil, sums: totals.sums)])
    #expect(totals.pillars == [.init(pillar: nil, sums: totals.sums)])
    #expect(
      totals.sources == [
        .init(
          source: Open(.commune),
          sums: MoneySums(lines: 2, estimated: 117_000_000, approved: 40_000_000, allocated: 40_000_000)),
        .init(
          source: Open(.province),
          sums: MoneySums(
            lines: 1, estimated: 727_000_000, approved: 700_000_000, allocated: 700_000_000, disbursed: 350_000_000)),
      ])
    #expect(
      totals.leads == [
        .init(leads: ["kinh-te"], sums: MoneySums(lines: 1, estimated: 77_000_000)),
        .init(
          leads: ["kinh-te", "vh-xh"],
          sums: MoneySums(lines: 1, estimated: 40_000_000, approved: 40_000_000, allocated: 40_000_000)),
        .init(
          leads: ["vh-xh"],
          sums: MoneySums(
            lines: 1, estimated: 727_000_000, approved: 700_000_000, allocated: 700_000_000, disbursed: 350_000_000)),
      ])
    await town.store.close()
  }

  @Test("by pillar, once lines are described by it") func pillars() async throws {
    for (line, pillar) in zip(lines, [Pillar.society, .government, .society]) {
      _ = try await town.ask(DescribeLine(line: line, detail: LineDetail(pillar: Open(pillar))))
    }
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026))
    #expect(totals.pillars.map(\.pillar) == [Open(.government), Open(.society)])
    #expect(totals.pillars.map(\.sums.estimated) == [40_000_000, 804_000_000])
    #expect(totals.fault(in: try await town.lines()) == nil)
    await town.store.close()
  }

  @Test("a province has each of its communes, and no other's")
  func province() async throws {
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026), in: "38")
    #expect(totals.sums.estimated == 944_000_000)
    #expect(totals.units.map(\.unit) == [Town.commune, Self.other])
    #expect(totals.units.map(\.sums.estimated) == [844_000_000, 100_000_000])
    #expect(totals.leads.first { $0.leads.count == 2 }?.sums.lines == 2)
    await town.store.close()
  }

  @Test("years are never added up, and a year without lines is nothing")
  func years() async throws {
    #expect(try await town.ask(TotalBudget(fiscalYear: 2027)).sums == MoneySums(lines: 1, estimated: 5_000_000))
    let none = try await town.ask(TotalBudget(fiscalYear: 2028), in: "38")
    #expect(none.sums == MoneySums())
    #expect(none.units.isEmpty && none.sources.isEmpty && none.leads.isEmpty)
    await town.store.close()
  }

  @Test("lines are listed in the order of the plans, by year, plan, office and task")
  func listed() async throws {
    let all = try await town.lines()
    #expect(all.map(\.number) == ["1.1", "2.1", "3", "1.1"])
    #expect(all.map(\.fiscalYear) == [2026, 2026, 2026, 2027])
    #expect(all[0].name == "Nhiệm vụ 1.1")
    #expect(try await town.lines(ListLines(fiscalYear: 2027)) == [all[3]])
    #expect(try await town.lines(ListLines(plan: all[0].plan)) == Array(all[..<3]))
    #expect(try await town.lines(ListLines(office: "kinh-te")) == [all[1], all[2]])
    #expect(try await town.lines(ListLines(task: all[2].task)) == [all[2]])
    #expect(try await town.lines(in: "38").count == 5)
    #expect(try await town.lines(in: "01").isEmpty)
    await town.store.close()
  }

  @Test("many lines are read in pages")
  func pages() async throws {
    let town = try await Town()
    var plans = PlanStream()
    try plans.issue((1...250).map { .init(number: "\($0)", cost: 1) })
    try await town.follow(plans)
    #expect(try await town.lines().map(\.number) == (1...250).map { "\($0)" })
    await town.store.close()
    await self.town.store.close()
  }

  @Test("a total that does not fit is refused, never wrapped")
  func overflow() {
    let line = LineMoney(
      unit: Town.commune, source: Open(.commune), leads: [], spender: nil, pillar: nil,
      sums: MoneySums(lines: 1, estimated: Money(dong: .max)))
    let refusal = #expect(throws: Refusal.self) {
      try BudgetRules.totals([line, line], unfunded: 0, of: Town.commune, in: 2026)
    }
    #expect(refusal?.status == .conflict)
  }
}
