import Schema

/// What stands around the plans.
extension Samples {
  static let boardRequests = [
    SampleRequest(
      AskSubplans(plan: id(10), due: day(2026, 12, 31), offices: [office.code]), in: commune, answered: subplans),
    SampleRequest(ListSubplans(plan: id(10), today: day(2027, 1, 5)), in: commune, answered: subplans),
    SampleRequest(
      ListAskedSubplans(today: day(2027, 1, 5), after: "1"), in: commune, answered: Page(items: [asked], next: "2")),
    SampleRequest(
      RaiseObstacle(text: "Đường truyền của thôn chưa ổn định", raiser: "Trưởng thôn 3", task: id(20)), in: commune,
      answered: obstacle(.raised)),
    SampleRequest(
      AnswerObstacle(
        obstacle: id(40), outcome: .referred, answer: "Đã kiến nghị Sở Khoa học và Công nghệ", decision: letter),
      in: commune, answered: obstacle(.referred)),
    SampleRequest(
      ListObstacles(status: .raised, office: office.code, after: "1"), in: commune,
      answered: Page(items: [obstacle(.raised), bareObstacle], next: "2")),
    SampleRequest(
      KeepCommittee(committee: committee.committee, members: committee.members), in: commune, answered: committee),
    SampleRequest(
      ListCommittees(year: 2026, today: day(2026, 7, 5), after: "1"), in: commune,
      answered: Page(items: [committee], next: "2")),
    SampleRequest(
      KeepLegalDocument(
        number: "71/NQ-CP", kind: "Nghị quyết", issuer: "Chính phủ", issuedOn: day(2025, 4, 1),
        title: "Sửa đổi, cập nhật Chương trình hành động"), in: commune, answered: document(.inForce)),
    SampleRequest(
      EndLegalDocument(
        number: "71/NQ-CP", issuedOn: day(2025, 4, 1), endedOn: day(2026, 1, 14), replacedBy: "11/NQ-CP"),
      in: commune, answered: LegalChange(document: document(.replaced), plans: 3)),
    SampleRequest(
      ListLegalDocuments(text: "nghi quyet 71", after: "1"), in: commune,
      answered: Page(items: [document(.inForce), document(.replaced)], next: "2")),
    SampleRequest(
      ListCitingPlans(number: "71/NQ-CP", issuedOn: day(2025, 4, 1), after: "1"), in: commune,
      answered: Page(items: [citing], next: "2")),
  ]

  static let boardEvents = [
    SampleEvent(
      BasisEnded(
        unit: commune, plan: id(10), focal: office.code, number: "71/NQ-CP", endedOn: day(2026, 1, 14),
        replacedBy: "11/NQ-CP"), sequence: 47),
    SampleEvent(ObstacleRaised(unit: commune, obstacle: id(40), office: office.code, task: id(20)), sequence: 48),
    SampleEvent(
      ObstacleAnswered(unit: commune, obstacle: id(40), office: office.code, outcome: Open(.referred)), sequence: 49),
    SampleEvent(
      SubplanExpected(
        unit: commune, office: office.code, plan: id(10), by: commune, number: "119/KH-UBND", title: asked.title,
        due: day(2026, 12, 31), focal: office.code), sequence: 65),
    SampleEvent(SubplanSettled(unit: commune, office: office.code, plan: id(10)), sequence: 66),
  ]

  static let meeting = Meeting(committee: "bcd", on: day(2026, 3, 15))

  private static let letter = Decision(number: "45/UBND-VHXH", day: day(2026, 5, 4), reason: "Vượt thẩm quyền của xã")

  private static let asked = AskedSubplan(
    by: commune.provinceUnit, plan: id(10), number: "119/KH-UBND", title: "Kế hoạch chuyển đổi số năm 2027",
    due: day(2026, 12, 31), row: subplans.rows[0])

  private static let subplans = SubplanTable(
    plan: id(10), due: day(2026, 12, 31), today: day(2027, 1, 5),
    rows: [
      SubplanTable.Row(
        unit: commune, office: office.code, standing: .onTime, plan: id(12), number: "3/KH-VHXH",
        issuedOn: day(2026, 12, 20)),
      SubplanTable.Row(unit: commune, office: nil, standing: .overdue),
    ])

  private static func obstacle(_ status: Obstacle.Status) -> ObstacleSummary {
    var obstacle = ObstacleSummary(
      id: id(40), unit: commune, version: 1, office: office.code, raiser: "Trưởng thôn 3", task: id(20),
      text: "Đường truyền của thôn chưa ổn định", raisedOn: day(2026, 4, 20), status: status)
    guard status == .referred else { return obstacle }
    obstacle.version = 2
    obstacle.answer = "Đã kiến nghị Sở Khoa học và Công nghệ"
    (obstacle.decision, obstacle.answeredOn) = (letter, day(2026, 5, 4))
    return obstacle
  }

  private static let bareObstacle = ObstacleSummary(
    id: id(41), unit: commune, version: 1, office: office.code, raiser: nil, task: nil, text: "Thiếu máy quét",
    raisedOn: day(2026, 4, 21), status: .raised)

  private static let committee = CommitteeSummary(
    unit: commune, committee: Office(code: "bcd", name: "Ban Chỉ đạo phát triển KHCN, ĐMST và CĐS"),
    members: [
      CommitteeMember(
        name: "Chủ tịch Nguyễn Văn A", position: "Trưởng ban", field: "Chỉ đạo chung", areas: ["thon-1", "thon-2"]),
      CommitteeMember(name: "Trưởng Công an xã Lê Thị B", position: "Ủy viên"),
    ], conclusions: [CommitteeSummary.Conclusion(metOn: day(2026, 3, 15), plan: id(13), number: "21/TB-BCĐ")],
    missed: [2])

  private static func document(_ status: LegalDocument.Status) -> LegalDocument {
    var document = LegalDocument(
      unit: "38", number: "71/NQ-CP", kind: "Nghị quyết", issuer: "Chính phủ", issuedOn: day(2025, 4, 1),
      title: "Sửa đổi, cập nhật Chương trình hành động", status: status)
    if status == .replaced { (document.endedOn, document.replacedBy) = (day(2026, 1, 14), "11/NQ-CP") }
    return document
  }

  private static let citing = PlanSummary(
    id: id(10), unit: commune, status: Open(.issued), version: 3, year: 2026, title: "Kế hoạch chuyển đổi số năm 2026",
    number: "119/KH-UBND", issuedOn: day(2026, 1, 15), rows: RowCounts(tasks: 2, targets: 2),
    expected: RowCounts(tasks: 2, targets: 2), numericTargets: 1, lines: 1, planned: 844_000_000)
}
