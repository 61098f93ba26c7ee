import Schema

/// What the parts of a period make of it.
extension Indicator.OverTime {
  /// What stands for a period: its own value, else what its parts come to. A part that is missing is not zero.
  ///
  /// - Parameter own: The values of a year's periods.
  func value<Value: AddedOverTime>(for period: Period, of own: [Period: Value]) -> Value? {
    if let value = own[period] { return value }
    switch self {
    case .none: return nil
    case .last: return period.parts.last.flatMap { value(for: $0, of: own) }
    case .sum:
      let values = period.parts.map { value(for: $0, of: own) }
      guard let first = values.first else { return nil }
      return values.dropFirst().reduce(first) { sum, part in
        guard let sum, let part else { return nil }
        return sum.adding(part, into: period)
      }
    }
  }

  /// It, and the longer ones whose value may change with it, the shortest first.
  func periods(restingOn period: Period) -> [Period] {
    switch self {
    case .none: [period]
    case .last: period.standingFor
    case .sum: period.containing
    }
  }
}

extension Period {
  /// What it is made of, the last one last: a quarter of its months, a longer one of what came before its last quarter, and
  /// of that quarter. A month has none.
  var parts: [Period] {
    let spans: [Span] =
      switch span {
      case .month: []
      case .quarter(let number): (number * 3 - 2...number * 3).map { .month($0) }
      case .sixMonths: [.quarter(1), .quarter(2)]
      case .nineMonths: [.sixMonths, .quarter(3)]
      case .year: [.nineMonths, .quarter(4)]
      }
    return spans.compactMap { Period(calendar, year, $0) }
  }

  /// It, and the longer ones of its calendar that it is a part of, the shortest first.
  var containing: [Period] {
    let longer: [Span] = (1...4).map { .quarter($0) } + [.sixMonths, .nineMonths, .year]
    let days = days
    return [self]
      + longer.compactMap { Period(calendar, year, $0) }.filter { period in
        period != self && period.days.contains(days.lowerBound) && period.days.contains(days.upperBound)
      }
  }
}

/// A value of one part of a period, which another part's can be added to.
protocol AddedOverTime {
  /// Nil where they do not go together.
  func adding(_ other: Self, into period: Period) -> Self?
}

extension Figure: AddedOverTime {
  /// Nil where one has a denominator and the other has none, and beyond what is counted anywhere.
  func adding(_ other: Figure, into period: Period) -> Figure? {
    guard (denominator == nil) == (other.denominator == nil) else { return nil }
    let (numerator, isTooMuch) = numerator.addingReportingOverflow(other.numerator)
    guard let denominator, let rest = other.denominator else { return isTooMuch ? nil : Figure(numerator) }
    let (sum, isTooMany) = denominator.addingReportingOverflow(rest)
    return isTooMuch || isTooMany ? nil : Figure(numerator, of: sum)
  }
}

extension Observation: AddedOverTime {
  /// By the office, and at the time, of the one that was entered last.
  func adding(_ other: Observation, into period: Period) -> Observation? {
    guard let figure = figure.adding(other.figure, into: period) else { return nil }
    let last = time <= other.time ? other : self
    return Observation(
      period: period, revision: revision + other.revision, figure: figure, office: last.office, time: last.time,
      source: .periods)
  }
}
