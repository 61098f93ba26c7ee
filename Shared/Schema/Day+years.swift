extension Day {
  /// The days of a year; nil beyond what the calendar has.
  public static func days(ofYear year: Int) -> ClosedRange<Day>? {
    guard let first = Day(year, 1, 1), let last = Day(year, 12, 31) else { return nil }
    return first...last
  }
}

extension ClosedRange<Day> {
  /// Percent of these days that are over when a day ends: 0 before the first, 100 from the last on.
  public func elapsed(on day: Day) -> Int {
    let days = upperBound.number - lowerBound.number + 1
    return Swift.min(Swift.max(0, day.number - lowerBound.number + 1), days) * 100 / days
  }
}
