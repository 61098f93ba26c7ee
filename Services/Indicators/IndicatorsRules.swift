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

  /// Without a number there is nothing to judge, whether values are there or not.
  static func standing(of milestone: Milestone, in measure: String?, at figure: Figure?) -> Indicator.Standing {
    guard let value = milestone.value, let comparator = judgedComparator(milestone) else { return .reportOnly }
    guard let figure else { return .noData }
    let order =
      measure == Indicator.percent ? figure.ratio?.percentCompared(to: value) : value.order(of: figure.numerator)
    return order.map { meets($0, comparator, value) } == true ? .met : .behind
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
      later: Array(later.prefix(20)), last: record.last,
      standing: Open(standing(of: target, in: record.measure, at: record.last?.figure)))
  }

  // MARK: Observing

  /// What is counted is not larger than this, so that a country's sum fits.
  static let most: Int64 = 1_000_000_000_000

  /// The office that enters the value, if it may: one that leads the indicator, or the focal office in its place.
  static func office(
    entering request: ObserveIndicator, of indicator: IndicatorSummary, in plan: PlanRecord, by caller: Caller,
    on today: Day
  ) throws(Refusal) -> Office.Code {
    guard let office = caller.office, indicator.target.leads.contains(office) || office == plan.focal else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan chủ trì hoặc cơ quan đầu mối được nhập số liệu của chỉ tiêu này.",
        en: "Only an office that leads this indicator, or the focal office, enters its figures.")
    }
    guard request.period.days.lowerBound <= today else {
      throw Refusal(
        .invalid, vi: "Kỳ \(request.period.text.vi) chưa bắt đầu nên chưa có số liệu.",
        en: "There is nothing to enter for \(request.period.text.en) yet.", at: "period")
    }
    try check(request.figure, in: indicator.measure)
    try request.note?.check(atMost: 2000, at: "note")
    return office
  }

  private static func check(_ figure: Figure, in measure: String?) throws(Refusal) {
    guard (0...most).contains(figure.numerator), figure.denominator.map({ $0 <= most }) ?? true else {
      throw Refusal(
        .invalid, vi: "Số liệu phải từ 0 đến 1.000 tỷ.", en: "A figure is between 0 and 1,000 billion.", at: "figure")
    }
    if let denominator = figure.denominator, denominator <= 0 {
      throw Refusal(
        .invalid, vi: "Mẫu số phải lớn hơn 0; kỳ không phát sinh thì không nhập tỷ lệ.",
        en: "The denominator must be larger than 0; where nothing arose there is no share to enter.",
        at: "figure.denominator")
    }
    guard measure == Indicator.percent else { return }
    guard let denominator = figure.denominator else {
      throw Refusal(
        .invalid, vi: "Chỉ tiêu tính theo % cần cả tử số và mẫu số, ví dụ 85/100; không nhập sẵn phần trăm.",
        en: "An indicator in % needs numerator and denominator, such as 85/100; not the percentage itself.",
        at: "figure.denominator")
    }
    guard figure.numerator <= denominator else {
      throw Refusal(
        .invalid, vi: "Tử số \(figure.numerator) lớn hơn mẫu số \(denominator): tỷ lệ vượt 100 %.",
        en: "The numerator \(figure.numerator) is larger than the denominator \(denominator): more than 100 %.",
        at: "figure.numerator")
    }
  }

  /// What is kept of a value that an office entered.
  static func observation(
    from request: ObserveIndicator, by office: Office.Code, after earlier: Observation?, at time: Timestamp
  ) -> Observation {
    Observation(
      period: request.period, revision: (earlier?.revision ?? 0) + 1, figure: request.figure, note: request.note,
      office: office, time: time)
  }

  static func recorded(
    _ observation: Observation, of indicator: IndicatorSummary, in plan: PlanRecord
  ) -> ObservationRecorded {
    let office = plan.offices.first { $0.code == observation.office }
    return ObservationRecorded(
      unit: indicator.unit, indicator: indicator.id, title: indicator.name, measure: indicator.measure,
      period: observation.period, revision: observation.revision, figure: observation.figure, note: observation.note,
      office: office ?? Office(code: observation.office, name: observation.office.description), focal: plan.focal)
  }

  /// Nil unless the last value reaches the target. One village's counts say nothing about the whole commune: a sum of
  /// counts must have them all.
  static func met(_ indicator: IndicatorSummary, in plan: PlanRecord) -> TargetMet? {
    guard indicator.standing == .met, let last = indicator.last, last.villages?.isComplete != false else { return nil }
    return TargetMet(
      unit: indicator.unit, indicator: indicator.id, title: indicator.name, measure: indicator.measure,
      milestone: indicator.target, period: last.period, figure: last.figure, focal: plan.focal)
  }

  // MARK: Adding up

  /// The indicators that plans of the year promise, counted by unit.
  ///
  /// They stand as they do today, or as they stood at the end of a year that has passed.
  ///
  /// - Parameter records: With the milestones of plans, and the last value of periods, up to that year.
  static func overview(of records: [IndicatorRecord], for year: Int, on today: Day) -> IndicatorOverview {
    var items: [Unit: IndicatorOverview.Item] = [:]
    let first = Day(year, 1, 1) ?? today
    let last = Day(year, 12, 31) ?? today
    let day = min(max(today, first), last)
    for record in records where record.milestones.contains(where: { $0.year == year }) {
      guard let target = judged(record.milestones, on: day)?.target else { continue }
      var item = items[record.unit] ?? IndicatorOverview.Item(unit: record.unit)
      switch standing(of: target, in: record.measure, at: record.last?.figure) {
      case .met: item.met += 1
      case .behind: item.behind += 1
      case .noData: item.noData += 1
      case .reportOnly: item.reportOnly += 1
      }
      items[record.unit] = item
    }
    return IndicatorOverview(year: year, units: items.values.sorted { $0.unit.topic < $1.unit.topic })
  }

  /// The one indicator that is meant: by its whole name, else by a part that is in no other.
  static func choose(_ request: RollUpIndicator, among names: [IndicatorName]) throws(Refusal) -> IndicatorName {
    let asked = request.name.folded
    let whole = names.filter { $0.folded == asked }
    var found = whole.isEmpty && !asked.isEmpty ? names.filter { $0.folded.contains(asked) } : whole
    guard Set(found.map(\.folded)).count <= 1 else {
      let some = found.prefix(5).map { "«\($0.name)»" }.joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Có nhiều chỉ tiêu mang tên như vậy; hãy ghi rõ hơn: \(some)",
        en: "Several indicators are called so; be more precise: \(some)", at: "name")
    }
    if let measure = request.measure {
      let key = IndicatorName(name: "", measure: measure).foldedMeasure
      found.removeAll { $0.foldedMeasure != key }
    }
    guard Set(found.map(\.foldedMeasure)).count <= 1 else {
      let some = found.prefix(5).map { "«\($0.measure ?? "")»" }.joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Chỉ tiêu này có nhiều đơn vị tính; hãy nêu đơn vị tính: \(some)",
        en: "This indicator is measured in several ways; name the measure: \(some)", at: "measure")
    }
    guard let name = found.first else {
      throw Refusal(
        .notFound, vi: "Không có chỉ tiêu «\(request.name)» trong đơn vị này.",
        en: "There is no indicator “\(request.name)” in this unit.", at: "name")
    }
    return name
  }

  /// What a commune has to add to a sum: nil when it has not reported, which is not zero.
  struct Part {
    var unit: Unit
    var figure: Figure?
  }

  /// - Parameter parts: Of all communes that promise the indicator, by their codes.
  static func rollUp(_ name: IndicatorName, for period: Period, of parts: [Part]) throws(Refusal) -> RollUp {
    let shares = parts.compactMap { part in part.figure.map { RollUp.Share(unit: part.unit, figure: $0) } }
    let ratios = shares.compactMap(\.figure.ratio)
    let isAddable = ratios.count == shares.count
    var total: Ratio?
    for ratio in isAddable ? ratios : [] {
      guard let before = total else {
        total = ratio
        continue
      }
      guard let sum = before.combined(with: ratio) else {
        throw Refusal(.invalid, vi: "Tổng số liệu quá lớn.", en: "The sum of the figures is too large.")
      }
      total = sum
    }
    func isLower(_ one: RollUp.Share, than other: RollUp.Share) -> Bool {
      isAddable ? one.figure.isLessShare(than: other.figure) : one.figure.numerator < other.figure.numerator
    }
    return RollUp(
      name: name.name, measure: name.measure, period: period, reported: shares.count, expected: parts.count,
      missing: parts.filter { $0.figure == nil }.map(\.unit), total: total, lowest: shares.min(by: isLower),
      highest: shares.max(by: isLower))
  }
}

extension Figure {
  /// Compares two shares exactly, crosswise.
  fileprivate func isLessShare(than other: Figure) -> Bool {
    Int128(numerator) * Int128(other.denominator ?? 1) < Int128(other.numerator) * Int128(denominator ?? 1)
  }
}
