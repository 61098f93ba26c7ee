import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("Entering many values, and what is strange about them", .timeLimit(.minutes(60))) struct ImportTests {
  private func rows(
    _ desk: Desk, _ values: [(String, Figure)], _ period: String = "2026-Q1", evidence: String? = nil,
    village: Office.Code? = nil
  ) async throws -> [ObserveIndicator] {
    let indicators = try await desk.list()
    let period = try #require(Period(period))
    return values.map { name, figure in
      let id = indicators.first { $0.name == name }?.id ?? Indicator.ID()
      return ObserveIndicator(
        indicator: id, period: period, figure: figure, evidence: evidence, village: village)
    }
  }

  @Test("each row is answered: what is good is kept, what is not changes nothing")
  func answers() async throws {
    let desk = try await Desk()
    try await desk.issue([
      .target("a", number: "1"), .target("b", number: "2"), .target("c", leads: ["kt"]), .target("d", number: "4"),
    ])
    let rows = try await rows(
      desk,
      [
        ("a", Figure(90, of: 100)), ("b", Figure(120, of: 100)), ("d", Figure(70, of: 100)), ("d", Figure(75, of: 100)),
        ("c", Figure(1, of: 2)), ("khác", Figure(1, of: 2)),
      ])
    let checked = try await desk.ask(CheckObservations(rows: rows))
    #expect(try await desk.list().allSatisfy { $0.standing == .noData })
    let report = try await desk.ask(ImportObservations(rows: rows))
    #expect(report == checked)
    #expect(report.rows.map(\.revision) == [1, nil, nil, nil, nil, nil])
    // Of two rows for one place neither stands.
    #expect(report.rows.map(\.place) == [nil, "figure.numerator", "indicator", "indicator", nil, "indicator"])
    #expect(report.rows[2].refusal?.vi.hasPrefix("Các dòng thứ 3, 4 ") == true)
    #expect(report.kept == 1)
    let after = try await desk.list()
    #expect(after.map(\.last?.figure) == [Figure(90, of: 100), nil, nil, nil])
    let imported = try await desk.events(ObservationsImported.self)
    #expect(imported.flatMap(\.values).map(\.revision) == [1])
    #expect(try await desk.events(TargetMet.self).map(\.title) == ["a"])
    await desk.database.close()
  }

  @Test("a sheet that is imported twice changes nothing the second time, in a locked period either")
  func twice() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a", number: "1"), .target("b", number: "2")])
    let rows = try await rows(desk, [("a", Figure(90, of: 100)), ("b", Figure(70, of: 100))], evidence: "Biểu 1")
    #expect(try await desk.ask(ImportObservations(rows: rows)).rows.map(\.isUnchanged) == [nil, nil])
    let regime = Regime(
      code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)], lockAfter: 0)
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    desk.setToday(day("2026-04-20"))
    for report in [
      try await desk.ask(CheckObservations(rows: rows)), try await desk.ask(ImportObservations(rows: rows)),
    ] {
      #expect(report.rows.map(\.isUnchanged) == [true, true] && report.rows.map(\.revision) == [1, 1])
    }
    #expect(try await desk.events(ObservationsImported.self).count == 1)
    let id = rows[0].indicator
    #expect(try await desk.ask(ListObservations(indicator: id)).items.count == 1)
    // Another note is another word, and the period is locked.
    var noted = rows[0]
    noted.note = "Đã đối chiếu"
    #expect(try await desk.ask(CheckObservations(rows: [noted])).rows.map(\.place) == ["period"])
    // Nor does who may not enter it learn what stands.
    let stranger = try await desk.ask(CheckObservations(rows: rows), as: "kt")
    #expect(stranger.rows.allSatisfy { $0.refusal != nil && $0.revision == nil })
    await desk.database.close()
  }

  @Test("an old sheet undoes no correction: by the revision that it was given out with, or by its old value")
  func corrected() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a", number: "1"), .target("b", number: "2")])
    let sheet = try await rows(desk, [("a", Figure(85, of: 100)), ("b", Figure(70, of: 100))])
    _ = try await desk.ask(ImportObservations(rows: sheet))
    try await desk.observe("a", Figure(86, of: 100), "2026-Q1", as: Desk.focal.code)
    func answers(_ change: (inout ObserveIndicator) -> Void) async throws -> [ImportReport.Answer] {
      var rows = sheet
      for index in rows.indices { change(&rows[index]) }
      let checked = try await desk.ask(CheckObservations(rows: rows))
      let imported = try await desk.ask(ImportObservations(rows: rows))
      #expect(checked == imported)
      return imported.rows
    }
    for answers in [try await answers { _ in }, try await answers { $0.seen = 1 }] {
      #expect(answers[1].isUnchanged == true)
      let text = try #require(answers[0].refusal).vi
      #expect(text.contains("86/100") && text.contains("vh-xh") && text.contains("21/11/2026"), "\(text)")
    }
    // A value of its own is refused by the revision as well; without one nobody can know.
    let other = try await answers { row in
      row.figure = Figure(88, of: 100)
      row.seen = 1
    }
    #expect(other.map(\.place) == ["figure", nil] && other[1].revision == 2)
    #expect(try await desk.list().map(\.last?.figure) == [Figure(86, of: 100), Figure(88, of: 100)])
    let single = await #expect(throws: Refusal.self) {
      try await desk.ask(
        ObserveIndicator(indicator: sheet[0].indicator, period: sheet[0].period, figure: Figure(88, of: 100), seen: 1))
    }
    #expect(single?.status == .conflict)
    // The form as it is now, or a reason, says that it is meant.
    let again = try await answers { row in
      row.figure = Figure(85, of: 100)
      row.seen = 2
    }
    #expect(again.map(\.revision) == [3, 3])
    let back = try await answers { row in
      row.figure = Figure(86, of: 100)
      row.reason = "Số của phòng đầu mối đúng"
    }
    #expect(back.map(\.revision) == [4, 4])
    await desk.database.close()
  }

  @Test("none, and more than a request may carry, are refused")
  func counts() async throws {
    let desk = try await Desk()
    for count in [0, 101] {
      let rows = try await rows(desk, Array(repeating: ("a", Figure(1, of: 2)), count: count))
      let refused = await #expect(throws: Refusal.self) { try await desk.ask(ImportObservations(rows: rows)) }
      #expect(refused?.place == "rows")
    }
    await desk.database.close()
  }

  @Test("a village's value needs its sheet; villages stand for the unit where nothing was entered for it")
  func villages() async throws {
    let desk = try await Desk()
    try await desk.keep("t1", "t2")
    try await desk.issue([.target("a")])
    let bare = try await desk.ask(
      ImportObservations(rows: rows(desk, [("a", Figure(1, of: 2))], village: "t1")))
    #expect(bare.rows.map(\.place) == ["evidence"])
    let stranger = try await desk.ask(
      ImportObservations(rows: rows(desk, [("a", Figure(1, of: 2))], evidence: "Biểu 1", village: "t9")))
    #expect(stranger.rows.map(\.place) == ["village"])
    for (village, figure) in [("t1", Figure(10, of: 40)), ("t2", Figure(30, of: 60)), ("t1", Figure(20, of: 40))] {
      let rows = try await rows(desk, [("a", figure)], evidence: "Biểu", village: Office.Code(village))
      #expect(try await desk.ask(ImportObservations(rows: rows)).kept == 1)
    }
    let indicator = try #require(await desk.list().first)
    #expect(indicator.last?.figure == Figure(50, of: 100))
    #expect(indicator.last?.villages == .init(reported: 2, expected: 2))
    let first = try await desk.ask(ListObservations(indicator: indicator.id, village: "t1")).items
    #expect(first.map(\.figure) == [Figure(20, of: 40), Figure(10, of: 40)])
    try await desk.observe("a", Figure(7, of: 10), "2026-Q1")
    let all = try await desk.ask(ListObservations(indicator: indicator.id)).items
    #expect(all.map(\.figure) == [Figure(7, of: 10), Figure(50, of: 100)])
    #expect(all.map(\.superseded) == [false, true])
    await desk.database.close()
  }

  @Test("an estimate is shown, judges nothing, is no part of a sum, and never replaces a result")
  func estimates() async throws {
    let desk = try await Desk(today: day("2026-03-20"))
    try await desk.issue([.target("a")])
    let period = try #require(Period("2026-Q1"))
    try await desk.enter("a", Figure(90, of: 100), period, estimatedAsOf: day("2026-03-15"))
    let estimated = try #require(await desk.list().first)
    #expect(estimated.standing == .noData && estimated.last == nil)
    #expect(estimated.estimate?.figure == Figure(90, of: 100))
    #expect(try await desk.ask(RollUpIndicator(name: "a", period: period), in: "38").reported == 0)
    for outside in ["2025-12-31", "2026-03-21"] {
      let refused = await #expect(throws: Refusal.self) {
        try await desk.enter("a", Figure(90, of: 100), period, estimatedAsOf: day(outside))
      }
      #expect(refused?.place == "estimatedAsOf")
    }
    let entry = try await desk.observe("a", Figure(70, of: 100), "2026-Q1")
    #expect(entry.observation.revision == 2)
    #expect(entry.warnings?.count == 1)  // The quarter is not over.
    #expect(entry.indicator.estimate == nil && entry.indicator.standing == .behind)
    let late = await #expect(throws: Refusal.self) {
      try await desk.enter("a", Figure(90, of: 100), period, estimatedAsOf: day("2026-03-15"))
    }
    #expect(late?.status == .conflict)
    await desk.database.close()
  }

  @Test(
    "what looks strange is said, and kept",
    arguments: [
      ("2026-M04", Figure(41, of: 100), 0), ("2026-M04", Figure(40, of: 100), 1), ("2026-M04", Figure(41, of: 1000), 1),
      ("2026-M04", Figure(3, of: 100), 1), ("2026-M04", Figure(100, of: 100), 0), ("2026-9M", Figure(9, of: 100), 1),
      ("2026-9M", Figure(10, of: 100), 0),
    ] as [(String, Figure, Int)])
  func doubts(period: String, figure: Figure, count: Int) async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a")])
    try await desk.observe("a", Figure(40, of: 100), "2026-M02")
    try await desk.observe("a", Figure(40, of: 100), "2026-M03")
    try await desk.observe("a", Figure(10, of: 100), "2026-6M")
    let entry = try await desk.observe("a", figure, period)
    #expect(entry.warnings?.count ?? 0 == count)
    await desk.database.close()
  }

  @Test("shares of the same people have the same denominator")
  func unequal() async throws {
    let desk = try await Desk()
    let name = "Tỷ lệ người dân trưởng thành biết kỹ năng số"
    try await desk.issue([
      .target("Người trưởng thành có tài khoản ngân hàng"), .target(name), .target("Hồ sơ trực tuyến"),
    ])
    try await desk.observe("Người trưởng thành có tài khoản ngân hàng", Figure(900, of: 1000), "2026-Q1")
    #expect(try await desk.observe("Hồ sơ trực tuyến", Figure(5, of: 10), "2026-Q1").warnings == nil)
    #expect(try await desk.observe(name, Figure(500, of: 1000), "2026-Q1").warnings == nil)
    #expect(try await desk.observe(name, Figure(500, of: 990), "2026-Q1").warnings?.count == 1)
    await desk.database.close()
  }

  @Test("where nothing arose is said by itself, until something is counted")
  func nothing() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a")])
    let id = try #require(await desk.list().first).id
    let period = try #require(Period("2026-Q1"))
    _ = try await desk.ask(DeclareNothing(indicator: id, period: period, note: "Không có hồ sơ"))
    try await desk.observe("a", Figure(1, of: 2), "2026-Q1")
    let refused = await #expect(throws: Refusal.self) {
      try await desk.ask(DeclareNothing(indicator: id, period: period))
    }
    #expect(refused?.status == .conflict)
    await desk.database.close()
  }

  @Test("an objective without a number is judged by the focal office alone, and counted apart")
  func judged() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("Cải cách", .report, nil, nil), .target("a")])
    let indicators = try await desk.list()
    let request = JudgeIndicator(
      indicator: indicators[0].id, verdict: Open(.achieved), text: "Đã làm", evidence: "45/BC-UBND")
    let stranger = await #expect(throws: Refusal.self) { try await desk.ask(request, roles: [.focal]) }
    #expect(stranger?.status == .forbidden)
    let judged = try await desk.ask(request, as: Desk.focal.code, roles: [.focal])
    #expect(judged.judgement?.verdict == Open(.achieved) && judged.standing == .reportOnly)
    var numeric = request
    numeric.indicator = indicators[1].id
    let refused = await #expect(throws: Refusal.self) {
      try await desk.ask(numeric, as: Desk.focal.code, roles: [.focal])
    }
    #expect(refused?.status == .conflict)
    let overview = try await desk.ask(OverviewIndicators(year: 2026)).units
    #expect(overview == [.init(unit: "38/15043", noData: 1, reportOnly: 1, achieved: 1)])
    await desk.database.close()
  }
}
