import Schema
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// The tasks of Thượng Đức's plan of 2026 (`deploy/plans/thuong-duc.yaml`) through a year: those of 30 June are done on
/// 15 July, those of 30 September on 28 September, those of 31 December stay open.
@Suite("The demo's year", .timeLimit(.minutes(2)))
struct DemoYearTests {
  private static let tasks: [(number: String, leads: [Office.Code], with: [Office.Code], due: (Int, Int))] = [
    ("1", ["vp"], ["kt", "vh-xh"], (9, 30)), ("2", ["vp"], ["kt", "vh-xh"], (9, 30)),
    ("3", ["vp"], ["vh-xh", "cac-co-quan"], (6, 30)), ("4", ["vp"], ["vh-xh", "kt"], (9, 30)),
    ("5", ["vh-xh"], ["vp"], (9, 30)), ("6", ["vp"], ["vh-xh"], (9, 30)), ("7", ["vh-xh"], ["phong-ban"], (12, 31)),
    ("8", ["vh-xh", "vp"], ["phong-ban", "cac-co-quan"], (12, 31)),
    ("9", ["vh-xh"], ["mttq", "cac-co-quan", "thon", "to-cds"], (12, 31)),
    ("10", ["vh-xh"], ["kt", "truong-hoc"], (9, 30)), ("11", ["vh-xh"], ["cac-co-quan", "thon", "to-cds"], (6, 30)),
    ("12", ["vh-xh", "vp"], ["cac-co-quan"], (6, 30)), ("13", ["ca"], ["cac-co-quan", "thon", "to-cds"], (12, 31)),
    ("14", ["vh-xh"], ["cac-co-quan"], (12, 31)),
  ]

  /// Worked by hand, from the calendar of 2026 and the rules as they come along: seven, three and one working days
  /// before, the day after, weekly, a week after (vice chair), two weeks after (chair).
  private static let table = """
    19/06 task-due-soon vh-xh 11 12
    19/06 task-due-soon vp 12 3
    25/06 task-due-soon vh-xh 11 12 3
    25/06 task-due-soon vp 12 3
    29/06 task-due-soon vh-xh 11 12 3
    29/06 task-due-soon vp 12 3
    01/07 task-overdue pho-chu-tich 11 12
    01/07 task-overdue vh-xh 11 12 3
    01/07 task-overdue vp 12 3
    07/07 task-overdue pho-chu-tich 3
    08/07 task-overdue pho-chu-tich 11 12
    08/07 task-overdue vh-xh 11 12 3
    08/07 task-overdue vp 12 3
    14/07 task-overdue chu-tich 11 12 3
    21/09 task-due-soon vh-xh 10 5
    21/09 task-due-soon vp 1 2 4 6
    25/09 task-due-soon kt 1 10 2 4
    25/09 task-due-soon vh-xh 1 10 2 4 5 6
    25/09 task-due-soon vp 1 2 4 5 6
    22/12 task-due-soon ca 13
    22/12 task-due-soon vh-xh 14 7 8 9
    22/12 task-due-soon vp 8
    28/12 task-due-soon ca 13
    28/12 task-due-soon vh-xh 14 7 8 9
    28/12 task-due-soon vp 8
    30/12 task-due-soon ca 13
    30/12 task-due-soon vh-xh 13 14 7 8 9
    30/12 task-due-soon vp 8
    """

  @Test("each office is told what the table says, on the day that it says, and nothing else") func year() async throws {
    let post = try await Post(at: Commune.at(Commune.day(2026, 1, 5), 6))
    for (code, name) in [
      ("vp", "Văn phòng HĐND-UBND"), ("vh-xh", "Phòng Văn hóa - Xã hội"), ("kt", "Phòng Kinh tế"), ("ca", "Công an xã"),
    ] as [(Office.Code, String)] { try await post.keep(code, name) }
    let plan = Plan.ID()
    try await post.hear(
      PlanIssued(
        unit: Post.commune, plan: plan, year: 2026, title: "Kế hoạch", number: "25/KH-UBND",
        issuedOn: Commune.day(2025, 11, 28), rows: RowCounts(tasks: Self.tasks.count, targets: 0), lines: 0, planned: 0,
        focal: "vh-xh", shares: []))
    var ids: [(id: PlanTask.ID, due: Day)] = []
    for task in Self.tasks {
      let (id, due) = (PlanTask.ID(), Commune.day(2026, task.due.0, task.due.1))
      let row = TaskRow(number: task.number, name: "Việc", leads: task.leads, coordinating: task.with)
      try await post.hear(TaskAssigned(unit: Post.commune, plan: plan, task: id, row: row))
      try await post.hear(TaskDue(unit: Post.commune, plan: plan, task: id, due: due, offices: task.leads))
      ids.append((id, due))
    }
    var said: [String: [String]] = [:]
    var day = Commune.day(2026, 1, 5)
    while day <= Commune.day(2026, 12, 31) {
      post.clock.set(Commune.at(day, 6))
      for (end, due) in [
        (Commune.day(2026, 7, 15), Commune.day(2026, 6, 30)), (Commune.day(2026, 9, 28), Commune.day(2026, 9, 30)),
      ]
      where day == end {
        for task in ids where task.due == due { try await post.progress(task.id, .done) }
      }
      post.clock.set(Commune.at(day, 8))
      try await post.look()
      let today = day
      let notices = try await post.database.read { store in
        try store.rows("SELECT * FROM notice WHERE time >= ?", Commune.at(today, 0)).map { try NoticeRecord($0) }
      }
      for notice in notices where notice.content.rule == .taskDueSoon || notice.content.rule == .taskOverdue {
        let words = notice.content.text.vi.split(separator: " ")
        said["\(day.written.prefix(5)) \(notice.content.rule.rawValue) \(notice.office)", default: []].append(
          String(words[2]))
      }
      day = day.adding(1)
    }
    let order = Self.table.split(separator: "\n").map(String.init)
    let found = said.map { "\($0.key) \($0.value.sorted().joined(separator: " "))" }
    #expect(Set(found) == Set(order), "\(Set(found).symmetricDifference(order).sorted())")
    await post.close()
  }
}
