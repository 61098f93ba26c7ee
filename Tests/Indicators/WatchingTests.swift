import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("What is said as days pass, over a real store", .timeLimit(.minutes(60))) struct WatchingTests {
  private static let commune: Unit = "38/15043"

  private func look(_ desk: Desk, _ today: String) async throws {
    desk.setToday(day(today))
    try await IndicatorsService.look(at: day(today), desk.database)
  }

  private func quarterly(_ dueOn: Int = 10) -> Regime {
    Regime(
      code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: 1, day: dueOn)], lockAfter: 30)
  }

  /// A commune with two leads, whose offices report to the focal office each quarter.
  private func desk(_ today: String) async throws -> Desk {
    let desk = try await Desk(today: day(today))
    try await desk.issue([
      .target("a", number: "1"), .target("b", number: "2", leads: ["vp"]), .target("c", .report, nil, number: "3"),
    ])
    _ = try await desk.ask(KeepRegime(regime: quarterly()), as: Desk.focal.code, roles: [.focal])
    return desk
  }

  @Test(
    "the day after the cut-off each office's report is expected, once; what is sent is settled, what is reviewed is expected again"
  )
  func reports() async throws {
    let desk = try await desk("2026-03-20")
    try await look(desk, "2026-03-31")
    #expect(try await desk.events(ReportExpected.self).isEmpty)
    for today in ["2026-04-01", "2026-04-01", "2026-04-02"] { try await look(desk, today) }
    let expected = try await desk.events(ReportExpected.self)
    #expect(expected.map(\.office) == [Desk.lead.code, "vp"])
    #expect(
      expected.allSatisfy {
        $0.unit == Self.commune && $0.keeper == Self.commune && $0.title == "Báo cáo quý"
          && $0.cutoff == day("2026-03-31") && $0.due == day("2026-04-10") && $0.focal == Desk.focal.code
      })

    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    let period = try #require(Period("2026-Q1"))
    let prepared = try await desk.ask(PrepareSubmission(keeper: Self.commune, regime: "quy", period: period))
    #expect(try await desk.events(ReportSettled.self).isEmpty)
    let id = prepared.summary.id
    _ = try await desk.ask(ConfirmSubmission(submission: id), account: "truong-phong")
    #expect(try await desk.events(ReportSettled.self).map(\.office) == [Desk.lead.code])
    let cell = try #require(prepared.cells.first).indicator
    _ = try await desk.ask(
      AnswerSubmission(submission: id, isReceived: false, reason: "Sót một thôn", cells: [cell]),
      as: Desk.focal.code, account: "dau-moi", roles: [.focal])
    #expect(try await desk.events(ReportExpected.self).map(\.office) == [Desk.lead.code, "vp", Desk.lead.code])
    try await look(desk, "2026-04-03")
    #expect(try await desk.events(ReportExpected.self).count == 3)
    await desk.database.close()
  }

  @Test("a letter that moves the due day is said at once; a plan that ends takes its reports with it")
  func moved() async throws {
    let desk = try await desk("2026-04-02")
    // A regime that is set up after the cut-off asks at once.
    #expect(try await desk.events(ReportExpected.self).count == 2)
    let move = DueMove(period: try #require(Period("2026-Q1")), due: day("2026-04-20"), document: "98/TB-UBND")
    _ = try await desk.ask(MoveDueDay(regime: "quy", move: move), as: Desk.focal.code, roles: [.focal])
    #expect(try await desk.events(ReportExpected.self).suffix(2).map(\.due) == [day("2026-04-20"), day("2026-04-20")])
    let plan = try #require(await desk.list().first).target.plan
    try await desk.supersede(plan)
    try await look(desk, "2026-04-03")
    #expect(try await desk.events(ReportSettled.self).count == 2)
    try await look(desk, "2026-04-04")
    #expect(try await desk.events(ReportSettled.self).count == 2)
    await desk.database.close()
  }

  @Test("a regime that is set up late does not ask for what was due long ago; what was expected stays so")
  func late() async throws {
    let desk = try await desk("2026-06-20")
    try await look(desk, "2026-06-20")
    #expect(try await desk.events(ReportExpected.self).isEmpty)
    try await look(desk, "2026-07-01")
    #expect(try await desk.events(ReportExpected.self).count == 2)
    try await look(desk, "2026-10-20")
    #expect(try await desk.events(ReportExpected.self).count == 4)
    #expect(try await desk.events(ReportSettled.self).isEmpty)
    await desk.database.close()
  }

  @Test("of a province's regime each commune's report is expected, and said to the commune") func province()
    async throws
  {
    let desk = try await Desk(today: day("2026-04-02"))
    for unit in ["38/15043", "38/15044"] as [Unit] { try await desk.issue([.target("a")], in: unit) }
    _ = try await desk.ask(KeepRegime(regime: quarterly()), as: "so", in: "38", roles: [.province])
    let expected = try await desk.events(ReportExpected.self)
    #expect(expected.map(\.unit) == ["38/15043", "38/15044"])
    #expect(expected.allSatisfy { $0.office == nil && $0.keeper == "38" && $0.focal == Desk.focal.code })
    await desk.database.close()
  }

  @Test("a target whose course misses it is said once, and that it is on its course again") func endangered()
    async throws
  {
    let desk = try await Desk(today: day("2026-07-02"))
    try await desk.issue([.target("a", .atLeast, Quantity(95), number: "5")])
    for (period, value) in [("2026-Q1", 10), ("2026-Q2", 20)] as [(String, Int64)] {
      try await desk.observe("a", Figure(value, of: 100), period)
    }
    for today in ["2026-07-02", "2026-07-02", "2026-07-03"] { try await look(desk, today) }
    let said = try await desk.events(TargetEndangered.self)
    #expect(said.count == 1)
    let first = try #require(said.first)
    #expect(first.milestone.number == "5" && first.figure == Figure(20, of: 100) && first.focal == Desk.focal.code)
    #expect(first.forecast != nil && first.unit == Self.commune)
    #expect(try await desk.events(TargetRecovered.self).isEmpty)
    desk.setToday(day("2026-10-02"))
    try await desk.observe("a", Figure(90, of: 100), "2026-Q3")
    for today in ["2026-10-02", "2026-10-03"] { try await look(desk, today) }
    #expect(try await desk.events(TargetRecovered.self).map(\.target) == [first.milestone.target])
    #expect(try await desk.events(TargetEndangered.self).count == 1)
    await desk.database.close()
  }
}
