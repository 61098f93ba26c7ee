/// A reporting period of one of the two calendars that communes report by.
///
/// Written `2026-Q3`; in the calendar of Decree 09/2019/NĐ-CP `nd09:2026-Q3`.
public struct Period: Hashable, Sendable {
  public enum Calendar: Hashable, Sendable, CaseIterable {
    /// From the first day of the first month to the last day of the last.
    case plain
    /// Article 12 of Decree 09/2019/NĐ-CP: from the 15th of the month before to the 14th of the last month.
    case decree09
  }

  public enum Span: Hashable, Sendable {
    case month(Int)
    case quarter(Int)
    /// The first six months, counted from the start of the year.
    case sixMonths
    /// The first nine months, counted from the start of the year.
    case nineMonths
    case year
  }

  public let calendar: Calendar
  public let year: Int
  public let span: Span

  /// Nil when the year or the number within it does not exist.
  public init?(_ calendar: Calendar, _ year: Int, _ span: Span) {
    guard (1901...9998).contains(year) else { return nil }
    switch span {
    case .month(let number): guard (1...12).contains(number) else { return nil }
    case .quarter(let number): guard (1...4).contains(number) else { return nil }
    case .sixMonths, .nineMonths, .year: break
    }
    self.calendar = calendar
    self.year = year
    self.span = span
  }

  private var months: ClosedRange<Int> {
    switch span {
    case .month(let number): number...number
    case .quarter(let number): number * 3 - 2...number * 3
    case .sixMonths: 1...6
    case .nineMonths: 1...9
    case .year: 1...12
    }
  }

  /// First and last day, both inside. The last day is the data cut-off.
  public var days: ClosedRange<Day> {
    switch calendar {
    case .plain:
      let last = months.upperBound
      return day(year, months.lowerBound, 1)...day(year, last, Day.days(in: last, of: year))
    case .decree09:
      let first = months.lowerBound
      return (first == 1 ? day(year - 1, 12, 15) : day(year, first - 1, 15))...day(year, months.upperBound, 14)
    }
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year, month, day) else { preconditionFailure("a period's years and months are checked") }
    return day
  }
}

extension Period: CodedAsText {
  public var description: String {
    let span =
      switch span {
      case .month(let number): "M" + digits(number, 2)
      case .quarter(let number): "Q" + digits(number, 1)
      case .sixMonths: "6M"
      case .nineMonths: "9M"
      case .year: "Y"
      }
    return (calendar == .decree09 ? "nd09:" : "") + digits(year, 4) + "-" + span
  }

  public init?(_ description: String) {
    let decree = description.hasPrefix("nd09:")
    let parts = description.dropFirst(decree ? 5 : 0).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = Int(parts[0]), let kind = parts[1].first else { return nil }
    let span: Span? =
      switch (kind, parts[1]) {
      case (_, "6M"): .sixMonths
      case (_, "9M"): .nineMonths
      case (_, "Y"): .year
      case ("Q", _): Int(parts[1].dropFirst()).map(Span.quarter)
      case ("M", _): Int(parts[1].dropFirst()).map(Span.month)
      default: nil
      }
    guard let span, let period = Period(decree ? .decree09 : .plain, year, span), period.description == description
    else { return nil }
    self = period
  }
}

extension Period {
  /// As offices call it: `quý I/2026`, `6 tháng đầu năm 2026 (NĐ 09/2019)`.
  public var text: Text {
    let text: Text =
      switch span {
      case .month(let number): Text(vi: "tháng \(number)/\(year)", en: "month \(number) of \(year)")
      case .quarter(let number):
        Text(vi: "quý \(["I", "II", "III", "IV"][number - 1])/\(year)", en: "quarter \(number) of \(year)")
      case .sixMonths: Text(vi: "6 tháng đầu năm \(year)", en: "the first 6 months of \(year)")
      case .nineMonths: Text(vi: "9 tháng đầu năm \(year)", en: "the first 9 months of \(year)")
      case .year: Text(vi: "năm \(year)", en: "year \(year)")
      }
    guard calendar == .decree09 else { return text }
    return Text(vi: text.vi + " (NĐ 09/2019)", en: text.en + " (Decree 09/2019)")
  }
}

extension Period {
  /// The one before it of the same length: of the first six months, those of the year before.
  public var previous: Period? {
    switch span {
    case .month(let number):
      number > 1 ? Period(calendar, year, .month(number - 1)) : Period(calendar, year - 1, .month(12))
    case .quarter(let number):
      number > 1 ? Period(calendar, year, .quarter(number - 1)) : Period(calendar, year - 1, .quarter(4))
    case .sixMonths, .nineMonths, .year: Period(calendar, year - 1, span)
    }
  }

  /// All periods of the calendar that end on the same day, the shortest first: March, and the first quarter.
  public var endingTogether: [Period] {
    let last = months.upperBound
    var spans: [Span] = [.month(last)]
    if last % 3 == 0 { spans.append(.quarter(last / 3)) }
    switch last {
    case 6: spans.append(.sixMonths)
    case 9: spans.append(.nineMonths)
    case 12: spans.append(.year)
    default: break
    }
    return spans.compactMap { Period(calendar, year, $0) }
  }

  /// Lũy kế: those of the year that begin on its first day and end before it, the shortest first.
  public var accumulated: [Period] {
    let last = months.upperBound
    guard months.lowerBound == 1, last > 3 else { return [] }
    let spans: [(Int, Span)] = [(3, .quarter(1)), (6, .sixMonths), (9, .nineMonths)]
    return spans.filter { $0.0 < last }.compactMap { Period(calendar, year, $0.1) }
  }
}
