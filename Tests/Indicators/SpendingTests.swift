import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

@Suite("What the budget pays becomes observations, over a real store", .timeLimit(.minutes(60))) struct SpendingTests {
  private static let name = "Tỷ lệ giải ngân kinh phí chuyển đổi số"
  private static let commune: Unit = "38/15043"

  private func history(at desk: Desk) async throws -> [Observation] {
    let indicator = try #require(await desk.list().first { $0.name == Self.name })
    return try await desk.ask(ListObservations(indicator: indicator.id)).items
  }

  @Test("paid of allocated, from the year's first day to each month's last; months that have not begun have none")
  func months() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target(Self.name, .atLeast, Quantity(50))])
    let (one, two) = (BudgetLine.ID(), BudgetLine.ID())
    // Allocated before the year began: January's. Two payments, and a line that is given money later.
    try await desk.spend(one, allocated: 40, disbursed: 0, on: day("2025-12-30"))
    try await desk.spend(one, allocated: 40, disbursed: 10, on: day("2026-02-10"))
    try await desk.spend(two, allocated: 60, disbursed: 0, on: day("2026-03-02"))
    try await desk.spend(two, allocated: 60, disbursed: 45, on: day("2026-03-31"))

    let observations = try await history(at: desk)
    #expect(observations.map(\.period.description) == ["2026-M04", "2026-M03", "2026-M02", "2026-M01"])
    #expect(
      observations.map(\.figure)
        == [Figure(55, of: 100), Figure(55, of: 100), Figure(10, of: 40), Figure(0, of: 40)])
    #expect(observations.allSatisfy { $0.source?.known == .spending && $0.villages == nil && !$0.superseded })
    let indicator = try #require(await desk.list().first)
    #expect(indicator.last?.figure == Figure(55, of: 100) && indicator.standing == .met)
    #expect(try await desk.events(TargetMet.self).map(\.figure) == [Figure(55, of: 100)])

    // The quarter has what its last month has; a payment that was taken back is gone from its day on.
    func total(_ period: String) async throws -> Ratio? {
      let period = try #require(Period(period))
      return try await desk.ask(RollUpIndicator(name: Self.name, period: period), in: "38").total
    }
    #expect(try await total("2026-Q1") == Ratio(55, of: 100))
    try await desk.spend(two, allocated: 60, disbursed: 40, on: day("2026-03-31"))
    #expect(try await total("2026-Q1") == Ratio(50, of: 100))
    #expect(try await total("2026-M02") == Ratio(10, of: 40))
    let later = await #expect(throws: Refusal.self) { try await total("2026-Q3") }
    #expect(later?.place == "period")
    // In May it stands as it stood.
    desk.setToday(day("2026-05-04"))
    #expect(try await history(at: desk).first?.period == Period("2026-M05"))
    await desk.database.close()
  }

  @Test("what the budget gives is not typed over without a reason that is kept; another's money changes nothing")
  func reasons() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target(Self.name), .target("Giải ngân vốn đầu tư công", number: "2")])
    try await desk.spend(BudgetLine.ID(), allocated: 40, disbursed: 10, on: day("2026-02-10"))
    try await desk.spend(BudgetLine.ID(), allocated: 90, disbursed: 90, on: day("2026-02-10"), in: "38/15044")
    for period in ["2026-M03", "2026-Q1"] {
      let refused = await #expect(throws: Refusal.self) {
        try await desk.observe(Self.name, Figure(20, of: 40), period)
      }
      #expect(refused?.place == "reason" && refused?.text.vi.contains("sổ kinh phí") == true, "\(period)")
    }
    let entry = try await desk.observe(
      Self.name, Figure(20, of: 40), "2026-M03", expecting: 0, reason: "Kho bạc đối chiếu lại")
    #expect(entry.observation.source == nil && entry.indicator.last?.figure == Figure(10, of: 40))
    let observations = try await history(at: desk)
    #expect(observations.map(\.superseded) == [false, false, true, false])
    #expect(observations.map(\.reason) == [nil, "Kho bạc đối chiếu lại", nil, nil])
    let quarter = try #require(Period("2026-Q1"))
    #expect(try await desk.ask(RollUpIndicator(name: Self.name, period: quarter), in: "38").total == Ratio(20, of: 40))
    try await desk.observe("Giải ngân vốn đầu tư công", Figure(20, of: 40), "2026-Q1")
    await desk.database.close()
  }

  @Test("a payment that changes nothing, and a year that is over, change nothing else")
  func years() async throws {
    let desk = try await Desk(today: day("2027-02-05"))
    try await desk.issue([.target(Self.name)])
    let line = BudgetLine.ID()
    try await desk.spend(line, allocated: 40, disbursed: 0, on: day("2026-01-10"))
    try await desk.spend(line, allocated: 40, disbursed: 0, on: day("2026-06-10"))
    // Paid in January of the next year, within the time for settling.
    try await desk.spend(line, allocated: 40, disbursed: 30, on: day("2027-01-20"))
    try await desk.spend(BudgetLine.ID(), allocated: 80, disbursed: 8, on: day("2027-01-25"), year: 2027)
    let observations = try await history(at: desk)
    #expect(observations.map(\.period.year) == [2027, 2027] + Array(repeating: 2026, count: 12))
    #expect(
      observations.prefix(4).map(\.figure) == [(8, 80), (8, 80), (30, 40), (0, 40)].map { Figure($0.0, of: $0.1) })
    await desk.database.close()
  }

  /// Lines and days at random: what each period has is what a look through all entries gives, and what a new reading of the
  /// streams gives.
  @Test("as a naive recomputation, in whatever order entries come", arguments: 1...3)
  func property(run: Int) async throws {
    var seed = Seed("spending\(run)")
    let desk = try await Desk(today: day("2026-12-31"))
    let units: [Unit] = [Self.commune, "38/15044"]
    let lines = (0..<4).map { (id: BudgetLine.ID(), unit: units[$0 % 2]) }
    var state: [BudgetLine.ID: (allocated: Int64, disbursed: Int64)] = [:]
    var entries: [(unit: Unit, month: Int, allocated: Int64, disbursed: Int64)] = []
    for step in 0..<40 {
      if step % 13 == 5 { try await desk.issue([.target(Self.name, number: "\(step)")], in: units[step % 2]) }
      if step % 17 == 16 {
        try await desk.resync(try #require([Plans.name, Budget.name].randomElement(using: &seed)))
      }
      let line = try #require(lines.randomElement(using: &seed))
      let before = state[line.id] ?? (0, 0)
      let allocated = Int64.random(in: before.disbursed...1000, using: &seed)
      let after = (allocated: allocated, disbursed: Int64.random(in: 0...allocated, using: &seed))
      let month = Int.random(in: 1...12, using: &seed)
      let on = try #require(Day(2026, month, .random(in: 1...28, using: &seed)))
      try await desk.spend(line.id, allocated: after.allocated, disbursed: after.disbursed, on: on, in: line.unit)
      state[line.id] = after
      entries.append((line.unit, month, after.allocated - before.allocated, after.disbursed - before.disbursed))
    }
    let derived = try await desk.derived()
    for (period, month) in [("2026-M05", 5), ("2026-Q2", 6), ("2026-9M", 9), ("2026-Y", 12)] {
      let figures = units.compactMap { unit -> Figure? in
        let earlier = entries.filter { $0.unit == unit && $0.month <= month }
        let allocated = earlier.reduce(0) { $0 + $1.allocated }
        let disbursed = earlier.reduce(0) { $0 + $1.disbursed }
        return allocated > 0 && (0...allocated).contains(disbursed) ? Figure(disbursed, of: allocated) : nil
      }
      let period = try #require(Period(period))
      let rollUp = try await desk.ask(RollUpIndicator(name: Self.name, period: period), in: "38")
      #expect(rollUp.reported == figures.count, "\(seed) \(period)")
      #expect(
        rollUp.total
          == Ratio(figures.reduce(0) { $0 + $1.numerator }, of: figures.reduce(0) { $0 + ($1.denominator ?? 0) }),
        "\(seed) \(period)")
    }
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.derived() == derived, "\(seed)")
    try await desk.resync(Identity.name, Plans.name, Budget.name)
    #expect(try await desk.derived() == derived, "\(seed)")
    await desk.database.close()
  }
}
