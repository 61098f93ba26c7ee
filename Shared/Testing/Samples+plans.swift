import Schema

extension Samples {
  static let planRequests = [
    SampleRequest(DraftPlan(head: head, expected: rows), in: commune, answered: draft),
    SampleRequest(
      DraftRows(plan: draft.id, tasks: [task, bareTask], targets: [target, bareTarget]), in: commune, answered: draft),
    SampleRequest(DiscardPlan(plan: draft.id), in: commune, answered: discarded),
    SampleRequest(
      IssuePlan(plan: draft.id, number: "119/KH-UBND", issuedOn: day(2026, 1, 15)), in: commune, answered: issued),
    SampleRequest(ListPlans(year: 2026, after: "20"), in: commune, answered: Page(items: [issued, draft], next: "22")),
    SampleRequest(ShowPlan(plan: issued.id), in: commune, answered: PlanDetail(summary: issued, head: head)),
    SampleRequest(
      ListTargets(plan: issued.id, after: "1"), in: commune,
      answered: Page(
        items: [TargetSummary(id: id(30), row: target), TargetSummary(id: id(31), row: bareTarget)], next: "2")),
    SampleRequest(
      ListTasks(plan: issued.id, office: office.code, after: "1"), in: commune,
      answered: Page(
        items: [
          progressed,
          TaskSummary(
            id: id(21), plan: issued.id, unit: commune, version: 1, row: bareTask, status: Open(.planned), percent: 0),
        ], next: "3")),
    SampleRequest(
      RecordProgress(task: progressed.id, percent: 40, note: progressed.note), in: commune, answered: progressed),
  ]

  static let planEvents = [
    SampleEvent(
      PlanIssued(
        unit: commune, plan: issued.id, year: 2026, title: head.title, number: "119/KH-UBND",
        issuedOn: day(2026, 1, 15), rows: rows, lines: 1, planned: 844_000_000, focal: office.code,
        shares: [
          PlanIssued.Share(office: office, leads: 1, coordinates: 0, targets: 1),
          PlanIssued.Share(office: registry, leads: 1, coordinates: 1, targets: 1),
        ]), sequence: 38),
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
  ]

  private static let registry = Office(code: "van-phong", name: "Văn phòng HĐND và UBND")
  private static let rows = RowCounts(tasks: 2, targets: 2)

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
    number: "1.1", name: "Số hóa hồ sơ, giấy tờ", output: "Kho dữ liệu số", leads: [office.code],
    coordinating: [registry.code], time: "Quý I – Quý III/2026", start: day(2026, 1, 1), due: day(2026, 9, 30),
    recurrence: Open(.quarterly), cost: 844_000_000, source: Open(.commune), sourceText: "Ngân sách xã",
    reference: "19-TB/TGV")
  private static let bareTask = TaskRow(number: "1.2", name: "Tổ công nghệ số cộng đồng", leads: [registry.code])

  private static let target = TargetRow(
    number: "1", group: "Chính quyền số", indicator: "Hồ sơ trực tuyến toàn trình", unit: "%",
    comparator: Open(.atLeast), value: percent, due: day(2026, 12, 31), leads: [office.code],
    coordinating: [registry.code])
  private static let bareTarget = TargetRow(
    number: "2", indicator: "Số thôn có tổ công nghệ số", comparator: Open(.report), leads: [registry.code])

  private static let draft = PlanSummary(
    id: id(10), unit: commune, status: Open(.draft), version: 2, year: 2026, title: head.title, rows: rows,
    expected: rows, numericTargets: 1, lines: 1, planned: 844_000_000)
  private static let issued = summary(.issued, version: 3)
  private static let discarded = summary(.discarded, version: 3)

  private static let progressed = TaskSummary(
    id: id(20), plan: id(10), unit: commune, version: 2, row: task, status: Open(.inProgress), percent: 40,
    note: "Đã quét 2.000 hồ sơ")

  private static func summary(_ status: Plan.Status, version: Int) -> PlanSummary {
    var summary = draft
    (summary.status, summary.version) = (Open(status), version)
    guard status == .issued else { return summary }
    (summary.number, summary.issuedOn) = ("119/KH-UBND", day(2026, 1, 15))
    return summary
  }

  private static var percent: Quantity? { Quantity("99.9") }

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year, month, day) else { preconditionFailure("samples name real days") }
    return day
  }
}
