import Schema
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("The ledger of a line", .timeLimit(.minutes(60)))
struct LedgerTests {
  private let town: Town
  private let plans: PlanStream
  private let line: BudgetLine.ID

  init() async throws {
    town = try await Town()
    var plans = PlanStream()
    line = try plans.issue([.init(cost: 40_000_000, leads: ["vh-xh", "kinh-te"])])[0]
    self.plans = plans
    try await town.follow(plans)
  }

  @Test("money is allocated and spent, each with its document, and said")
  func allocatedAndSpent() async throws {
    let before = try await town.lines()[0]
    #expect(before.version == 1)
    #expect((before.estimated, before.allocated, before.disbursed) == (40_000_000, 0, 0))

    _ = try await town.ask(BookMoney(.approve, line, 40_000_000))
    #expect(try await town.ask(AllocateMoney(line, 30_000_000)).allocated == 30_000_000)
    #expect(try await town.ask(AllocateMoney(line, 10_000_000)).allocated == 40_000_000)
    let after = try await town.ask(
      DisburseMoney(line: line, amount: 40_000_000, day: Day(real: 2026, 3, 31), reference: "UNC 07"))
    #expect(after.version == 5)
    #expect((after.allocated, after.disbursed) == (40_000_000, 40_000_000))
    #expect(try await town.lines() == [after])

    let entries = try await town.entries(of: line)
    #expect(entries.map(\.phase) == [Open(.approve), Open(.allocate), Open(.allocate), Open(.disburse)])
    #expect(entries.map(\.amount) == [40_000_000, 30_000_000, 10_000_000, 40_000_000])
    #expect(entries.map(\.document) == ["03/NQ-HĐND", "12/QĐ-UBND", "12/QĐ-UBND", nil])
    #expect(entries.map(\.issuer) == [Open(.council), Open(.committee), Open(.committee), Open(.spender)])
    #expect(entries.map(\.reference) == [nil, nil, nil, "UNC 07"])
    #expect(entries.allSatisfy { $0.account == "ke-toan" })

    #expect(try await town.said(LineAllocated.self).map(\.allocated) == [30_000_000, 40_000_000])
    #expect(try await town.said(LineDisbursed.self).map(\.disbursed) == [40_000_000])
    await town.store.close()
  }

  @Test("more than is left is refused, said once, audited, and moves nothing")
  func overspent() async throws {
    try await town.fund(line, 30_000_000)
    let before = try await town.ask(DisburseMoney(line, 25_000_000))
    let (key, request) = (UUIDv7(), DisburseMoney(line, 5_000_001))
    for _ in 1...2 {
      let refusal = await town.refusal(request, key: key)
      #expect(refusal?.status == .conflict)
      #expect(refusal?.text.vi.contains("5.000.000 đồng") == true)
    }
    #expect(try await town.lines() == [before])
    #expect(try await town.entries(of: line).count == 3)
    let said = try await town.said(LineOverspent.self)
    #expect(said.map(\.asked) == [5_000_001])
    #expect(said.map(\.available) == [5_000_000])
    #expect(said.map(\.leads) == [["vh-xh", "kinh-te"]])
    #expect(said.map(\.focal) == ["vh-xh"])
    #expect(try await town.store.audits().filter { $0.status == .conflict }.map(\.method) == ["budget.disburse"])
    #expect(try await town.ask(DisburseMoney(line, 5_000_000)).disbursed == 30_000_000)
    await town.store.close()
  }

  @Test("nothing is spent before it is allocated")
  func beforeAllocation() async throws {
    #expect(await town.refusal(DisburseMoney(line, 1))?.status == .conflict)
    #expect(try await town.said(LineOverspent.self).map(\.available) == [0])
    await town.store.close()
  }

  @Test(
    "what is no amount, no day of the year or no reference is refused, said, and moves nothing", arguments: [0, -1])
  func invalid(amount: Int64) async throws {
    try await town.fund(line, 30_000_000)
    let before = try await town.lines()
    let amount = Money(dong: amount)
    #expect(await town.refusal(AllocateMoney(line, amount))?.place == "amount")
    #expect(await town.refusal(DisburseMoney(line, amount))?.place == "amount")
    for day in [Day(real: 2024, 12, 31), Day(real: 2028, 1, 1)] {
      let allocation = AllocateMoney(line: line, amount: 1, document: "12/QĐ-UBND", day: day)
      #expect(await town.refusal(allocation)?.place == "day")
      let spending = DisburseMoney(line: line, amount: 1, day: day, reference: "UNC 07")
      #expect(await town.refusal(spending)?.place == "day")
    }
    for reference in ["", String(repeating: "x", count: 101), "x" + String(repeating: "\u{301}", count: 500)] {
      let spending = DisburseMoney(line: line, amount: 1, day: Day(real: 2026, 3, 31), reference: reference)
      #expect(await town.refusal(spending)?.place == "reference")
    }
    #expect(try await town.lines() == before)
    #expect(try await town.said(EntryRefused.self).count == 9)
    await town.store.close()
  }

  @Test("an amount with zeros too many is refused, and so is a line that comes to as much: nothing ever wraps")
  func overflow() async throws {
    for amount in [Money(dong: Money.most.dong + 1), Money(dong: .max)] {
      let refusals = [
        await town.refusal(BookMoney(.approve, line, amount)), await town.refusal(AllocateMoney(line, amount)),
        await town.refusal(DisburseMoney(line, amount)),
        await town.refusal(MoveMoney(from: nil, to: line, .allocated, amount)),
      ]
      #expect(refusals.allSatisfy { $0?.status == .invalid && $0?.place == "amount" })
    }
    #expect(try await town.entries(of: line).isEmpty)
    try await town.fund(line, .most)
    #expect(await town.refusal(BookMoney(.approve, line, 1))?.status == .invalid)
    #expect(try await town.ask(DisburseMoney(line, .most)).disbursed == .most)
    #expect(await town.refusal(DisburseMoney(line, .most))?.status == .conflict)
    await town.store.close()
  }

  @Test("a version that is not the line's any more is refused")
  func version() async throws {
    _ = try await town.ask(BookMoney(.approve, line, 20))
    _ = try await town.ask(AllocateMoney(line, 10), expecting: 2)
    #expect(await town.refusal(AllocateMoney(line, 10), expecting: 2)?.status == .conflict)
    #expect(await town.refusal(DisburseMoney(line, 10), expecting: 2)?.status == .conflict)
    #expect(try await town.said(LineOverspent.self).isEmpty)
    #expect(try await town.ask(DisburseMoney(line, 10), expecting: 3).version == 4)
    await town.store.close()
  }

  @Test("another unit's line is not found, its province's neither", arguments: ["38/15044", "38", "01/15043"])
  func otherUnit(unit: Unit) async throws {
    #expect(await town.refusal(AllocateMoney(line, 1), in: unit)?.status == .notFound)
    #expect(await town.refusal(DisburseMoney(line, 1), in: unit)?.status == .notFound)
    #expect(await town.refusal(ListEntries(line: line), in: unit)?.status == .notFound)
    let refused = try await town.said(EntryRefused.self)
    #expect(refused.map(\.unit) == [unit, unit] && refused.map(\.code) == [404, 404])
    #expect(await town.refusal(AllocateMoney(BudgetLine.ID(), 1))?.status == .notFound)
    await town.store.close()
  }

  @Test("a long ledger is read in pages, in order")
  func pages() async throws {
    _ = try await town.ask(BookMoney(.approve, line, 1_000_000))
    for amount in 1...230 { _ = try await town.ask(AllocateMoney(line, Money(dong: Int64(amount)))) }
    #expect(try await town.entries(of: line).dropFirst().map(\.amount.dong) == (1...230).map(Int64.init))
    #expect(try await town.lines()[0].allocated == 26_565)
    #expect(await town.refusal(ListEntries(line: line, after: "nonsense"))?.place == "after")
    await town.store.close()
  }

  @Test("the plans' stream read again gives the same tables, and every line its ledger back")
  func resync() async throws {
    try await town.fund(line, 30_000_000)
    _ = try await town.ask(DisburseMoney(line, 12_000_000))
    let (lines, tables) = (try await town.lines(), try await town.derived())
    let entries = try await town.entries(of: line)
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026))

    var restored = plans
    restored.epoch = UUIDv7()
    try await town.resync(restored)
    #expect(try await town.derived() == tables)
    #expect(try await town.lines() == lines)
    #expect(try await town.entries(of: line) == entries)
    #expect(try await town.ask(TotalBudget(fiscalYear: 2026)) == totals)
    #expect(await town.refusal(DisburseMoney(line, 18_000_001))?.status == .conflict)
    #expect(try await town.ask(DisburseMoney(line, 18_000_000)).version == 5)
    await town.store.close()
  }
}
