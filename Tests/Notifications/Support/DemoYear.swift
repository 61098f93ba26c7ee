import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_notifications

/// Thượng Đức's year 2026: the tasks of its plan (`deploy/plans/thuong-duc.yaml`) and one without a day, and what else
/// befalls a commune. Those of 30 June are done on 15 July, those of 30 September on 28 September, those of 31 December
/// stay open.
final class DemoYear {
  private static let tasks: [(number: String, leads: [Office.Code], with: [Office.Code], due: (Int, Int)?)] = [
    ("1", ["vp"], ["kt", "vh-xh"], (9, 30)), ("2", ["vp"], ["kt", "vh-xh"], (9, 30)),
    ("3", ["vp"], ["vh-xh", "cac-co-quan"], (6, 30)), ("4", ["vp"], ["vh-xh", "kt"], (9, 30)),
    ("5", ["vh-xh"], ["vp"], (9, 30)), ("6", ["vp"], ["vh-xh"], (9, 30)), ("7", ["vh-xh"], ["phong-ban"], (12, 31)),
    ("8", ["vh-xh", "vp"], ["phong-ban", "cac-co-quan"], (12, 31)),
    ("9", ["vh-xh"], ["mttq", "cac-co-quan", "thon", "to-cds"], (12, 31)),
    ("10", ["vh-xh"], ["kt", "truong-hoc"], (9, 30)), ("11", ["vh-xh"], ["cac-co-quan", "thon", "to-cds"], (6, 30)),
    ("12", ["vh-xh", "vp"], ["cac-co-quan"], (6, 30)), ("13", ["ca"], ["cac-co-quan", "thon", "to-cds"], (12, 31)),
    ("14", ["vh-xh"], ["cac-co-quan"], (12, 31)), ("15", ["kt"], [], nil),
  ]
  private static let offices: [(Office.Code, String)] = [
    ("vp", "Văn phòng HĐND-UBND"), ("vh-xh", "Phòng Văn hóa - Xã hội"), ("kt", "Phòng Kinh tế"), ("ca", "Công an xã"),
  ]

  let post: Post
  private let (plan, above, target, request) = (Plan.ID(), Plan.ID(), Target.ID(), SubjectRequest.ID())
  private let (refused, lagging) = (BudgetLine.ID(), BudgetLine.ID())
  private var tasks: [String: (id: PlanTask.ID, due: Day?)] = [:]
  /// What the table calls the things that notices are about, by their subjects.
  private(set) var names: [String: String] = [:]

  init() async throws {
    post = try await Post(at: Commune.at(Commune.day(2026, 1, 5), 6))
    for (code, name) in Self.offices { try await post.keep(code, name, code == "ca" ? .police : .office) }
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    try await post.keep("so-khcn", "Sở Khoa học và Công nghệ", in: "38")
    try await post.hear(
      AccountAdmitted(
        unit: "38", account: "so", office: Office(code: "so-khcn", name: "Sở"), roles: [Open(.province)]))
    try await issue()
    names["target/\(target)"] = "target-5"
    names["line/\(refused)"] = "line-1"
    names["line/\(lagging)"] = "line-2"
    names["request/\(request)"] = "request"
    names["office/thon-1"] = "thon-1"
    names["plan/\(plan)/13/2023/NĐ-CP"] = "13/2023/NĐ-CP"
  }

  private func issue() async throws {
    let shares = Self.offices.map { code, name in
      PlanIssued.Share(office: Office(code: code, name: name), leads: 1, coordinates: 0, targets: 0)
    }
    try await post.hear(
      PlanIssued(
        unit: Post.commune, plan: plan, year: 2026, title: "Kế hoạch", number: "25/KH-UBND",
        issuedOn: Commune.day(2025, 11, 28), rows: RowCounts(tasks: Self.tasks.count, targets: 1), lines: 2, planned: 0,
        focal: "vh-xh", shares: shares))
    for task in Self.tasks {
      let (id, due) = (PlanTask.ID(), task.due.map { Commune.day(2026, $0.0, $0.1) })
      let row = TaskRow(number: task.number, name: "Việc", leads: task.leads, coordinating: task.with)
      try await post.hear(TaskAssigned(unit: Post.commune, plan: plan, task: id, row: row))
      tasks[task.number] = (id, due)
      names["task/\(id)"] = task.number
      // What task 11 does, the target counts on.
      if let due { try await set(task.number, due, task.leads, serving: task.number == "11" ? [target] : []) }
    }
  }

  private func id(_ task: String) throws -> PlanTask.ID { try #require(tasks[task]).id }

  private func set(
    _ task: String, _ due: Day, _ leads: [Office.Code], serving targets: [Target.ID] = [],
    by document: DocumentNumber? = nil
  ) async throws {
    try await post.hear(
      TaskDue(
        unit: Post.commune, plan: plan, task: try id(task), due: due, offices: leads, targets: targets,
        document: document))
  }

  // MARK: What happens

  /// What befalls the commune early on a day, before anybody looks.
  func happens(on day: Day) async throws {
    switch day.written.prefix(5) {
    case "02/03":
      try await post.hear(
        BasisEnded(
          unit: Post.commune, plan: plan, focal: "vh-xh", number: "13/2023/NĐ-CP", endedOn: Commune.day(2026, 1, 1),
          replacedBy: "356/2025/NĐ-CP"))
    case "01/04": try await expectReport()
    case "06/04": try await count(350, "2026-M03")
    case "20/04": try await set("15", Commune.day(2026, 12, 31), ["kt"], by: "98/TB-UBND")
    case "21/04":
      try await post.hear(
        ReportSettled(
          unit: Post.commune, office: "kt", keeper: Post.commune, regime: "quy", period: try quarter()))
    case "22/04": try await review(.inReview)
    case "23/04": try await acknowledge(.submissionReturned, "kt")
    case "29/04": try await review(.sent)
    case "05/05": try await count(340, "2026-M04")
    case "11/05":
      try await post.hear(
        LineOverspent(
          unit: Post.commune, line: refused, plan: plan, task: try id("1"), number: "1", name: "Việc", fiscalYear: 2026,
          leads: ["kt"], focal: "vh-xh", asked: 50, available: 20))
    case "19/05":
      try await post.hear(
        LineAllocated(
          unit: Post.commune, line: refused, plan: plan, task: try id("1"), number: "1", name: "Việc", fiscalYear: 2026,
          leads: ["kt"], amount: 30, allocated: 50, document: "12/QĐ-UBND", day: day))
    case "29/05":
      try await lag(elapsed: 40)
      try await acknowledge(.legalBasisChanged, "vh-xh")
    case "02/06": try await count(360, "2026-M05")
    case "30/06": try await lag(elapsed: 49)
    case "01/07":
      try await post.hear(
        LineDisbursed(
          unit: Post.commune, line: lagging, plan: plan, task: nil, fiscalYear: 2026, leads: ["kt"], amount: 90,
          allocated: 100, disbursed: 90, day: day))
    case "02/07": try await endanger()
    case "15/07": try await finish(Commune.day(2026, 6, 30))
    case "31/07": try await post.progress(try id("7"), .submitted)
    case "03/08": try await post.progress(try id("7"), .returned)
    case "07/08": try await post.progress(try id("7"), .inProgress)
    case "13/08":
      try await post.hear(TargetRecovered(unit: Post.commune, indicator: Indicator.ID(), target: target))
    case "14/09": try await ask(acknowledgeBy: Commune.day(2026, 9, 16), due: Commune.day(2026, 9, 28))
    case "16/09": try await ask(acknowledgeBy: nil, due: Commune.day(2026, 9, 28))
    case "28/09": try await finish(Commune.day(2026, 9, 30))
    case "30/09": try await ask(acknowledgeBy: nil, due: nil)
    case "01/10": try await expectProvinceReport(Commune.day(2026, 10, 12))
    case "14/10":
      try await post.hear(
        ReportSettled(unit: Post.commune, keeper: "38", regime: "khcn", period: try #require(Period("2026-Q3"))))
    case "09/11":
      let asked = SubplanExpected(
        unit: Post.commune, plan: above, by: "38", number: "150/KH-UBND", title: "Kế hoạch của tỉnh",
        due: Commune.day(2026, 11, 30))
      names[asked.subject] = "150/KH-UBND"
      try await post.hear(asked)
    case "11/12": try await post.hear(SubplanSettled(unit: Post.commune, plan: above))
    case "18/12": try await silence("9", until: Commune.day(2026, 12, 29))
    default: break
    }
  }

  private func finish(_ due: Day) async throws {
    for task in tasks.values where task.due == due { try await post.progress(task.id, .done) }
  }

  private func quarter() throws -> Period { try #require(Period("2026-Q1")) }

  private func expectReport() async throws {
    let expected = ReportExpected(
      unit: Post.commune, office: "kt", keeper: Post.commune, regime: "quy", title: "Báo cáo quý",
      period: try quarter(), cutoff: Commune.day(2026, 3, 31), due: Commune.day(2026, 4, 10), focal: "vh-xh")
    names[expected.subject] = "Q1"
    try await post.hear(expected)
  }

  private func expectProvinceReport(_ due: Day) async throws {
    let expected = ReportExpected(
      unit: Post.commune, keeper: "38", regime: "khcn", title: "Báo cáo KHCN", period: try #require(Period("2026-Q3")),
      cutoff: Commune.day(2026, 9, 30), due: due, focal: "vh-xh")
    names[expected.subject] = "Q3"
    try await post.hear(expected)
  }

  private func review(_ status: Submission.Status) async throws {
    let submission = SubmissionSummary(
      id: Submission.ID(UUIDv7(high: 7, low: 7)), keeper: "38", regime: "quy", period: try quarter(),
      unit: Post.commune, status: Open(status), version: 1, answered: 2, cells: 2,
      hash: Fingerprint(of: Data("báo cáo".utf8)))
    let moved = SubmissionMoved(
      unit: Post.commune, submission: submission, title: "Báo cáo quý", reason: "mẫu số không khớp",
      offices: status == .inReview ? ["kt"] : [], focal: "vh-xh")
    names[moved.subject] = "Q1"
    try await post.hear(moved)
  }

  private func count(_ activated: Int64, _ month: String) async throws {
    try await post.hear(
      CountsRecorded(
        unit: Post.commune, village: Office(code: "thon-1", name: "Thôn 1"), month: try #require(Period(month)),
        counts: EnrolmentCounts(adults: 400, issued: 380, activated: activated, signatures: 90), revision: 1,
        office: "ca"))
  }

  private func lag(elapsed: Int) async throws {
    try await post.hear(
      LineLagging(
        unit: Post.commune, line: lagging, number: "2", name: "Việc", fiscalYear: 2026, leads: ["kt"], allocated: 100,
        disbursed: 10, elapsed: elapsed))
  }

  private func endanger() async throws {
    try await post.hear(
      TargetEndangered(
        unit: Post.commune, indicator: Indicator.ID(), title: "Hồ sơ trực tuyến", measure: "%",
        milestone: Milestone(
          target: target, plan: plan, year: 2026, number: "5", comparator: Open(.atLeast), value: Quantity(90),
          due: Commune.day(2026, 12, 31), leads: ["kt"]), period: try #require(Period("2026-Q2")),
        figure: Figure(60, of: 100), forecast: Quantity("71.5"), focal: "vh-xh"))
  }

  private func ask(acknowledgeBy: Day?, due: Day?) async throws {
    try await post.hear(
      SubjectRequestMoved(
        unit: Post.commune, request: request, received: Commune.day(2026, 9, 14), acknowledgeBy: acknowledgeBy,
        due: due,
        office: "vp"))
  }

  // MARK: What people do about it

  /// The office takes note of the latest that it was told by a rule.
  private func acknowledge(_ rule: Notice.Rule, _ office: Office.Code) async throws {
    let notice = try #require(try await post.inbox(office).last { $0.rule == Open(rule) })
    try await post.database.write { store in
      let record = try NotificationsStore.notice(notice.id, in: Post.commune, store)
      try NotificationsStore.acknowledge(record, by: "lan", nil, store)
    }
  }

  private func silence(_ task: String, until: Day) async throws {
    let silence = Silence(
      id: Silence.ID(), rule: nil, subject: "task/\(try id(task))", office: nil, until: until, reason: "Tỉnh gia hạn",
      document: "98/TB-UBND", account: "lan", time: post.clock.time)
    try await post.database.write { store in try NotificationsStore.keep(silence, in: Post.commune, store) }
  }
}
