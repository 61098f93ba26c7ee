import PlanDocuments
import Schema

/// When a task is to be done: what its row says, understood.
///
/// What the row says in fields (`due`, `start`, `recurrence`) goes before what is printed as its time.
enum Schedule: Hashable {
  case by(Day)
  case range(Day, Day)
  /// `Năm 2027`: by 31 December, which the paper does not say.
  case year(Day)
  /// Thường xuyên, within a window; reported on at its end.
  case continuous(ClosedRange<Day>)
  /// By these days of each month; the 31st of a shorter month is its last.
  case monthly(ClosedRange<Day>, by: [Int] = [31])
  case twiceMonthly(ClosedRange<Day>, by: [Int] = [15, 31])
  /// By these days of each quarter's last month.
  case quarterly(ClosedRange<Day>, by: [Int] = [31])
  case yearly(Day)
  /// So many days after something that a document shows.
  case after(PrintedTime.Wait)
  /// Chưa có hạn: never overdue, asked for until it is set.
  case none

  init(_ row: TaskRow, year: Int) {
    let written = row.time.map { PrintedTime($0, year: year) }
    let whole = Self.whole(year)
    let window: ClosedRange<Day> =
      switch (row.start, row.due) {
      case (let start?, let due?) where start <= due: start...due
      case (nil, let due?) where whole.lowerBound <= due: whole.lowerBound...due
      default: written?.window ?? whole
      }
    let named = written?.daysOfMonth ?? []
    switch row.recurrence?.known ?? written?.recurrence {
    case .continuous: self = .continuous(window)
    case .monthly: self = named.isEmpty ? .monthly(window) : .monthly(window, by: named)
    case .twiceMonthly: self = named.isEmpty ? .twiceMonthly(window) : .twiceMonthly(window, by: named)
    case .quarterly: self = named.isEmpty ? .quarterly(window) : .quarterly(window, by: named)
    case .yearly: self = .yearly(row.due ?? written?.due ?? window.upperBound)
    case nil:
      switch (row.due, written?.span) {
      case (let due, .year(let year)?) where row.start == nil && (due ?? year.upperBound) == year.upperBound:
        self = .year(year.upperBound)
      case (let due?, _): self = row.start.map { .range($0, due) } ?? .by(due)
      case (nil, .day(let day)?): self = .by(day)
      case (nil, .month(let window)?), (nil, .range(let window)?), (nil, .year(let window)?):
        self = .range(window.lowerBound, window.upperBound)
      case (nil, nil): self = written?.wait.map(Schedule.after) ?? .none
      }
    }
  }

  var timing: PlanTask.Timing {
    switch self {
    case .by: .day
    case .range: .range
    case .year: .year
    case .continuous: .continuous
    case .monthly: .monthly
    case .twiceMonthly: .twiceMonthly
    case .quarterly: .quarterly
    case .yearly: .yearly
    case .after: .afterEvent
    case .none: .none
    }
  }

  /// True where the day is understood and not written.
  var isInferred: Bool {
    switch self {
    case .year, .continuous: true
    default: false
    }
  }

  /// The days by which something is due; none before the plan was issued, of what recurs.
  func dues(since issued: Day?) -> [Day] {
    func recurring(_ window: ClosedRange<Day>, every step: Int = 1, by days: [Int]) -> [Day] {
      let (first, last) = (window.lowerBound.components, window.upperBound.components)
      let months = (first.year * 12 + first.month - 1)...(last.year * 12 + last.month - 1)
      return months.filter { ($0 % 12 + 1) % step == 0 }
        .flatMap { month in days.map { Day(month / 12, month % 12 + 1, $0) ?? Day(endOf: month % 12 + 1, month / 12) } }
        .compactMap(\.self).filter { window.contains($0) && $0 >= issued ?? $0 }
    }
    return switch self {
    case .by(let day), .range(_, let day), .year(let day), .yearly(let day): [day]
    case .continuous(let window): [window.upperBound]
    case .monthly(let window, let days), .twiceMonthly(let window, let days): recurring(window, by: days)
    case .quarterly(let window, let days): recurring(window, every: 3, by: days)
    case .after, .none: []
    }
  }

  private static func whole(_ year: Int) -> ClosedRange<Day> {
    // A plan's year is from 2021 to 2100.
    guard let first = Day(year, 1, 1), let last = Day(year, 12, 31) else { preconditionFailure("no year: \(year)") }
    return first...last
  }
}
