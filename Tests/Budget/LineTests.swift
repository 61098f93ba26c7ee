import Schema
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("Lines that are entered, split and described", .timeLimit(.minutes(60)))
struct LineTests {
  private let town: Town
  private let plans: PlanStream
  /// Thượng Đức's 950 million of several levels, and Giao An's 30 million of two leads.
  private let lines: [BudgetLine.ID]

  init() async throws {
    town = try await Town()
    var plans = PlanStream()
    lines = try plans.issue([
      .init(number: "7", cost: 950_000_000, source: .several, sourceText: "Ngân sách tỉnh, xã"),
      .init(number: "3", cost: 30_000_000, leads: ["vh-xh", "ca"]),
    ])
    self.plans = plans
    try await town.follow(plans)
  }

  private func added(_ detail: LineDetail = LineDetail(), task: PlanTask.ID? = nil) -> AddLine {
    AddLine(
      fiscalYear: 2026, number: "15", name: "Máy quét cho 9 thôn", task: task, source: Open(.enterprise),
      sourceText: "Viễn thông tài trợ", leads: ["vh-xh"], amount: 297_000_000, detail: detail,
      document: "03/NQ-HĐND", issuer: Open(.giver), day: Day(real: 2025, 12, 20))
  }

  @Test("a line of no plan has its estimate from an entry, and a ledger like any other")
  func entered() async throws {
    let detail = LineDetail(
      spender: "van-phong", expenditure: Open(.investment), quantity: 9, price: 33_000_000,
      codes: BudgetCodes(chapter: "805", category: "340", division: "341", item: "6900", subitem: "6912"))
    let line = try await town.ask(added(detail))
    #expect(line.plan == nil && line.task == nil && line.estimated == 297_000_000 && line.approved == 0)
    #expect(line.detail == detail)
    #expect(try await town.entries(of: line.id).map(\.phase) == [Open(.estimate)])
    let again = await town.refusal(added(detail))
    #expect(again?.status == .conflict && again?.place == "number")
    #expect(again?.text.vi.contains("Máy quét cho 9 thôn") == true)
    #expect(try await town.lines().map(\.number) == ["7", "3", "15"])
    _ = try await town.ask(
      BookMoney(
        line: line.id, phase: Open(.approve), amount: 297_000_000, day: Day(real: 2026, 1, 5), document: "1/HĐTT",
        issuer: Open(.giver)))
    _ = try await town.ask(AllocateMoney(line.id, 297_000_000))
    try await town.resync(plans)
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026))
    #expect(totals.sums.estimated == 1_277_000_000)
    #expect(
      totals.spenders.first
        == .init(
          spender: "van-phong",
          sums: MoneySums(lines: 1, estimated: 297_000_000, approved: 297_000_000, allocated: 297_000_000)))
    #expect(totals.sources.contains { $0.source == .enterprise && $0.sums.estimated == 297_000_000 })
    await town.store.close()
  }

  @Test("a part may be somebody's or come from somewhere; the rest stays together, and the whole is counted once")
  func split() async throws {
    let whole = try await town.ask(TotalBudget(fiscalYear: 2026)).sums.estimated
    let sources = try await town.ask(
      SplitLine(
        line: lines[0],
        parts: [
          .init(leads: ["vh-xh"], source: Open(.province), amount: 500_000_000),
          .init(leads: ["vh-xh"], source: Open(.commune), amount: 400_000_000),
        ]))
    #expect(sources.lines.map(\.estimated) == [50_000_000, 500_000_000, 400_000_000])
    #expect(sources.lines.map(\.number) == ["7", "7.1", "7.2"])
    #expect(sources.lines.dropFirst().allSatisfy { $0.partOf == lines[0] && $0.task == sources.lines[0].task })
    _ = try await town.ask(
      SplitLine(
        line: lines[1],
        parts: [
          .init(leads: ["vh-xh"], source: Open(.commune), amount: 20_000_000),
          .init(leads: ["ca"], source: Open(.commune), amount: 10_000_000),
        ]))
    try await town.resync(plans)
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026))
    #expect(totals.sums.estimated == whole && totals.sums.lines == 6)
    func of(_ leads: [Office.Code]) -> Money? { totals.leads.first { $0.leads == leads }?.sums.estimated }
    #expect(of(["ca", "vh-xh"]) == 0 && of(["ca"]) == 10_000_000 && of(["vh-xh"]) == 970_000_000)
    #expect(totals.sources.first { $0.source == .several }?.sums.estimated == 50_000_000)
    #expect(
      totals.leads.reduce(0) { $0 + $1.sums.estimated.dong } == totals.sums.estimated.dong)
    await town.store.close()
  }

  @Test("an estimate that was split cannot be taken back: its parts would be of nothing") func splitEstimate()
    async throws
  {
    let line = try await town.ask(added()).id
    _ = try await town.ask(SplitLine(line: line, parts: [.init(leads: ["ca"], source: Open(.enterprise), amount: 60)]))
    let before = try await town.lines()
    let entry = try #require(try await town.entries(of: line).first)
    let refusal = await town.refusal(ReverseEntry(entry.id, of: line))
    #expect(refusal?.status == .conflict && refusal?.place == "entry")
    #expect(try await town.lines() == before)
    await town.store.close()
  }

  @Test("no more is split off than there is, and nothing once money was approved")
  func splitTooMuch() async throws {
    func split(_ amounts: Money...) -> SplitLine {
      SplitLine(line: lines[1], parts: amounts.map { .init(leads: ["ca"], source: Open(.commune), amount: $0) })
    }
    #expect(await town.refusal(split(20_000_000, 10_000_001))?.place == "parts[1].amount")
    #expect(await town.refusal(split(0))?.place == "amount")
    #expect(await town.refusal(split())?.place == "parts")
    #expect(await town.refusal(split(Money(dong: .max), Money(dong: .max)))?.status == .invalid)
    _ = try await town.ask(split(10_000_000))
    #expect(await town.refusal(split(20_000_001))?.place == "parts[0].amount")
    _ = try await town.ask(BookMoney(.approve, lines[1], 1))
    #expect(await town.refusal(split(1))?.status == .conflict)
    #expect(try await town.lines().count == 3)
    await town.store.close()
  }

  @Test("quantity times price is the amount, and codes are codes")
  func described() async throws {
    func refusal(_ detail: LineDetail) async -> Refusal? { await town.refusal(added(detail)) }
    #expect(await refusal(LineDetail(quantity: 9, price: 33_000_001))?.place == "detail.quantity")
    #expect(await refusal(LineDetail(quantity: 9))?.place == "detail.quantity")
    #expect(await refusal(LineDetail(quantity: .max, price: 3))?.place == "detail.quantity")
    for (codes, field) in [
      (BudgetCodes(chapter: "80"), "chapter"), (BudgetCodes(chapter: "80x"), "chapter"),
      (BudgetCodes(category: "340", division: "371"), "division"),
      (BudgetCodes(item: "6900", subitem: "6951"), "subitem"), (BudgetCodes(subitem: "691"), "subitem"),
    ] {
      #expect(await refusal(LineDetail(codes: codes))?.place == "detail.codes.\(field)")
    }
    #expect(await town.refusal(added(task: PlanTask.ID()))?.place == "task")
    let described = try await town.ask(
      DescribeLine(line: lines[1], detail: LineDetail(spender: "ca", codes: BudgetCodes(chapter: "012"))))
    #expect(described.detail.spender == "ca" && described.version == 2)
    let found = try await town.ask(CheckBudget(fiscalYear: 2026)).findings
    #expect(found.contains { $0.check == .codes && $0.line == lines[1] })
    #expect(try await town.lines().count == 2)
    await town.store.close()
  }
}
