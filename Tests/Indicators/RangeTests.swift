import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("Where an indicator stands that is to be kept within a range", .timeLimit(.minutes(60)))
struct RangeTests {
  private func milestone(_ value: String, _ upper: String?, by due: String? = nil) -> Milestone {
    Milestone(
      target: Target.ID(), plan: Plan.ID(), year: 2026, number: "1", comparator: Open(.range), value: Quantity(value),
      upper: upper.flatMap { Quantity($0) }, due: due.map(day), leads: [])
  }

  /// The values of two quarters: 92 days apart, and 92 days from the end of the year.
  private func course(_ first: Figure, _ last: Figure) throws -> [Observation] {
    try [("2026-Q3", last), ("2026-Q2", first)].map {
      Observation(
        period: try #require(Period($0.0)), revision: 1, figure: $0.1, office: "a", time: Timestamp(milliseconds: 0))
    }
  }

  /// After one value, on a day of the plan's year: nothing to forecast from.
  private func found(of milestone: Milestone, in measure: String?, at figure: Figure) throws -> Indicator.Standing {
    IndicatorsRules.standing(
      of: milestone, in: measure, after: Array(try course(figure, figure).prefix(1)), on: day("2026-10-05"))
  }

  @Test(
    "a range is met at both its ends and between them, and missed on either side",
    arguments: [
      (80, .met), (85, .met), (90, .met), (79, .behind), (91, .behind), (0, .behind), (100, .behind),
    ] as [(Int64, Indicator.Standing)])
  func ends(numerator: Int64, standing: Indicator.Standing) throws {
    let milestone = self.milestone("80", "90")
    #expect(try found(of: milestone, in: "%", at: Figure(numerator, of: 100)) == standing)
    #expect(try found(of: milestone, in: "hồ sơ", at: Figure(numerator)) == standing)
    let isMet = standing == .met
    #expect(IndicatorsRules.isMet(milestone, in: "%", at: Figure(numerator, of: 100)) == isMet)
  }

  @Test("the ends of a range are compared without rounding; one without its end judges nothing")
  func exact() throws {
    let milestone = self.milestone("66.666667", "66.7")
    #expect(try found(of: milestone, in: "%", at: Figure(2, of: 3)) == .behind)
    #expect(try found(of: milestone, in: "%", at: Figure(667, of: 1000)) == .met)
    #expect(try found(of: milestone, in: "%", at: Figure(66_701, of: 100_000)) == .behind)
    #expect(try found(of: self.milestone("80", nil), in: "%", at: Figure(85, of: 100)) == .reportOnly)
    #expect(try found(of: self.milestone("80", "79"), in: "%", at: Figure(80, of: 100)) == .reportOnly)
  }

  @Test(
    "a course that leaves a range by more than 5 points, below or above, is at risk, and the steps say on which side",
    arguments: [
      // 92 days past, 92 ahead: the forecast is the last value and the same change again.
      (70, 75, .onTrack, "dưới khoảng 80–90", "Không ra ngoài khoảng quá 5 điểm"),
      (73, 74, .onTrack, "dưới khoảng 80–90", "Không ra ngoài khoảng quá 5 điểm"),
      (72, 73, .atRisk, "dưới khoảng 80–90", "Thiếu quá 5 điểm"),
      (60, 70, .onTrack, "dưới khoảng 80–90", "Không ra ngoài khoảng quá 5 điểm"),
      (40, 78, .atRisk, "dưới khoảng 80–90", "Vượt quá 5 điểm"),
      (97, 96, .onTrack, "trên khoảng 80–90", "Không ra ngoài khoảng quá 5 điểm"),
      (96, 96, .atRisk, "trên khoảng 80–90", "Vượt quá 5 điểm"),
      (70, 85, .met, "trong khoảng 80–90", nil),
    ] as [(Int64, Int64, Indicator.Standing, String, String?)])
  func courses(
    first: Int64, last: Int64, standing: Indicator.Standing, place: String, forecast: String?
  ) throws {
    let record = IndicatorRecord(
      id: Indicator.ID(), unit: "38/15043", name: "a", measure: "%",
      milestones: [milestone("80", "90", by: "2026-12-31")],
      course: try course(Figure(first, of: 100), Figure(last, of: 100)))
    let explained = try #require(IndicatorsRules.explanation(of: record, on: day("2026-10-05")))
    #expect(explained.indicator.standing.known == standing)
    let steps = explained.steps.map(\.vi)
    #expect(steps.contains { $0.contains(place) }, "\(steps)")
    #expect(steps.count == (forecast == nil ? 3 : 4))
    if let forecast { #expect(steps.last?.contains(forecast) == true, "\(steps)") }
  }

  @Test("of what is not in percent a point is a hundredth of the end that is missed")
  func counts() throws {
    func standing(_ first: Int64, _ last: Int64) throws -> Indicator.Standing {
      IndicatorsRules.standing(
        of: milestone("1000", "2000", by: "2026-12-31"), in: "hồ sơ",
        after: try course(Figure(first), Figure(last)), on: day("2026-10-05"))
    }
    #expect(try standing(950, 950) == .onTrack)
    #expect(try standing(949, 949) == .atRisk)
    #expect(try standing(2100, 2100) == .onTrack)
    #expect(try standing(2101, 2101) == .atRisk)
  }

  @Test("a range is kept with both its ends, judged between them, and announced once it is met")
  func kept() async throws {
    let desk = try await Desk(today: day("2026-10-05"))
    try await desk.issue([
      TargetRow(
        number: "1", indicator: "a", unit: "%", comparator: Open(.range), value: Quantity(80), upper: Quantity("90.5"),
        due: day("2026-12-31"), leads: [Desk.lead.code])
    ])
    let above = try await desk.observe("a", Figure(91, of: 100), "2026-Q2")
    #expect(above.indicator.target.upper == Quantity("90.5") && above.indicator.standing == .behind)
    #expect(try await desk.events(TargetMet.self).isEmpty)
    let within = try await desk.observe("a", Figure(905, of: 1000), "2026-Q3")
    #expect(within.indicator.standing == .met)
    let met = try await desk.events(TargetMet.self)
    #expect(met.map(\.milestone.upper) == [Quantity("90.5")])
    #expect(try await desk.ask(OverviewIndicators(year: 2026)).units.map(\.met) == [1])
    await desk.database.close()
  }
}
