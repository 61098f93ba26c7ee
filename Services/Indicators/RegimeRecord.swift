import Schema
import WorkingDays

/// A regime as it is kept, and what was decided about its periods.
struct RegimeRecord {
  struct Exception {
    var period: Period
    /// A commune, or an office of the keeper's.
    var reporter: String
    var until: Day
    var reason: String
  }

  var keeper: Unit
  var regime: Regime
  var moves: [DueMove]
  var exceptions: [Exception]
  /// The keeper's: communes word an indicator in many ways.
  var catalogue = UnitCatalogue.shipped

  /// True for a regime that communes owe to their province.
  var isOfCommunes: Bool { keeper.commune == nil }

  var summary: RegimeSummary { RegimeSummary(keeper: keeper, regime: regime, moves: moves) }

  func asks(for period: Period) -> Bool {
    if let letter = regime.letter { return letter.period == period }
    return (period.calendar == .decree09) == regime.isDecree09 && regime.spans.contains(Open(period.kind))
  }

  /// Whether it is asked of a reporter.
  func asks(_ reporter: SubmissionRules.Reporter, of unit: Unit) -> Bool {
    switch reporter {
    case .commune: regime.units?.contains(unit) != false
    case .office(let office): regime.offices?.contains(office) != false
    }
  }

  /// Whether it asks for an indicator, by its name in plans.
  func asks(for key: IndicatorKey) -> Bool { names?.contains(key.folded) != false }

  /// As they are written, and as the catalogue calls them. Nil for all.
  var names: Set<String>? {
    guard !regime.indicators.isEmpty else { return nil }
    return Set(
      regime.indicators.flatMap { [$0.folded, catalogue.common(IndicatorName(name: $0, measure: nil)).folded] })
  }

  /// A time limit that ends on a day off ends with the next working day.
  func dates(of period: Period, _ days: WorkingDays = .official) -> RegimeDates {
    let due = dueDay(of: period).map(days.end)
    return RegimeDates(
      cutoff: period.days.upperBound, due: due,
      lock: due.flatMap { due in regime.lockAfter.map { due.adding($0) } })
  }

  private func dueDay(of period: Period) -> Day? {
    if let move = move(of: period) { return move.due }
    if let letter = regime.letter { return letter.due }
    let kind = Open(period.kind)
    let rule = regime.due.first { $0.spans.contains(kind) } ?? regime.due.first { $0.spans.isEmpty }
    guard let rule else { return nil }
    let (year, month, _) = period.days.upperBound.components
    let months = year * 12 + month - 1 + rule.months
    return Day(months / 12, months % 12 + 1, rule.day)
      ?? Day((months + 1) / 12, (months + 1) % 12 + 1, 1)?.adding(-1)
  }

  func move(of period: Period) -> DueMove? { moves.last { $0.period == period } }

  /// The one that opens a locked period for a reporter.
  func exception(of reporter: String, for period: Period, on today: Day) -> Exception? {
    exceptions.last { $0.reporter == reporter && $0.period == period && $0.until >= today }
  }
}

extension Period {
  var kind: Regime.Span {
    switch span {
    case .month: .month
    case .quarter: .quarter
    case .sixMonths: .sixMonths
    case .nineMonths: .nineMonths
    case .year: .year
    }
  }
}
