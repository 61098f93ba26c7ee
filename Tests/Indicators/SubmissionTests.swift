import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("Submissions on their way, over a real store", .timeLimit(.minutes(60))) struct SubmissionTests {
  private static let commune: Unit = "38/15043"
  private static let regime = Regime(
    code: "khcn-cds", name: "Báo cáo KHCN-ĐMST-CĐS", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)],
    lockAfter: 30)

  /// A desk on a day after the first quarter, with two indicators in some communes and a province's regime.
  private func desk(_ units: [Unit] = [commune], today: String = "2026-04-06") async throws -> Desk {
    let desk = try await Desk(today: day(today))
    for unit in units { try await desk.issue([.target("a", number: "1"), .target("b", number: "2")], in: unit) }
    _ = try await desk.ask(KeepRegime(regime: Self.regime), as: "so", in: "38", roles: [.province])
    return desk
  }

  private func fill(_ desk: Desk, in unit: Unit = commune) async throws {
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1", in: unit)
    try await desk.observe("b", Figure(50, of: 100), "2026-Q1", in: unit)
  }

  private var quarter: Period {
    get throws { try #require(Period("2026-Q1")) }
  }

  private func prepare(
    _ desk: Desk, in unit: Unit = commune, keeper: Unit = "38", regime: Regime.Code = "khcn-cds",
    as office: Office.Code = Desk.focal.code, account: Caller.Account = "lan"
  ) async throws -> SubmissionDetail {
    try await desk.ask(
      PrepareSubmission(
        keeper: keeper, regime: regime, period: try quarter, remarks: .init(obstacles: "Thiếu máy quét")),
      as: office, in: unit, account: account, roles: [.focal, .entry])
  }

  private func confirm(_ desk: Desk, _ id: Submission.ID, in unit: Unit = commune) async throws -> SubmissionDetail {
    try await desk.ask(ConfirmSubmission(submission: id), as: "ubnd", in: unit, account: "chu-tich", roles: [.approver])
  }

  private func answer(
    _ desk: Desk, _ id: Submission.ID, received: Bool, reason: String? = nil, cells: [Indicator.ID] = [],
    seen version: Int? = 1
  ) async throws -> SubmissionDetail {
    try await desk.ask(
      AnswerSubmission(submission: id, isReceived: received, reason: reason, cells: cells), as: "so", in: "38",
      expecting: version, account: "so-khcn", roles: [.province])
  }

  private func status(_ body: () async throws -> some Any) async -> Status? {
    do {
      _ = try await body()
      return nil
    } catch {
      return (error as? Refusal)?.status
    }
  }

  @Test("from the focal office to the Sở: frozen, confirmed by another, received, and locked since")
  func whole() async throws {
    let desk = try await desk()
    #expect(await status { try await prepare(desk) } == .invalid)  // Nothing is entered yet.
    try await fill(desk)
    let prepared = try await prepare(desk)
    #expect(prepared.cells.map(\.figure) == [Figure(90, of: 100), Figure(50, of: 100)])
    #expect(prepared.summary.status == .prepared && prepared.summary.office == nil)
    let id = prepared.summary.id

    #expect(try await desk.ask(ListSubmissions(), in: "38", roles: [.province]).items.isEmpty)
    #expect(await status { try await answer(desk, id, received: true) } == .notFound)
    // Nor by naming the commune.
    #expect(
      try await desk.ask(ListSubmissions(), in: Self.commune, roles: [.province], from: "38").items.isEmpty)
    let peek = ShowSubmission(submission: id)
    #expect(
      await status { try await desk.ask(peek, in: Self.commune, roles: [.province], from: "38") } == .notFound)
    let self_ = ConfirmSubmission(submission: id)
    #expect(await status { try await desk.ask(self_, as: Desk.focal.code, roles: [.approver]) } == .forbidden)
    #expect(
      await status { try await desk.ask(self_, as: "vp", account: "van-thu", roles: [.clerk]) } == .forbidden)
    let sent = try await confirm(desk, id)
    #expect(sent.summary.status == .sent && sent.summary.sentOn == day("2026-04-06"))
    #expect(sent.summary.hash == prepared.summary.hash)
    #expect(try await desk.ask(peek, in: Self.commune, roles: [.province], from: "38").summary.id == id)
    #expect(await status { try await prepare(desk) } == .conflict)

    let received = try await answer(desk, id, received: true)
    #expect(received.steps.map(\.status) == [Open(.prepared), Open(.sent), Open(.received)])
    let locked = await status { try await desk.observe("a", Figure(91, of: 100), "2026-Q1") }
    #expect(locked == .conflict)
    let indicator = try #require(await desk.list().first).id
    let why = try await desk.ask(ExplainLock(indicator: indicator, period: try quarter))
    #expect(why.isLocked && why.causes.count == 4)
    #expect(await status { try await desk.observe("a", Figure(91, of: 100), "2026-Q2") } == nil)
    let recall = RecallSubmission(submission: id, reason: "Sót một thôn")
    #expect(await status { try await desk.ask(recall, as: Desk.focal.code, roles: [.focal]) } == .conflict)

    #expect(
      try await desk.events(SubmissionMoved.self).map(\.submission.status.known) == [.sent, .received])
    let rollUp = try await desk.ask(RollUpIndicator(name: "a", period: try quarter, received: true), in: "38")
    #expect(rollUp.total == Ratio(90, of: 100))
    await desk.database.close()
  }

  @Test("what is not said again stays as it was; what is taken back is gone; plans and money are those of the day")
  func words() async throws {
    let desk = try await desk()
    try await fill(desk)
    func prepare(_ remarks: SubmissionRemarks) async throws -> SubmissionDetail {
      let request = PrepareSubmission(keeper: "38", regime: "khcn-cds", period: try quarter, remarks: remarks)
      return try await desk.ask(request, as: Desk.focal.code, account: "lan", roles: [.focal])
    }
    var work = SubmissionWork(
      asOf: day("2026-04-06"), tasks: [.init(number: "1", name: "Mạng", leads: ["vp"], percent: 40)], money: [],
      obstacles: [], offices: [])
    let first = try await prepare(.init(obstacles: "Thiếu máy", proposals: "Thêm máy", work: work))
    #expect(first.remarks.work == work)
    work.tasks[0].percent = 100
    let second = try await prepare(.init(proposals: "", next: "Số hóa", work: work))
    #expect(second.remarks == SubmissionRemarks(obstacles: "Thiếu máy", next: "Số hóa", work: work))
    #expect(second.summary.hash != first.summary.hash && second.cells == first.cells)
    work.tasks = Array(repeating: work.tasks[0], count: SubmissionWork.most + 1)
    #expect(await status { try await prepare(.init(work: work)) } == .invalid)
    await desk.database.close()
  }

  @Test("a received quarter that was counted keeps its last month from being typed over")
  func countedIsLocked() async throws {
    let name = "Người dân có chữ ký số"
    let desk = try await desk()
    try await desk.issue([.target(name, number: "3")])
    try await fill(desk)
    try await desk.count("t1", "2026-M03", EnrolmentCounts(adults: 100, issued: 0, activated: 0, signatures: 90))
    let id = try await prepare(desk).summary.id
    _ = try await confirm(desk, id)
    _ = try await answer(desk, id, received: true)
    for period in ["2026-M03", "2026-Q1"] {
      let refused = await #expect(throws: Refusal.self, "\(period)") {
        try await desk.observe(name, Figure(1, of: 100), period, reason: "Sửa")
      }
      #expect(refused?.place == "period" && refused?.text.vi.contains("tiếp nhận") == true)
    }
    let indicator = try #require(await desk.list().last).id
    let month = try #require(Period("2026-M03"))
    #expect(try await desk.ask(ExplainLock(indicator: indicator, period: month)).isLocked)
    #expect(await status { try await desk.observe(name, Figure(1, of: 100), "2026-M02") } == nil)
    // Of what is entered, a month is another figure than the quarter.
    #expect(await status { try await desk.observe("a", Figure(1, of: 100), "2026-M03") } == nil)
    await desk.database.close()
  }

  @Test("asked to be reviewed it names cells, opens again, and is sent in another version")
  func review() async throws {
    let desk = try await desk()
    try await fill(desk)
    let id = try await prepare(desk).summary.id
    _ = try await confirm(desk, id)
    let cell = try #require(await desk.list().first).id
    for (reason, cells) in [(nil, [cell]), ("Sai", []), ("Sai", [Indicator.ID()])] as [(String?, [Indicator.ID])] {
      #expect(await status { try await answer(desk, id, received: false, reason: reason, cells: cells) } == .invalid)
    }
    _ = try await answer(desk, id, received: true)
    // The upper level alone opens what it received.
    let review = try await answer(desk, id, received: false, reason: "Mẫu số không khớp", cells: [cell])
    #expect(review.summary.status == .inReview)
    #expect(review.steps.last?.cells == [cell])
    #expect(try await desk.events(SubmissionMoved.self).last?.offices == [Desk.lead.code])
    try await desk.observe("a", Figure(95, of: 110), "2026-Q1")
    let again = try await prepare(desk)
    #expect(again.summary.version == 2 && again.summary.id == id && again.summary.hash != review.summary.hash)
    #expect(again.cells.first?.figure == Figure(95, of: 110))
    let sent = try await confirm(desk, id)
    #expect(sent.summary.status == .sent)
    let line = try #require(
      try await desk.ask(
        ShowCompleteness(keeper: "38", regime: "khcn-cds", period: try quarter), in: "38", roles: [.province]
      ).lines.first)
    #expect(line.reviews == 1 && line.late == 0)
    await desk.database.close()
  }

  @Test("it is received in the version that was seen; who saw another is told what changed")
  func seen() async throws {
    let desk = try await desk()
    try await fill(desk)
    let id = try await prepare(desk).summary.id
    _ = try await confirm(desk, id)
    let unsaid = await #expect(throws: Refusal.self) { try await answer(desk, id, received: true, seen: nil) }
    #expect(unsaid?.status == .invalid && unsaid?.place == "expected")
    let recall = RecallSubmission(submission: id, reason: "Sửa số liệu")
    let stale = await status {
      try await desk.ask(recall, as: Desk.focal.code, expecting: 7, roles: [.focal])
    }
    #expect(stale == .conflict)
    _ = try await desk.ask(recall, as: Desk.focal.code, expecting: 1, roles: [.focal])
    try await desk.observe("a", Figure(95, of: 110), "2026-Q1")
    _ = try await prepare(desk)
    _ = try await confirm(desk, id)
    let refused = await #expect(throws: Refusal.self) { try await answer(desk, id, received: true) }
    #expect(refused?.status == .conflict)
    #expect(refused?.text.vi.contains("«a» 90/100 → 95/110") == true, "\(refused?.text.vi ?? "")")
    #expect(try await answer(desk, id, received: true, seen: 2).summary.status == .received)
    await desk.database.close()
  }

  @Test("two communes on time, one late, one returned and sent again, one missing: completeness as worked by hand")
  func completeness() async throws {
    let units = (3...7).map { Unit(stringLiteral: "38/1504\($0)") }
    let desk = try await desk(units)
    var ids: [Unit: Submission.ID] = [:]
    func send(_ unit: Unit) async throws {
      let id = try await prepare(desk, in: unit).summary.id
      _ = try await confirm(desk, id, in: unit)
      ids[unit] = id
    }
    for unit in units.prefix(4) { try await fill(desk, in: unit) }
    try await desk.observe("a", Figure(1, of: 2), "2026-Q1", in: units[4])
    for unit in [units[0], units[1], units[3]] { try await send(unit) }
    let cell = try #require(await desk.list(in: units[3]).first).id
    _ = try await answer(desk, try #require(ids[units[3]]), received: false, reason: "Xem lại mẫu số", cells: [cell])
    for unit in [units[0], units[1]] { _ = try await answer(desk, try #require(ids[unit]), received: true) }
    desk.setToday(day("2026-04-15"))  // Due on Friday the 10th.
    try await send(units[2])
    try await send(units[3])

    let request = ShowCompleteness(keeper: "38", regime: "khcn-cds", period: try quarter)
    let all = try await desk.ask(request, in: "38", roles: [.province])
    #expect(all.dates == RegimeDates(cutoff: day("2026-03-31"), due: day("2026-04-10"), lock: day("2026-05-10")))
    #expect((all.expected, all.sent, all.onTime, all.received) == (5, 4, 2, 2))
    #expect(all.lines.map(\.status?.known) == [.received, .received, .sent, .sent, nil])
    #expect(all.lines.map(\.late) == [0, 0, 3, 3, 3])
    #expect(all.lines.map(\.reviews) == [0, 0, 0, 1, 0])
    #expect(all.lines.map(\.answered) == [2, 2, 2, 2, 1])
    // A commune sees its own line and no other's.
    let own = try await desk.ask(request, in: units[2])
    #expect(own.lines == [all.lines[2]])
    await desk.database.close()
  }

  @Test("an office's report goes to the focal office; who prepared it does not confirm it")
  func offices() async throws {
    let desk = try await desk()
    let own = Regime(code: "noi-bo", name: "Tiến độ của cơ quan", spans: [Open(.quarter)])
    _ = try await desk.ask(KeepRegime(regime: own), as: Desk.focal.code, roles: [.focal])
    try await fill(desk)
    let prepared = try await prepare(desk, keeper: Self.commune, regime: "noi-bo", as: Desk.lead.code)
    #expect(prepared.summary.office == Desk.lead.code)
    let id = prepared.summary.id
    let confirm = ConfirmSubmission(submission: id)
    #expect(await status { try await desk.ask(confirm, as: Desk.lead.code) } == .forbidden)
    #expect(await status { try await desk.ask(confirm, as: "kt", account: "kt") } == .forbidden)
    _ = try await desk.ask(confirm, as: Desk.lead.code, account: "truong-phong")
    let receive = AnswerSubmission(submission: id, isReceived: true)
    #expect(await status { try await desk.ask(receive, as: Desk.lead.code, roles: [.focal]) } == .forbidden)
    let received = try await desk.ask(
      receive, as: Desk.focal.code, expecting: 1, account: "dau-moi", roles: [.focal])
    #expect(received.summary.status == .received)
    let completeness = try await desk.ask(
      ShowCompleteness(keeper: Self.commune, regime: "noi-bo", period: try quarter))
    #expect(completeness.lines.map(\.office) == [Desk.lead.code])
    #expect(completeness.dates.due == nil && completeness.onTime == 1)
    let above = ShowCompleteness(keeper: Self.commune, regime: "noi-bo", period: try quarter)
    #expect(
      await status { try await desk.ask(above, in: Self.commune, roles: [.province], from: "38") } == .notFound)
    await desk.database.close()
  }

  @Test(
    "nothing arose answers a cell; figures that contradict another submission of the period are told before sending")
  func contradictions() async throws {
    let desk = try await desk()
    let other = Regime(
      code: "dti", name: "Chấm điểm DTI", spans: [Open(.quarter)], due: [.init(months: 1, day: 15)], indicators: ["A"])
    _ = try await desk.ask(KeepRegime(regime: other), as: "so", in: "38", roles: [.province])
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    let nothing = try #require(await desk.list().last).id
    _ = try await desk.ask(DeclareNothing(indicator: nothing, period: try quarter, note: "Không có hồ sơ"))
    let first = try await prepare(desk)
    #expect(first.cells.map(\.isNothing) == [false, true])
    _ = try await confirm(desk, first.summary.id)
    try await desk.observe("a", Figure(91, of: 100), "2026-Q1")
    let refused = await #expect(throws: Refusal.self) { try await prepare(desk, regime: "dti") }
    #expect(refused?.status == .conflict && refused?.text.vi.contains("90/100") == true)
    let recall = RecallSubmission(submission: first.summary.id, reason: "Sửa số liệu")
    _ = try await desk.ask(recall, as: Desk.focal.code, roles: [.focal])
    #expect(try await prepare(desk, regime: "dti").cells.map(\.name) == ["a"])
    await desk.database.close()
  }

  @Test("after the closing day only an exception opens the period, and each for one commune")
  func exceptions() async throws {
    let units: [Unit] = ["38/15043", "38/15044"]
    let desk = try await desk(units)
    desk.setToday(day("2026-05-11"))
    for unit in units {
      #expect(await status { try await desk.observe("a", Figure(1, of: 2), "2026-Q1", in: unit) } == .conflict)
    }
    let exception = GrantException(
      regime: "khcn-cds", period: try quarter, unit: units[0], until: day("2026-05-20"), reason: "Mất điện")
    #expect(await status { try await desk.ask(exception, as: Desk.focal.code, roles: [.focal]) } == .notFound)
    _ = try await desk.ask(exception, as: "so", in: "38", roles: [.province])
    #expect(await status { try await desk.observe("a", Figure(1, of: 2), "2026-Q1", in: units[0]) } == nil)
    #expect(await status { try await desk.observe("a", Figure(1, of: 2), "2026-Q1", in: units[1]) } == .conflict)
    for (unit, isLocked) in [(units[0], false), (units[1], true)] {
      let id = try #require(await desk.list(in: unit).first).id
      let why = try await desk.ask(ExplainLock(indicator: id, period: try quarter), in: unit)
      #expect(why.isLocked == isLocked && why.causes.contains { $0.text.vi.hasSuffix("Mất điện") } == !isLocked)
    }
    await desk.database.close()
  }

  @Test("a letter to some: the others owe nothing, and nothing of theirs is locked")
  func someOnly() async throws {
    let units: [Unit] = [Self.commune, "38/15044"]
    let desk = try await desk(units)
    func letter(_ units: [Unit]?, offices: [Office.Code]? = nil) throws -> Regime {
      Regime(
        code: "cv-2117", name: "Đột xuất", lockAfter: 1,
        letter: .init(number: "2117/SKHCN-VP", asks: "Chữ ký số", period: try quarter, due: day("2026-04-07")),
        units: units, offices: offices)
    }
    func keep(_ regime: Regime, in unit: Unit = "38", as office: Office.Code = "so") async throws {
      let role: Role = unit.commune == nil ? .province : .focal
      _ = try await desk.ask(KeepRegime(regime: regime), as: office, in: unit, roles: [role])
    }
    for strange in [["01/00004"], ["38"], []] as [[Unit]] {
      #expect(await status { try await keep(try letter(strange)) } == .invalid)
    }
    #expect(await status { try await keep(try letter(nil, offices: ["vp"])) } == .invalid)
    #expect(await status { try await keep(try letter(units), in: Self.commune, as: Desk.focal.code) } == .invalid)
    try await keep(try letter([Self.commune]))
    for unit in units { try await fill(desk, in: unit) }
    #expect(await status { try await prepare(desk, in: units[1], regime: "cv-2117") } == .invalid)
    let completeness = try await desk.ask(
      ShowCompleteness(keeper: "38", regime: "cv-2117", period: try quarter), in: "38", roles: [.province])
    #expect(completeness.lines.map(\.unit) == [Self.commune])
    _ = try await prepare(desk, regime: "cv-2117")
    desk.setToday(day("2026-04-10"))
    #expect(await status { try await fill(desk, in: units[1]) } == nil)
    #expect(await status { try await fill(desk) } == .conflict)

    // Of a commune's own, the offices that are not named go on too.
    try await keep(try letter(nil, offices: ["kt"]), in: units[1], as: Desk.focal.code)
    #expect(await status { try await fill(desk, in: units[1]) } == nil)
    try await keep(try letter(nil, offices: [Desk.lead.code]), in: units[1], as: Desk.focal.code)
    #expect(await status { try await fill(desk, in: units[1]) } == .conflict)
    await desk.database.close()
  }

  @Test("a single request by a letter; a period or a keeper that is not its is refused")
  func letters() async throws {
    let desk = try await desk()
    let letter = Regime(
      code: "cv-2117", name: "Đột xuất", indicators: ["b"],
      letter: .init(number: "2117/SKHCN-VP", asks: "Số chữ ký số", period: try quarter, due: day("2026-04-08")))
    _ = try await desk.ask(KeepRegime(regime: letter), as: "so", in: "38", roles: [.province])
    try await fill(desk)
    #expect(try await prepare(desk, regime: "cv-2117").cells.map(\.name) == ["b"])
    #expect(await status { try await prepare(desk, keeper: "01", regime: "cv-2117") } == .notFound)
    #expect(await status { try await prepare(desk, keeper: "38/15044") } == .notFound)
    let summaries = try await desk.ask(ListRegimes()).items
    #expect(summaries.map(\.regime.code) == ["cv-2117", "khcn-cds"])
    #expect(
      await status {
        try await desk.ask(KeepRegime(regime: letter), as: Desk.lead.code, roles: [.entry])
      } == .forbidden)
    await desk.database.close()
  }
}
