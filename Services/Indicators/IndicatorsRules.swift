import Schema
import Storage

/// Who may enter what, what a value means for a target, and how values add up. No I/O: a rule gets what it decides on.
enum IndicatorsRules {
  /// The same unit, name and measure are the same indicator, in whatever plan and in whatever order plans are read.
  static func id(of name: IndicatorName, in unit: Unit) -> Indicator.ID {
    Indicator.ID(derivedFrom: "indicator", unit.description, name.folded, name.foldedMeasure)
  }

  /// Of what is only to be reported, papers print `Báo cáo` as its unit in some years' rows and not in others: it is no
  /// measure, and the rows are one indicator.
  static func name(of row: TargetRow) -> IndicatorName {
    let isWordOfReport = row.comparator == .report && row.unit?.folded == "bao cao"
    return IndicatorName(name: row.indicator, measure: isWordOfReport ? nil : row.unit)
  }

  static func milestone(of promise: TargetPromised) -> Milestone {
    let row = promise.row
    return Milestone(
      target: promise.target, plan: promise.plan, year: promise.year, number: row.number, comparator: row.comparator,
      value: row.value, upper: row.upper, due: row.due, leads: row.leads)
  }

  // MARK: Standing

  /// The day until which a target is the one to reach.
  ///
  /// Without a date that is the last day of the plan's year: the target is judged as long as its plan runs, and shown as
  /// `chưa có hạn`.
  static func day(of milestone: Milestone) -> Day {
    // A plan's year is from 2021 to 2100; any other has passed.
    milestone.due ?? Day(milestone.year, 12, 31) ?? Day(number: 0)
  }

  /// The nearest milestone that has not passed, and those after it. When all have passed, the last one is still judged.
  ///
  /// Of two promises for one day the later one stands.
  static func judged(_ milestones: [Milestone], on today: Day) -> (target: Milestone, later: [Milestone])? {
    let days = milestones.map(day)
    guard let day = days.filter({ $0 >= today }).min() ?? days.max(),
      let target = milestones.last(where: { Self.day(of: $0) == day })
    else { return nil }
    return (target, milestones.filter { Self.day(of: $0) > day })
  }

  /// What a course that misses the target by more than so many points is at risk of.
  static let leeway: Int64 = 5

  /// Without a number there is nothing to judge, whether values are there or not.
  ///
  /// - Parameter course: What was counted, the latest first; a sum over some of the villages judges nothing.
  static func standing(
    of milestone: Milestone, in measure: String?, kind: Indicator.Kind? = nil, after course: [Observation],
    on today: Day
  ) -> Indicator.Standing {
    guard kind != .reportOnly, let promise = NumericPromise(milestone) else { return .reportOnly }
    let course = course.filter(\.isWhole)
    guard let figure = course.first?.figure else { return .noData }
    if promise.isMet(by: figure, in: measure) { return .met }
    guard day(of: milestone) >= today, let forecast = Forecast(of: course, in: measure, by: day(of: milestone))
    else { return .behind }
    return promise.side(of: forecast, beyond: leeway, in: measure) == nil ? .onTrack : .atRisk
  }

  /// Whether a figure is what was promised; false where no number was.
  static func isMet(_ milestone: Milestone, in measure: String?, at figure: Figure) -> Bool {
    NumericPromise(milestone)?.isMet(by: figure, in: measure) == true
  }

  static func summary(of record: IndicatorRecord, on today: Day) -> IndicatorSummary? {
    guard let (target, later) = judged(record.milestones, on: today) else { return nil }
    let standing = standing(of: target, in: record.measure, kind: record.kind, after: record.course, on: today)
    return IndicatorSummary(
      id: record.id, unit: record.unit, name: record.name, measure: record.measure, target: target,
      later: Array(later.prefix(20)), last: record.last, estimate: record.estimate,
      standing: Open(standing), judgement: standing == .reportOnly ? record.verdicts.last(for: target.year) : nil,
      kind: record.kind)
  }

  // MARK: What is said of it

  static func recorded(
    _ observation: Observation, of indicator: IndicatorSummary, in plan: PlanRecord
  ) -> ObservationRecorded {
    let office = plan.offices.first { $0.code == observation.office }
    return ObservationRecorded(
      unit: indicator.unit, indicator: indicator.id, title: indicator.name, measure: indicator.measure,
      period: observation.period, revision: observation.revision, figure: observation.figure, note: observation.note,
      village: observation.village, estimatedAsOf: observation.estimatedAsOf,
      office: office ?? Office(code: observation.office, name: observation.office.description), focal: plan.focal)
  }

  static func imported(_ observation: Observation, of indicator: Indicator.ID) -> ObservationsImported.Value {
    ObservationsImported.Value(
      indicator: indicator, period: observation.period, revision: observation.revision, figure: observation.figure,
      village: observation.village, estimatedAsOf: observation.estimatedAsOf)
  }

  /// Throws for what a unit never sends: those above it read the unit's values.
  static func checkSent(_ request: ListObservations) throws(Refusal) {
    guard request.village != nil else { return }
    throw Refusal(
      .forbidden, vi: "Số liệu từng thôn là của xã; cấp trên xem số mà xã đã gửi (bỏ --village).",
      en: "A village's figures are the commune's own; those above read what the commune sent (without --village).",
      at: "village")
  }

  /// Nil unless the last value reaches the target. One village's counts say nothing about the whole commune: a sum of
  /// counts must have them all.
  static func met(_ indicator: IndicatorSummary, in plan: PlanRecord) -> TargetMet? {
    guard indicator.standing == .met, let last = indicator.last, last.isWhole else { return nil }
    return TargetMet(
      unit: indicator.unit, indicator: indicator.id, title: indicator.name, measure: indicator.measure,
      milestone: indicator.target, period: last.period, figure: last.figure, focal: plan.focal)
  }

  // MARK: Adding up

  /// The indicators that plans of the year promise, counted by unit.
  ///
  /// They stand as they do today, or as they stood at the end of a year that has passed; without data until the year has
  /// a value of its own.
  ///
  /// - Parameter records: With the milestones of plans, and the values of periods, up to that year.
  static func overview(of records: [IndicatorRecord], for year: Int, on today: Day) -> IndicatorOverview {
    var items: [Unit: IndicatorOverview.Item] = [:]
    let first = Day(year, 1, 1) ?? today
    let last = Day(year, 12, 31) ?? today
    let day = min(max(today, first), last)
    for record in records where record.milestones.contains(where: { $0.year == year }) {
      guard let target = judged(record.milestones, on: day)?.target else { continue }
      var item = items[record.unit] ?? IndicatorOverview.Item(unit: record.unit)
      // What earlier years came to is a course to judge by, and no answer.
      let isCounted = record.judged.contains { $0.period.year == year }
      switch standing(
        of: target, in: record.measure, kind: record.kind, after: isCounted ? record.course : [], on: day)
      {
      case .met: item.met += 1
      case .onTrack: item.onTrack = (item.onTrack ?? 0) + 1
      case .atRisk: item.atRisk = (item.atRisk ?? 0) + 1
      case .behind: item.behind += 1
      case .noData: item.noData += 1
      case .reportOnly:
        item.reportOnly += 1
        item.count(record.verdicts.last(for: target.year, upTo: last)?.verdict)
      }
      items[record.unit] = item
    }
    return IndicatorOverview(year: year, units: items.values.sorted { $0.unit.topic < $1.unit.topic })
  }
}

extension IndicatorOverview.Item {
  fileprivate mutating func count(_ verdict: Open<Indicator.Verdict>?) {
    switch verdict {
    case .known(.achieved): achieved = (achieved ?? 0) + 1
    case .known(.partly): partly = (partly ?? 0) + 1
    case .known(.notAchieved): notAchieved = (notAchieved ?? 0) + 1
    case .unknown, nil: break
    }
  }
}
