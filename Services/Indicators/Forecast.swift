import Schema

/// Khả năng đạt: where a straight line through the values that were counted leads by the day of a target. In millionths
/// of what the target is measured in, by whole numbers alone.
struct Forecast {
  /// A value, at the end of its period.
  struct Point {
    var day: Day
    var value: Int128
  }

  var first: Point
  var last: Point
  var day: Day
  /// On that day.
  var value: Int128

  /// Nil for fewer than two values of different days, and for a day that has passed.
  ///
  /// - Parameter course: The latest first; values of the same length of period as the latest are looked at, four at most.
  init?(of course: [Observation], in measure: String?, by day: Day) {
    guard let latest = course.first else { return nil }
    let points = course.filter { $0.period.isComparable(to: latest.period) }.prefix(4).compactMap { observation in
      Self.value(of: observation.figure, in: measure).map {
        Point(day: observation.period.days.upperBound, value: $0)
      }
    }
    guard let last = points.first, let first = points.last, first.day < last.day, last.day <= day else { return nil }
    let (rise, run) = (last.value - first.value, Int128(last.day.number - first.day.number))
    var value = last.value + rise * Int128(day.number - last.day.number) / run
    value = max(0, value)
    if measure == Indicator.percent { value = min(value, 100 * Self.million) }
    (self.first, self.last, self.day, self.value) = (first, last, day, value)
  }

  private static let million: Int128 = 1_000_000

  private static func value(of figure: Figure, in measure: String?) -> Int128? {
    guard measure == Indicator.percent else { return Int128(figure.numerator) * million }
    return figure.ratio.map { Int128($0.numerator) * 100 * million / Int128($0.denominator) }
  }

  /// Millionths as offices write them, with two decimals.
  static func written(_ millionths: Int128) -> String {
    let hundredths = abs(millionths) / 10_000
    let rest = hundredths % 100
    return "\(millionths < 0 ? "-" : "")\(hundredths / 100),\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Rounded down to two decimals; nil beyond what a quantity holds.
  var quantity: Quantity? {
    let hundredths = value / 10_000
    let rest = hundredths % 100
    return Quantity("\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)")
  }
}

extension Period {
  /// Of the same calendar and length.
  fileprivate func isComparable(to other: Period) -> Bool {
    guard calendar == other.calendar else { return false }
    return switch (span, other.span) {
    case (.month, .month), (.quarter, .quarter), (.year, .year): true
    case (.sixMonths, .sixMonths), (.nineMonths, .nineMonths): true
    default: false
    }
  }
}
