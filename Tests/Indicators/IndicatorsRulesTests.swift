import Schema
import Testing

@testable import xaso_indicators

@Suite("Where an indicator stands") struct StandingTests {
  private func milestone(
    _ comparator: TargetRow.Comparator, _ value: String? = nil, by due: String? = nil, year: Int = 2026,
    number: String = "1"
  ) -> Milestone {
    Milestone(
      target: Target.ID(), plan: Plan.ID(), year: year, number: number, comparator: Open(comparator),
      value: value.flatMap { Quantity($0) }, due: due.map(day), leads: [])
  }

  /// After one value, on a day of the plan's year: nothing to forecast from.
  private func found(of milestone: Milestone, in measure: String?, at figure: Figure?) -> Indicator.Standing {
    IndicatorsRules.standing(of: milestone, in: measure, after: course(figure), on: day("2026-05-05"))
  }

  private func course(_ figure: Figure?) -> [Observation] {
    guard let figure, let period = Period("2026-Q1") else { return [] }
    return [Observation(period: period, revision: 1, figure: figure, office: "a", time: Timestamp(milliseconds: 0))]
  }

  @Test(
    "a course that leads there, or to within 5 points, is on track; one that does not is at risk",
    arguments: [
      ("75", [10, 30, 50], "2026-12-31", .onTrack), ("95", [10, 20, 30], "2026-12-31", .atRisk),
      ("80", [20, 40, 60], "2026-12-31", .onTrack), ("45", [10, 20, 30], "2026-12-31", .onTrack),
      ("46", [10, 20, 30], "2026-12-31", .atRisk), ("80", [60, 70, 80], "2026-12-31", .met),
      ("80", [70, 60, 50], "2026-12-31", .atRisk), ("80", [50], "2026-12-31", .behind),
      ("80", [10, 30, 50], "2026-09-30", .behind),
    ] as [(String, [Int64], String, Indicator.Standing)])
  func course(value: String, percents: [Int64], due: String, standing: Indicator.Standing) throws {
    let periods = try ["2026-Q1", "2026-Q2", "2026-Q3"].suffix(percents.count).map { try #require(Period($0)) }
    let course = zip(periods, percents).map {
      Observation(
        period: $0, revision: 1, figure: Figure($1, of: 100), office: "a", time: Timestamp(milliseconds: 0))
    }
    let found = IndicatorsRules.standing(
      of: milestone(.atLeast, value, by: due), in: "%", after: course.reversed(), on: day("2026-10-05"))
    #expect(found == standing)
  }

  @Test("a forecast is drawn through values of one length of period, and says its steps")
  func forecast() throws {
    let values = [("2026-M03", 10), ("2026-Q1", 99), ("2026-M06", 40), ("2026-M09", 71)] as [(String, Int64)]
    let course = try values.map {
      Observation(
        period: try #require(Period($0)), revision: 1, figure: Figure($1, of: 100), office: "a",
        time: Timestamp(milliseconds: 0))
    }
    let record = IndicatorRecord(
      id: Indicator.ID(), unit: "38/15043", name: "a", measure: "%",
      milestones: [milestone(.atLeast, "95", by: "2026-12-31")], course: course.reversed())
    let explained = try #require(IndicatorsRules.explanation(of: record, on: day("2026-10-05")))
    // 61 points in 183 days, for 92 more: 30.66 points.
    #expect(explained.forecast?.description == "100")
    #expect(explained.indicator.standing == .onTrack)
    #expect(explained.course.map(\.period.description) == ["2026-M03", "2026-Q1", "2026-M06", "2026-M09"])
    #expect(explained.steps.count == 4)
  }

  @Test(
    "comparators are exact",
    arguments: [
      (.atLeast, "80", 80, 100, .met), (.atLeast, "80", 79, 100, .behind), (.atLeast, "80", 81, 100, .met),
      (.atLeast, "99.9", 999, 1000, .met), (.atLeast, "99.9", 998_999, 1_000_000, .behind),
      (.atLeast, "66.666666", 2, 3, .met), (.atLeast, "66.666667", 2, 3, .behind), (.above, "80", 80, 100, .behind),
      (.above, "80", 8001, 10_000, .met), (.exactly, "80", 80, 100, .met), (.exactly, "80", 95, 100, .met),
      (.exactly, "80", 79, 100, .behind), (.exactly, "0", 0, 100, .met), (.exactly, "0", 1, 100, .behind),
      (.atMost, "5", 5, 100, .met), (.atMost, "5", 6, 100, .behind), (.below, "5", 5, 100, .behind),
      (.below, "5", 4, 100, .met), (.maintain, "50", 50, 100, .met), (.maintain, "50", 49, 100, .behind),
    ] as [(TargetRow.Comparator, String, Int64, Int64, Indicator.Standing)])
  func percent(
    comparator: TargetRow.Comparator, value: String, numerator: Int64, denominator: Int64, standing: Indicator.Standing
  ) {
    let figure = Figure(numerator, of: denominator)
    #expect(found(of: milestone(comparator, value), in: "%", at: figure) == standing)
  }

  @Test(
    "counts are compared as they are, whatever they are out of",
    arguments: [
      (.atLeast, "12", Figure(12), .met), (.atLeast, "12", Figure(11), .behind),
      (.atLeast, "12", Figure(12, of: 20), .met),
      (.exactly, "0", Figure(0), .met), (.exactly, "0", Figure(2), .behind), (.atLeast, "1.5", Figure(1), .behind),
      (.below, "1.5", Figure(1), .met),
    ] as [(TargetRow.Comparator, String, Figure, Indicator.Standing)])
  func counts(comparator: TargetRow.Comparator, value: String, figure: Figure, standing: Indicator.Standing) {
    #expect(found(of: milestone(comparator, value), in: "cụm dân cư", at: figure) == standing)
    #expect(found(of: milestone(comparator, value), in: nil, at: figure) == standing)
  }

  @Test("without a value there is no data; without a number nothing is judged")
  func nothingToJudge() {
    #expect(found(of: milestone(.atLeast, "80"), in: "%", at: nil) == .noData)
    for figure in [nil, Figure(1), Figure(1, of: 2)] {
      #expect(found(of: milestone(.report), in: nil, at: figure) == .reportOnly)
      #expect(found(of: milestone(.maintain), in: nil, at: figure) == .reportOnly)
    }
    var newer = milestone(.atLeast, "80")
    newer.comparator = .unknown("between")
    #expect(found(of: newer, in: "%", at: Figure(1, of: 2)) == .reportOnly)
  }

  @Test(
    "the nearest milestone that has not passed, later ones only shown",
    arguments: [
      ("2025-12-30", "2025", 3), ("2025-12-31", "2025", 3), ("2026-01-01", "mid", 2), ("2026-06-30", "mid", 2),
      ("2026-07-01", "undated", 1), ("2026-12-31", "undated", 1), ("2027-01-01", "2030", 0), ("2031-01-01", "2030", 0),
    ])
  func nearest(today: String, number: String, later: Int) throws {
    let milestones = [
      milestone(.atLeast, "60", by: "2025-12-31", number: "2025"),
      milestone(.atLeast, "70", by: "2026-06-30", number: "mid"), milestone(.atLeast, "80", number: "undated"),
      milestone(.atLeast, "95", by: "2030-12-31", number: "2030"),
    ]
    let judged = try #require(IndicatorsRules.judged(milestones, on: day(today)))
    #expect(judged.target.number == number)
    #expect(judged.later.count == later)
  }

  @Test("of two promises for one day the later one stands")
  func sameDay() throws {
    let milestones = [
      milestone(.atLeast, "60", by: "2026-12-31", number: "old"), milestone(.atLeast, "70", number: "new"),
    ]
    let judged = try #require(IndicatorsRules.judged(milestones, on: day("2026-03-01")))
    #expect(judged.target.number == "new")
    #expect(judged.later.isEmpty)
    #expect(IndicatorsRules.judged([], on: day("2026-03-01")) == nil)
  }

  @Test("a year's overview is judged within that year")
  func overview() {
    let unit: Unit = "38/15043"
    func record(_ name: String, _ milestones: [Milestone], _ figure: Figure?) throws -> IndicatorRecord {
      let period = try #require(Period("2026-Q1"))
      return IndicatorRecord(
        id: IndicatorsRules.id(of: IndicatorName(name: name, measure: "%"), in: unit), unit: unit, name: name,
        measure: "%", milestones: milestones,
        course: figure.map {
          [Observation(period: period, revision: 1, figure: $0, office: "a", time: Timestamp(milliseconds: 0))]
        } ?? [])
    }
    #expect(throws: Never.self) {
      let records = [
        try record("a", [milestone(.atLeast, "70"), milestone(.atLeast, "95", by: "2030-12-31")], Figure(80, of: 100)),
        try record("b", [milestone(.atLeast, "70")], Figure(60, of: 100)),
        try record("c", [milestone(.atLeast, "70")], nil),
        try record("d", [milestone(.report)], Figure(60, of: 100)),
        try record("e", [milestone(.atLeast, "1", year: 2025)], Figure(60, of: 100)),
      ]
      for today in ["2025-05-05", "2026-05-05", "2028-05-05"] {
        let overview = IndicatorsRules.overview(of: records, for: 2026, on: day(today))
        #expect(overview.units == [.init(unit: unit, met: 1, behind: 1, noData: 1, reportOnly: 1)], "\(today)")
      }
    }
  }
}

@Suite("Who may enter what") struct EnteringTests {
  private func refusal(
    _ figure: Figure, _ period: String = "2026-Q1", measure: String? = "%", note: String? = nil,
    office: Office.Code? = Desk.lead.code, today: String = "2026-11-21"
  ) throws -> Refusal? {
    let id = Indicator.ID()
    let name = IndicatorName(name: "a", measure: measure)
    let target = Milestone(
      target: Target.ID(), plan: Plan.ID(), year: 2026, number: "1", comparator: Open(.atLeast), value: Quantity(80),
      leads: [Desk.lead.code])
    var ground = EntryGround(unit: "38/15043", today: day(today))
    ground.subjects[id] = .init(
      id: id, name: name, key: name.key, target: target, isTargetMet: false, focal: Desk.focal.code)
    let request = ObserveIndicator(
      indicator: id, period: try #require(Period(period)), figure: figure, note: note)
    let caller = Caller(account: "lan", unit: "38/15043", office: office, roles: [.entry])
    do throws(Refusal) {
      let entry = try IndicatorsRules.entry(of: request, on: ground, by: caller, at: Timestamp(milliseconds: 0))
      #expect(entry.observation.office == office)
      return nil
    } catch {
      #expect(!error.text.vi.isEmpty && !error.text.en.isEmpty)
      return error
    }
  }

  @Test(
    "figures",
    arguments: [
      (Figure(85, of: 100), "%", nil), (Figure(0, of: 1), "%", nil), (Figure(100, of: 100), "%", nil),
      (Figure(101, of: 100), "%", "figure.numerator"), (Figure(85), "%", "figure.denominator"),
      (Figure(0, of: 0), "%", "figure.denominator"), (Figure(1, of: -1), "%", "figure.denominator"),
      (Figure(-1, of: 10), "%", "figure"), (Figure(12), "thôn", nil), (Figure(12, of: 10), "thôn", nil),
      (Figure(12, of: 0), "thôn", "figure.denominator"), (Figure(12), nil, nil), (Figure(-1), nil, "figure"),
      (Figure(1_000_000_000_000), nil, nil), (Figure(1_000_000_000_001), nil, "figure"), (Figure(.max), nil, "figure"),
      (Figure(1, of: .max), "%", "figure"), (Figure(1, of: .min), "%", "figure.denominator"),
    ] as [(Figure, String?, String?)])
  func figures(figure: Figure, measure: String?, place: String?) throws {
    let refusal = try refusal(figure, measure: measure)
    #expect(refusal?.place == place)
    #expect(refusal?.status == (place == nil ? nil : .invalid))
  }

  @Test(
    "a period that has begun, in either calendar",
    arguments: [
      ("2026-Q1", "2025-12-31", false), ("2026-Q1", "2026-01-01", true), ("nd09:2026-Q1", "2025-12-14", false),
      ("nd09:2026-Q1", "2025-12-15", true), ("2026-M02", "2026-01-31", false), ("2026-M02", "2026-02-01", true),
      ("nd09:2026-M02", "2026-01-14", false), ("nd09:2026-M02", "2026-01-15", true), ("2026-6M", "2026-01-01", true),
      ("nd09:2026-9M", "2025-12-15", true), ("2026-Y", "2025-12-31", false), ("nd09:2026-Y", "2025-12-31", true),
      ("2020-Y", "2026-12-31", true),
    ])
  func periods(period: String, today: String, accepted: Bool) throws {
    #expect(try refusal(Figure(1, of: 2), period, today: today)?.place == (accepted ? nil : "period"))
  }

  @Test("the leading office, or the focal office in its place")
  func offices() throws {
    #expect(try refusal(Figure(1, of: 2), office: Desk.lead.code) == nil)
    #expect(try refusal(Figure(1, of: 2), office: Desk.focal.code) == nil)
    #expect(try refusal(Figure(1, of: 2), office: "cong-an")?.status == .forbidden)
    #expect(try refusal(Figure(1, of: 2), office: nil)?.status == .forbidden)
  }

  @Test("notes")
  func notes() throws {
    #expect(try refusal(Figure(1, of: 2), note: "Theo hệ thống một cửa") == nil)
    #expect(try refusal(Figure(1, of: 2), note: "")?.place == "note")
    #expect(try refusal(Figure(1, of: 2), note: String(repeating: "ồ", count: 2001))?.place == "note")
  }
}

@Suite("Naming an indicator") struct NamingTests {
  private static let names = [
    IndicatorName(name: "Hồ sơ trực tuyến toàn trình", measure: "%"),
    IndicatorName(name: "Hồ sơ trực tuyến", measure: "%"), IndicatorName(name: "Phủ sóng 5G", measure: "%"),
    IndicatorName(name: "Phủ sóng 5G", measure: "thôn"), IndicatorName(name: "Ứng dụng AI", measure: nil),
  ]

  @Test(
    "by the whole name, else by a part of one",
    arguments: [
      ("ho so truc tuyen", nil, "Hồ sơ trực tuyến", nil), ("TOÀN TRÌNH", nil, "Hồ sơ trực tuyến toàn trình", nil),
      ("ho so", nil, nil, .invalid), ("phu song 5g", nil, nil, .invalid), ("phu song", "%", "Phủ sóng 5G", nil),
      ("phu song", "Thôn", "Phủ sóng 5G", nil), ("phu song", "xã", nil, .notFound), ("ai", nil, "Ứng dụng AI", nil),
      ("a", nil, nil, .invalid),
      ("ung dung ai", nil, "Ứng dụng AI", nil), ("khong co", nil, nil, .notFound), ("", nil, nil, .notFound),
      ("%", nil, nil, .notFound),
    ] as [(String, String?, String?, Status?)])
  func choose(asked: String, measure: String?, name: String?, status: Status?) throws {
    let request = RollUpIndicator(name: asked, measure: measure, period: try #require(Period("2026-Q1")))
    do throws(Refusal) {
      #expect(try IndicatorsRules.choose(request, among: Self.names).name == name)
      #expect(status == nil)
    } catch {
      #expect(error.status == status)
    }
  }

  @Test("one indicator is one thing, however it is written; a unit or a measure apart is another")
  func identity() {
    func id(_ name: String, _ measure: String?, _ unit: Unit = "38/15043") -> Indicator.ID {
      IndicatorsRules.id(of: IndicatorName(name: name, measure: measure), in: unit)
    }
    let one = id("Số hoá hồ sơ", "%")
    #expect(one == id("số hóa  HỒ SƠ", "%"))
    #expect(one.description == "ae0179c3-860f-8812-9fd1-b24d06acd10c")
    #expect(Set([one, id("Số hóa hồ sơ", nil), id("Số hóa hồ sơ", "‰"), id("Số hóa hồ sơ", "hồ sơ")]).count == 4)
    #expect(one != id("Số hóa hồ sơ", "%", "38/15044"))
    #expect(id("Thôn", "Thôn") == id("thôn", "thôn"))
  }

  @Test("'Báo cáo' among the measures is no measure, where it is only to be reported")
  func reported() {
    #expect(IndicatorsRules.name(of: .target("Ứng dụng AI", .report, nil, "Báo cáo")).measure == nil)
    #expect(IndicatorsRules.name(of: .target("Dịch vụ công", .report, nil, "%")).measure == "%")
    #expect(IndicatorsRules.name(of: .target("Báo cáo quý", .atLeast, Quantity(4), "báo cáo")).measure == "báo cáo")
  }
}
