import Schema

extension Samples {
  static let planRequests = [
    SampleRequest(DraftPlan(head: head, expected: rows), in: commune, answered: draft),
    SampleRequest(
      DraftRows(plan: draft.id, tasks: [task, bareTask], targets: [target, bareTarget, rangeTarget]), in: commune,
      answered: draft),
    SampleRequest(
      ChangeRows(
        plan: draft.id, tasks: [reasonedTask], targets: [reasonedTarget], removedTasks: ["1.2"],
        removedTargets: ["2"]),
      in: commune, answered: draft),
    SampleRequest(DiscardPlan(plan: draft.id), in: commune, answered: discarded),
    SampleRequest(SubmitPlan(plan: draft.id), in: commune, answered: summary(.inReview, version: 3)),
    SampleRequest(
      ReturnPlan(plan: draft.id, reason: "Bổ sung nguồn kinh phí"), in: commune, answered: summary(.draft, version: 4)),
    SampleRequest(
      ApprovePlan(plan: draft.id, signed: signed, accepted: accepted), in: commune,
      answered: detail(.approved, end: nil)),
    SampleRequest(
      ClosePlan(plan: issued.id, report: Decision(number: "310/BC-UBND", day: day(2026, 12, 28))), in: commune,
      answered: detail(.closed, end: Decision(number: "310/BC-UBND", day: day(2026, 12, 28)))),
    SampleRequest(
      RevokePlan(plan: issued.id, decision: revocation), in: commune, answered: detail(.revoked, end: revocation)),
    SampleRequest(
      ComparePlans(plan: issued.id, with: id(9), after: "1"), in: commune,
      answered: Page(
        items: [
          PlanChange(
            kind: .changed, subject: .target, number: "12",
            text: Text(
              vi: "Điều chỉnh chỉ tiêu số 12 từ ≥ 80 % thành ≥ 85 %", en: "Change target 12 from ≥ 80 % to ≥ 85 %")),
          PlanChange(
            kind: .changed, subject: .plan,
            text: Text(
              vi: "Điều chỉnh tổng kinh phí từ 800.000.000 đồng thành 844.000.000 đồng",
              en: "Change the money in all from 800.000.000 đồng to 844.000.000 đồng")),
        ], next: "3")),
    SampleRequest(
      IssuePlan(plan: draft.id, number: "119/KH-UBND", issuedOn: day(2026, 1, 15)), in: commune, answered: issued),
    SampleRequest(
      ListPlans(year: 2026, purpose: .implementation, after: "20"), in: commune,
      answered: Page(items: [issued, draft], next: "22")),
    SampleRequest(
      ShowPlan(plan: issued.id), in: commune,
      answered: PlanDetail(
        summary: issued, head: head, notes: [Text(vi: "Chưa có Tết 2027", en: "No Tết of 2027 yet")])),
    SampleRequest(
      ListTargets(plan: issued.id, after: "1"), in: commune,
      answered: Page(
        items: [TargetSummary(id: id(30), row: target), TargetSummary(id: id(31), row: bareTarget)], next: "2")),
    SampleRequest(
      ListTasks(plan: issued.id, office: office.code, pillar: .data, after: "1"), in: commune,
      answered: Page(
        items: [
          progressed,
          TaskSummary(
            id: id(21), plan: issued.id, unit: commune, version: 1, row: bareTask, status: Open(.planned), percent: 0),
        ], next: "3")),
    SampleRequest(
      RecordProgress(task: progressed.id, percent: 40, note: progressed.note), in: commune, answered: progressed),
    SampleRequest(
      SubmitTask(
        task: progressed.id, due: day(2026, 9, 30), office: office.code,
        evidence: [Evidence(hash: fingerprint("5e"), place: "HSCV 118/2026")]),
      in: commune, answered: course(.submitted)),
    SampleRequest(
      AcceptTask(task: progressed.id, due: day(2026, 9, 30), office: office.code), in: commune, answered: course(.done)),
    SampleRequest(
      ReturnTask(
        task: progressed.id, due: day(2026, 9, 30), office: office.code, reason: "Thiếu biên bản nghiệm thu"),
      in: commune, answered: course(.returned)),
    SampleRequest(
      DecideTask(task: progressed.id, step: .pause, decision: revocation), in: commune, answered: course(.paused)),
    SampleRequest(
      AssignTask(task: progressed.id, leader: "Phó Chủ tịch", due: day(2026, 9, 30), targets: [id(30)]), in: commune,
      answered: course(.inProgress)),
    SampleRequest(
      ExplainTask(task: progressed.id, today: day(2026, 10, 5)), in: commune,
      answered: TaskCourse(
        task: course(.returned),
        occurrences: [
          Occurrence(
            due: day(2026, 9, 30), office: office.code, status: .returned, standing: .overdue,
            submittedOn: day(2026, 9, 29),
            evidence: [Evidence(hash: fingerprint("5e"), place: "HSCV 118/2026")], reason: "Thiếu biên bản nghiệm thu"),
          Occurrence(due: nil, office: nil, status: .planned, standing: .noDate),
        ], count: 2,
        reasons: [Text(vi: "Đến 05/10/2026: quá hạn 3 ngày làm việc.", en: "On 2026-10-05: 3 working days overdue.")],
        steps: [
          TaskCourse.Step(
            day: day(2026, 9, 30), account: "vh-xh",
            text: Text(vi: "trả lại: Thiếu biên bản", en: "returned: Thiếu biên bản"))
        ])),
    SampleRequest(
      TallyTasks(year: 2026, today: day(2026, 10, 5)), in: commune,
      answered: TaskTally(
        year: 2026, today: day(2026, 10, 5),
        rows: [
          TaskTally.Row(unit: commune, office: office.code, doneOnTime: 4, doneLate: 1, overdue: 2, open: 3),
          TaskTally.Row(unit: commune, office: nil, doneOnTime: 9, doneLate: 1, overdue: 2, open: 12, unfinished: 1),
        ])),
  ]

  static let planEvents = [
    SampleEvent(
      PlanIssued(
        unit: commune, plan: issued.id, year: 2026, title: head.title, number: "119/KH-UBND",
        issuedOn: day(2026, 1, 15), rows: rows, lines: 1, planned: 844_000_000, focal: office.code,
        shares: [
          PlanIssued.Share(office: office, leads: 1, coordinates: 0, targets: 1),
          PlanIssued.Share(office: registry, leads: 1, coordinates: 1, targets: 1),
        ], recipients: head.recipients), sequence: 38),
    SampleEvent(TaskAssigned(unit: commune, plan: issued.id, task: progressed.id, row: task), sequence: 39),
    SampleEvent(
      TargetPromised(unit: commune, plan: issued.id, year: 2026, target: id(30), row: target), sequence: 40),
    SampleEvent(
      LineEstimated(
        unit: commune, plan: issued.id, task: progressed.id, fiscalYear: 2026, amount: 844_000_000,
        source: Open(.commune), sourceText: "Ngân sách xã", leads: [office.code]), sequence: 41),
    SampleEvent(
      TaskProgressed(
        unit: commune, plan: issued.id, task: progressed.id, percent: 40, status: Open(.inProgress),
        note: progressed.note, office: office.code), sequence: 42),
    SampleEvent(PlanSuperseded(unit: commune, plan: id(9), by: issued.id), sequence: 43),
    SampleEvent(
      PlanClosed(unit: commune, plan: issued.id, number: "310/BC-UBND", day: day(2026, 12, 28)), sequence: 44),
    SampleEvent(
      PlanRevoked(unit: commune, plan: issued.id, number: revocation.number, day: revocation.day), sequence: 45),
    SampleEvent(
      TaskContinued(
        unit: commune, plan: issued.id, task: progressed.id, before: id(19), percent: 40, status: Open(.inProgress)),
      sequence: 46),
    SampleEvent(
      TaskDue(
        unit: commune, plan: issued.id, task: progressed.id, due: day(2026, 6, 30), offices: [office.code],
        targets: [id(30)], document: "98/TB-UBND"), sequence: 50),
  ]

  private static let registry = Office(code: "van-phong", name: "Văn phòng HĐND và UBND")
  private static let rows = RowCounts(tasks: 2, targets: 3)

  private static let head = PlanHead(
    year: 2026, title: "Kế hoạch khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm 2026",
    issuer: "UBND xã Giao An", signer: "Phó Chủ tịch", focal: office.code, offices: [office, registry],
    legalBases: [
      LegalBasis(number: "57-NQ/TW", kind: "Nghị quyết", date: day(2024, 12, 22), issuer: "Bộ Chính trị"),
      LegalBasis(number: nil, kind: "Kế hoạch", date: nil, issuer: nil, parent: true),
    ],
    recipients: [
      Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report)),
      Recipient(name: "Lưu: VT, VH-XH", purpose: Open(.file)), Recipient(name: "Các thôn"),
    ],
    reporting: [
      ReportingDuty(
        what: "Báo cáo kết quả thực hiện", frequency: "hằng quý", due: "trước ngày 12 tháng cuối quý",
        to: "Phòng Văn hóa - Xã hội"),
      ReportingDuty(what: "Báo cáo đột xuất", frequency: "khi có yêu cầu", to: "UBND tỉnh"),
    ], assumed: ["number", "issued"])

  private static let task = TaskRow(
    number: "1.1", name: "Số hóa hồ sơ, giấy tờ", output: "Kho dữ liệu số", pillar: Open(.data), leads: [office.code],
    coordinating: [registry.code], time: "Quý I – Quý III/2026", start: day(2026, 1, 1), due: day(2026, 9, 30),
    recurrence: Open(.quarterly), cost: 844_000_000, source: Open(.commune), sourceText: "Ngân sách xã",
    reference: "19-TB/TGV")
  private static let bareTask = TaskRow(number: "1.2", name: "Tổ công nghệ số cộng đồng", leads: [registry.code])

  private static var reasonedTask: TaskRow {
    var row = task
    row.rationale = "Tỉnh giao tại Kế hoạch số 101/KH-UBND"
    return row
  }
  private static var reasonedTarget: TargetRow {
    var row = target
    row.rationale = "Năm 2025 đã đạt 97,5%"
    return row
  }

  private static let target = TargetRow(
    number: "1", group: "Chính quyền số", indicator: "Hồ sơ trực tuyến toàn trình", unit: "%",
    comparator: Open(.atLeast), value: percent, due: day(2026, 12, 31), leads: [office.code],
    coordinating: [registry.code])
  private static let bareTarget = TargetRow(
    number: "2", indicator: "Số thôn có tổ công nghệ số", comparator: Open(.report), leads: [registry.code])
  private static let rangeTarget = TargetRow(
    number: "3", indicator: "Hồ sơ trả qua bưu chính", unit: "%", comparator: Open(.range), value: Quantity(60),
    upper: Quantity(70), leads: [registry.code])

  private static let draft = PlanSummary(
    id: id(10), unit: commune, status: Open(.draft), version: 2, year: 2026, title: head.title, rows: rows,
    expected: rows, numericTargets: 1, lines: 1, planned: 844_000_000)
  private static let issued = summary(.issued, version: 3)
  private static let discarded = summary(.discarded, version: 3)

  private static let accepted = [Acceptance(checks: ["T1"], reason: "Chờ tỉnh giao thời hạn")]
  private static let signed = SignedDocument(signer: "Phó Chủ tịch Nguyễn Văn A", hash: fingerprint("5e"))
  private static let revocation = Decision(
    number: "45/QĐ-UBND", day: day(2026, 6, 30), reason: "Nhiệm vụ chuyển về cấp tỉnh")

  private static func detail(_ status: Plan.Status, end: Decision?) -> PlanDetail {
    PlanDetail(
      summary: summary(status, version: 6), head: committeeHead,
      approval: Approval(account: "van-thu", on: day(2026, 1, 14), signed: signed, accepted: accepted),
      baseline: fingerprint("0c"),
      replaces: id(9), replacedBy: id(11), end: end)
  }

  private static var committeeHead: PlanHead {
    var head = head
    head.purpose = Open(.conclusion)
    head.meeting = meeting
    head.collectives = [Collective(code: office.code, members: [registry.code])]
    return head
  }

  private static func fingerprint(_ byte: String) -> Fingerprint {
    guard let fingerprint = Fingerprint(String(repeating: byte, count: 32)) else {
      preconditionFailure("samples name real hashes")
    }
    return fingerprint
  }

  private static func course(_ status: PlanTask.Status) -> TaskSummary {
    var task = progressed
    task.status = Open(status)
    task.deadline = PlanTask.Deadline(due: day(2026, 9, 30), timing: .range, inferred: false, standing: .overdue)
    (task.leader, task.targets) = ("Phó Chủ tịch", [id(30)])
    return task
  }

  private static let progressed = TaskSummary(
    id: id(20), plan: id(10), unit: commune, version: 2, row: task, status: Open(.inProgress), percent: 40,
    note: "Đã quét 2.000 hồ sơ")

  private static func summary(_ status: Plan.Status, version: Int) -> PlanSummary {
    var summary = draft
    (summary.status, summary.version) = (Open(status), version)
    guard status.wasIssued else { return summary }
    (summary.number, summary.issuedOn) = ("119/KH-UBND", day(2026, 1, 15))
    return summary
  }

  private static var percent: Quantity? { Quantity("99.9") }

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year, month, day) else { preconditionFailure("samples name real days") }
    return day
  }
}
