import Schema
import Testing
import WorkingDays

@testable import Storage
@testable import xaso_budget

@Suite("Fiscal years, and what is checked of them", .timeLimit(.minutes(60)))
struct YearTests {
  private let town: Town
  private var plans = PlanStream()
  private let lines: [BudgetLine.ID]

  init() async throws {
    town = try await Town()
    lines = try plans.issue([
      .init(number: "1", cost: 100), .init(number: "2", cost: 100), .init(number: "3", cost: 100),
    ])
    try await town.follow(plans)
    for line in lines { try await town.fund(line, 100) }
  }

  private let close = CloseYear(fiscalYear: 2026, document: "09/QĐ-UBND", day: Day(real: 2027, 2, 2))

  @Test("a closed year takes nothing until a document of the UBND opens it again, and the province hears of it")
  func closed() async throws {
    #expect(await town.refusal(close)?.place == "day")
    town.turn(to: Day(real: 2027, 2, 3))
    #expect(await town.refusal(CloseYear(fiscalYear: 2026, document: "9/QĐ-UBND", day: Day(real: 2026, 12, 31))) != nil)
    let reopen = ReopenYear(
      fiscalYear: 2026, document: "21/QĐ-UBND", day: Day(real: 2027, 2, 3), reason: "Bổ sung chứng từ")
    #expect(await town.refusal(reopen)?.status == .conflict)
    #expect(try await town.ask(close).closed)
    #expect(await town.refusal(close)?.status == .conflict)
    let before = try await town.lines()
    let last = try await town.entries(of: lines[0]).last
    let entry = try #require(last)
    #expect(await town.refusal(DisburseMoney(lines[0], 1))?.place == "fiscalYear")
    #expect(await town.refusal(AllocateMoney(lines[0], 1))?.place == "fiscalYear")
    #expect(await town.refusal(MoveMoney(from: lines[0], to: lines[1], .allocated, 1))?.place == "fiscalYear")
    #expect(await town.refusal(ReverseEntry(entry.id, of: lines[0]))?.place == "fiscalYear")
    #expect(await town.refusal(DescribeLine(line: lines[0], detail: LineDetail()))?.place == "fiscalYear")
    #expect(try await town.lines() == before)
    #expect(try await town.said(EntryRefused.self).map(\.code) == [409, 409, 409, 409])
    #expect(try await town.ask(ListYears(), in: "38").items.map(\.closed) == [true])

    #expect(!(try await town.ask(reopen).closed))
    #expect(try await town.said(YearReopened.self).map(\.reason) == ["Bổ sung chứng từ"])
    #expect(try await town.ask(DisburseMoney(lines[0], 1)).disbursed == 1)
    await town.store.close()
  }

  @Test("lag, idle lines, and money that runs ahead of the work or behind it")
  func lag() async throws {
    var plans = plans
    town.turn(to: Day(real: 2026, 3, 31))
    #expect(try await found().isEmpty)
    town.turn(to: Day(real: 2026, 5, 1))
    let tasks = try await town.lines().compactMap(\.task)
    _ = try await town.ask(DisburseMoney(lines[0], 95))
    for (task, percent) in zip(tasks, [20, 100, 50]) {
      try plans.say(
        TaskProgressed(
          unit: Town.commune, plan: Plan.ID(), task: task, percent: percent, status: Open(.inProgress),
          office: "vh-xh"))
    }
    try await town.follow(plans)
    #expect(try await found() == ["1 paid-ahead", "2 unpaid", "2 B6", "3 B6"].sorted())
    let chased = try await town.ask(ChaseLag(fiscalYear: 2026))
    #expect(chased.findings.count == 2)
    #expect(try await town.said(LineLagging.self).map(\.number) == ["2", "3"])
    #expect(try await town.said(LineLagging.self).map(\.elapsed) == [33, 33])
    _ = try await town.ask(DisburseMoney(lines[2], 10))
    #expect(try await found().contains("3 B6") == false)
    town.turn(to: Day(real: 2026, 10, 1))
    #expect(try await found().contains("3 B6"))
    await town.store.close()
  }

  @Test("at a month's end each line that lags is said once, whenever it is looked at; what was paid since is not said")
  func monthEnd() async throws {
    func look(_ year: Int, _ month: Int, _ day: Int) async throws -> [String] {
      let today = Day(real: year, month, day)
      town.turn(to: today)
      let before = try await town.said(LineLagging.self).count
      try await BudgetService.look(at: MonthEnd(by: today, .official), town.store)
      return try await town.said(LineLagging.self).dropFirst(before).map { "\($0.number) \($0.elapsed)%" }
    }
    #expect(try await look(2026, 3, 31).isEmpty)
    // 30/4 and 1/5/2026 are holidays: the last working day of April is the 29th.
    _ = try await town.ask(DisburseMoney(lines[0], 95))
    #expect(try await look(2026, 4, 28).isEmpty)
    #expect(try await look(2026, 4, 29) == ["2 32%", "3 32%"])
    for day in [29, 30] { #expect(try await look(2026, 4, day).isEmpty) }
    #expect(try await look(2026, 5, 28).isEmpty)
    // Two months away: the last end is looked at once, by its own day.
    _ = try await town.ask(DisburseMoney(lines[1], 100))
    #expect(try await look(2026, 7, 10) == ["3 49%"])
    #expect(try await look(2026, 7, 30).isEmpty)
    #expect(try await look(2026, 7, 31) == ["3 58%"])
    await town.store.close()
  }

  @Test("money that came after a month's end, another unit's lines and a closed year are not that end's")
  func notThatEnd() async throws {
    var plans = plans
    let other = try plans.issue([.init(number: "9", cost: 100)], in: "38")
    try await town.follow(plans)
    _ = try await town.ask(BookMoney(.approve, other[0], 100, on: Day(real: 2026, 1, 10)), in: "38")
    _ = try await town.ask(AllocateMoney(other[0], 100), in: "38")
    let late = try plans.issue([.init(number: "4", cost: 100)])
    try await town.follow(plans)
    town.turn(to: Day(real: 2026, 11, 5))
    _ = try await town.ask(BookMoney(.approve, late[0], 100, on: Day(real: 2026, 11, 2)))
    _ = try await town.ask(
      AllocateMoney(line: late[0], amount: 100, document: "12/QĐ-UBND", day: Day(real: 2026, 11, 3)))
    try await BudgetService.look(at: MonthEnd(by: Day(real: 2026, 11, 5), .official), town.store)
    let said = try await town.said(LineLagging.self)
    #expect(said.filter { $0.unit == "38" }.map(\.number) == ["9"])
    #expect(said.filter { $0.unit == Town.commune }.map(\.number) == ["1", "2", "3"])
    #expect(said.count == 4)
    town.turn(to: Day(real: 2027, 2, 3))
    _ = try await town.ask(close)
    try await BudgetService.look(at: MonthEnd(by: Day(real: 2026, 12, 31), .official), town.store)
    #expect(try await town.said(LineLagging.self).dropFirst(4).map(\.number) == ["9"])
    await town.store.close()
  }

  @Test("the last working day of the month, or of the month before while this one's is to come")
  func monthEnds() {
    for (today, day) in [
      ((2026, 3, 31), (2026, 3, 31)), ((2026, 4, 28), (2026, 3, 31)), ((2026, 4, 29), (2026, 4, 29)),
      ((2026, 5, 28), (2026, 4, 29)), ((2026, 5, 29), (2026, 5, 29)), ((2026, 5, 31), (2026, 5, 29)),
      ((2027, 1, 1), (2026, 12, 31)), ((2028, 2, 29), (2028, 2, 29)),
    ] {
      let end = MonthEnd(by: Day(real: today.0, today.1, today.2), .official)
      #expect(end.day == Day(real: day.0, day.1, day.2), "\(today)")
      #expect(end.month == Day(real: day.0, day.1, 1), "\(today)")
    }
  }

  /// What is found of lines: `1 B6`.
  private func found() async throws -> [String] {
    let lines = try await town.lines()
    return try await town.ask(CheckBudget(fiscalYear: 2026)).findings.compactMap { finding in
      lines.first { $0.id == finding.line }.map { "\($0.number) \(finding.check.known?.rawValue ?? "")" }
    }.sorted()
  }

  @Test("the promised share of all spending is checked once the total is known, and not before")
  func share() async throws {
    func share() async throws -> [BudgetFinding] {
      try await town.ask(CheckBudget(fiscalYear: 2026)).findings.filter { $0.check == .share }
    }
    #expect(try await share().map(\.severity) == [Open(.unchecked)])
    let promised = try #require(Ratio(1, of: 100))
    func spending(_ total: Money) -> RecordSpending {
      RecordSpending(fiscalYear: 2026, total: total, promised: promised, document: "03/NQ-HĐND")
    }
    #expect(await town.refusal(spending(0))?.place == "total")
    _ = try await town.ask(spending(30_000))
    #expect(try await share().isEmpty)
    _ = try await town.ask(spending(30_001))
    #expect(try await share().map(\.severity) == [Open(.warning)])
    await town.store.close()
  }

  @Test("a plan that declares more than its rows have is found")
  func declared() async throws {
    var plans = plans
    try plans.say(
      PlanIssued(
        unit: Town.commune, plan: Plan.ID(), year: 2026, title: "Kế hoạch", number: "32/KH-UBND",
        issuedOn: Day(number: 20_000), rows: RowCounts(tasks: 0, targets: 0), lines: 0, planned: 844_000_001,
        focal: "vh-xh", shares: []))
    try await town.follow(plans)
    let findings = try await town.ask(CheckBudget(fiscalYear: 2026)).findings
    #expect(findings.first?.check.known == .sum)
    #expect(findings.first?.text.vi.contains("844.000.001") == true)
    await town.store.close()
  }

  @Test("a year that stays open after the correction period is found")
  func open() async throws {
    town.turn(to: Day(real: 2027, 2, 1))
    #expect(try await town.ask(CheckBudget(fiscalYear: 2026)).findings.contains { $0.check == .open })
    await town.store.close()
  }
}
