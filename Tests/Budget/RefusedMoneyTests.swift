import Schema
import Testing

@testable import Storage
@testable import xaso_budget

/// What may not be done with money: each with its code, its sentence, a row of the audit and an event; nothing moves.
@Suite("Money that is refused", .timeLimit(.minutes(60)))
struct RefusedMoneyTests {
  private let town: Town
  /// Funded with 100.
  private let funded: BudgetLine.ID
  /// Never funded.
  private let bare: BudgetLine.ID
  /// Funded with 100, of a plan that was replaced.
  private let replaced: BudgetLine.ID
  /// Of a year that is closed.
  private let closed: BudgetLine.ID

  init() async throws {
    town = try await Town()
    var plans = PlanStream()
    let lines = try plans.issue([.init(number: "1", cost: 100), .init(number: "2", cost: 100)])
    (funded, bare) = (lines[0], lines[1])
    closed = try plans.issue([.init(number: "5", cost: 100)], for: 2025)[0]
    replaced = try plans.issue([.init(number: "9", cost: 100)])[0]
    try await town.follow(plans)
    let ended = try #require(try await town.line(replaced).plan)
    for line in [funded, replaced] { try await town.fund(line, 100) }
    try plans.say(PlanSuperseded(unit: Town.commune, plan: ended, by: Plan.ID()))
    try await town.follow(plans)
    _ = try await town.ask(CloseYear(fiscalYear: 2025, document: "09/QĐ-UBND", day: Day(real: 2026, 2, 2)))
  }

  private func pay(_ line: BudgetLine.ID, _ amount: Money, on day: Day = Day(real: 2026, 3, 31)) -> DisburseMoney {
    DisburseMoney(line: line, amount: amount, day: day, reference: "UNC 15")
  }

  /// Sends a payment that is refused, and looks at what that leaves.
  private func refused(
    _ request: DisburseMoney, _ status: Status, at place: String?, in unit: Unit = Town.commune, saying words: String...
  ) async throws {
    let before = (try await town.lines(), try await town.store.audits().count)
    let said = (try await town.said(EntryRefused.self).count, try await town.said(LineOverspent.self).count)
    let refusal = try #require(await town.refusal(request, in: unit))
    #expect(refusal.status == status && refusal.place == place)
    for word in words { #expect(refusal.text.vi.contains(word), "\(word) in: \(refusal.text.vi)") }
    #expect(refusal.text.en != refusal.text.vi && !refusal.text.en.isEmpty)

    #expect(try await town.lines() == before.0, "something moved")
    let audits = try await town.store.audits()
    #expect(audits.count == before.1 + 1)
    #expect(audits.last.map { $0.status == status && $0.method == "budget.disburse" } == true)
    let overspent = try await town.said(LineOverspent.self).dropFirst(said.1)
    let others = try await town.said(EntryRefused.self).dropFirst(said.0)
    #expect(overspent.count + others.count == 1)
    #expect(overspent.allSatisfy { $0.line == request.line && $0.asked == request.amount })
    #expect(
      others.allSatisfy {
        $0.line == request.line && $0.amount == request.amount && $0.code == Int(status.rawValue)
          && $0.reason == refusal.text && $0.unit == unit && $0.account == "ke-toan"
      })
  }

  @Test("above what is allocated, and before anything is") func beyond() async throws {
    try await refused(pay(funded, 101), .conflict, at: "amount", saying: "101 đồng vượt", "nhiệm vụ 1: 100 đồng")
    try await refused(pay(bare, 1), .conflict, at: "amount", saying: "1 đồng vượt", "nhiệm vụ 2: 0 đồng")
    try await refused(
      pay(funded, 1, on: Day(real: 2026, 1, 19)), .conflict, at: "day", saying: "1 đồng nhiều hơn", "19/01/2026",
      ": 0 đồng")
    // What is allocated later pays nothing earlier, and neither does what a later payment needs.
    _ = try await town.ask(BookMoney(.approve, funded, 50, on: Day(real: 2026, 5, 2)))
    _ = try await town.ask(
      AllocateMoney(line: funded, amount: 50, document: "13/QĐ-UBND", day: Day(real: 2026, 5, 4)))
    try await refused(
      pay(funded, 101, on: Day(real: 2026, 5, 3)), .conflict, at: "day", saying: "101 đồng", "03/05/2026", ": 100 đồng")
    _ = try await town.ask(
      DisburseMoney(line: funded, amount: 80, day: Day(real: 2026, 3, 31), reference: "UNC 16"))
    try await refused(
      pay(funded, 21, on: Day(real: 2026, 2, 1)), .conflict, at: "day", saying: "21 đồng", "01/02/2026", ": 20 đồng")
    #expect(try await town.ask(pay(funded, 20, on: Day(real: 2026, 2, 1))).disbursed == 100)
    await town.store.close()
  }

  @Test("in a closed year, and on a line whose plan was replaced") func over() async throws {
    try await refused(
      pay(closed, 1, on: Day(real: 2025, 12, 1)), .conflict, at: "fiscalYear", saying: "2025 đã khóa sổ", "mở sổ lại")
    try await refused(pay(replaced, 1), .conflict, at: "line", saying: "nhiệm vụ 9 đã được thay thế hoặc bãi bỏ")
    await town.store.close()
  }

  @Test("of a day that has not come, and of another year") func days() async throws {
    try await refused(
      pay(funded, 1, on: Day(real: 2027, 1, 1)), .invalid, at: "day", saying: "01/01/2027 chưa đến")
    try await refused(
      pay(funded, 1, on: Day(real: 2025, 12, 31)), .invalid, at: "day", saying: "không thuộc năm ngân sách 2026")
    await town.store.close()
  }

  @Test("negative, nothing, and more than there can be") func amounts() async throws {
    for amount in [Money(dong: -1), 0, Money(dong: .min)] {
      try await refused(pay(funded, amount), .invalid, at: "amount", saying: "phải lớn hơn 0")
    }
    for amount in [Money(dong: .max), Money(dong: Money.most.dong + 1)] {
      try await refused(pay(funded, amount), .invalid, at: "amount", saying: "quá lớn", "1.000.000.000.000.000")
    }
    await town.store.close()
  }

  @Test("in another commune, and of a line that is not there") func elsewhere() async throws {
    try await refused(pay(funded, 1), .notFound, at: "line", in: "38/15044", saying: "dòng dự toán")
    try await refused(pay(BudgetLine.ID(), 1), .notFound, at: "line", saying: "dòng dự toán")
    await town.store.close()
  }

  @Test("a paper that has paid the line already, however it is spaced; one that was taken back may come again")
  func twice() async throws {
    _ = try await town.ask(pay(funded, 10))
    try await refused(pay(funded, 10), .conflict, at: "reference", saying: "UNC 15", "10 đồng", "31/03/2026")
    let request = DisburseMoney(line: funded, amount: 20, day: Day(real: 2026, 4, 1), reference: "unc15")
    try await refused(request, .conflict, at: "reference", saying: "unc15", "10 đồng")
    // As it is copied out of a spreadsheet or a message.
    let copied = DisburseMoney(
      line: funded, amount: 20, day: Day(real: 2026, 4, 1), reference: "Unc\u{A0}1\u{200B}5")
    try await refused(copied, .conflict, at: "reference", saying: "10 đồng")
    for other in ["UNC 1.5", "UNC 1/5"] {
      let request = DisburseMoney(line: funded, amount: 1, day: Day(real: 2026, 4, 1), reference: other)
      _ = try await town.ask(request)
    }
    // The same paper may recover what it pays for, and pay another line.
    try await town.fund(bare, 5)
    _ = try await town.ask(pay(bare, 5))
    _ = try await town.ask(BookMoney(.advance, funded, 20))
    var recovery = BookMoney(.recover, funded, 20)
    recovery.reference = "UNC 15"
    _ = try await town.ask(recovery)

    let entry = try #require(try await town.entries(of: funded).first { $0.phase == .disburse })
    _ = try await town.ask(ReverseEntry(entry.id, of: funded))
    #expect(try await town.ask(pay(funded, 10)).disbursed == 12)
    await town.store.close()
  }

  @Test("a document that has decided the same before, however its number is written; one that was taken back may again")
  func decidedTwice() async throws {
    func allocation(_ amount: Money, _ document: DocumentNumber = "12/QĐ-UBND") -> AllocateMoney {
      AllocateMoney(line: funded, amount: amount, document: document, day: Day(real: 2026, 1, 20))
    }
    _ = try await town.ask(BookMoney(.approve, funded, 200, on: Day(real: 2026, 1, 11)))
    for document: DocumentNumber in ["12/QĐ-UBND", "012-QĐ/UBND"] {
      let refusal = await town.refusal(allocation(100, document))
      #expect(refusal?.status == .conflict && refusal?.place == "document")
      #expect(refusal?.text.vi.contains("12/QĐ-UBND đã được ghi cho 1: 100 đồng, ngày 20/01/2026") == true)
    }
    _ = try await town.ask(allocation(90))
    _ = try await town.ask(allocation(100, "14/QĐ-UBND"))

    // One document may take the same sum from a line for two others, and not twice for one.
    try await town.fund(bare, 30)
    _ = try await town.ask(MoveMoney(from: funded, to: bare, .allocated, 5))
    #expect(await town.refusal(MoveMoney(from: funded, to: bare, .allocated, 5))?.place == "document")
    _ = try await town.ask(MoveMoney(from: funded, to: nil, .allocated, 5))
    #expect(await town.refusal(MoveMoney(from: funded, to: nil, .allocated, 5))?.place == "document")

    let entry = try #require(
      try await town.entries(of: funded).last { $0.phase == .adjust && $0.counterpart != nil })
    _ = try await town.ask(ReverseEntry(entry.id, of: funded))
    _ = try await town.ask(MoveMoney(from: funded, to: bare, .allocated, 5))
    #expect(try await town.line(bare).allocated == 35)
    await town.store.close()
  }
}
