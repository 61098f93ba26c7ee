import Schema
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("The phases of a line's money", .timeLimit(.minutes(60)))
struct PhaseTests {
  private let town: Town
  private let line: BudgetLine.ID
  private let other: BudgetLine.ID
  private let next: BudgetLine.ID

  init() async throws {
    town = try await Town()
    var plans = PlanStream()
    let lines = try plans.issue([.init(number: "1", cost: 100), .init(number: "2", cost: 50)])
    (line, other) = (lines[0], lines[1])
    next = try plans.issue([.init(number: "1", cost: 60)], for: 2027)[0]
    try await town.follow(plans)
  }

  @Test("a year from its approval to its settlement: the figures after each step are those worked out by hand")
  func year() async throws {
    func book(_ phase: BudgetEntry.Phase, _ amount: Money, _ month: Int, _ day: Int) async throws -> [Int64] {
      let year = phase == .settle ? 2027 : 2026
      return try await town.ask(BookMoney(phase, line, amount, on: Day(real: year, month, day))).figures
    }
    town.turn(to: Day(real: 2027, 1, 20))
    // Approved, allocated, committed, advanced, disbursed, settled, carried.
    #expect(try await book(.approve, 90, 1, 5) == [90, 0, 0, 0, 0, 0, 0])
    #expect(try await book(.allocate, 80, 1, 20) == [90, 80, 0, 0, 0, 0, 0])
    #expect(try await book(.advance, 30, 2, 10) == [90, 80, 0, 30, 0, 0, 0])
    #expect(try await book(.commit, 70, 3, 1) == [90, 80, 70, 30, 0, 0, 0])
    #expect(try await book(.recover, 30, 4, 1) == [90, 80, 70, 0, 0, 0, 0])
    #expect(try await book(.disburse, 45, 4, 1) == [90, 80, 70, 0, 45, 0, 0])
    let moved = try await town.ask(MoveMoney(from: nil, to: line, .allocated, 15))
    #expect(moved.lines.map(\.figures) == [[105, 95, 70, 0, 45, 0, 0]])
    #expect(await town.refusal(BookMoney(.disburse, line, 26))?.text.vi.contains("25 đồng") == true)
    #expect(try await book(.disburse, 25, 11, 30) == [105, 95, 70, 0, 70, 0, 0])
    #expect(try await book(.settle, 70, 1, 15) == [105, 95, 70, 0, 70, 70, 0])
    let carried = try await town.ask(MoveMoney(from: line, to: next, .allocated, 25, on: Day(real: 2027, 1, 20)))
    #expect(carried.lines.map(\.figures) == [[105, 95, 70, 0, 70, 70, 25], [25, 25, 0, 0, 0, 0, 0]])
    #expect(carried.lines.map(\.fiscalYear) == [2026, 2027])
    await town.store.close()
  }

  @Test("no phase goes beyond the one before it")
  func beyond() async throws {
    #expect(await town.refusal(AllocateMoney(line, 1))?.status == .conflict)
    #expect(await town.refusal(BookMoney(.commit, line, 1))?.status == .conflict)
    try await town.fund(line, 80)
    for phase: BudgetEntry.Phase in [.allocate, .recover, .settle] {
      #expect(await town.refusal(BookMoney(phase, line, 1))?.status == .conflict, "\(phase)")
    }
    #expect(await town.refusal(BookMoney(.commit, line, 81))?.status == .conflict)
    _ = try await town.ask(BookMoney(.disburse, line, 20))
    #expect(await town.refusal(BookMoney(.commit, line, 19))?.status == .conflict)
    _ = try await town.ask(BookMoney(.commit, line, 80))
    #expect(await town.refusal(MoveMoney(from: line, to: nil, .allocated, 1))?.status == .conflict)
    #expect(await town.refusal(BookMoney(.advance, line, 61))?.status == .conflict)
    #expect(try await town.said(LineOverspent.self).map(\.available) == [60])
    #expect(try await town.line(line).figures == [80, 80, 80, 0, 20, 0, 0])
    await town.store.close()
  }

  @Test("between two lines one document takes and gives; both go back together")
  func between() async throws {
    try await town.fund(line, 80)
    let moved = try await town.ask(MoveMoney(from: line, to: other, .allocated, 30))
    #expect(moved.lines.map(\.allocated) == [50, 30])
    #expect(moved.lines.map(\.approved) == [50, 30])
    let (out, into) = (try await town.entries(of: line).last, try await town.entries(of: other).last)
    let given = try #require(out)
    #expect(given.counterpart == into?.id && into?.counterpart == given.id)
    #expect((given.debit, given.credit) == (Open(.funds), Open(.available)))

    _ = try await town.ask(BookMoney(.disburse, other, 1, on: Day(real: 2026, 7, 1)))
    #expect(await town.refusal(ReverseEntry(given.id, of: line))?.status == .conflict)
    let paid = try #require(try await town.entries(of: other).last)
    _ = try await town.ask(ReverseEntry(paid.id, of: other))
    let back = try await town.ask(ReverseEntry(given.id, of: line))
    #expect(back.lines.map(\.allocated) == [80, 0])
    #expect(await town.refusal(ReverseEntry(given.id, of: line))?.status == .conflict)
    let reversal = try #require(try await town.entries(of: line).last)
    #expect(reversal.note == "Ghi nhầm" && reversal.reverses == given.id)
    #expect(await town.refusal(ReverseEntry(reversal.id, of: line))?.status == .conflict)
    await town.store.close()
  }

  @Test("money moves from one line to another, in its year or to the next, and nowhere else")
  func nowhere() async throws {
    try await town.fund(line, 80)
    #expect(await town.refusal(MoveMoney(from: nil, to: nil, .approved, 1))?.place == "to")
    #expect(await town.refusal(MoveMoney(from: line, to: line, .approved, 1))?.place == "to")
    #expect(await town.refusal(MoveMoney(from: next, to: line, .approved, 1))?.place == "to")
    #expect(await town.refusal(MoveMoney(from: line, to: next, .approved, 1))?.place == "stage")
    #expect(await town.refusal(MoveMoney(from: line, to: other, .approved, 1))?.place == "amount")
    #expect(await town.refusal(MoveMoney(from: line, to: BudgetLine.ID(), .allocated, 1))?.status == .notFound)
    #expect(await town.refusal(MoveMoney(from: line, to: other, .allocated, 1), in: "38/15044")?.status == .notFound)
    #expect(try await town.line(line).allocated == 80)
    await town.store.close()
  }

  @Test("who decides is checked: the council its own money, those above theirs")
  func issuers() async throws {
    func approve(
      _ issuer: BudgetEntry.Issuer?, _ document: DocumentNumber? = "03/NQ-HĐND", amount: Money = 1
    ) -> BookMoney {
      BookMoney(
        line: line, phase: Open(.approve), amount: amount, day: Day(real: 2026, 1, 10), document: document,
        issuer: issuer.map { Open($0) })
    }
    #expect(await town.refusal(approve(.committee))?.place == "issuer")
    #expect(await town.refusal(approve(.committee))?.text.vi == "Cơ quan ban hành phải là một trong: HĐND.")
    #expect(await town.refusal(approve(.superior))?.place == "issuer")
    #expect(await town.refusal(approve(.council, nil))?.place == "document")
    _ = try await town.ask(approve(.council))
    // The commune's own money has one who may grant it.
    _ = try await town.ask(approve(nil, amount: 2))
    #expect(try await town.entries(of: line).map(\.issuer) == [Open(.council), Open(.council)])
    #expect(await town.refusal(BookMoney(.adjust, line, 1))?.place == "phase")
    #expect(await town.refusal(BookMoney(.estimate, line, 1))?.place == "phase")
    await town.store.close()
  }

  @Test("no payment is dated before the money, in the future, or after the correction period")
  func days() async throws {
    try await town.fund(line, 80)
    func pay(_ year: Int, _ month: Int, _ day: Int) -> DisburseMoney {
      DisburseMoney(line: line, amount: 1, day: Day(real: year, month, day), reference: "UNC \(UUIDv7())")
    }
    let early = await town.refusal(pay(2026, 1, 19))
    #expect(early?.status == .conflict && early?.place == "day")
    #expect(await town.refusal(pay(2027, 1, 1))?.place == "day")
    town.turn(to: Day(real: 2027, 3, 1))
    #expect(await town.refusal(pay(2027, 2, 1))?.place == "day")
    #expect(try await town.ask(pay(2027, 1, 31)).disbursed == 1)
    let entries = try await town.entries(of: line)
    let allocation = try #require(entries.first { $0.phase == .allocate })
    let payment = try #require(entries.last)
    _ = try await town.ask(ReverseEntry(payment.id, of: line, on: Day(real: 2027, 1, 31)))
    _ = try await town.ask(ReverseEntry(allocation.id, of: line, on: Day(real: 2027, 1, 31)))
    _ = try await town.ask(
      AllocateMoney(line: line, amount: 80, document: "13/QĐ-UBND", day: Day(real: 2026, 5, 1)))
    // The money is there since the allocation that stands.
    #expect(await town.refusal(pay(2026, 4, 30))?.place == "day")
    #expect(try await town.said(EntryRefused.self).count == 4)
    await town.store.close()
  }
}

extension LineSummary {
  fileprivate var figures: [Int64] {
    [approved, allocated, committed, advanced, disbursed, settled, carried].map(\.dong)
  }
}
