import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

/// The sums that are kept up, against sums of everything, in whole numbers.
@Suite("Sums that are kept up", .timeLimit(.minutes(60))) struct RollUpKeepingTests {
  private static let name = "Người dân có chữ ký số"
  private static let other = "Hồ sơ trực tuyến"
  private static let province = "38"

  /// A naive ledger of all that happened, looked at from scratch.
  private struct Ledger {
    struct Place: Hashable {
      var unit: Unit
      var name: String
      var period: Period
    }

    var own: [Place: Figure] = [:]
    var villages: [Place: [Office.Code: Figure]] = [:]
    var counts: [Place: [Office.Code: Figure]] = [:]
    var promised: Set<Place> = []

    /// What stands for a period: entered, of villages, counted; of what is counted, also that of a shorter period.
    func figure(_ unit: Unit, _ name: String, _ period: Period) -> Figure? {
      let isCounted = name == RollUpKeepingTests.name
      for part in period.endingTogether.reversed() where part == period || isCounted && isShorter(part, than: period) {
        let place = Place(unit: unit, name: name, period: part)
        if let figure = own[place] { return figure }
        if let figures = villages[place], !figures.isEmpty { return sum(Array(figures.values)) }
        if isCounted, let figures = counts[place], !figures.isEmpty { return sum(Array(figures.values)) }
      }
      return nil
    }

    private func isShorter(_ part: Period, than period: Period) -> Bool {
      part.days.lowerBound > period.days.lowerBound
    }

    private func sum(_ figures: [Figure]) -> Figure {
      Figure(
        figures.reduce(0) { $0 + $1.numerator },
        of: figures.allSatisfy { $0.denominator != nil } ? figures.reduce(0) { $0 + ($1.denominator ?? 0) } : nil)
    }
  }

  /// A random commune, village, period and figure at a time: entered, corrected, estimated, counted, promised, superseded;
  /// streams read on in any order and read again; communes merged. After every few steps the table of the province and of
  /// the country is what the ledger says.
  @Test("as a naive recomputation, in whatever order things come", arguments: 1...3)
  func property(run: Int) async throws {
    var seed = Seed("rollUpKeeping\(run)")
    let desk = try await Desk()
    let communes = (0..<6).map { Unit(stringLiteral: "38/1504\($0)") } + ["01/00004", "01/00005"]
    let villages: [Office.Code] = ["t1", "t2", "t3"]
    let periods = try ["2026-M05", "2026-M06", "2026-Q2", "2026-6M", "nd09:2026-Q2"].map { try #require(Period($0)) }
    var ledger = Ledger()
    var mergers: [Unit: Day] = [:]
    for unit in communes { try await desk.keepVillages(villages, in: unit) }

    for step in 0..<140 {
      let unit = try #require(communes.randomElement(using: &seed))
      let period = try #require(periods.randomElement(using: &seed))
      let name = Bool.random(using: &seed) ? Self.name : Self.other
      let place = Ledger.Place(unit: unit, name: name, period: period)
      let denominator = Int64.random(in: 1...1000, using: &seed)
      let figure = Figure(.random(in: 0...denominator, using: &seed), of: denominator)
      let isPromised = ledger.promised.contains { $0.unit == unit && $0.name == name }
      switch Int.random(in: 0..<10, using: &seed) {
      case 0, 1:
        try await desk.issue([.target(name, number: "\(step)")], in: unit)
        ledger.promised.insert(Ledger.Place(unit: unit, name: name, period: periods[0]))
      case 2 where period.kind == .month && period.calendar == .plain:
        let village = try #require(villages.randomElement(using: &seed))
        try await desk.count(
          village, period.description,
          EnrolmentCounts(adults: denominator, issued: 0, activated: 0, signatures: figure.numerator), in: unit)
        ledger.counts[Ledger.Place(unit: unit, name: Self.name, period: period), default: [:]][village] = figure
      case 3:
        try await desk.resync(Bool.random(using: &seed) ? Plans.name : Identity.name)
      case 4 where mergers[unit] == nil && unit.province == Self.province && mergers.count < 2:
        let into = try #require(communes.first { $0 != unit && $0.province == unit.province && mergers[$0] == nil })
        let merger = Merger(from: unit, into: into, day: day("2026-11-01"), document: "1/NQ-HĐND")
        _ = try await desk.ask(
          RecordMerger(merger: merger), as: "so-khcn", in: unit.provinceUnit, roles: [.province])
        mergers[unit] = merger.day
      case 5...6 where isPromised:
        let village = try #require(villages.randomElement(using: &seed))
        try await desk.enter(name, figure, period, in: unit, village: village)
        ledger.villages[place, default: [:]][village] = figure
      case 7 where isPromised && ledger.own[place] == nil:
        try await desk.enter(name, figure, period, in: unit, estimatedAsOf: period.days.lowerBound)
      default:
        guard isPromised else { continue }
        try await desk.enter(name, figure, period, in: unit)
        ledger.own[place] = figure
      }
      if step % 7 == 0 { try await compare(desk, ledger, communes, periods, "\(seed), step \(step)") }
    }
    try await compare(desk, ledger, communes, periods, "\(seed)")

    // What is kept is what making it anew gives.
    let kept = try await desk.sums()
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept, "\(seed)")
    await desk.database.close()
  }

  private func compare(
    _ desk: Desk, _ ledger: Ledger, _ communes: [Unit], _ periods: [Period], _ comment: String
  ) async throws {
    for period in periods {
      for unit in ["38", "01", nil] as [Unit?] {
        let table = try await desk.ask(ShowRollUpTable(period: period), in: unit)
        let inside = communes.filter { unit?.contains($0) ?? true }
        for name in [Self.name, Self.other] {
          let promising = inside.filter { commune in
            ledger.promised.contains { $0.unit == commune && $0.name == name }
          }
          let figures = promising.compactMap { ledger.figure($0, name, period) }
          let line = table.lines.first { $0.name == name }
          #expect(line?.expected ?? 0 == promising.count, "\(comment)")
          #expect(line?.reported ?? 0 == figures.count, "\(comment) \(name) \(period)")
          let total =
            figures.isEmpty
            ? nil : Ratio(figures.reduce(0) { $0 + $1.numerator }, of: figures.reduce(0) { $0 + ($1.denominator ?? 0) })
          #expect(line?.total == total, "\(comment) \(name) \(period)")
          guard !promising.isEmpty else { continue }
          let rollUp = try await desk.ask(RollUpIndicator(name: name, period: period), in: unit)
          #expect(rollUp.total == total && rollUp.reported == figures.count, "\(comment) \(name) \(period)")
          #expect(rollUp.provinces?.reduce(0) { $0 + $1.reported } ?? figures.count == figures.count, "\(comment)")
        }
      }
    }
  }

  @Test("a merger that was recorded by mistake is taken back: the sums are what they were, and what came meanwhile")
  func revoked() async throws {
    let desk = try await Desk()
    let units: [Unit] = ["38/15043", "38/15044"]
    for unit in units {
      try await desk.keepVillages(["t1"], in: unit)
      try await desk.issue([.target(Self.other), .target(Self.name)], in: unit)
      for period in ["2026-Q1", "2026-Q2", "2026-Q3"] {
        try await desk.observe(Self.other, Figure(50, of: 200), period, in: unit)
      }
      try await desk.count(
        "t1", "2026-M08", EnrolmentCounts(adults: 10, issued: 0, activated: 0, signatures: 3), in: unit)
    }
    let before = try await desk.sums()
    let merger = Merger(from: units[1], into: units[0], day: day("2026-04-01"), document: "12/NQ-HĐND")
    _ = try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])
    #expect(try await desk.sums() != before)
    // Counts of one that has ended are in no sum, however they come.
    let merged = try await desk.sums()
    try await desk.count(
      "t1", "2026-M09", EnrolmentCounts(adults: 10, issued: 0, activated: 0, signatures: 4), in: units[1])
    #expect(try await desk.sums() == merged)
    func rebuilt() async throws -> [[Row]] {
      try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
      return try await desk.sums()
    }
    #expect(try await rebuilt() == merged)

    let revoke = RevokeMerger(from: units[1], document: "13/NQ-HĐND", reason: "Ghi nhầm xã")
    for (home, unit) in [("01", units[1]), ("38", "38/15049")] as [(Unit, Unit)] {
      let strange = RevokeMerger(from: unit, document: "13/NQ-HĐND", reason: "Ghi nhầm xã")
      let refused = await #expect(throws: Refusal.self) {
        try await desk.ask(strange, as: "so", in: home, roles: [.province])
      }
      #expect(refused?.status == .notFound)
    }
    #expect(try await desk.ask(revoke, as: "so", in: "38", roles: [.province]) == merger)
    let after = try await desk.sums()
    #expect(try await rebuilt() == after)
    #expect(after[1] == before[1] && after[0].count > before[0].count)
    #expect(Set(before[0].map { "\($0)" }).isSubset(of: after[0].map { "\($0)" }))
    try await desk.observe(Self.other, Figure(60, of: 200), "2026-Q3", in: units[1])
    // It can be merged into another one now; again it is taken back once only.
    let again = await #expect(throws: Refusal.self) {
      try await desk.ask(revoke, as: "so", in: "38", roles: [.province])
    }
    #expect(again?.status == .notFound)
    // Identity's is for good, whether it was recorded here before or not.
    _ = try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])
    try await desk.merge(merger)
    let identitys = await #expect(throws: Refusal.self) {
      try await desk.ask(revoke, as: "so", in: "38", roles: [.province])
    }
    #expect(identitys?.status == .conflict)
    await desk.database.close()
  }

  @Test("a merged commune's past is added to the one that it is part of; it is expected no longer")
  func mergers() async throws {
    let desk = try await Desk()
    let units: [Unit] = ["38/15043", "38/15044", "38/15045"]
    for unit in units { try await desk.issue([.target(Self.other)], in: unit) }
    try await desk.observe(Self.other, Figure(10, of: 100), "2026-Q1", in: units[0])
    try await desk.observe(Self.other, Figure(50, of: 200), "2026-Q1", in: units[1])
    let merger = Merger(from: units[1], into: units[0], day: day("2026-07-01"), document: "12/NQ-HĐND")
    _ = try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])

    func rollUp(_ period: String, in unit: Unit) async throws -> RollUp {
      let period = try #require(Period(period))
      return try await desk.ask(RollUpIndicator(name: Self.other, period: period), in: unit)
    }
    #expect(try await rollUp("2026-Q1", in: units[0]).total == Ratio(60, of: 300))
    #expect(try await rollUp("2026-Q1", in: "38").total == Ratio(60, of: 300))
    #expect(try await rollUp("2026-Q1", in: "38").expected == 3)
    #expect(try await rollUp("2026-Q3", in: "38").expected == 2)
    let third = try #require(Period("2026-Q3"))
    let country = try await desk.ask(RollUpIndicator(name: Self.other, period: third), in: nil)
    #expect(country.provinces?.map(\.expected) == [2])
    // The merged unit reports the whole of a period in which they were merged.
    #expect(try await rollUp("2026-Y", in: "38").expected == 2)
    let refused = await #expect(throws: Refusal.self) {
      try await desk.observe(Self.other, Figure(1, of: 2), "2026-Q3", in: units[1])
    }
    #expect(refused?.status == .conflict)
    for merger in [
      merger, Merger(from: units[2], into: units[1], day: merger.day, document: merger.document),
    ] {
      let again = await #expect(throws: Refusal.self) {
        try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])
      }
      #expect(again?.status == .conflict)
    }
    let strange = Merger(from: "01/00004", into: units[0], day: merger.day, document: merger.document)
    let elsewhere = await #expect(throws: Refusal.self) {
      try await desk.ask(RecordMerger(merger: strange), as: "so", in: "38", roles: [.province])
    }
    #expect(elsewhere?.status == .invalid)
    await desk.database.close()
  }

  @Test(
    "merged again later, it is in the sum of the last; what it had entered for a period that another reports is in none"
  )
  func mergedTwice() async throws {
    let desk = try await Desk()
    let units: [Unit] = ["38/15043", "38/15044", "38/15045"]
    for unit in units { try await desk.issue([.target(Self.other), .target(Self.name, number: "2")], in: unit) }
    for (index, unit) in units.enumerated() {
      try await desk.observe(Self.other, Figure(Int64(index + 1), of: 100), "2026-Q1", in: unit)
    }
    try await desk.observe(Self.other, Figure(50, of: 100), "2026-Q3", in: units[0])
    let counts = EnrolmentCounts(adults: 100, issued: 0, activated: 0, signatures: 40)
    try await desk.count("t1", "2026-M09", counts, in: units[0])
    let mergers = [(0, 1, "2026-08-15"), (1, 2, "2026-10-01")].map {
      Merger(from: units[$0.0], into: units[$0.1], day: day($0.2), document: "12/NQ-HĐND")
    }
    for merger in mergers {
      _ = try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])
    }
    try await desk.count("t2", "2026-M09", counts, in: units[0])

    func rollUp(_ name: String, _ period: String, in unit: Unit) async throws -> RollUp {
      let period = try #require(Period(period))
      return try await desk.ask(RollUpIndicator(name: name, period: period), in: unit)
    }
    #expect(try await rollUp(Self.other, "2026-Q1", in: units[2]).total == Ratio(6, of: 300))
    for name in [Self.other, Self.name] {
      let sum = try await rollUp(name, "2026-Q3", in: "38")
      #expect(sum.reported == 0 && sum.expected == 2, "\(name)")
      let period = try #require(Period("2026-Q3"))
      let line = try await desk.ask(ShowRollUpTable(period: period), in: "38").lines.first { $0.name == name }
      #expect(line?.reported == 0 && line?.expected == 2 && line?.total == nil, "\(name)")
    }
    let kept = try await desk.sums()
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept)
    try await desk.resync(Identity.name, Plans.name)
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }

  @Test("what the missing would make of it, by what their shares were last of")
  func range() async throws {
    let desk = try await Desk()
    let units: [Unit] = ["38/15043", "38/15044", "38/15045"]
    for unit in units { try await desk.issue([.target(Self.other)], in: unit) }
    try await desk.observe(Self.other, Figure(30, of: 100), "2026-Q2", in: units[0])
    try await desk.observe(Self.other, Figure(90, of: 100), "2026-Q2", in: units[1])
    func rollUp() async throws -> RollUp {
      let period = try #require(Period("2026-Q2"))
      return try await desk.ask(RollUpIndicator(name: Self.other, period: period), in: "38")
    }
    #expect(try await rollUp().range == nil)
    try await desk.observe(Self.other, Figure(1, of: 200), "2026-Q1", in: units[2])
    let range = try #require(try await rollUp().range)
    #expect(range.lowest == Ratio(120, of: 400))
    #expect(range.highest == Ratio(320, of: 400))
    #expect(range.covered == Ratio(200, of: 400))
    #expect(try await rollUp().median?.unit == units[0])
    try await desk.observe(Self.other, Figure(120, of: 200), "2026-Q2", in: units[2])
    #expect(try await rollUp().range == nil)
    #expect(try await rollUp().median?.unit == units[2])
    await desk.database.close()
  }
}
