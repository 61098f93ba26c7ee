import Schema

extension Samples {
  static let indicatorRequests = [
    SampleRequest(
      ObserveIndicator(
        indicator: indicator.id, period: quarter, figure: Figure(85, of: 100), note: "Theo hệ thống một cửa"),
      in: commune, answered: ObservationEntry(observation: observation, indicator: indicator)),
    SampleRequest(
      ListIndicators(plan: id(10), number: "2.2", office: office.code, standing: Open(.behind), after: "20"),
      in: commune,
      answered: Page(items: [indicator, bareIndicator], next: "22")),
    SampleRequest(
      ListObservations(indicator: indicator.id, after: "2026-Q2/1"), in: commune,
      answered: Page(items: [observation, superseded, counted], next: "2026-Q1/1")),
    SampleRequest(
      OverviewIndicators(year: 2026), in: commune,
      answered: IndicatorOverview(
        year: 2026, units: [.init(unit: commune, met: 3, behind: 12, noData: 9, reportOnly: 2)])),
    SampleRequest(
      RollUpIndicator(name: "hồ sơ trực tuyến", measure: "%", period: quarter), in: commune,
      answered: RollUp(
        name: indicator.name, measure: "%", period: quarter, reported: 1, expected: 2, missing: ["38/15044"],
        total: Ratio(85, of: 100), lowest: .init(unit: commune, figure: Figure(85, of: 100)),
        highest: .init(unit: commune, figure: Figure(85, of: 100)))),
  ]

  static let indicatorEvents = [
    SampleEvent(
      ObservationRecorded(
        unit: commune, indicator: indicator.id, title: indicator.name, measure: "%", period: quarter, revision: 2,
        figure: observation.figure, note: observation.note, office: office, focal: office.code), sequence: 51),
    SampleEvent(
      TargetMet(
        unit: commune, indicator: indicator.id, title: indicator.name, measure: "%", milestone: indicator.target,
        period: quarter, figure: observation.figure, focal: office.code), sequence: 52),
  ]

  private static let quarter: Period = {
    guard let quarter = Period(.plain, 2026, .quarter(3)) else { preconditionFailure("samples name real periods") }
    return quarter
  }()

  private static let observation = Observation(
    period: quarter, revision: 2, figure: Figure(85, of: 100), note: "Theo hệ thống một cửa", office: office.code,
    time: time)
  private static let superseded = Observation(
    period: quarter, revision: 1, figure: Figure(80), office: office.code, time: time, superseded: true)
  private static let counted = Observation(
    period: quarter, revision: 12, figure: Figure(640, of: 800), office: office.code, time: time,
    villages: .init(reported: 9, expected: 11))

  private static let indicator = IndicatorSummary(
    id: id(50), unit: commune, name: "Hồ sơ trực tuyến toàn trình", measure: "%",
    target: Milestone(
      target: id(30), plan: id(10), year: 2026, number: "2.2", comparator: Open(.atLeast), value: Quantity(80),
      due: Day(2026, 12, 31), leads: [office.code]),
    later: [
      Milestone(
        target: id(32), plan: id(10), year: 2026, number: "40", comparator: Open(.atLeast), value: Quantity(95),
        due: Day(2030, 12, 31), leads: [office.code])
    ], last: observation, standing: Open(.met))
  private static let bareIndicator = IndicatorSummary(
    id: id(51), unit: commune, name: "Số thôn có tổ công nghệ số",
    target: Milestone(
      target: id(31), plan: id(10), year: 2026, number: "2", comparator: Open(.report), leads: [office.code]),
    standing: Open(.reportOnly))
}
