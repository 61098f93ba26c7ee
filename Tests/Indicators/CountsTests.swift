import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

@Suite("Counts of Đề án 06 become observations, over a real store", .timeLimit(.minutes(60))) struct CountsTests {
  private static let signatures = "Người dân có chữ ký số"
  private static let accounts = "Người dân có tài khoản định danh điện tử VNeID"

  private func counts(_ adults: Int64, _ activated: Int64, _ signatures: Int64) -> EnrolmentCounts {
    EnrolmentCounts(adults: adults, issued: activated, activated: activated, signatures: signatures)
  }

  private func history(of name: String, at desk: Desk, in unit: Unit = "38/15043") async throws -> [Observation] {
    let indicator = try #require(await desk.list(in: unit).first { $0.name == name })
    return try await desk.ask(ListObservations(indicator: indicator.id), in: unit).items
  }

  @Test("a month's villages are added up, a correction revises")
  func sums() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.signatures, number: "1"), .target("Hồ sơ trực tuyến", number: "2")])
    try await desk.keep("t1", "t2", "t3")
    try await desk.count("t1", "2026-M03", counts(100, 90, 30))
    try await desk.count("t2", "2026-M03", counts(300, 200, 50))
    try await desk.count("t2", "2026-M03", counts(300, 200, 60), revision: 2)

    let observations = try await history(of: Self.signatures, at: desk)
    #expect(observations.map(\.figure) == [Figure(90, of: 400)])
    #expect(observations.map(\.revision) == [3])
    #expect(observations.map(\.villages) == [.init(reported: 2, expected: 3)])
    #expect(observations.map(\.office) == ["cong-an"])
    #expect(observations.map(\.superseded) == [false])
    let indicators = try await desk.list()
    #expect(indicators[0].last == observations[0])
    // Two villages of three are not the commune.
    #expect(indicators.map(\.standing) == [Open(.noData), Open(.noData)])
    #expect(try await desk.ask(OverviewIndicators(year: 2026)).units == [.init(unit: "38/15043", noData: 2)])
    await desk.database.close()
  }

  @Test("a village that has ended is expected in the months that it saw the end of; one that began later, from then on")
  func villagesEnd() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.signatures)])
    try await desk.keep("t1", "t2")
    for month in ["2026-M02", "2026-M03", "2026-M04"] { try await desk.count("t1", month, counts(100, 90, 30)) }
    try await desk.describe("t2", until: Day("2026-03-31"))
    try await desk.describe("t3", since: Day("2026-04-02"))
    try await desk.describe("t4", since: Day("2026-03-01"), until: Day("2026-04-29"))
    let observations = try await history(of: Self.signatures, at: desk)
    #expect(observations.map { $0.villages?.expected } == [2, 3, 2], "April, March, February")
    await desk.database.close()
  }

  @Test("a plan that is issued after its counts came has them; a unit without such an indicator shows nothing")
  func planLater() async throws {
    let desk = try await Desk()
    try await desk.count("t1", "2026-M02", counts(100, 80, 30))
    try await desk.count("t1", "2026-M03", counts(100, 90, 40))
    try await desk.issue([.target("Hồ sơ trực tuyến")])
    #expect(try await history(of: "Hồ sơ trực tuyến", at: desk).isEmpty)
    try await desk.issue([.target(Self.accounts), .target(Self.signatures)], in: "38/15044")
    #expect(try await history(of: Self.accounts, at: desk, in: "38/15044").isEmpty)
    try await desk.issue([.target(Self.accounts)])
    let observations = try await history(of: Self.accounts, at: desk)
    #expect(observations.map(\.figure) == [Figure(90, of: 100), Figure(80, of: 100)])
    #expect(try await desk.list().map(\.standing) == [Open(.noData), Open(.met)])
    await desk.database.close()
  }

  @Test("a village without adults has no share")
  func nobody() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.accounts)])
    try await desk.count("t1", "2026-M03", counts(0, 0, 0))
    #expect(try await history(of: Self.accounts, at: desk).isEmpty)
    #expect(try await desk.list().map(\.standing) == [Open(.noData)])
    await desk.database.close()
  }

  @Test("what an office enters for a month stands instead of its counts, whichever came first")
  func entered() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.accounts)])
    try await desk.observe(Self.accounts, Figure(50, of: 100), "2026-M02")  // before its counts: nothing to explain
    for month in ["2026-M02", "2026-M03"] { try await desk.count("t1", month, counts(100, 90, 40)) }
    let entry = try await desk.observe(
      Self.accounts, Figure(85, of: 100), "2026-M03", expecting: 0, reason: "Thôn mới chưa có")
    #expect(entry.observation.revision == 1)
    #expect(entry.indicator.last?.figure == Figure(85, of: 100))

    let observations = try await history(of: Self.accounts, at: desk)
    #expect(observations.map(\.period.description) == ["2026-M03", "2026-M03", "2026-M02", "2026-M02"])
    #expect(observations.map(\.superseded) == [false, true, false, true])
    #expect(observations.map { $0.villages == nil } == [true, false, true, false])
    for (index, position) in ["2026-M03/1", "2026-M03/counts", "2026-M02/1", "2026-M02/counts"].enumerated() {
      let rest = try await desk.ask(ListObservations(indicator: entry.indicator.id, after: position)).items
      #expect(rest == Array(observations[(index + 1)...]), "\(position)")
    }
    let refused = await #expect(throws: Refusal.self) {
      try await desk.ask(ListObservations(indicator: entry.indicator.id, after: "2026-M03/count"))
    }
    #expect(refused?.place == "after")
    await desk.database.close()
  }

  @Test("what counts give is not typed over without a reason that is kept")
  func reasons() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.accounts)])
    try await desk.count("t1", "2026-M03", counts(100, 90, 40))
    for period in ["2026-M03", "2026-Q1"] {
      let refused = await #expect(throws: Refusal.self) {
        try await desk.observe(Self.accounts, Figure(85, of: 100), period)
      }
      #expect(refused?.place == "reason", "\(period)")
      try await desk.observe(Self.accounts, Figure(85, of: 100), period, reason: "Thôn mới chưa có")
    }
    try await desk.observe(Self.accounts, Figure(85, of: 100), "2026-M02")
    #expect(
      try await history(of: Self.accounts, at: desk).map(\.reason)
        == ["Thôn mới chưa có", "Thôn mới chưa có", nil, nil])
    await desk.database.close()
  }

  @Test("counts stand for the periods that end with their month, where nothing was entered for these")
  func rollUp() async throws {
    let desk = try await Desk()
    let units: [Unit] = ["38/15043", "38/15044", "38/15045", "38/15046"]
    for unit in units { try await desk.issue([.target(Self.signatures)], in: unit) }
    try await desk.issue([.target(Self.signatures)], in: "01/00004")
    try await desk.count("t1", "2026-M03", counts(100, 0, 10), in: units[0])
    try await desk.count("t2", "2026-M03", counts(300, 0, 50), in: units[0])
    try await desk.count("t1", "2026-M03", counts(500, 0, 400), in: units[1])
    try await desk.observe(
      Self.signatures, Figure(7, of: 70), "2026-Q1", in: units[1], reason: "Thôn mới chưa có")
    try await desk.count("t1", "2026-M02", counts(900, 0, 900), in: units[2])
    try await desk.count("t1", "2026-M03", counts(900, 0, 900), in: "01/00004")

    for (period, total, reported) in [
      ("2026-M03", Ratio(460, of: 900), 2), ("2026-Q1", Ratio(67, of: 470), 2), ("2026-M02", Ratio(900, of: 900), 1),
      ("2026-6M", nil, 0), ("nd09:2026-Q1", nil, 0),
    ] {
      let period = try #require(Period(period))
      let rollUp = try await desk.ask(RollUpIndicator(name: Self.signatures, period: period), in: "38")
      #expect(rollUp.total == total, "\(period)")
      #expect((rollUp.reported, rollUp.expected) == (reported, 4), "\(period)")
    }
    await desk.database.close()
  }

  @Test("what is entered instead of a month's counts stands for the periods that end with it as they did")
  func rollUpOfEntered() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.signatures), .target("Hồ sơ trực tuyến")])
    try await desk.count("t1", "2026-M03", counts(100, 0, 10))
    func total(_ name: String, _ period: String) async throws -> Ratio? {
      let period = try #require(Period(period))
      return try await desk.ask(RollUpIndicator(name: name, period: period), in: "38").total
    }
    #expect(try await total(Self.signatures, "2026-Q1") == Ratio(10, of: 100))
    try await desk.observe(Self.signatures, Figure(20, of: 90), "2026-M03", reason: "Thôn mới chưa có")
    for period in ["2026-M03", "2026-Q1"] {
      #expect(try await total(Self.signatures, period) == Ratio(20, of: 90), "\(period)")
    }
    try await desk.observe(Self.signatures, Figure(30, of: 80), "2026-Q1", reason: "Thôn mới chưa có")
    #expect(try await total(Self.signatures, "2026-Q1") == Ratio(30, of: 80))
    #expect(try await total(Self.signatures, "2026-M03") == Ratio(20, of: 90))

    // What happens in a quarter is no sum of one month.
    try await desk.observe("Hồ sơ trực tuyến", Figure(20, of: 90), "2026-M03")
    #expect(try await total("Hồ sơ trực tuyến", "2026-Q1") == nil)
    await desk.database.close()
  }

  @Test("a target is announced once, when all villages are in, and judged on the day of the counts")
  func announced() async throws {
    let desk = try await Desk(today: day("2026-04-02"))
    try await desk.keep("t1", "t2")
    try await desk.issue([
      .target(Self.accounts, .atLeast, Quantity(80), by: "2026-06-30", number: "1"),
      .target(Self.accounts, .atLeast, Quantity(95), by: "2026-12-31", number: "2"),
    ])
    try await desk.count("t1", "2026-M03", counts(100, 99, 0))
    #expect(try await desk.list().map(\.standing) == [Open(.noData)])
    #expect(try await desk.events(TargetMet.self).isEmpty)
    try await desk.count("t2", "2026-M03", counts(100, 70, 0))
    let met = try await desk.events(TargetMet.self)
    #expect(met.map(\.milestone.number) == ["1"])
    #expect(met.map(\.figure) == [Figure(169, of: 200)])
    #expect(met.map(\.focal) == [Desk.focal.code])
    try await desk.count("t2", "2026-M03", counts(100, 98, 0), revision: 2)
    desk.setToday(day("2026-08-01"))
    try await desk.resync(Identity.name)
    #expect(try await desk.events(TargetMet.self).map(\.milestone.number) == ["1"])
    #expect(try await desk.events(ObservationRecorded.self).isEmpty)
    try await desk.count("t1", "2026-M07", counts(100, 99, 0))
    try await desk.count("t2", "2026-M07", counts(100, 99, 0))
    #expect(try await desk.events(TargetMet.self).map(\.milestone.number) == ["1", "2"])
    await desk.database.close()
  }

  @Test("read again, counts do not announce what a value that was entered later would have met on their day")
  func announcedAgain() async throws {
    let desk = try await Desk(today: day("2026-04-02"))
    try await desk.keep("t1")
    try await desk.issue([
      .target(Self.accounts, .atLeast, Quantity(80), by: "2026-06-30", number: "1"),
      .target(Self.accounts, .atLeast, Quantity(95), by: "2026-12-31", number: "2"),
    ])
    try await desk.count("t1", "2026-M03", counts(100, 70, 0))
    desk.setToday(day("2026-08-01"))
    try await desk.observe(Self.accounts, Figure(90, of: 100), "2026-M07")
    #expect(try await desk.events(TargetMet.self).isEmpty)
    try await desk.resync(Identity.name)
    #expect(try await desk.events(TargetMet.self).isEmpty)
    await desk.database.close()
  }

  @Test("a program that knows more wordings than the one before finds the indicators that are there")
  func upgraded() async throws {
    let desk = try await Desk()
    try await desk.issue([.target(Self.accounts), .target("Hồ sơ trực tuyến")])
    try await desk.count("t1", "2026-M03", counts(100, 90, 40))
    let before = try await desk.derived()
    _ = try await desk.database.write { store in
      try store.execute("DELETE FROM counted_indicator")
    }
    #expect(try await history(of: Self.accounts, at: desk).isEmpty)
    try await desk.database.write { store in try IndicatorsStore.matchAll(store) }
    #expect(try await desk.derived() == before)
    #expect(try await history(of: Self.accounts, at: desk).count == 1)
    await desk.database.close()
  }

  /// Both streams in many interleavings, and read again in either order: the same tables, and what a ledger adds up.
  @Test("in whatever order the streams are read")
  func orders() async throws {
    var seed = Seed("orders")
    let desk = try await Desk()
    let communes: [Unit] = ["38/15043", "38/15044", "38/15045"]
    let villages: [Office.Code] = ["t1", "t2", "t3"]
    let months = ["2026-M01", "2026-M02", "2026-M03"]
    struct Key: Hashable {
      var unit: Unit
      var month: String
      var village: Office.Code
    }
    var ledger: [Key: (counts: EnrolmentCounts, revision: Int)] = [:]
    for unit in communes {
      try desk.sayPlan([.target(Self.accounts), .target("khác"), .target(Self.signatures)], in: unit)
      try desk.sayVillages(villages, in: unit)
    }
    for _ in 0..<60 {
      let key = Key(
        unit: try #require(communes.randomElement(using: &seed)),
        month: try #require(months.randomElement(using: &seed)),
        village: try #require(villages.randomElement(using: &seed)))
      let adults = Int64.random(in: 1...900, using: &seed)
      let recorded = counts(adults, .random(in: 0...adults, using: &seed), .random(in: 0...adults, using: &seed))
      let revision = (ledger[key]?.revision ?? 0) + 1
      ledger[key] = (recorded, revision)
      try desk.sayCounts(key.village, key.month, recorded, in: key.unit, revision: revision)
    }
    for _ in 0..<40 {
      let stream = Bool.random(using: &seed) ? Plans.name : Identity.name
      try await desk.follow(stream, atMost: .random(in: 1...5, using: &seed))
    }
    for stream in [Plans.name, Identity.name] { try await desk.follow(stream) }

    let (tables, indicators) = (try await desk.derived(), try await desk.list(in: "38"))
    for order in [[Identity.name, Plans.name], [Plans.name, Identity.name]] {
      try await desk.resync(order[0], order[1])
      #expect(try await desk.derived() == tables, "\(seed)")
      #expect(try await desk.list(in: "38") == indicators, "\(seed)")
    }
    for unit in communes {
      let observations = try await history(of: Self.accounts, at: desk, in: unit)
      for month in months {
        let parts = ledger.filter { $0.key.unit == unit && $0.key.month == month }.values
        let sum = parts.map(\.counts).reduce(.zero, +)
        let observation = observations.first { $0.period.description == month }
        #expect(observation?.figure == (parts.isEmpty ? nil : Figure(sum.activated, of: sum.adults)), "\(seed)")
        #expect(observation?.revision ?? 0 == parts.map(\.revision).reduce(0, +), "\(seed)")
        #expect(observation?.villages?.reported ?? 0 == parts.count, "\(seed)")
      }
      #expect(observations.count == Set(ledger.keys.filter { $0.unit == unit }.map(\.month)).count, "\(seed)")
    }
    await desk.database.close()
  }
}
