import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("Verdicts on what has no number", .timeLimit(.minutes(60))) struct JudgingTests {
  private static let objective = "Cải cách lề lối làm việc"

  /// A commune with an objective and a numeric target, and the province's quarterly regime.
  private func desk(today: String = "2026-10-05") async throws -> Desk {
    let desk = try await Desk(today: day(today))
    try await desk.issue([
      .target(Self.objective, .report, nil, nil, by: nil, number: "1"), .target("a", by: nil, number: "2"),
    ])
    let regime = Regime(
      code: "khcn", name: "Báo cáo", spans: [Open(.quarter), Open(.year)], due: [.init(months: 1, day: 10)])
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    return desk
  }

  private func id(_ name: String = objective, at desk: Desk) async throws -> Indicator.ID {
    try #require(await desk.list().first { $0.name == name }).id
  }

  @discardableResult
  private func judge(
    _ verdict: Indicator.Verdict, _ text: String = "Đã làm", about period: String? = nil, at desk: Desk,
    as office: Office.Code = Desk.focal.code
  ) async throws -> IndicatorSummary {
    let period = try period.map { try #require(Period($0)) }
    return try await desk.ask(
      JudgeIndicator(
        indicator: try await id(at: desk), verdict: Open(verdict), text: text, evidence: "45/BC-UBND", period: period),
      as: office, account: "hoa", roles: [.focal])
  }

  private func prepare(_ period: String, at desk: Desk) async throws -> SubmissionDetail {
    try await desk.ask(
      PrepareSubmission(keeper: "38", regime: "khcn", period: try #require(Period(period))), as: Desk.focal.code,
      roles: [.focal])
  }

  private func completeness(_ period: String, at desk: Desk) async throws -> Completeness {
    let request = ShowCompleteness(keeper: "38", regime: "khcn", period: try #require(Period(period)))
    return try await desk.ask(request, as: "so", in: "38", roles: [.province])
  }

  private func refusal(_ body: () async throws -> some Any) async -> Refusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  // MARK: The rule

  @Test("of one year the one that speaks of the latest day stands; of one day, the later word")
  func standing() throws {
    func verdict(_ text: String, year: Int = 2026, about period: String?, said: Int64) throws -> Indicator.Judgement {
      Indicator.Judgement(
        verdict: Open(.partly), text: text, evidence: "e", office: "vp",
        time: Timestamp(milliseconds: said), year: year, period: try period.map { try #require(Period($0)) })
    }
    // 2026-07-01, and later days.
    let july: Int64 = 1_782_878_400_000
    let verdicts = Verdicts(said: [
      try verdict("Q2", about: "2026-Q2", said: july), try verdict("Q3", about: "2026-Q3", said: july + 1),
      try verdict("Q2 again", about: "2026-Q2", said: july + 2),
      try verdict("half", about: "2026-6M", said: july + 3),
      try verdict("of 2025", year: 2025, about: "2026-Q4", said: july + 4),
      try verdict("on a day", about: nil, said: july + 5),
    ])
    #expect(verdicts.last(for: 2026)?.text == "Q3")
    #expect(verdicts.last(for: 2026, upTo: day("2026-06-30"))?.text == "half")
    #expect(verdicts.last(for: 2026, upTo: day("2026-09-29"))?.text == "on a day")
    #expect(verdicts.last(for: 2026, upTo: day("2026-06-29")) == nil)
    #expect(verdicts.last(for: 2025)?.text == "of 2025")
    #expect(verdicts.last(for: 2027) == nil)
  }

  // MARK: Over a store

  @Test("each is kept, with who said it of what and when; the last one first")
  func kept() async throws {
    let desk = try await desk()
    try await judge(.notAchieved, "Chưa làm", about: "2026-Q2", at: desk)
    let judged = try await judge(.partly, "Làm một nửa", about: "2026-Q3", at: desk)
    #expect(judged.judgement?.verdict == Open(.partly) && judged.judgement?.year == 2026)
    // Of an earlier period: it is kept, and the later one stands.
    let since = try await judge(.achieved, "Sửa lại", about: "2026-Q2", at: desk)
    #expect(since.judgement?.text == "Làm một nửa")
    let said = try await desk.ask(ListJudgements(indicator: try await id(at: desk)))
    #expect(said.items.map(\.text) == ["Sửa lại", "Làm một nửa", "Chưa làm"])
    #expect(
      said.items.allSatisfy { $0.account == "hoa" && $0.office == Desk.focal.code && $0.time.day == day("2026-10-05") })
    let explained = try await desk.ask(ExplainStanding(indicator: try await id(at: desk)))
    #expect(explained.steps.last?.vi.contains("hoàn thành một phần") == true)
    let overview = try await desk.ask(OverviewIndicators(year: 2026)).units
    #expect(overview == [.init(unit: "38/15043", noData: 1, reportOnly: 1, partly: 1)])
    await desk.database.close()
  }

  @Test("pages of verdicts have each of them once")
  func pages() async throws {
    let desk = try await desk()
    for number in 1...60 { try await judge(.partly, "\(number) " + String(repeating: "ầ", count: 3000), at: desk) }
    var request = ListJudgements(indicator: try await id(at: desk))
    var said: [String] = []
    repeat {
      let page = try await desk.ask(request)
      #expect(!page.items.isEmpty)
      said += page.items.map { String($0.text.prefix { $0 != " " }) }
      request.after = page.next
    } while request.after != nil
    #expect(said == (1...60).reversed().map(String.init))
    request.after = "x"
    #expect(await refusal { try await desk.ask(request) }?.place == "after")
    await desk.database.close()
  }

  @Test("nobody but the focal office judges, nothing but what has no number, and no period that has not begun")
  func refused() async throws {
    let desk = try await desk()
    #expect(await refusal { try await judge(.achieved, at: desk, as: Desk.lead.code) }?.status == .forbidden)
    let early = await refusal { try await judge(.achieved, about: "2027-Q1", at: desk) }
    #expect(early?.place == "period")
    let numeric = JudgeIndicator(
      indicator: try await id("a", at: desk), verdict: Open(.achieved), text: "Đạt", evidence: "e")
    #expect(
      await refusal { try await desk.ask(numeric, as: Desk.focal.code, roles: [.focal]) }?.status == .conflict)
    let strangers = JudgeIndicator(
      indicator: try await id(at: desk), verdict: Open(.achieved), text: "Đạt", evidence: "e")
    #expect(
      await refusal { try await desk.ask(strangers, as: Desk.focal.code, in: "38/15044", roles: [.focal]) }?.status
        == .notFound)
    let peek = ListJudgements(indicator: try await id(at: desk))
    #expect(await refusal { try await desk.ask(peek, in: "38/15044") }?.status == .notFound)
    #expect(try await desk.ask(peek).items.isEmpty)
    await desk.database.close()
  }

  @Test("a report says what stood at the end of its period, frozen; what is judged afterwards is in the next one")
  func reported() async throws {
    let desk = try await desk()
    try await desk.observe("a", Figure(90, of: 100), "2026-Q3")
    let bare = try await prepare("2026-Q3", at: desk)
    #expect(bare.cells.map(\.name) == ["a"] && bare.summary.cells == 1)
    try await judge(.partly, "Làm một nửa", about: "2026-Q3", at: desk)
    #expect(try await completeness("2026-Y", at: desk).lines.map { [$0.answered, $0.cells] } == [[1, 2]])

    let prepared = try await prepare("2026-Q3", at: desk)
    let cell = try #require(prepared.cells.first { $0.name == Self.objective })
    #expect(cell.judgement?.verdict == Open(.partly) && cell.judgement?.text == "Làm một nửa")
    #expect(cell.figure == nil && cell.standing == .reportOnly && cell.isAnswered && cell.isJudged)
    #expect((prepared.summary.answered, prepared.summary.cells) == (2, 2))
    #expect(prepared.summary.hash != bare.summary.hash)

    try await judge(.achieved, "Xong", about: "2026-M10", at: desk)
    let shown = try await desk.ask(ShowSubmission(submission: prepared.summary.id))
    #expect(shown.cells == prepared.cells && shown.summary.hash == prepared.summary.hash)
    let again = try await prepare("2026-Q3", at: desk)
    #expect(again.cells == prepared.cells && again.summary.hash == prepared.summary.hash)
    #expect(try await completeness("2026-Q3", at: desk).lines.map { [$0.answered, $0.cells] } == [[2, 2]])
    await desk.database.close()
  }

  @Test("of a period that was received nothing is judged any more")
  func locked() async throws {
    let desk = try await desk()
    try await desk.observe("a", Figure(90, of: 100), "2026-Q3")
    try await judge(.partly, about: "2026-Q3", at: desk)
    let id = try await prepare("2026-Q3", at: desk).summary.id
    _ = try await desk.ask(ConfirmSubmission(submission: id), as: "ubnd", account: "chu-tich", roles: [.approver])
    _ = try await desk.ask(
      AnswerSubmission(submission: id, isReceived: true), as: "so", in: "38", expecting: 1,
      account: "so", roles: [.province])
    #expect(await refusal { try await judge(.achieved, about: "2026-Q3", at: desk) }?.status == .conflict)
    try await judge(.achieved, about: "2026-Q4", at: desk)
    await desk.database.close()
  }

  @Test("a verdict of one year does not stand for the next year's plan, and an amended plan of the year keeps it")
  func years() async throws {
    let desk = try await desk()
    try await judge(.achieved, "Xong năm 2026", about: "2026-Y", at: desk)
    let plan = try #require(await desk.list().first).target.plan
    try await desk.issue([.target(Self.objective, .report, nil, nil, by: nil, number: "1")])
    try await desk.supersede(plan)
    #expect(try await desk.list().first?.judgement?.text == "Xong năm 2026")

    try await desk.issue([.target(Self.objective, .report, nil, nil, by: nil, number: "5")], year: 2027)
    desk.setToday(day("2027-02-01"))
    let now = try #require(await desk.list().first)
    #expect(now.target.year == 2027 && now.judgement == nil)
    #expect(try await desk.ask(OverviewIndicators(year: 2026)).units.map(\.achieved) == [1])
    #expect(try await desk.ask(OverviewIndicators(year: 2027)).units.map(\.achieved) == [0])
    // Last year may still be judged, by its own objective.
    try await judge(.partly, "Xét lại", about: "2026-Y", at: desk)
    #expect(try await desk.list().first?.judgement == nil)
    try await judge(.notAchieved, "Chưa", at: desk)
    #expect(try await desk.list().first?.judgement?.year == 2027)
    #expect(try await desk.ask(OverviewIndicators(year: 2026)).units.map(\.partly) == [1])
    await desk.database.close()
  }

  @Test("what was judged before verdicts were kept is the first of them")
  func migrated() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "judged-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "store.db").path
    let indicator = Indicator.ID()
    let before = try await Database.open(
      path, service: Indicators.name, migrations: Array(IndicatorsMigrations.all.prefix(8)))
    _ = try await before.write { store in
      try store.execute(
        "INSERT INTO judgement (indicator, judgement) VALUES (?, ?)", indicator,
        #"{"verdict":"achieved","text":"Đã làm","evidence":"45/BC-UBND","office":"vh-xh","time":"2026-06-30T05:00:00.000Z"}"#
      )
    }
    await before.close()
    let after = try await Database.open(path, service: Indicators.name, migrations: IndicatorsMigrations.all)
    let verdicts = try await after.read { store in try IndicatorsStore.verdicts(on: indicator, store) }
    let only = try #require(verdicts.said.first)
    #expect(verdicts.said.count == 1 && only.text == "Đã làm")
    #expect((only.year, only.period, only.account, only.day) == (2026, nil, nil, day("2026-06-30")))
    #expect(verdicts.last(for: 2026) == only && verdicts.last(for: 2027) == nil)
    await after.close()
  }
}
