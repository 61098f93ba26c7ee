import Schema
import Testing

@Suite struct PeriodTests {
  /// Article 12 of Decree 09/2019/NĐ-CP, and the calendar on the wall.
  @Test(arguments: [
    ("nd09:2026-M01", "2025-12-15", "2026-01-14"), ("nd09:2026-M03", "2026-02-15", "2026-03-14"),
    ("nd09:2026-M12", "2026-11-15", "2026-12-14"), ("nd09:2026-Q1", "2025-12-15", "2026-03-14"),
    ("nd09:2026-Q2", "2026-03-15", "2026-06-14"), ("nd09:2026-Q3", "2026-06-15", "2026-09-14"),
    ("nd09:2026-Q4", "2026-09-15", "2026-12-14"), ("nd09:2026-6M", "2025-12-15", "2026-06-14"),
    ("nd09:2026-9M", "2025-12-15", "2026-09-14"), ("nd09:2026-Y", "2025-12-15", "2026-12-14"),
    ("2026-M01", "2026-01-01", "2026-01-31"), ("2026-M02", "2026-02-01", "2026-02-28"),
    ("2028-M02", "2028-02-01", "2028-02-29"), ("2026-Q1", "2026-01-01", "2026-03-31"),
    ("2026-Q3", "2026-07-01", "2026-09-30"), ("2026-6M", "2026-01-01", "2026-06-30"),
    ("2026-9M", "2026-01-01", "2026-09-30"), ("2026-Y", "2026-01-01", "2026-12-31"),
  ])
  func firstAndLastDay(text: String, first: String, last: String) throws {
    let days = try #require(Period(text)).days
    #expect(days.lowerBound.description == first)
    #expect(days.upperBound.description == last)
  }

  static let spans: [Period.Span] =
    (1...12).map(Period.Span.month) + (1...4).map(Period.Span.quarter) + [.sixMonths, .nineMonths, .year]

  @Test(arguments: Period.Calendar.allCases, spans)
  func thereAndBack(calendar: Period.Calendar, span: Period.Span) throws {
    for year in [1901, 2026, 9998] {
      let period = try #require(Period(calendar, year, span))
      #expect(Period(period.description) == period)
    }
    #expect(Period(calendar, 1900, span) == nil)
    #expect(Period(calendar, 9999, span) == nil)
  }

  @Test(arguments: Period.Calendar.allCases)
  func nothingBetweenAndNothingTwice(calendar: Period.Calendar) throws {
    let spans = [(1...12).map(Period.Span.month), (1...4).map(Period.Span.quarter), [.year]]
    for parts in spans {
      let periods = try (2020...2030).flatMap { year in
        try parts.map { try #require(Period(calendar, year, $0)).days }
      }
      for (one, next) in zip(periods, periods.dropFirst()) {
        #expect(one.upperBound.adding(1) == next.lowerBound)
      }
    }
  }

  @Test(arguments: [
    ("2026-M03", "tháng 3/2026", "month 3 of 2026"), ("2026-Q1", "quý I/2026", "quarter 1 of 2026"),
    ("2026-Q4", "quý IV/2026", "quarter 4 of 2026"), ("2026-Y", "năm 2026", "year 2026"),
    ("2026-9M", "9 tháng đầu năm 2026", "the first 9 months of 2026"),
    ("nd09:2026-6M", "6 tháng đầu năm 2026 (NĐ 09/2019)", "the first 6 months of 2026 (Decree 09/2019)"),
  ])
  func asOfficesCallIt(text: String, vi: String, en: String) throws {
    #expect(try #require(Period(text)).text == Text(vi: vi, en: en))
  }

  @Test func outOfRange() {
    #expect(Period(.plain, 2026, .month(0)) == nil)
    #expect(Period(.plain, 2026, .month(13)) == nil)
    #expect(Period(.plain, 2026, .quarter(0)) == nil)
    #expect(Period(.plain, 2026, .quarter(5)) == nil)
  }

  @Test(arguments: [
    "", "2026", "2026-", "-Q1", "2026-Q", "2026-Q5", "2026-Q0", "2026-M1", "2026-M13", "2026-M001", "2026-q1", "26-Q1",
    "+2026-Q1", "02026-Q1", "2026-Q1-", "2026-Q1 ", " 2026-Q1", "2026-Q+1", "2026-3M", "2026-H1", "ND09:2026-Q1",
    "nd09:", "nd09:nd09:2026-Q1", "nd10:2026-Q1", "2026-Q٣", "99999999999999999999-Q1", "2026-M99999999999999999999",
  ])
  func notAPeriod(_ text: String) {
    #expect(Period(text) == nil)
  }
}
