import PlanDocuments
import Schema
import Storage
import Testing

@testable import xaso_plans

/// What stands around the plans, through the service.
@Suite("Around the plans", .timeLimit(.minutes(60)))
struct BoardTests {
  private static let row = TaskRow(number: "1", name: "Số hóa", leads: ["vp"], due: Day(real: 2026, 9, 30))
  private static let province = Caller(account: "so", unit: "38", office: "so-khcn", roles: [.focal, .province])

  private func document(_ number: DocumentNumber, _ day: Day = Day(real: 2025, 4, 1)) -> KeepLegalDocument {
    KeepLegalDocument(number: number, kind: "Nghị quyết", issuer: "Chính phủ", issuedOn: day, title: "Về chuyển đổi số")
  }

  private func citing(_ number: DocumentNumber, _ date: Day? = nil, parent: Bool = false) -> LegalBasis {
    LegalBasis(number: number, kind: "Nghị quyết", date: date, issuer: nil, parent: parent)
  }

  // MARK: Legal documents

  @Test("when a basis ends, each plan in force that cites it is told, and no other") func basis() async throws {
    let desk = try await Desk()
    let cites = try await desk.draft([Self.row]) { $0.legalBases = [citing("71/NQ-CP", Day(real: 2025, 4, 1))] }
    try await desk.issue(cites, "1/KH-UBND")
    let dateless = try await desk.draft([Self.row]) { $0.legalBases = [citing("71-NQ/CP")] }
    try await desk.issue(dateless, "2/KH-UBND")
    let other = try await desk.draft([Self.row]) { $0.legalBases = [citing("71/NQ-CP", Day(real: 2024, 4, 1))] }
    try await desk.issue(other, "3/KH-UBND")
    let draft = try await desk.draft([Self.row]) { $0.legalBases = [citing("71/NQ-CP")] }

    try await desk.ask(document("71/NQ-CP"), as: Self.province, in: "38")
    let none = await desk.refusal(
      EndLegalDocument(number: "71/NQ-CP", endedOn: Day(real: 2026, 1, 4)), as: Desk.clerk)
    #expect(none?.status == .notFound)
    let end = EndLegalDocument(number: "71/NQ-CP", endedOn: Day(real: 2026, 1, 4), replacedBy: "11/NQ-CP")
    let change = try await desk.ask(end, as: Self.province, in: "38")
    #expect((change.plans, change.document.status) == (2, .known(.replaced)))
    #expect(try await desk.said(BasisEnded.self).map(\.plan) == [cites, dateless])
    #expect(await desk.refusal(end, as: Self.province, in: "38")?.status == .conflict)

    let day = Day(real: 2025, 4, 1)
    let above: [PlanSummary] = try await desk.all(as: Self.province, in: "38") {
      ListCitingPlans(number: "71/NQ-CP", issuedOn: day, after: $0)
    }
    #expect(above.map(\.id) == [cites, dateless])
    let home: [PlanSummary] = try await desk.all { ListCitingPlans(number: "71/NQ-CP", issuedOn: day, after: $0) }
    #expect(home.map(\.id) == [cites, dateless, draft])
    let register: [LegalDocument] = try await desk.all { ListLegalDocuments(text: "nghi quyet chuyen doi", after: $0) }
    #expect(register.map(\.replacedBy) == ["11/NQ-CP"])
  }

  @Test("a register is told what is wrong") func wrong() async throws {
    let desk = try await Desk()
    let early = await desk.refusal(document("9/QĐ-UBND", Day(real: 2026, 1, 6)), as: Desk.clerk)
    #expect(early?.place == "issuedOn")
    try await desk.ask(document("9/QĐ-UBND"), as: Desk.clerk)
    try await desk.ask(document("09/QĐ-UBND", Day(real: 2024, 4, 1)), as: Desk.clerk)
    let several = EndLegalDocument(number: "9/QĐ-UBND", endedOn: Day(real: 2026, 1, 4))
    #expect(await desk.refusal(several, as: Desk.clerk)?.place == "issuedOn")
    var one = several
    one.issuedOn = Day(real: 2025, 4, 1)
    one.replacedBy = "09/QĐ-UBND"
    #expect(await desk.refusal(one, as: Desk.clerk)?.place == "replacedBy")
    (one.replacedBy, one.endedOn) = (nil, Day(real: 2025, 4, 1))
    #expect(await desk.refusal(one, as: Desk.clerk)?.place == "endedOn")
    one.endedOn = Day(real: 2026, 1, 1)
    #expect(try await desk.ask(one, as: Desk.clerk).document.status == .expired)
    // Registered again, it stays ended.
    #expect(try await desk.ask(document("9/QĐ-UBND"), as: Desk.clerk).status == .expired)
  }

  @Test("a task that waits for a document begins to count when just this one is registered") func waiting()
    async throws
  {
    let desk = try await Desk()
    var rows = [Self.row, Self.row]
    (rows[0].due, rows[0].time) = (nil, "20 ngày sau khi có Kế hoạch số 9/KH-UBND")
    (rows[1].number, rows[1].due, rows[1].time) = ("2", nil, "20 ngày sau khi có Kế hoạch số 19/KH-UBND")
    let plan = try await desk.draft(rows)
    try await desk.issue(plan)
    desk.setToday(Day(real: 2026, 2, 3))
    try await desk.ask(document("09/KH-UBND", Day(real: 2026, 2, 1)), as: Desk.clerk)
    #expect(try await desk.tasks(of: plan).map { $0.deadline?.due } == [Day(real: 2026, 2, 21), nil])
    #expect(try await desk.said(TaskProgressed.self).count == 1)
    #expect(try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).summary.status == .inExecution)
    // Once is enough.
    try await desk.ask(document("09/KH-UBND", Day(real: 2026, 2, 1)), as: Desk.clerk)
    #expect(try await desk.said(TaskProgressed.self).count == 1)
  }

  // MARK: Sub-plans

  @Test("an office's own plan is on time, late, awaited or overdue") func offices() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.row])
    try await desk.issue(plan, "31/KH-UBND")
    #expect(await desk.refusal(ListSubplans(plan: plan), as: Desk.focal)?.status == .conflict)
    #expect(
      await desk.refusal(AskSubplans(plan: plan, due: Day(real: 2026, 1, 31)), as: Desk.focal)?.place == "offices")
    // 31/01/2026 is a Saturday: until Monday 2/2.
    let asked = try await desk.ask(
      AskSubplans(plan: plan, due: Day(real: 2026, 1, 31), offices: ["vp", "vh-xh"]), as: Desk.focal)
    #expect(asked.rows.map(\.standing.known) == [.awaited, .awaited])
    desk.setToday(Day(real: 2026, 2, 2))
    let own = try await desk.draft([Self.row]) { head in
      (head.purpose, head.focal) = (Open(.office), "vp")
      head.legalBases = [citing("31/KH-UBND", parent: true)]
    }
    try await desk.issue(own, "3/KH-VP")
    desk.setToday(Day(real: 2026, 2, 3))
    let table = try await desk.ask(ListSubplans(plan: plan), as: Desk.province)
    #expect(table.rows.map(\.standing.known) == [.onTime, .overdue])
    #expect(table.rows.map(\.number) == ["3/KH-VP", nil])
    let early = try await desk.ask(ListSubplans(plan: plan, today: Day(real: 2026, 2, 2)), as: Desk.focal)
    #expect(early.rows.map(\.standing.known) == [.onTime, .awaited])
    // What carried out the version before carries out the amended one.
    let amended = try await desk.draft([Self.row], replacing: plan)
    try await desk.issue(amended, "99/KH-UBND")
    let later = try await desk.ask(ListSubplans(plan: amended), as: Desk.focal)
    #expect(later.rows.map(\.number) == ["3/KH-VP", nil])
  }

  @Test("what an inspection found is followed to its end, and is nobody's sub-plan") func inspection() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.row])
    try await desk.issue(plan, "31/KH-UBND")
    try await desk.ask(AskSubplans(plan: plan, due: Day(real: 2026, 1, 30), offices: ["vp"]), as: Desk.focal)
    let found = try await desk.draft([
      TaskRow(number: "KT1", name: "Bổ sung biên bản", leads: ["vp"], time: "31/3/2026")
    ]) {
      ($0.purpose, $0.focal) = (Open(.inspection), "vp")
      $0.legalBases = [citing("31/KH-UBND", parent: true)]
    }
    // Neither a link to a target nor money is missed in it.
    let checks = try await desk.database.read {
      try PlansStore.document(of: PlansStore.plan(found, in: Desk.commune, $0), $0).check()
    }
    #expect(!checks.contains { [.unlinked, .shareOfBudget, .recipients].contains($0.rule) })
    try await desk.issue(found, "8/KL-UBND")
    let table = try await desk.ask(ListSubplans(plan: plan), as: Desk.focal)
    #expect(table.rows.map(\.standing.known) == [.awaited])
    let inspections = try await desk.ask(ListPlans(purpose: .inspection), as: Desk.province, in: "38")
    #expect(inspections.items.map(\.id) == [found])
    #expect(try await desk.ask(ListPlans(purpose: .implementation), as: Desk.focal).items.map(\.id) == [plan])
    let report = ClosePlan(plan: found, report: Decision(number: "50/BC-UBND", day: Day(real: 2026, 1, 5)))
    let refusal = await desk.refusal(report, as: Desk.clerk)
    #expect(refusal?.status == .conflict)
    #expect(refusal?.text.vi.contains("KT1") == true)
    let task = try await desk.tasks(of: found)[0].id
    let cancelled = Decision(number: "9/QĐ-UBND", day: Day(real: 2026, 1, 5))
    try await desk.ask(DecideTask(task: task, step: .cancel, decision: cancelled), as: Desk.clerk)
    #expect(try await desk.ask(report, as: Desk.clerk).summary.status == .closed)
  }

  @Test("who is asked for a plan is told, and told again when the day moves; issued, nobody waits any more")
  func expected() async throws {
    let desk = try await Desk()
    func said() async throws -> [String] {
      let expected = try await desk.said(SubplanExpected.self).map { "\($0.office ?? "-") \($0.due)" }
      return try await expected + desk.said(SubplanSettled.self).map { "\($0.office ?? "-")" }
    }
    let plan = try await desk.draft([Self.row])
    try await desk.issue(plan, "31/KH-UBND")
    let (first, second) = (Day(real: 2026, 1, 30), Day(real: 2026, 2, 27))
    try await desk.ask(AskSubplans(plan: plan, due: first, offices: ["vp", "vh-xh"]), as: Desk.focal)
    #expect(try await said() == ["vp 2026-01-30", "vh-xh 2026-01-30"])
    try await desk.ask(AskSubplans(plan: plan, due: second, offices: ["vp"]), as: Desk.focal)
    #expect(try await said() == ["vp 2026-01-30", "vh-xh 2026-01-30", "vp 2026-02-27", "vh-xh"])
    #expect(try await desk.said(SubplanExpected.self).last?.focal == "vh-xh")

    // An amendment asks nobody again.
    let amended = try await desk.draft([Self.row], replacing: plan)
    try await desk.issue(amended, "99/KH-UBND")
    #expect(try await said().count == 4)
    let own = try await desk.draft([Self.row]) { head in
      (head.purpose, head.focal) = (Open(.office), "vp")
      head.legalBases = [citing("99/KH-UBND", parent: true)]
    }
    let asked: [AskedSubplan] = try await desk.all(as: Desk.lead) { ListAskedSubplans(after: $0) }
    #expect(asked.map(\.number) == ["99/KH-UBND"] && asked.map(\.row.standing.known) == [.awaited])
    try await desk.issue(own, "3/KH-VP")
    #expect(try await said().suffix(2) == ["vh-xh", "vp"])
    #expect(try await desk.said(SubplanSettled.self).allSatisfy { $0.plan == plan })
    // Withdrawn, it is waited for again.
    let revoked = Decision(number: "5/QĐ-UBND", day: Day(real: 2026, 1, 5))
    try await desk.ask(RevokePlan(plan: own, decision: revoked), as: Desk.clerk)
    #expect(try await desk.said(SubplanExpected.self).count == 4)
    // And no more when what it was to carry out is closed.
    let report = ClosePlan(plan: amended, report: Decision(number: "50/BC-UBND", day: Day(real: 2026, 1, 5)))
    try await desk.ask(report, as: Desk.clerk)
    #expect(try await desk.said(SubplanSettled.self).map(\.office) == ["vh-xh", "vp", "vp"])
    #expect(try await desk.all(as: Desk.lead) { ListAskedSubplans(after: $0) }.isEmpty)
  }

  @Test("what is counted from conclusions begins with them, unless it names another document") func conclusions()
    async throws
  {
    let desk = try await Desk()
    var rows = [Self.row, Self.row, Self.row]
    (rows[0].due, rows[0].time) = (nil, "20 ngày sau khi có kết luận")
    (rows[1].number, rows[1].due, rows[1].time) = ("2", nil, "20 ngày sau khi có kết luận số 9/KL-TTr")
    (rows[2].number, rows[2].due, rows[2].time) = ("3", nil, "05 ngày làm việc sau khi có kết luận")
    let found = try await desk.draft(rows) { $0.purpose = Open(.inspection) }
    try await desk.issue(found, "8/KL-UBND")
    // 5/1/2026 is a Monday, and the Saturday after it a working day.
    let dues = try await desk.tasks(of: found).map { $0.deadline?.due }
    #expect(dues == [Day(real: 2026, 1, 25), nil, Day(real: 2026, 1, 10)], "\(dues)")
    #expect(try await desk.said(TaskDue.self).map(\.document) == ["8/KL-UBND", "8/KL-UBND"])
    // In a plan, the words mean somebody else's conclusions.
    let plan = try await desk.draft([rows[0]])
    try await desk.issue(plan, "31/KH-UBND")
    #expect(try await desk.tasks(of: plan).map { $0.deadline?.due } == [nil])
  }

  @Test("before a plan is issued it is said that its year's Tết is not known yet") func tet() async throws {
    let desk = try await Desk()
    let known = try await desk.draft([Self.row])
    #expect(try await desk.ask(ShowPlan(plan: known), as: Desk.focal).notes == nil)
    let later = try await desk.draft([Self.row]) { $0.year = 2099 }
    let notes = try await desk.ask(ShowPlan(plan: later), as: Desk.focal).notes
    #expect(notes?.first?.vi.contains("Tết Nguyên đán 2099") == true)
  }

  @Test("a unit that went into another one begins no new plan") func merged() async throws {
    let desk = try await Desk()
    let head = PlanHead(
      year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vh-xh", offices: Desk.offices,
      recipients: Desk.recipients)
    let draft = DraftPlan(head: head, expected: RowCounts(tasks: 0, targets: 0))
    var successor = Desk.focal
    (successor.unit, successor.former) = ("38/15058", [Desk.commune])
    let refusal = await desk.refusal(draft, as: successor)
    #expect(refusal?.status == .conflict && refusal?.text.vi.contains("38/15058") == true)
    #expect(await desk.refusal(draft, as: successor, in: "38/15058") == nil)
  }

  @Test("a province sees which of its communes carry its plan out") func communes() async throws {
    let desk = try await Desk()
    let head = PlanHead(
      year: 2026, title: "x", issuer: "UBND tỉnh", focal: "vp", offices: Desk.offices, recipients: Desk.recipients)
    let people = [Role.focal, .approver, .clerk].map {
      Caller(account: Caller.Account(stringLiteral: "tinh.\($0.rawValue)"), unit: "38", office: "vp", roles: [$0])
    }
    let plan = try await desk.ask(
      DraftPlan(head: head, expected: RowCounts(tasks: 0, targets: 0)), as: people[0], in: "38"
    ).id
    try await desk.ask(SubmitPlan(plan: plan), as: people[0], in: "38")
    try await desk.ask(ApprovePlan(plan: plan), as: people[1], in: "38")
    try await desk.ask(
      IssuePlan(plan: plan, number: "101/KH-UBND", issuedOn: Day(real: 2026, 1, 5)), as: people[2], in: "38")
    try await desk.ask(AskSubplans(plan: plan, due: Day(real: 2026, 1, 30)), as: people[0], in: "38")
    let other = try await desk.draft([Self.row]) {
      $0.legalBases = [citing("101/KH-UBND", Day(real: 2025, 1, 5), parent: true)]
    }
    try await desk.issue(other, "1/KH-UBND")
    let before = try await desk.ask(ListSubplans(plan: plan), as: people[0], in: "38")
    #expect(before.rows.count == 166)
    #expect(Set(try await desk.said(SubplanExpected.self).map(\.unit)) == Set(before.rows.map(\.unit)))
    // A commune sees what is asked of it, and not what is asked of others.
    let asked: [AskedSubplan] = try await desk.all { ListAskedSubplans(after: $0) }
    #expect(asked.map(\.by) == ["38"] && asked.map(\.row.unit) == [Desk.commune])
    #expect(asked.map(\.number) == ["101/KH-UBND"] && asked.map(\.row.standing.known) == [.awaited])
    #expect(before.rows.allSatisfy { $0.standing == .awaited })
    desk.setToday(Day(real: 2026, 2, 2))
    let own = try await desk.draft([Self.row]) { $0.legalBases = [citing("101/KH-UBND", parent: true)] }
    try await desk.issue(own, "2/KH-UBND")
    let after = try await desk.ask(ListSubplans(plan: plan), as: people[0], in: "38")
    #expect(after.rows.filter { $0.plan != nil }.map(\.unit) == [Desk.commune])
    let row = after.rows.first { $0.unit == Desk.commune }
    #expect(row?.standing.known == .late)
    #expect(try await desk.said(SubplanSettled.self).map(\.unit) == [Desk.commune])
    #expect(try await desk.all { ListAskedSubplans(after: $0) }.map(\.row.number) == ["2/KH-UBND"])
    #expect(after.rows.count { $0.standing == .overdue } == 165)
  }

  // MARK: Obstacles and committees

  @Test("an obstacle goes from whoever meets it to a decision, and no word of it into an event") func obstacle()
    async throws
  {
    let desk = try await Desk()
    let plan = try await desk.draft([Self.row])
    try await desk.issue(plan)
    let task = try await desk.tasks(of: plan)[0].id
    let raise = RaiseObstacle(text: "Mạng thôn 3 chập chờn", raiser: "Trưởng thôn 3", task: task)
    let obstacle = try await desk.ask(raise, as: Desk.lead)
    #expect((obstacle.office, obstacle.status) == ("vp", .known(.raised)))
    func answer(_ outcome: AnswerObstacle.Outcome) -> AnswerObstacle {
      AnswerObstacle(obstacle: obstacle.id, outcome: outcome, answer: "Đã báo nhà mạng")
    }
    #expect(await desk.refusal(answer(.resolved), as: Desk.chair, expecting: 7)?.status == .conflict)
    try await desk.ask(answer(.referred), as: Desk.chair, expecting: 1)
    #expect(await desk.refusal(answer(.referred), as: Desk.chair)?.status == .conflict)
    desk.setToday(Day(real: 2026, 3, 1))
    let resolved = try await desk.ask(answer(.resolved), as: Desk.focal)
    #expect((resolved.version, resolved.answeredOn) == (3, Day(real: 2026, 3, 1)))
    #expect(await desk.refusal(answer(.resolved), as: Desk.focal)?.status == .conflict)
    #expect(try await desk.said(ObstacleAnswered.self).map(\.outcome.known) == [.referred, .resolved])
    let events = try await desk.database.events(epoch: nil, after: .sequence(0)).events
    #expect(events.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("thôn 3") })
    let open: [ObstacleSummary] = try await desk.all(as: Desk.province, in: "38") {
      ListObstacles(status: .raised, after: $0)
    }
    #expect(open.isEmpty)
    let all: [ObstacleSummary] = try await desk.all(as: Desk.province, in: "38") { ListObstacles(after: $0) }
    #expect(all == [resolved])
    let stranger = RaiseObstacle(text: "x", task: PlanTask.ID())
    #expect(await desk.refusal(stranger, as: Desk.lead)?.status == .notFound)
  }

  @Test("a committee meets in each quarter; what it concludes are tasks") func committee() async throws {
    let desk = try await Desk(today: Day(real: 2026, 3, 20))
    let members = [
      CommitteeMember(name: "Chủ tịch Nguyễn Văn A", position: "Trưởng ban", areas: ["thon-1"]),
      CommitteeMember(name: "Trưởng Công an xã Lê Thị B", position: "Ủy viên", field: "An ninh mạng"),
    ]
    let committee = Office(code: "bcd", name: "Ban Chỉ đạo")
    #expect(await desk.refusal(KeepCommittee(committee: committee, members: []), as: Desk.focal)?.place == "members")
    try await desk.ask(KeepCommittee(committee: committee, members: members), as: Desk.focal)
    let astray = await desk.refusal(
      DraftPlan(
        head: PlanHead(
          year: 2026, title: "x", issuer: "x", focal: "vh-xh", offices: Desk.offices,
          meeting: Meeting(committee: "bcd", on: Day(real: 2026, 3, 15))), expected: RowCounts(tasks: 0, targets: 0)),
      as: Desk.focal)
    #expect(astray?.place == "head.meeting")
    let conclusion = try await desk.draft([Self.row]) { head in
      (head.purpose, head.meeting) = (Open(.conclusion), Meeting(committee: "bcd", on: Day(real: 2026, 3, 15)))
    }
    func summary(_ today: Day) async throws -> CommitteeSummary {
      try await desk.ask(ListCommittees(year: 2026, today: today), as: Desk.province, in: "38").items[0]
    }
    #expect(try await summary(Day(real: 2026, 4, 1)).missed == [1])
    try await desk.issue(conclusion, "21/TB-BCĐ")
    #expect(try await desk.tasks(of: conclusion).map(\.deadline?.due) == [Day(real: 2026, 9, 30)])
    let seen = try await summary(Day(real: 2026, 10, 1))
    #expect(seen.members == members)
    #expect(seen.conclusions.map(\.number) == ["21/TB-BCĐ"])
    #expect(seen.missed == [2, 3])
  }
}
