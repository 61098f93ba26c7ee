import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("Observing, over a real store", .timeLimit(.minutes(60))) struct ServiceTests {
  @Test("a value makes an indicator stand, a correction keeps the value before it")
  func revisions() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("Hồ sơ trực tuyến", number: "2.1")])
    #expect(try await desk.list().map(\.standing) == [Open(.noData)])

    let first = try await desk.observe("Hồ sơ trực tuyến", Figure(60, of: 100), "2026-Q1")
    #expect(first.observation.revision == 1)
    #expect(first.indicator.standing == .behind)
    let second = try await desk.observe("Hồ sơ trực tuyến", Figure(85, of: 100), "2026-Q1", as: Desk.focal.code)
    #expect(second.observation.revision == 2)
    #expect(second.indicator.standing == .met)

    let history = try await desk.ask(ListObservations(indicator: first.indicator.id)).items
    #expect(history.map(\.revision) == [2, 1])
    #expect(history.map(\.superseded) == [false, true])
    #expect(history.map(\.figure) == [Figure(85, of: 100), Figure(60, of: 100)])
    #expect(history.map(\.office) == [Desk.focal.code, Desk.lead.code])
    await desk.database.close()
  }

  @Test("what a replaced plan promised counts no more; the values come back with the promise")
  func superseded() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("Hồ sơ trực tuyến"), .target("Chữ ký số")])
    let first = try await desk.observe("Hồ sơ trực tuyến", Figure(82, of: 100), "2026-Q1").indicator
    #expect(first.standing == .met)
    try await desk.supersede(first.target.plan)
    #expect(try await desk.list().isEmpty)
    try await desk.issue([.target("Hồ sơ trực tuyến", .atLeast, Quantity(85))])
    let after = try await desk.list()
    #expect(after.map(\.id) == [first.id])
    #expect(after.map(\.standing) == [Open(.behind)])
    #expect(after[0].last?.figure == Figure(82, of: 100))
    try await desk.resync(Plans.name)
    #expect(try await desk.list() == after)
    await desk.database.close()
  }

  @Test("the latest period stands, whenever it was entered, in either calendar")
  func latest() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a")])
    for (period, figure, last) in [
      ("2026-Q2", Figure(20, of: 100), "2026-Q2"), ("2026-Q1", Figure(10, of: 100), "2026-Q2"),
      ("nd09:2026-Q3", Figure(25, of: 100), "nd09:2026-Q3"), ("2026-Q3", Figure(30, of: 100), "2026-Q3"),
      ("nd09:2026-9M", Figure(26, of: 100), "2026-Q3"), ("2026-9M", Figure(31, of: 100), "2026-9M"),
      ("2026-M09", Figure(32, of: 100), "2026-9M"),
    ] {
      let entry = try await desk.observe("a", figure, period)
      #expect(entry.indicator.last?.period.description == last, "\(period)")
    }
    var request = ListObservations(indicator: try #require(await desk.list().first).id)
    let all = try await desk.ask(request).items.map(\.period.description)
    #expect(
      all == ["2026-9M", "2026-Q3", "2026-M09", "nd09:2026-9M", "nd09:2026-Q3", "2026-Q2", "2026-Q1"])
    request.after = "2026-M09/1"
    #expect(try await desk.ask(request).items.map(\.period.description) == Array(all[3...]))
    await desk.database.close()
  }

  @Test("who has not seen the last revision does not overwrite it")
  func expecting() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a")])
    try await desk.observe("a", Figure(1, of: 2), "2026-Q1")
    try await desk.observe("a", Figure(1, of: 3), "2026-Q1", expecting: 1)
    let late = await #expect(throws: Refusal.self) {
      try await desk.observe("a", Figure(1, of: 4), "2026-Q1", expecting: 1)
    }
    #expect(late?.status == .conflict)
    await desk.database.close()
  }

  @Test("milestones of several plans hang under one indicator, each announced once when it is met")
  func announcedOnce() async throws {
    let desk = try await Desk(today: day("2026-05-05"))
    try await desk.issue([
      .target("Phủ sóng 5G", .atLeast, Quantity(60), by: "2026-06-30", number: "1"),
      .target("PHỦ SÓNG 5G", .atLeast, Quantity(80), by: "2026-12-31", number: "7"),
      .target("Phủ sóng 5G", .report, nil, nil, number: "9"),
    ])
    try await desk.issue([.target("Phủ sóng 5G", .atLeast, Quantity(95), by: "2030-12-31", number: "3")], year: 2027)
    let indicators = try await desk.list()
    #expect(indicators.count == 2)
    #expect(indicators[0].target.number == "1")
    #expect(indicators[0].later.map(\.number) == ["7", "3"])

    for figure in [Figure(59, of: 100), Figure(60, of: 100), Figure(10, of: 100), Figure(96, of: 100)] {
      try await desk.observe("phu song 5g", figure, "2026-Q1")
    }
    #expect(try await desk.events(TargetMet.self).map(\.milestone.number) == ["1"])
    desk.setToday(day("2026-07-01"))
    #expect(try await desk.list()[0].target.number == "7")
    try await desk.observe("phu song 5g", Figure(97, of: 100), "2026-Q2")
    try await desk.observe("phu song 5g", Figure(98, of: 100), "2026-Q2")
    #expect(try await desk.events(TargetMet.self).map(\.milestone.number) == ["1", "7"])
    let recorded = try await desk.events(ObservationRecorded.self)
    #expect(recorded.map(\.revision) == [1, 2, 3, 4, 1, 2])
    #expect(recorded.allSatisfy { $0.office == Desk.lead && $0.focal == Desk.focal.code })
    await desk.database.close()
  }

  @Test("the plans' stream read again gives the same indicators, and loses no observation")
  func resync() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a", number: "1"), .target("b", number: "2"), .target("A", by: "2030-12-31")])
    try await desk.issue([.target("a", number: "1")], in: "38/15044")
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    try await desk.observe("a", Figure(91, of: 100), "2026-Q1")
    let before = try await desk.list(in: "38")
    try await desk.resync(Plans.name)
    #expect(try await desk.list(in: "38") == before)
    try await desk.observe("a", Figure(92, of: 100), "2026-Q2")
    #expect(try await desk.events(TargetMet.self).count == 1)
    await desk.database.close()
  }

  @Test("another unit's indicator is not found")
  func elsewhere() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a")])
    let id = try #require(await desk.list().first).id
    let period = try #require(Period("2026-Q1"))
    let observed = await #expect(throws: Refusal.self) {
      try await desk.ask(
        ObserveIndicator(indicator: id, period: period, figure: Figure(1, of: 2)), in: "38/15044")
    }
    #expect(observed?.status == .notFound)
    let read = await #expect(throws: Refusal.self) {
      try await desk.ask(ListObservations(indicator: id), in: "38/15044")
    }
    #expect(read?.status == .notFound)
    #expect(try await desk.list(in: "38/15044").isEmpty)
    #expect(try await desk.list(in: "01").isEmpty)
    await desk.database.close()
  }

  @Test("a list in the order of the plan, whole over its pages, and filtered")
  func pages() async throws {
    let desk = try await Desk()
    let rows = (1...130).map { TargetRow.target("Chỉ tiêu \($0)", number: "\($0)") }
    try await desk.issue(rows)
    try await desk.issue([.target("khác", number: "x", leads: ["cong-an"], coordinating: ["thon"])])
    let all = try await desk.list()
    #expect(all.map(\.target.number) == rows.map(\.number) + ["x"])
    try await desk.observe("Chỉ tiêu 120", Figure(90, of: 100), "2026-Q1")
    try await desk.observe("Chỉ tiêu 7", Figure(90, of: 100), "2026-Q1")
    #expect(try await desk.list(ListIndicators(standing: Open(.met))).map(\.target.number) == ["7", "120"])
    #expect(try await desk.list(ListIndicators(standing: Open(.noData))).count == 129)
    #expect(try await desk.list(ListIndicators(plan: all[130].target.plan)).map(\.name) == ["khác"])
    for office in ["cong-an", "thon"] as [Office.Code] {
      #expect(try await desk.list(ListIndicators(office: office)).map(\.name) == ["khác"])
    }
    await desk.database.close()
  }

  @Test("found by the number of any of its targets, passed or to come")
  func byNumber() async throws {
    let desk = try await Desk(today: day("2026-09-01"))
    try await desk.issue([
      .target("a", by: "2026-06-30", number: "1"), .target("a", by: "2026-12-31", number: "2"),
      .target("a", by: "2030-12-31", number: "3"), .target("b", number: "4"),
    ])
    try await desk.issue([.target("b", by: "2026-06-30", number: "1")], in: "38/15043", year: 2025)
    for (number, names) in [("1", ["a", "b"]), ("2", ["a"]), ("3", ["a"]), ("4", ["b"]), ("5", [])] {
      #expect(try await desk.list(ListIndicators(number: number)).map(\.name) == names, "\(number)")
    }
    let first = try #require(await desk.list(ListIndicators(number: "2")).first).target.plan
    #expect(try await desk.list(ListIndicators(plan: first, number: "1")).map(\.name) == ["a"])
    await desk.database.close()
  }

  @Test("a province's overview has one item for each commune")
  func overview() async throws {
    let desk = try await Desk()
    try await desk.issue([.target("a"), .target("b"), .target("c"), .target("d", .report, nil, nil)])
    try await desk.issue([.target("a"), .target("b")], in: "38/15044")
    try await desk.issue([.target("a")], in: "38/15045", year: 2027)
    try await desk.issue([.target("a")], in: "01/00004")
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    try await desk.observe("b", Figure(10, of: 100), "nd09:2026-Q1")
    let province = try await desk.ask(OverviewIndicators(year: 2026), in: "38")
    #expect(
      province.units == [
        .init(unit: "38/15043", met: 1, behind: 1, noData: 1, reportOnly: 1), .init(unit: "38/15044", noData: 2),
      ])
    let commune = try await desk.ask(OverviewIndicators(year: 2026))
    #expect(commune.units == [province.units[0]])
    await desk.database.close()
  }
}
