import PlanDocuments
import Schema
import Testing

@testable import xaso_plans

/// What offices print as a time, and what is understood.
@Suite("When a task is due") struct ScheduleTests {
  private func row(_ time: String?, _ change: (inout TaskRow) -> Void = { _ in }) -> TaskRow {
    var row = TaskRow(number: "1", name: "x", leads: ["vp"], time: time)
    change(&row)
    return row
  }

  private static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }
  private static let year = day("2026-01-01")...day("2026-12-31")
  private static let second = day("2026-07-01")...day("2026-12-31")

  private static let times: [(String?, Schedule)] = [
    ("30/6/2026", .by(day("2026-06-30"))), ("Trước ngày 30/6", .by(day("2026-06-29"))),
    ("Quý I – Quý III/2026", .range(day("2026-01-01"), day("2026-09-30"))),
    ("Quý I-III/2026", .range(day("2026-01-01"), day("2026-09-30"))),
    ("Quý II", .range(day("2026-04-01"), day("2026-06-30"))),
    ("Tháng 12/2025", .range(day("2025-12-01"), day("2025-12-31"))),
    ("Tháng 2/2028", .range(day("2028-02-01"), day("2028-02-29"))),
    ("6 tháng cuối năm", .range(day("2026-07-01"), day("2026-12-31"))),
    ("Năm 2027", .year(day("2027-12-31"))), ("2027", .year(day("2027-12-31"))), ("Trong năm", .year(day("2026-12-31"))),
    ("Thường xuyên", .continuous(year)), ("Thường xuyên trong 6 tháng cuối năm", .continuous(second)),
    ("Hằng tháng", .monthly(year)), ("Hàng tháng", .monthly(year)), ("02 lần/tháng", .twiceMonthly(year)),
    ("Ngày 15 hằng tháng", .monthly(year, by: [15])), ("Hằng tháng, trước ngày 5", .monthly(year, by: [4])),
    ("Vào ngày 10 và ngày 25 hằng tháng", .twiceMonthly(year, by: [10, 25])),
    ("Trước ngày 12 tháng cuối quý", .quarterly(year, by: [11])), ("Trước ngày 1 hằng tháng", .monthly(year)),
    ("Ngày 5 hằng tháng, từ tháng 3 đến tháng 6", .monthly(day("2026-03-01")...day("2026-06-30"), by: [5])),
    ("Hằng quý", .quarterly(year)), ("10/10 hằng năm", .yearly(day("2026-10-10"))),
    ("20 ngày sau khi Tỉnh ủy ban hành văn bản", .after(.init(days: 20))), ("Khi có yêu cầu", .none), (nil, .none),
    ("", .none), ("Quý III-II/2026", .none), ("31/02/2026", .none),
    ("Quý IV/2025 - Quý II/2026", .range(day("2025-10-01"), day("2026-06-30"))),
    ("Từ 01/3 đến 30/9/2026", .range(day("2026-03-01"), day("2026-09-30"))),
    ("10 ngày làm việc kể từ ngày ban hành Quyết định", .after(.init(days: 10, isOfWorkingDays: true))),
    ("ngày 29 tháng 2 năm 2028", .by(day("2028-02-29"))), ("29/2/2026", .none),
    ("Hằng tháng trong quý III", .monthly(day("2026-07-01")...day("2026-09-30"))),
  ]

  @Test("a printed time is understood, or not guessed at", arguments: times)
  func written(_ time: String?, _ expected: Schedule) {
    #expect(Schedule(row(time), year: 2026) == expected)
  }

  @Test("what the row says in fields goes before its time") func fields() {
    let by = row("Năm 2027") { $0.due = Self.day("2026-03-01") }
    #expect(Schedule(by, year: 2026) == .by(Self.day("2026-03-01")))
    // The paper says a year; that its end was written beside it makes it no more of a day.
    let whole = row("Năm 2027") { $0.due = Self.day("2027-12-31") }
    #expect(Schedule(whole, year: 2026) == .year(Self.day("2027-12-31")))
    let often = row("x") { ($0.recurrence, $0.due) = (Open(.monthly), Self.day("2026-03-15")) }
    #expect(Schedule(often, year: 2026).dues(since: nil) == [Self.day("2026-01-31"), Self.day("2026-02-28")])
  }

  @Test("what recurs has its own days, from the plan's issue on") func recurring() {
    let leap = Schedule(row("Hai lần một tháng"), year: 2028).dues(since: Self.day("2028-02-10"))
    #expect(leap.prefix(3) == [Self.day("2028-02-15"), Self.day("2028-02-29"), Self.day("2028-03-15")])
    #expect(leap.last == Self.day("2028-12-31"))
    let last = Schedule(row("Ngày 30 hằng tháng"), year: 2026).dues(since: nil)
    #expect(last.prefix(3) == [Self.day("2026-01-30"), Self.day("2026-02-28"), Self.day("2026-03-30")])
    let quarters = Schedule(row("Trước ngày 12 tháng cuối quý"), year: 2026).dues(since: Self.day("2026-04-01"))
    #expect(quarters == [Self.day("2026-06-11"), Self.day("2026-09-11"), Self.day("2026-12-11")])
    #expect(Schedule(row("Hằng quý"), year: 2026).dues(since: Self.day("2025-11-28")).count == 4)
    #expect(Schedule(row("Hằng quý"), year: 2026).dues(since: Self.day("2026-07-01")).count == 2)
  }
}
