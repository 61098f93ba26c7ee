import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

@Suite("Adding up over communes", .timeLimit(.minutes(60))) struct RollUpTests {
  private let name = IndicatorName(name: "Hồ sơ trực tuyến", measure: "%")
  private let units: [Unit] = ["38/15043", "38/15044", "38/15045"]

  private func rollUp(_ figures: [Figure?], measure: String? = "%") throws -> RollUp {
    let parts = zip(units, figures).map { IndicatorsRules.Part(unit: $0, figure: $1) }
    let period = try #require(Period("2026-Q1"))
    return try IndicatorsRules.rollUp(IndicatorName(name: "a", measure: measure), for: period, of: parts)
  }

  @Test("numerators over denominators: the missing is not zero, and there is no average of percentages")
  func sums() throws {
    let rollUp = try rollUp([Figure(90, of: 100), nil, Figure(100, of: 900)])
    #expect(rollUp.total == Ratio(190, of: 1000))
    #expect((rollUp.reported, rollUp.expected) == (2, 3))
    #expect(rollUp.missing == ["38/15044"])
    #expect(rollUp.lowest?.unit == "38/15045")
    #expect(rollUp.highest?.unit == "38/15043")
  }

  @Test("without denominators the lowest and the highest alone")
  func notAddable() throws {
    let rollUp = try rollUp([Figure(7), Figure(12, of: 20), Figure(3)], measure: "thôn")
    #expect(rollUp.total == nil)
    #expect(rollUp.lowest == .init(unit: "38/15045", figure: Figure(3)))
    #expect(rollUp.highest == .init(unit: "38/15044", figure: Figure(12, of: 20)))
  }

  @Test("nobody has reported")
  func nothing() throws {
    let rollUp = try rollUp([nil, nil, nil])
    #expect(rollUp.total == nil && rollUp.lowest == nil && rollUp.highest == nil)
    #expect((rollUp.reported, rollUp.expected, rollUp.missing.count) == (0, 3, 3))
  }

  /// What the store adds up equals what a ledger of the last values adds up, whatever was entered, corrected and read
  /// again.
  @Test("as recomputed from every entry")
  func property() async throws {
    var seed = Seed("rollUp")
    let desk = try await Desk()
    let communes = (0..<12).map { Unit(stringLiteral: "38/150\(40 + $0)") }
    let strangers: [Unit] = ["01/15041", "38"]
    for unit in communes + strangers { try await desk.issue([.target("Hồ sơ trực tuyến")], in: unit) }
    let periods = ["2026-Q1", "nd09:2026-Q1", "2026-6M"]
    var ledger: [String: [Unit: Figure]] = [:]

    for step in 0..<150 {
      let unit = try #require((communes.dropLast() + strangers).randomElement(using: &seed))
      let period = try #require(periods.randomElement(using: &seed))
      let denominator = Int64.random(in: 1...1000, using: &seed)
      let figure = Figure(.random(in: 0...denominator, using: &seed), of: denominator)
      try await desk.observe("Hồ sơ trực tuyến", figure, period, in: unit)
      if communes.contains(unit) { ledger[period, default: [:]][unit] = figure }
      if step % 50 == 20 { try await desk.resync(Plans.name) }
    }

    for text in periods {
      let period = try #require(Period(text))
      let rollUp = try await desk.ask(RollUpIndicator(name: "truc tuyen", period: period), in: "38")
      let figures = ledger[text] ?? [:]
      let top = figures.values.reduce(0) { $0 + $1.numerator }
      let bottom = figures.values.reduce(0) { $0 + ($1.denominator ?? 0) }
      #expect(rollUp.total == Ratio(top, of: bottom), "\(seed)")
      #expect(rollUp.reported == figures.count && rollUp.expected == communes.count, "\(seed)")
      #expect(Set(rollUp.missing) == Set(communes).subtracting(figures.keys), "\(seed)")
      let shares = figures.values.compactMap(\.ratio)
      let lowest = try #require(rollUp.lowest?.figure.ratio)
      let highest = try #require(rollUp.highest?.figure.ratio)
      for share in shares {
        #expect(share.numerator * lowest.denominator >= lowest.numerator * share.denominator, "\(seed)")
        #expect(share.numerator * highest.denominator <= highest.numerator * share.denominator, "\(seed)")
      }
    }
    await desk.database.close()
  }
}
