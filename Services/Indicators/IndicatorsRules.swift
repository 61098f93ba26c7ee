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
      value: row.value, due: row.due, leads: row.leads)
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
    guard kind != .reportOnly, let value = milestone.value, let comparator = judgedComparator(milestone) else {
      return .reportOnly
    }
    let course = course.filter(\.isWhole)
    guard let figure = course.first?.figure else { return .noData }
    if isMet(milestone, in: measure, at: figure) { return .met }
    guard day(of: milestone) >= today, let forecast = Forecast(of: course, in: measure, by: day(of: milestone))
    else { return .behind }
    return forecast.isWithin(points: leeway, of: value, comparator, in: measure) ? .onTrack : .atRisk
  }

  /// Whether a figure is what was promised; false where no number was.
  static func isMet(_ milestone: Milestone, in measure: String?, at figure: Figure) -> Bool {
    guard let value = milestone.value, let comparator = judgedComparator(milestone) else { return false }
    let order =
      measure == Indicator.percent ? figure.ratio?.percentCompared(to: value) : value.order(of: figure.numerator)
    return order.map { meets($0, comparator, value) } == true
  }

  /// Nil for what asks for no number, and for what a newer program promises.
  private static func judgedComparator(_ milestone: Milestone) -> TargetRow.Comparator? {
    milestone.comparator == .report ? nil : milestone.comparator.known
  }

  /// Exactly, without rounding.
  ///
  /// Plans write `đạt 80 %` with no comparator, which is kept as `=`: more than that is met as well. A plain 0, such as
  /// `0 cụm lõm sóng`, is met by nothing but 0. What is to be maintained must not fall.
  private static func meets(_ order: Ratio.Order, _ comparator: TargetRow.Comparator, _ value: Quantity) -> Bool {
    switch comparator {
    case .exactly where value == Quantity(0): order == .equal
    case .atLeast, .exactly, .maintain: order != .below
    case .above: order == .above
    case .atMost: order != .above
    case .below: order == .below
    case .report: false
    }
  }

  static func summary(of record: IndicatorRecord, on today: Day) -> IndicatorSummary? {
    guard let (target, later) = judged(record.milestones, on: today) else { return nil }
    return IndicatorSummary(
      id: record.id, unit: record.unit, name: record.name, measure: record.measure, target: target,
      later: Array(later.prefix(20)), last: record.last, estimate: record.estimate,
      standing: Open(standing(of: target, in: record.measure, kind: record.kind, after: record.course, on: today)),
      judgement: record.judgement, kind: record.kind)
  }

  /// Why an indicator stands where it does, a sentence a step.
  ///
  /// - Parameters:
  ///   - today: The day on which it stands so; of a period its last one.
  ///   - period: The one that is asked about; nil for the latest that has a value.
  static func explanation(
    of record: IndicatorRecord, on today: Day, for period: Period? = nil
  ) -> StandingExplained? {
    guard let summary = summary(of: record, on: today) else { return nil }
    let (target, day) = (summary.target, day(of: summary.target))
    let forecast = Forecast(of: record.judged, in: record.measure, by: day)
    let by = Text(vi: target.due?.written ?? "chưa có hạn", en: target.due?.written ?? "without a date")
    var steps = [
      period.map { period in
        Text(
          vi: "Mốc gần nhất vào cuối \(period.text.vi): chỉ tiêu số \(target.number), \(by.vi).",
          en: "The nearest milestone at the end of \(period.text.en): number \(target.number), \(by.en).")
      }
        ?? Text(
          vi: "Mốc gần nhất chưa qua: chỉ tiêu số \(target.number), \(by.vi).",
          en: "The nearest milestone not passed: number \(target.number), \(by.en).")
    ]
    if record.isSent {
      steps.append(
        Text(vi: "Xét theo số đã gửi lên cấp trên.", en: "By what was sent to the upper level."))
    }
    guard let value = target.value, record.kind != .reportOnly else {
      let reason =
        target.value == nil
        ? Text(vi: "Không giao số nên không đánh giá.", en: "No number was promised: nothing to judge.")
        : Text(
          vi: "Danh mục ghi là chỉ báo cáo nên không đánh giá.",
          en: "The catalogue has it as to be reported only: nothing to judge.")
      return StandingExplained(indicator: summary, course: [], steps: steps + [reason])
    }
    if let last = record.last, let villages = last.villages, !villages.isComplete {
      steps.append(
        Text(
          vi: "\(last.period.text.vi): mới có \(villages.reported)/\(villages.expected) thôn nên chưa đánh giá.",
          en: "\(last.period.text.en): \(villages.reported) of \(villages.expected) villages are in: not judged yet."))
    }
    guard let last = record.judged.first else {
      let reason =
        period.map { period in
          Text(vi: "\(period.text.vi) chưa có đủ số liệu.", en: "There is no whole value for \(period.text.en).")
        } ?? Text(vi: "Chưa kỳ nào có đủ số liệu.", en: "There is no whole value for any period.")
      return StandingExplained(indicator: summary, course: [], steps: steps + [reason])
    }
    let reached = last.figure.written(in: record.measure)
    let isMet = isMet(target, in: record.measure, at: last.figure)
    steps.append(
      Text(
        vi: "\(last.period.text.vi): \(reached), \(isMet ? "đạt" : "chưa đạt") mức \(value.written).",
        en: "\(last.period.text.en): \(reached), \(isMet ? "meets" : "does not meet") \(value.written)."))
    if let forecast, let quantity = forecast.quantity {
      let days = (forecast.last.day.number - forecast.first.day.number, day.number - forecast.last.day.number)
      let change = Forecast.written(forecast.last.value - forecast.first.value)
      steps.append(
        Text(
          vi: "Thay đổi \(change) trong \(days.0) ngày; giữ nhịp ấy thêm \(days.1) ngày thì khả năng đạt "
            + "\(quantity.written).",
          en: "A change of \(change) in \(days.0) days; \(days.1) days on at that rate it would be "
            + "\(quantity.written)."))
      if !isMet {
        let isAtRisk = summary.standing == .atRisk
        steps.append(
          Text(
            vi: isAtRisk ? "Thiếu quá \(leeway) điểm: có nguy cơ." : "Không thiếu quá \(leeway) điểm: đúng tiến độ.",
            en: isAtRisk
              ? "More than \(leeway) points short: at risk." : "Not more than \(leeway) points short: on track."))
      }
    } else if !isMet {
      steps.append(
        Text(
          vi: day < today ? "Đã qua hạn." : "Cần ít nhất hai kỳ có số liệu để dự báo.",
          en: day < today ? "The day has passed." : "A forecast needs values of two periods at least."))
    }
    let course = forecast.map { forecast in
      record.judged.filter { (forecast.first.day...forecast.last.day).contains($0.period.days.upperBound) }
    }
    return StandingExplained(
      indicator: summary, course: (course ?? [last]).reversed(), forecast: forecast?.quantity, steps: steps)
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

  /// The verdict on an objective that has no number: by the focal office, with evidence.
  static func judgement(
    _ request: JudgeIndicator, of indicator: IndicatorSummary, in plan: PlanRecord, by caller: Caller,
    at time: Timestamp
  ) throws(Refusal) -> Indicator.Judgement {
    guard caller.office == plan.focal else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan đầu mối được đánh giá chỉ tiêu định tính.",
        en: "Only the focal office judges an objective without a number.")
    }
    guard indicator.standing == .reportOnly else {
      throw Refusal(
        .conflict, vi: "Chỉ tiêu này giao bằng số nên được đánh giá theo số liệu.",
        en: "A number was promised of this indicator: its figures judge it.")
    }
    try request.text.check(atMost: 4000, at: "text")
    try request.evidence.check(atMost: 500, at: "evidence")
    return Indicator.Judgement(
      verdict: request.verdict, text: request.text, evidence: request.evidence, office: plan.focal, time: time)
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
        if let verdict = record.judgement?.verdict, verdict == .achieved { item.achieved = (item.achieved ?? 0) + 1 }
      }
      items[record.unit] = item
    }
    return IndicatorOverview(year: year, units: items.values.sorted { $0.unit.topic < $1.unit.topic })
  }
}
