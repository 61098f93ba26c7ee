import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("What a report may say, over a real store", .timeLimit(.minutes(60))) struct ReportTruthTests {
  private static let commune: Unit = "38/15043"

  private func period(_ text: String) throws -> Period { try #require(Period(text)) }

  private func keep(_ regime: Regime, in unit: Unit = "38", at desk: Desk) async throws -> RegimeSummary {
    try await desk.ask(
      KeepRegime(regime: regime), as: unit.commune == nil ? "so" : Desk.focal.code, in: unit,
      roles: [unit.commune == nil ? .province : .focal])
  }

  private func quarterly(lockAfter: Int? = 15, months: Int = 1, day: Int = 10) -> Regime {
    Regime(
      code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: months, day: day)],
      lockAfter: lockAfter)
  }

  private func prepare(
    _ text: String, keeper: Unit = "38", as office: Office.Code = Desk.focal.code, account: Caller.Account = "lan",
    at desk: Desk
  ) async throws -> SubmissionDetail {
    try await desk.ask(
      PrepareSubmission(keeper: keeper, regime: "quy", period: try period(text)), as: office, account: account,
      roles: [.focal, .entry])
  }

  private func send(_ submission: SubmissionDetail, at desk: Desk) async throws -> SubmissionDetail {
    try await desk.ask(
      ConfirmSubmission(submission: submission.summary.id), as: "ubnd", account: "chu-tich", roles: [.approver])
  }

  private func answer(
    _ submission: SubmissionDetail, reviewing cells: [Indicator.ID] = [], at desk: Desk
  ) async throws -> SubmissionDetail {
    try await desk.ask(
      AnswerSubmission(
        submission: submission.summary.id, isReceived: cells.isEmpty, reason: cells.isEmpty ? nil : "Xem lại",
        cells: cells), as: "so", in: "38", expecting: submission.summary.version, account: "so-khcn",
      roles: [.province])
  }

  private func refusal(_ body: () async throws -> some Any) async -> Refusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  @Test("a period is judged by the milestone that was the nearest at its end, whenever the report is written")
  func milestones() async throws {
    let desk = try await Desk(today: day("2026-12-20"))
    try await desk.issue([.target("a")])
    try await desk.issue([.target("a", .atLeast, Quantity(95), by: "2027-12-31")], year: 2027)
    _ = try await keep(
      Regime(code: "quy", name: "Năm", spans: [Open(.year)], due: [.init(months: 1, day: 15)]), at: desk)
    desk.setToday(day("2027-01-11"))
    try await desk.observe("a", Figure(85, of: 100), "2026-Y")
    let cell = try #require(try await prepare("2026-Y", at: desk).cells.first)
    #expect(cell.standing == .met && cell.target?.value == Quantity(80))
    #expect(try await desk.list().map(\.standing) == [Open(.behind)])
    await desk.database.close()
  }

  @Test("some of the villages are not the commune: neither met nor behind, and the sum says what it rests on")
  func villages() async throws {
    let desk = try await Desk(today: day("2026-07-01"))
    try await desk.issue([.target("a")])
    try await desk.keep("t1", "t2", "t3")
    _ = try await keep(quarterly(), at: desk)
    try await desk.enter("a", Figure(9, of: 10), try period("2026-Q2"), village: "t1")
    #expect(try await desk.list().map(\.standing) == [Open(.noData)])
    let id = try #require(await desk.list().first).id
    let steps = try await desk.ask(ExplainStanding(indicator: id)).steps
    #expect(steps.contains { $0.vi.contains("1/3 thôn") })
    let cell = try #require(try await prepare("2026-Q2", at: desk).cells.first)
    #expect(cell.standing == .noData && cell.villages == .init(reported: 1, expected: 3))
    let request = RollUpIndicator(name: "a", period: try period("2026-Q2"))
    #expect(try await desk.ask(request, in: "38").partial == [Self.commune])
    for village in ["t2", "t3"] as [Office.Code] {
      try await desk.enter("a", Figure(9, of: 10), try period("2026-Q2"), village: village)
    }
    #expect(try await desk.list().map(\.standing) == [Open(.met)])
    #expect(try await desk.ask(request, in: "38").partial == nil)
    await desk.database.close()
  }

  @Test("schools and health stations are entered for too, and counted by themselves")
  func schools() async throws {
    let desk = try await Desk(today: day("2026-07-01"))
    try await desk.issue([.target("a")])
    try await desk.keep("t1", "t2")
    for code in ["th-1", "th-2"] as [Office.Code] { try await desk.found(code, .school) }
    for (code, isWhole) in [("th-1", false), ("th-2", true)] as [(Office.Code, Bool)] {
      try await desk.enter("a", Figure(9, of: 10), try period("2026-Q2"), village: code)
      let villages = try #require(await desk.list().first?.last?.villages)
      #expect(villages.expected == 2 && villages.isComplete == isWhole)
    }
    let refused = await refusal { try await desk.enter("a", Figure(1, of: 2), try period("2026-Q2"), village: "ubnd") }
    #expect(refused != nil)
    await desk.database.close()
  }

  @Test("an estimate that was received is no result, and its event says that it is one; a village's says of which")
  func estimates() async throws {
    let desk = try await Desk(today: day("2026-03-25"))
    try await desk.issue([.target("a")])
    try await desk.keep("t1")
    _ = try await keep(quarterly(), at: desk)
    let id = try #require(await desk.list().first).id
    let quarter = try period("2026-Q1")
    for (village, estimated) in [(nil, day("2026-03-20")), ("t1", nil)] as [(Office.Code?, Day?)] {
      let request = ObserveIndicator(
        indicator: id, period: village == nil ? quarter : try period("2026-M02"), figure: Figure(50, of: 100),
        evidence: "Biểu", village: village, estimatedAsOf: estimated)
      _ = try await desk.ask(request)
    }
    let recorded = try await desk.events(ObservationRecorded.self)
    #expect(recorded.map(\.estimatedAsOf) == [day("2026-03-20"), nil] && recorded.map(\.village) == [nil, "t1"])
    let sent = try await send(try await prepare("2026-Q1", at: desk), at: desk)
    _ = try await answer(sent, at: desk)
    let rollUp = try await desk.ask(RollUpIndicator(name: "a", period: quarter, received: true), in: "38")
    #expect(rollUp.reported == 0 && rollUp.total == nil)
    await desk.database.close()
  }

  @Test("what was taken back, or is to be looked at again, is late until it stands sent; the first sending is shown")
  func lateness() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a")])
    _ = try await keep(quarterly(lockAfter: nil), at: desk)
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    let sent = try await send(try await prepare("2026-Q1", at: desk), at: desk)
    func line() async throws -> Completeness.Line? {
      try await desk.ask(
        ShowCompleteness(keeper: "38", regime: "quy", period: try period("2026-Q1")), in: "38", roles: [.province]
      ).lines.first
    }
    desk.setToday(day("2026-04-20"))
    #expect(try await line()?.late == 0)
    _ = try await answer(sent, reviewing: [try #require(sent.cells.first).indicator], at: desk)
    let since = try #require(try await line())
    #expect(since.late > 0 && since.firstSentOn == day("2026-04-06"))
    await desk.database.close()
  }

  @Test("the focal office's own report is received by somebody of it who neither wrote nor confirmed it")
  func ownReport() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a", leads: [Desk.focal.code])])
    _ = try await keep(quarterly(), in: Self.commune, at: desk)
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1", as: Desk.focal.code)
    let prepared = try await prepare("2026-Q1", keeper: Self.commune, at: desk)
    let id = prepared.summary.id
    _ = try await desk.ask(ConfirmSubmission(submission: id), as: Desk.focal.code, account: "truong-phong")
    let request = AnswerSubmission(submission: id, isReceived: true)
    for account in ["lan", "truong-phong"] as [Caller.Account] {
      let refused = await refusal {
        try await desk.ask(request, as: Desk.focal.code, account: account, roles: [.focal])
      }
      #expect(refused?.status == .forbidden, "\(account)")
    }
    let received = try await desk.ask(
      request, as: Desk.focal.code, expecting: 1, account: "dau-moi", roles: [.focal])
    #expect(received.summary.status == .received)
    await desk.database.close()
  }

  @Test("asked to review after the lock day, the commune can: the cells that are named, and no others")
  func reviewed() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a", number: "1"), .target("b", number: "2")])
    _ = try await keep(quarterly(), at: desk)
    for name in ["a", "b"] { try await desk.observe(name, Figure(90, of: 100), "2026-Q1") }
    let sent = try await send(try await prepare("2026-Q1", at: desk), at: desk)
    desk.setToday(day("2026-05-25"))
    #expect(await refusal { try await desk.observe("a", Figure(91, of: 100), "2026-Q1") }?.place == "period")
    _ = try await answer(sent, reviewing: [try #require(sent.cells.first).indicator], at: desk)
    try await desk.observe("a", Figure(91, of: 100), "2026-Q1")
    #expect(await refusal { try await desk.observe("b", Figure(91, of: 100), "2026-Q1") }?.place == "period")
    let again = try await prepare("2026-Q1", at: desk)
    #expect(again.summary.version == 2 && again.cells.first?.figure == Figure(91, of: 100))
    await desk.database.close()
  }

  @Test("a code means one thing; a letter moves a due day to a day that can be; what nobody promises is said")
  func regimes() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a")])
    var regime = quarterly()
    regime.indicators = ["A", "Chỉ tiêu không hề có"]
    #expect(try await keep(regime, at: desk).warnings?.count == 1)
    let letter = Regime.Letter(number: "9/CV", asks: "x", period: try period("2026-M03"), due: day("2026-04-20"))
    let taken = await refusal { try await keep(Regime(code: "quy", name: "x", letter: letter), at: desk) }
    #expect(taken?.status == .conflict && taken?.place == "regime.code")
    _ = try await keep(Regime(code: "cv-9", name: "x", letter: letter), at: desk)

    let strict = Regime(
      code: "nd09", name: "NĐ 09", isDecree09: true, spans: [Open(.quarter)], due: [.init(months: 0, day: 20)])
    _ = try await keep(strict, at: desk)
    for (code, text, due) in [
      ("quy", "2026-Q2", "2026-03-31"), ("nd09", "nd09:2026-Q2", "2026-06-11"), ("quy", "2026-M01", "2026-07-10"),
    ] as [(Regime.Code, String, String)] {
      let move = MoveDueDay(
        regime: code, move: DueMove(period: try period(text), due: day(due), document: "1/CV"))
      let refused = await refusal { try await desk.ask(move, as: "so", in: "38", roles: [.province]) }
      #expect(refused?.status == .invalid, "\(code) \(text)")
    }
    for (text, until) in [("2026-Q1", "2026-04-05"), ("2026-M01", "2026-05-05")] {
      let exception = GrantException(
        regime: "quy", period: try period(text), unit: Self.commune, until: day(until), reason: "Mất điện")
      let refused = await refusal { try await desk.ask(exception, as: "so", in: "38", roles: [.province]) }
      #expect(refused?.status == .invalid, "\(text)")
    }
    await desk.database.close()
  }

  @Test("what is due before its cut-off is expected a week before; what did not arise is an answer")
  func early() async throws {
    let desk = try await Desk(today: day("2026-05-20"))
    try await desk.issue([.target("a", number: "1"), .target("b", number: "2")])
    _ = try await keep(quarterly(lockAfter: nil, months: 0, day: 11), at: desk)
    for (today, count) in [("2026-06-03", 0), ("2026-06-04", 1), ("2026-07-01", 1)] {
      desk.setToday(day(today))
      try await IndicatorsService.look(at: day(today), desk.database)
      let expected = try await desk.events(ReportExpected.self).filter { $0.period.description == "2026-Q2" }
      #expect(expected.count == count, "\(today)")
    }
    let indicator = try #require(await desk.list().first).id
    _ = try await desk.ask(DeclareNothing(indicator: indicator, period: try period("2026-Q2")))
    let completeness = try await desk.ask(
      ShowCompleteness(keeper: "38", regime: "quy", period: try period("2026-Q2")), in: "38", roles: [.province])
    #expect(completeness.lines.map(\.answered) == [1] && completeness.lines.map(\.cells) == [2])
    // Where villages' values are in, something did arise.
    try await desk.keep("t1")
    try await desk.enter("b", Figure(1, of: 2), try period("2026-Q2"), village: "t1")
    let other = try #require(await desk.list().last).id
    let refused = await refusal {
      try await desk.ask(DeclareNothing(indicator: other, period: try period("2026-Q2")))
    }
    #expect(refused?.status == .conflict)
    await desk.database.close()
  }
}
