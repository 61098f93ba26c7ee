import Schema
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// What each office is told in Thượng Đức's year, by every rule, beside what people who know the rules say it should be.
@Suite("The demo's year", .timeLimit(.minutes(60)))
struct DemoYearTests {
  /// Worked by hand, from the calendar of 2026 and the rules as they come along: the day, the rule, the office, and what
  /// it is about. `settled` is what is said when something is over.
  private static let table = """
    10/01 task-undated vh-xh 15
    06/02 task-undated vh-xh 15
    02/03 legal-basis-changed ca 13/2023/NĐ-CP
    02/03 legal-basis-changed kt 13/2023/NĐ-CP
    02/03 legal-basis-changed vh-xh 13/2023/NĐ-CP
    02/03 legal-basis-changed vp 13/2023/NĐ-CP
    13/03 task-undated vh-xh 15
    30/03 legal-basis-changed vh-xh 13/2023/NĐ-CP
    01/04 report-open kt Q1
    08/04 report-due-soon kt Q1
    09/04 report-due-soon kt Q1
    09/04 report-due-soon vh-xh Q1
    10/04 task-undated vh-xh 15
    13/04 report-missing kt Q1
    13/04 report-missing vh-xh Q1
    15/04 report-missing pho-chu-tich Q1
    20/04 deadline-started kt 15
    20/04 report-missing kt Q1
    20/04 report-missing vh-xh Q1
    21/04 settled kt Q1
    21/04 settled pho-chu-tich Q1
    21/04 settled vh-xh Q1
    22/04 submission-returned kt Q1
    22/04 submission-returned vh-xh Q1
    28/04 legal-basis-changed vh-xh 13/2023/NĐ-CP
    28/04 submission-returned vh-xh Q1
    05/05 count-drop ca thon-1
    05/05 count-drop vh-xh thon-1
    11/05 ledger-refusal kt line-1
    11/05 ledger-refusal vh-xh line-1
    14/05 ledger-refusal pho-chu-tich line-1
    18/05 ledger-refusal kt line-1
    18/05 ledger-refusal vh-xh line-1
    19/05 count-drop ca thon-1
    19/05 count-drop vh-xh thon-1
    19/05 settled kt line-1
    19/05 settled pho-chu-tich line-1
    19/05 settled vh-xh line-1
    28/05 legal-basis-changed vh-xh 13/2023/NĐ-CP
    29/05 disbursement-lag kt line-2
    29/05 disbursement-lag pho-chu-tich line-2
    29/05 disbursement-lag vh-xh line-2
    19/06 task-due-soon vh-xh 11 12
    19/06 task-due-soon vp 12 3
    25/06 task-due-soon vh-xh 11 12 3
    25/06 task-due-soon vp 12 3
    29/06 task-due-soon vh-xh 11 12 3
    29/06 task-due-soon vp 12 3
    30/06 disbursement-lag kt line-2
    30/06 disbursement-lag pho-chu-tich line-2
    30/06 disbursement-lag vh-xh line-2
    01/07 task-overdue pho-chu-tich 11 12
    01/07 task-overdue vh-xh 11 12 3
    01/07 task-overdue vp 12 3
    07/07 task-overdue pho-chu-tich 3
    08/07 task-overdue pho-chu-tich 11 12
    08/07 task-overdue vh-xh 11 12 3
    08/07 task-overdue vp 12 3
    14/07 task-overdue chu-tich 11 12 3
    15/07 settled chu-tich 11 12 3
    15/07 settled pho-chu-tich 11 12 3
    15/07 settled vh-xh 11 12 3
    15/07 settled vp 12 3
    15/07 target-at-risk kt target-5
    15/07 target-at-risk vh-xh target-5
    03/08 task-returned vh-xh 7
    06/08 task-returned pho-chu-tich 7
    06/08 task-returned vh-xh 7
    12/08 target-at-risk kt target-5
    12/08 target-at-risk vh-xh target-5
    15/09 data-request-due vh-xh request
    15/09 data-request-due vp request
    21/09 task-due-soon vh-xh 10 5
    21/09 task-due-soon vp 1 2 4 6
    25/09 data-request-due vh-xh request
    25/09 data-request-due vp request
    25/09 task-due-soon kt 1 10 2 4
    25/09 task-due-soon vh-xh 1 10 2 4 5 6
    25/09 task-due-soon vp 1 2 4 5 6
    28/09 data-request-due vh-xh request
    28/09 data-request-due vp request
    29/09 data-request-due pho-chu-tich request
    29/09 data-request-due vh-xh request
    29/09 data-request-due vp request
    01/10 report-open vh-xh Q3
    08/10 report-due-soon vh-xh Q3
    09/10 report-due-soon vh-xh Q3
    13/10 report-missing pho-chu-tich Q3
    13/10 report-missing vh-xh Q3
    13/10 reports-late so-khcn Q3
    14/10 settled pho-chu-tich Q3
    14/10 settled so-khcn Q3
    14/10 settled vh-xh Q3
    09/11 subplan-asked vh-xh 150/KH-UBND
    19/11 subplan-due-soon vh-xh 150/KH-UBND
    26/11 subplan-due-soon vh-xh 150/KH-UBND
    01/12 subplan-missing pho-chu-tich 150/KH-UBND
    01/12 subplan-missing vh-xh 150/KH-UBND
    01/12 subplans-late so-khcn 150/KH-UBND
    08/12 subplan-missing pho-chu-tich 150/KH-UBND
    08/12 subplan-missing vh-xh 150/KH-UBND
    08/12 subplans-late so-khcn 150/KH-UBND
    11/12 settled pho-chu-tich 150/KH-UBND
    11/12 settled so-khcn 150/KH-UBND
    11/12 settled vh-xh 150/KH-UBND
    22/12 task-due-soon ca 13
    22/12 task-due-soon kt 15
    22/12 task-due-soon vh-xh 14 7 8
    22/12 task-due-soon vp 8
    28/12 task-due-soon ca 13
    28/12 task-due-soon kt 15
    28/12 task-due-soon vh-xh 14 7 8
    28/12 task-due-soon vp 8
    30/12 task-due-soon ca 13
    30/12 task-due-soon kt 15
    30/12 task-due-soon vh-xh 13 14 15 7 8 9
    30/12 task-due-soon vp 8
    """

  @Test("each office is told what the table says, on the day that it says, and nothing else") func year() async throws {
    let year = try await DemoYear()
    var found: Set<String> = []
    var day = Commune.day(2026, 1, 5)
    while day <= Commune.day(2026, 12, 31) {
      year.post.clock.set(Commune.at(day, 6))
      try await year.happens(on: day)
      year.post.clock.set(Commune.at(day, 8))
      try await year.post.look()
      found.formUnion(try await told(on: day, in: year))
      day = day.adding(1)
    }
    let table = Set(Self.table.split(separator: "\n").map(String.init))
    #expect(found == table, "\(found.symmetricDifference(table).sorted().joined(separator: "\n"))")
    await year.post.close()
  }

  @Test("every rule is in the table") func complete() {
    for rule in Notice.Rule.allCases where rule.isStaged {
      #expect(Self.table.contains(" \(rule.rawValue) "), "\(rule.rawValue)")
    }
  }

  /// What was said on a day, as lines of the table; news of what happens is no reminder.
  private func told(on day: Day, in year: DemoYear) async throws -> [String] {
    let notices = try await year.post.database.read { store in
      try store.rows("SELECT * FROM notice WHERE time >= ?", Commune.at(day, 0)).map { try NoticeRecord($0) }
    }
    var told: [String: [String]] = [:]
    for notice in notices {
      let rule = notice.content.rule
      var name = rule.rawValue
      if rule == .news, case .reminder = notice.content { name = "settled" }
      guard name == "settled" || rule.isStaged else { continue }
      let subject = try #require(notice.subject)
      told["\(day.written.prefix(5)) \(name) \(notice.office)", default: []].append(
        try #require(year.names[subject], "\(subject)"))
    }
    return told.map { "\($0.key) \($0.value.sorted().joined(separator: " "))" }
  }
}
