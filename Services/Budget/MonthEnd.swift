import Schema
import WorkingDays

/// Cuối tháng: the working day on which a month's spending is looked at.
struct MonthEnd: Hashable {
  /// The month's first day.
  let month: Day
  /// Its last working day.
  let day: Day

  /// The latest that has come by a day: a service that was away looks once, at that day.
  init(by today: Day, _ days: WorkingDays) {
    let end = MonthEnd(of: today, days)
    self = end.day <= today ? end : MonthEnd(of: end.month.adding(-1), days)
  }

  private init(of day: Day, _ days: WorkingDays) {
    let (year, month, date) = day.components
    self.month = day.adding(1 - date)
    self.day = days.last(before: (Day(endOf: month, year) ?? day).adding(1))
  }
}
