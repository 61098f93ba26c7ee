import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_plans

/// Tasks as offices work on them, through the service.
@Suite("Tasks at work", .timeLimit(.minutes(60)))
struct TaskTests {
  private static let evidence = Evidence(hash: Fingerprint(of: Data("biên bản".utf8)), place: "HSCV 118/2026")
  private static let other = Desk.person("mai", "vh-xh", .focal)

  private func row(_ number: String, _ time: String?, _ leads: [Office.Code] = ["vp"]) -> TaskRow {
    TaskRow(number: number, name: "Việc \(number)", leads: leads, time: time)
  }

  private func plan(_ desk: Desk, _ rows: [TaskRow]) async throws -> [TaskSummary] {
    let plan = try await desk.draft(rows) { head in
      head.offices.append(Office(code: "tat-ca", name: "Các cơ quan, đơn vị"))
      head.collectives = [Collective(code: "tat-ca", members: ["vp", "vh-xh"])]
    }
    try await desk.issue(plan)
    return try await desk.tasks(of: plan)
  }

  @Test("submitted with evidence, returned with a reason, submitted again, accepted by somebody else") func work()
    async throws
  {
    let desk = try await Desk()
    let task = try await plan(desk, [row("1", "30/6/2026")])[0]
    let bare = await desk.refusal(SubmitTask(task: task.id, evidence: []), as: Desk.lead)
    #expect(bare?.place == "evidence")
    #expect(await desk.refusal(AcceptTask(task: task.id), as: Desk.focal)?.status == .conflict)
    let submit = SubmitTask(task: task.id, evidence: [Self.evidence])
    #expect(try await desk.ask(submit, as: Desk.lead).status == .submitted)
    #expect(await desk.refusal(submit, as: Desk.lead)?.status == .conflict)
    try await desk.ask(ReturnTask(task: task.id, reason: "Thiếu chữ ký"), as: Desk.focal)
    desk.setToday(Day(real: 2026, 7, 1))
    let late = try await desk.ask(submit, as: Desk.focal)
    #expect(late.deadline?.standing.known == .submitted)
    #expect(await desk.refusal(AcceptTask(task: task.id), as: Desk.focal)?.status == .forbidden)
    let done = try await desk.ask(AcceptTask(task: task.id), as: Self.other)
    #expect((done.status.known, done.percent) == (.done, 100))
    #expect(done.deadline?.standing.known == .doneLate)
    let course = try await desk.ask(ExplainTask(task: task.id), as: Desk.province)
    #expect(
      course.steps.map(\.text.vi) == ["nộp kết quả", "trả lại: Thiếu chữ ký", "nộp kết quả", "xác nhận hoàn thành"])
    #expect(course.occurrences.map(\.standing) == [Open(.doneLate)])
    #expect(try await desk.said(TaskProgressed.self).map(\.status.known) == [.submitted, .returned, .submitted, .done])
  }

  @Test("by when a task is waited for, and by whom, is said at issue and whenever it changes") func awaited()
    async throws
  {
    let desk = try await Desk()
    let tasks = try await plan(desk, [row("1", "30/6/2026", ["tat-ca"]), row("2", "Hằng quý"), row("3", nil)])
    try await desk.ask(SubmitTask(task: tasks[0].id, office: "vp", evidence: [Self.evidence]), as: Desk.lead)
    try await desk.ask(RecordProgress(task: tasks[1].id, percent: 20), as: Desk.lead)
    try await desk.ask(AssignTask(task: tasks[2].id, due: Day(real: 2026, 9, 1)), as: Desk.focal)
    let said = try await desk.said(TaskDue.self)
    #expect(said.map(\.task) == [tasks[0], tasks[1], tasks[0], tasks[2]].map(\.id))
    #expect(
      said.map(\.due) == [
        Day(real: 2026, 6, 30), Day(real: 2026, 3, 31), Day(real: 2026, 6, 30), Day(real: 2026, 9, 1),
      ])
    #expect(said.map(\.offices) == [["vh-xh", "vp"], ["vp"], ["vh-xh"], ["vp"]])
  }

  @Test("a collective lead is done when each office is; a month is not the next one") func occurrences() async throws {
    let desk = try await Desk()
    let tasks = try await plan(desk, [row("1", "30/6/2026", ["tat-ca"]), row("2", "Hằng quý")])
    let vague = await desk.refusal(SubmitTask(task: tasks[0].id, evidence: [Self.evidence]), as: Desk.lead)
    #expect(vague?.status == .invalid)
    for (office, who) in [("vp", Desk.lead), ("vh-xh", Desk.focal)] as [(Office.Code, Caller)] {
      let submit = SubmitTask(task: tasks[0].id, office: office, evidence: [Self.evidence])
      try await desk.ask(submit, as: who)
      let left = try await desk.ask(AcceptTask(task: tasks[0].id, office: office), as: Self.other)
      #expect(left.status == Open(office == "vp" ? .inProgress : .done))
    }
    let quarter = Day(real: 2026, 3, 31)
    try await desk.ask(SubmitTask(task: tasks[1].id, due: quarter, evidence: [Self.evidence]), as: Desk.lead)
    let next = try await desk.ask(AcceptTask(task: tasks[1].id), as: Self.other)
    #expect(next.status == .inProgress)
    #expect(next.deadline?.due == Day(real: 2026, 6, 30))
  }

  @Test("a day that starts with a document, a day that is set, a pause") func decisions() async throws {
    let desk = try await Desk()
    let draft = try await desk.draft([row("1", "30/6/2020")])
    #expect(try await desk.tasks(of: draft).map { $0.deadline?.standing.known } == [.notDue])
    let tasks = try await plan(
      desk, [row("1", "20 ngày sau khi tỉnh ban hành"), row("2", nil), row("3", "Thường xuyên")])
    #expect(tasks.map { $0.deadline?.standing.known } == [.noDate, .noDate, .notDue])
    let document = Decision(number: "9/KH-UBND", day: Day(real: 2026, 2, 1))
    let before = await desk.refusal(DecideTask(task: tasks[0].id, step: .start, decision: document), as: Desk.clerk)
    #expect(before?.place == "decision.day")
    desk.setToday(document.day)
    let started = try await desk.ask(DecideTask(task: tasks[0].id, step: .start, decision: document), as: Desk.clerk)
    #expect(started.deadline?.due == Day(real: 2026, 2, 21))
    let again = DecideTask(task: tasks[0].id, step: .start, decision: document)
    #expect(await desk.refusal(again, as: Desk.clerk)?.status == .conflict)

    let set = try await desk.ask(
      AssignTask(task: tasks[1].id, leader: "Phó Chủ tịch", due: Day(real: 2026, 5, 31)), as: Desk.focal)
    #expect((set.deadline?.due, set.leader) == (Day(real: 2026, 5, 31), "Phó Chủ tịch"))
    let fixed = await desk.refusal(AssignTask(task: tasks[2].id, due: Day(real: 2026, 5, 31)), as: Desk.focal)
    #expect(fixed?.place == "due")

    let early = await desk.refusal(SubmitTask(task: tasks[2].id, evidence: [Self.evidence]), as: Desk.lead)
    #expect(early?.status == .conflict)
    try await desk.ask(DecideTask(task: tasks[2].id, step: .pause, decision: document), as: Desk.clerk)
    let paused = await desk.refusal(RecordProgress(task: tasks[2].id, percent: 5), as: Desk.lead)
    #expect(paused?.status == .conflict)
    #expect(paused?.text.vi.contains("--step resume") == true)
    try await desk.ask(DecideTask(task: tasks[2].id, step: .resume, decision: document), as: Desk.clerk)
    try await desk.ask(DecideTask(task: tasks[2].id, step: .cancel, decision: document), as: Desk.clerk)
    #expect(await desk.refusal(again, as: Desk.clerk)?.status == .conflict)
  }

  /// A year, by hand:
  ///
  /// | task | due | over from | what happens |
  /// |---|---|---|---|
  /// | 1 | 14/02/2026, a Saturday before Tết | 24/02 | submitted on 23/02, the last day: on time |
  /// | 2 | 31/03/2026 | 01/04 | returned in April, done on 10/07: late |
  /// | 3 | each quarter | 01/04, 01/07, 01/10, 01/01 | the first on time, no other |
  /// | 4 | none | never | |
  /// | 5 | 30/08/2026, a Sunday before the swapped Monday and Quốc khánh | 04/09 | amended to 31/10 in July |
  /// | 6 | the year | 01/01/2027 | |
  @Test("a year with a set clock: the overdue lists are those worked out by hand") func year() async throws {
    let desk = try await Desk()
    let rows = [
      row("1", "14/2/2026"), row("2", "31/3/2026"), row("3", "Hằng quý"), row("4", nil), row("5", "30/8/2026"),
      row("6", "Năm 2026"),
    ]
    let first = try await desk.draft(rows)
    try await desk.issue(first)
    var tasks = try await desk.tasks(of: first)
    func overdue(_ day: Day) async throws -> [String] {
      desk.setToday(day)
      return try await desk.all { ListTasks(standing: .overdue, after: $0) }.map(\.row.number)
    }
    func hand(_ index: Int, _ due: Day? = nil, on day: Day) async throws {
      desk.setToday(day)
      try await desk.ask(SubmitTask(task: tasks[index].id, due: due, evidence: [Self.evidence]), as: Desk.lead)
    }
    func accept(_ index: Int) async throws { try await desk.ask(AcceptTask(task: tasks[index].id), as: Desk.focal) }

    #expect(try await overdue(Day(real: 2026, 2, 23)) == [])
    try await hand(0, on: Day(real: 2026, 2, 23))
    try await accept(0)
    try await hand(2, Day(real: 2026, 3, 31), on: Day(real: 2026, 3, 30))
    try await accept(2)
    #expect(try await overdue(Day(real: 2026, 4, 1)) == ["2"])
    try await hand(1, on: Day(real: 2026, 4, 2))
    #expect(try await overdue(Day(real: 2026, 4, 3)) == [])
    try await desk.ask(ReturnTask(task: tasks[1].id, reason: "Thiếu minh chứng"), as: Desk.focal)
    #expect(try await overdue(Day(real: 2026, 7, 1)) == ["2", "3"])
    try await hand(1, on: Day(real: 2026, 7, 10))
    try await accept(1)

    var later = rows
    later[4].time = "31/10/2026"
    let second = try await desk.draft(later, replacing: first)
    try await desk.issue(second, "99/KH-UBND")
    let changes: [PlanChange] = try await desk.all { ComparePlans(plan: second, after: $0) }
    #expect(
      changes.map(\.text.vi) == [
        "Điều chỉnh thời gian thực hiện nhiệm vụ số 5 từ «30/8/2026» thành «31/10/2026»"
      ])
    tasks = try await desk.tasks(of: second)
    #expect(tasks.map { $0.deadline?.standing.known }.prefix(2) == [.doneOnTime, .doneLate])
    #expect(try await overdue(Day(real: 2026, 9, 4)) == ["3"])
    // 31/10/2026 is a Saturday: over after Monday 2/11.
    #expect(try await overdue(Day(real: 2026, 11, 2)) == ["3"])
    #expect(try await overdue(Day(real: 2026, 11, 3)) == ["3", "5"])
    #expect(try await overdue(Day(real: 2026, 12, 31)) == ["3", "5"])
    #expect(try await overdue(Day(real: 2027, 1, 4)) == ["3", "5", "6"])

    let why = try await desk.ask(ExplainTask(task: tasks[4].id, today: Day(real: 2026, 11, 5)), as: Desk.focal)
    #expect(
      why.reasons.map(\.vi) == [
        "Kế hoạch ghi «31/10/2026», hiểu là đến một ngày.",
        "Hạn 31/10/2026 là ngày nghỉ cuối tuần; tính hết 02/11/2026 (khoản 5 Điều 148 Bộ luật Dân sự 2015).",
        "Đến 05/11/2026: quá hạn 3 ngày làm việc, hạn 31/10/2026.",
      ])
    let tally = try await desk.ask(TallyTasks(year: 2026, today: Day(real: 2026, 12, 31)), as: Desk.focal)
    #expect(
      tally.rows == [
        TaskTally.Row(unit: Desk.commune, office: "vp", doneOnTime: 1, doneLate: 1, overdue: 2, open: 2)
      ])
    let report = Decision(number: "310/BC-UBND", day: Day(real: 2026, 12, 31))
    try await desk.ask(ClosePlan(plan: second, report: report), as: Desk.clerk)
    #expect(try await overdue(Day(real: 2027, 1, 4)) == [])
    #expect(
      try await desk.tasks(of: second).map { $0.deadline?.standing.known }.suffix(4).allSatisfy { $0 == .unfinished })
    for (unit, person, office) in [(Desk.commune, Desk.focal, "vp" as Office.Code?), ("38", Desk.province, nil)] {
      let after = try await desk.ask(TallyTasks(year: 2026), as: person, in: unit)
      #expect(
        after.rows == [
          TaskTally.Row(
            unit: Desk.commune, office: office, doneOnTime: 1, doneLate: 1, overdue: 0, open: 0, unfinished: 4)
        ])
    }
  }

  @Test("a collective lead is found and counted by what each of its members has done") func collective() async throws {
    let desk = try await Desk()
    let plan = try await desk.draft([row("1", "30/6/2026", ["tat-ca"])]) { head in
      head.offices += [Office(code: "tat-ca", name: "Các cơ quan"), Office(code: "thon-1", name: "Thôn 1")]
      head.collectives = [Collective(code: "tat-ca", members: ["vp", "thon-1"])]
    }
    try await desk.issue(plan)
    let task = try await desk.tasks(of: plan)[0].id
    let led: [TaskSummary] = try await desk.all { ListTasks(lead: "thon-1", after: $0) }
    #expect(led.map(\.id) == [task])
    let shares = try await desk.said(PlanIssued.self)[0].shares
    #expect(shares.first { $0.office.code == "thon-1" }?.leads == 1)
    try await desk.ask(SubmitTask(task: task, office: "vp", evidence: [Self.evidence]), as: Desk.lead)
    try await desk.ask(AcceptTask(task: task, office: "vp"), as: Desk.focal)
    let tally = try await desk.ask(TallyTasks(year: 2026, today: Day(real: 2026, 7, 1)), as: Desk.focal)
    #expect(
      tally.rows == [
        TaskTally.Row(unit: Desk.commune, office: "thon-1", doneOnTime: 0, doneLate: 0, overdue: 1, open: 0),
        TaskTally.Row(unit: Desk.commune, office: "vp", doneOnTime: 1, doneLate: 0, overdue: 0, open: 0),
      ])
  }

  @Test("a proposal gives no work; the final plan shows what changed, and begins anew") func proposal() async throws {
    let desk = try await Desk()
    var asked = row("1", "31/1/2026")
    asked.cost = 40_000_000
    let proposal = try await desk.draft([asked, row("2", nil)]) { $0.purpose = Open(.proposal) }
    try await desk.issue(proposal, "77/TTr-UBND")
    #expect(try await desk.said() == ["plan.issued.v1"])
    let tasks = try await desk.tasks(of: proposal)
    #expect(tasks.map { $0.deadline?.standing.known } == [.proposed, .proposed])
    desk.setToday(Day(real: 2026, 3, 2))
    for standing in [PlanTask.Standing.overdue, .noDate] {
      let listed: [TaskSummary] = try await desk.all { ListTasks(standing: standing, after: $0) }
      #expect(listed.isEmpty)
    }
    #expect(try await desk.ask(TallyTasks(year: 2026), as: Desk.focal).rows.isEmpty)
    let refusal = await desk.refusal(RecordProgress(task: tasks[0].id, percent: 10), as: Desk.lead)
    #expect(refusal?.status == .conflict)

    asked.cost = 55_000_000
    let final = try await desk.draft([asked, row("2", nil)], replacing: proposal)
    try await desk.issue(final)
    let changes: [PlanChange] = try await desk.all { ComparePlans(plan: final, after: $0) }
    #expect(
      changes.map(\.text.vi) == [
        "Điều chỉnh kinh phí nhiệm vụ số 1 từ 40.000.000 đồng thành 55.000.000 đồng",
        "Điều chỉnh tổng kinh phí từ 40.000.000 đồng thành 55.000.000 đồng",
      ])
    #expect(try await desk.said(TaskContinued.self).isEmpty)
    #expect(try await desk.tasks(of: final).map { $0.deadline?.standing.known } == [.overdue, .noDate])
  }

  @Test("lists are narrowed by words without accents, by lead, by day") func lists() async throws {
    let desk = try await Desk()
    var digitise = row("1", "30/6/2026")
    digitise.name = "Đẩy mạnh số hóa hồ sơ"
    digitise.pillar = Open(.data)
    let tasks = try await plan(desk, [digitise, row("2", "10/1/2026", ["vh-xh"]), row("3", nil)])
    func numbers(_ request: ListTasks) async throws -> [String] {
      try await desk.ask(request, as: Desk.province, in: "38").items.map(\.row.number)
    }
    #expect(try await numbers(ListTasks(text: "so hoá DAY")) == ["1"])
    #expect(try await numbers(ListTasks(text: "%")) == ["1", "2", "3"])
    #expect(try await numbers(ListTasks(lead: "vh-xh", year: 2026)) == ["2"])
    #expect(try await numbers(ListTasks(standing: .dueSoon)) == ["2"])
    #expect(try await numbers(ListTasks(pillar: .data)) == ["1"])
    #expect(try await numbers(ListTasks(standing: .noDate)) == ["3"])
    #expect(try await numbers(ListTasks(dueBy: Day(real: 2026, 12, 31))) == ["2", "1"])
    #expect(try await numbers(ListTasks(standing: .overdue, today: Day(real: 2026, 7, 1))) == ["2", "1"])
    #expect(try await numbers(ListTasks(status: .done)) == [])
    let wrong = await desk.refusal(ListTasks(standing: .doneLate), as: Desk.focal)
    #expect(wrong?.place == "standing")
    #expect(tasks.count == 3)
  }
}
