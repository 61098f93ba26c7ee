import PlanDocuments
import Schema
import Testing

/// What offices print as a time; what is made of it elsewhere is tested there.
@Suite struct PrintedTimeTests {
  private static func range(_ first: String, _ last: String) -> ClosedRange<Day> {
    (Day(first) ?? Day(number: 0))...(Day(last) ?? Day(number: 0))
  }

  private static func day(_ text: String) -> PrintedTime.Span { .day(range(text, text).lowerBound) }

  private static let times: [(String, PrintedTime.Span?)] = [
    ("30/6/2026", day("2026-06-30")), ("Trước 30/6/2026", day("2026-06-29")), ("10/10", day("2026-10-10")),
    ("ngày 30 tháng 12 năm 2025", day("2025-12-30")), ("trước ngày 1 tháng 3", day("2026-02-28")),
    ("Từ 01/3 đến 30/9/2026", .range(range("2026-03-01", "2026-09-30"))),
    ("T6/2026", .month(range("2026-06-01", "2026-06-30"))), ("6/2026", .month(range("2026-06-01", "2026-06-30"))),
    ("Cuối tháng 2/2028", .month(range("2028-02-01", "2028-02-29"))),
    ("Tháng 11/2025 - Tháng 2/2026", .range(range("2025-11-01", "2026-02-28"))),
    ("Tháng 3, 4", .range(range("2026-03-01", "2026-04-30"))),
    ("Quý 1 - Quý 3 năm 2026", .range(range("2026-01-01", "2026-09-30"))),
    ("Quý IV/2025 - Quý II/2026", .range(range("2025-10-01", "2026-06-30"))),
    ("9 tháng đầu năm 2027", .range(range("2027-01-01", "2027-09-30"))),
    ("Thường xuyên trong 6 tháng cuối năm", .range(range("2026-07-01", "2026-12-31"))),
    ("Giai đoạn 2026-2030", .range(range("2026-01-01", "2030-12-31"))),
    ("Năm 2027", .year(range("2027-01-01", "2027-12-31"))), ("cả năm", .year(range("2026-01-01", "2026-12-31"))),
    ("20 ngày sau khi tỉnh ban hành", nil), ("Khi có yêu cầu", nil), ("Hằng năm", nil),
    ("Mỗi tháng 02 lần", nil), ("", nil),
  ]

  @Test("by when", arguments: times) func spans(_ text: String, _ span: PrintedTime.Span?) {
    #expect(PrintedTime(text, year: 2026).span == span)
  }

  @Test("how often, or how long after what") func others() {
    #expect(PrintedTime("Ngày 10/10 hằng năm", year: 2026).recurrence == .yearly)
    #expect(PrintedTime("Mỗi tháng 02 lần", year: 2026).recurrence == .twiceMonthly)
    #expect(
      PrintedTime("15 ngày làm việc từ khi có văn bản", year: 2026).wait
        == PrintedTime.Wait(days: 15, isOfWorkingDays: true))
    #expect(PrintedTime("15 ngày", year: 2026).wait == nil)
  }

  @Test("without a year nothing is guessed") func noYear() {
    for text in ["10/10", "Quý II", "Tháng 5", "trong năm"] { #expect(PrintedTime(text, year: nil).span == nil) }
    #expect(PrintedTime("10/10/2026", year: nil).span == Self.day("2026-10-10"))
  }

  @Test(
    "what cannot be is told",
    arguments: [
      ("Quý III - Quý II/2026", PrintedTime.Fault.reversed), ("Quý III-III/2026", .reversed),
      ("Từ 30/9/2026 đến 01/3/2026", .reversed), ("31/02/2026", .noSuchDay), ("29/2", .noSuchDay),
    ])
  func faults(_ text: String, _ fault: PrintedTime.Fault) {
    #expect(PrintedTime(text, year: 2026).fault == fault)
  }

  @Test("words that say more are not passed over") func rest() {
    for text in [
      "Quý II/2026", "Hoàn thành trong quý III", "Định kỳ hằng quý", "Trong năm 2026", "Trước ngày 25 hằng tháng",
      "Ngày 12 tháng cuối quý",
    ] {
      #expect(PrintedTime(text, year: 2026).isWhole)
    }
    for text in [
      "Quý II theo chỉ đạo", "Hằng tháng, quý", "Khi có yêu cầu", "31/02/2026",
      "Ngày 25 hằng tháng theo chỉ đạo",
    ] {
      #expect(!PrintedTime(text, year: 2026).isWhole)
    }
  }
}
