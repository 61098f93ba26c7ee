import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_plans

/// Each guard of the rules: what it refuses, with which status, and at which place.
@Suite("The rules of plans")
struct PlansRulesTests {
  private static let offices = [Office(code: "vh-xh", name: "Phòng VH-XH"), Office(code: "vp", name: "Văn phòng")]

  private static func head(_ change: (inout PlanHead) -> Void = { _ in }) -> PlanHead {
    var head = PlanHead(year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vh-xh", offices: offices)
    change(&head)
    return head
  }

  private static func draft(_ change: (inout DraftPlan) -> Void = { _ in }) -> DraftPlan {
    var draft = DraftPlan(head: head(), expected: RowCounts(tasks: 2, targets: 2))
    change(&draft)
    return draft
  }

  private static let task = TaskRow(number: "1", name: "Số hóa", leads: ["vp"], coordinating: ["vh-xh"], cost: 5)
  private static let target = TargetRow(
    number: "1", indicator: "Hồ sơ trực tuyến", comparator: Open(.atLeast), value: Quantity("90"), leads: ["vp"])

  private static func record(_ status: Plan.Status = .draft) -> PlanRecord {
    var summary = PlansRules.begin(draft(), in: "38/15043")
    summary.status = Open(status)
    return PlanRecord(summary: summary, head: head(), authors: ["lan"])
  }

  struct Case<Message: Sendable>: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: Message
    let status: Status
    var place: String?

    init(_ name: String, _ message: Message, _ status: Status = .invalid, at place: String? = nil) {
      (testDescription, self.message, self.status, self.place) = (name, message, status, place)
    }
  }

  private func expect(_ status: Status, at place: String?, _ body: () throws(Refusal) -> Void) {
    do throws(Refusal) {
      try body()
      Issue.record("not refused")
    } catch {
      #expect(error.status == status)
      #expect(error.place == place)
      #expect(!error.text.vi.isEmpty && !error.text.en.isEmpty)
    }
  }

  // MARK: A draft

  private static let long = String(repeating: "x", count: 1001)

  private static let drafts: [Case<DraftPlan>] = [
    Case("year too early", draft { $0.head.year = 2020 }, at: "head.year"),
    Case("year too late", draft { $0.head.year = 2101 }, at: "head.year"),
    Case("no title", draft { $0.head.title = "" }, at: "head.title"),
    Case("title too long", draft { $0.head.title = long }, at: "head.title"),
    Case("no issuer", draft { $0.head.issuer = "" }, at: "head.issuer"),
    Case("issuer too long", draft { $0.head.issuer = long }, at: "head.issuer"),
    Case("head too large", draft { $0.head.assumed = Array(repeating: long, count: 70) }, .tooLarge, at: "head"),
    Case(
      "offices too large",
      draft { $0.head.offices += (0..<100).map { Office(code: "x\($0)".slug, name: String(long.prefix(300))) } },
      .tooLarge, at: "head.offices"),
    Case("an office twice", draft { $0.head.offices.append(offices[0]) }, at: "head.offices"),
    Case(
      "too many offices", draft { $0.head.offices = (0..<201).map { Office(code: "x\($0)".slug, name: "x") } },
      at: "head.offices"),
    Case("an office without name", draft { $0.head.offices[1].name = "" }, at: "head.offices[1].name"),
    Case(
      "an office's name too long", draft { $0.head.offices[1].name = String(long.prefix(301)) },
      at: "head.offices[1].name"),
    Case("focal office unknown", draft { $0.head.focal = "cax" }, at: "head.focal"),
    Case("too many tasks", draft { $0.expected.tasks = 2001 }, at: "expected"),
    Case("tasks below none", draft { $0.expected.tasks = -1 }, at: "expected"),
    Case("too many targets", draft { $0.expected.targets = 2001 }, at: "expected"),
    Case("targets below none", draft { $0.expected.targets = -1 }, at: "expected"),
  ]

  @Test("a draft is refused", arguments: drafts) func draft(_ refused: Case<DraftPlan>) {
    expect(refused.status, at: refused.place) { () throws(Refusal) in try PlansRules.check(refused.message) }
  }

  @Test("a draft at the ends of what is allowed is taken") func draftAtTheEnds() throws {
    for year in [2021, 2100] { try PlansRules.check(Self.draft { $0.head.year = year }) }
    try PlansRules.check(Self.draft { $0.head.title = String(Self.long.dropLast()) })
    try PlansRules.check(Self.draft { $0.expected = RowCounts(tasks: 0, targets: 2000) })
    try PlansRules.check(
      Self.draft { $0.head.offices += (0..<198).map { Office(code: "x\($0)".slug, name: "x") } })
  }

  @Test("a plan begins empty, as a draft of its unit") func begins() {
    let summary = PlansRules.begin(Self.draft(), in: "38/15043")
    #expect(summary.unit == "38/15043")
    #expect(summary.status == .draft)
    #expect(summary.version == 1)
    #expect(summary.rows == RowCounts(tasks: 0, targets: 0))
    #expect(summary.expected == RowCounts(tasks: 2, targets: 2))
    #expect(summary.planned == 0)
  }

  // MARK: Rows

  private static func task(_ change: (inout TaskRow) -> Void) -> DraftRows {
    var row = task
    change(&row)
    return DraftRows(plan: Plan.ID(), tasks: [task, row])
  }

  private static func target(_ change: (inout TargetRow) -> Void) -> DraftRows {
    var row = target
    change(&row)
    return DraftRows(plan: Plan.ID(), targets: [target, row])
  }

  private static let many = (0..<51).map { _ in Office.Code("vp") }.compactMap(\.self)

  private static let parts: [Case<DraftRows>] = [
    Case("too many rows", DraftRows(plan: Plan.ID(), tasks: Array(repeating: task, count: 101)), .tooLarge),
    Case(
      "too many together",
      DraftRows(
        plan: Plan.ID(), tasks: Array(repeating: task, count: 50), targets: Array(repeating: target, count: 51)),
      .tooLarge),
    Case("more tasks than announced", DraftRows(plan: Plan.ID(), tasks: [task, task, task])),
    Case("more targets than announced", DraftRows(plan: Plan.ID(), targets: [target, target, target])),
    Case("task without number", task { $0.number = "" }, at: "tasks[1].number"),
    Case("number of a task too long", task { $0.number = String(long.prefix(21)) }, at: "tasks[1].number"),
    Case("task without name", task { $0.name = "" }, at: "tasks[1].name"),
    Case("name too long", task { $0.name = long + long }, at: "tasks[1].name"),
    Case("task too large", task { $0.output = String(repeating: long, count: 20) }, .tooLarge, at: "tasks[1]"),
    Case("unknown leading office", task { $0.leads = ["cax"] }, at: "tasks[1].leads"),
    Case("unknown helping office", task { $0.coordinating = ["cax"] }, at: "tasks[1].leads"),
    Case("too many offices", task { $0.leads = many }, at: "tasks[1].leads"),
    Case("money below nothing", task { $0.cost = -1 }, at: "tasks[1].cost"),
    Case("more money than there is", task { $0.cost = Money(dong: Money.most.dong + 1) }, at: "tasks[1].cost"),
    Case(
      "due before it starts",
      task { ($0.start, $0.due) = (Day(2026, 6, 2), Day(2026, 6, 1)) }, at: "tasks[1].due"),
    Case("target without number", target { $0.number = "" }, at: "targets[1].number"),
    Case("number of a target too long", target { $0.number = String(long.prefix(21)) }, at: "targets[1].number"),
    Case("target without indicator", target { $0.indicator = "" }, at: "targets[1].indicator"),
    Case("indicator too long", target { $0.indicator = long + long }, at: "targets[1].indicator"),
    Case("target too large", target { $0.group = String(repeating: long, count: 20) }, .tooLarge, at: "targets[1]"),
    Case("unknown office of a target", target { $0.leads = ["cax"] }, at: "targets[1].leads"),
    Case("unknown helper of a target", target { $0.coordinating = ["cax"] }, at: "targets[1].leads"),
    Case("promise without number", target { $0.value = nil }, at: "targets[1].value"),
    Case(
      "range without its end", target { ($0.comparator, $0.value) = (Open(.range), Quantity(80)) },
      at: "targets[1].upper"),
    Case(
      "range that begins above its end",
      target { ($0.comparator, $0.value, $0.upper) = (Open(.range), Quantity(80), Quantity("79.9")) },
      at: "targets[1].upper"),
    Case("an end of what is no range", target { $0.upper = Quantity(95) }, at: "targets[1].upper"),
    Case("report with a number", target { $0.comparator = Open(.report) }, at: "targets[1].value"),
  ]

  @Test("rows are refused, and nothing of them is counted", arguments: parts) func rows(_ refused: Case<DraftRows>) {
    var plan = Self.record()
    expect(refused.status, at: refused.place) { () throws(Refusal) in
      try PlansRules.add(refused.message, to: &plan, by: "nam")
    }
    #expect(plan.summary == Self.record(as: plan).summary)
    #expect(plan.authors == ["lan"])
  }

  private static func record(as plan: PlanRecord) -> PlanRecord {
    var other = record()
    other.summary.id = plan.summary.id
    return other
  }

  @Test("rows are counted, with their money and their numbers, and their writer is remembered") func counted() throws {
    var plan = Self.record()
    var free = Self.task
    free.cost = nil
    var kept = Self.target
    (kept.comparator, kept.value) = (Open(.maintain), nil)
    try PlansRules.add(
      DraftRows(plan: plan.summary.id, tasks: [Self.task, free], targets: [Self.target, kept]), to: &plan, by: "nam")
    #expect(plan.summary.rows == RowCounts(tasks: 2, targets: 2))
    #expect((plan.summary.lines, plan.summary.planned, plan.summary.numericTargets) == (1, 5, 1))
    #expect(plan.summary.version == 2)
    #expect(plan.authors == ["lan", "nam"])
  }

  // MARK: The end of a draft

  @Test(
    "what is no draft any more is not changed",
    arguments: [Plan.Status.inReview, .approved, .issued, .inExecution, .closed, .superseded, .revoked, .discarded])
  func noDraft(_ status: Plan.Status) {
    var plan = Self.record(status)
    let before = plan.summary
    expect(.conflict, at: nil) { () throws(Refusal) in
      try PlansRules.add(DraftRows(plan: plan.summary.id, tasks: [Self.task]), to: &plan, by: "lan")
    }
    #expect(plan.summary == before)
  }

  @Test("a draft may be given up") func discard() throws {
    var plan = Self.record()
    try PlansRules.discard(&plan)
    #expect(plan.summary.status == .discarded)
    #expect(plan.summary.version == 2)
  }

  private static let issue = IssuePlan(plan: Plan.ID(), number: "119/KH-UBND", issuedOn: Day(number: 20_500))

  private static let signed = SignedDocument(signer: "Phó Chủ tịch", hash: fingerprint)
  private static let fingerprint = Fingerprint(of: Data("signed".utf8))

  @Test("who wrote any part of it may neither approve nor issue it; what is not whole is not submitted")
  func fourEyes() throws {
    var plan = Self.record()
    expect(.conflict, at: nil) { () throws(Refusal) in try PlansRules.submit(&plan) }
    try PlansRules.add(
      DraftRows(plan: plan.summary.id, tasks: [Self.task, Self.task], targets: [Self.target, Self.target]), to: &plan,
      by: "nam")
    expect(.conflict, at: nil) { () throws(Refusal) in try PlansRules.issue(&plan, Self.issue, by: "hoa") }
    try PlansRules.submit(&plan)
    #expect(plan.summary.status == .inReview)

    let approve = ApprovePlan(plan: plan.summary.id, signed: Self.signed)
    for author in ["lan", "nam"] as [Caller.Account] {
      expect(.forbidden, at: nil) { () throws(Refusal) in
        try PlansRules.approve(&plan, approve, by: Self.caller(author, .clerk), on: Day(number: 20_400), findings: [])
      }
    }
    let unsigned = ApprovePlan(plan: plan.summary.id)
    expect(.invalid, at: "signed") { () throws(Refusal) in
      try PlansRules.approve(&plan, unsigned, by: Self.caller("hoa", .clerk), on: Day(number: 20_400), findings: [])
    }
    var chaired = plan
    try PlansRules.approve(
      &chaired, unsigned, by: Self.caller("binh", .approver), on: Day(number: 20_400), findings: [])
    #expect(chaired.approval == Approval(account: "binh", on: Day(number: 20_400)))
    try PlansRules.approve(&plan, approve, by: Self.caller("hoa", .clerk), on: Day(number: 20_400), findings: [])
    #expect(plan.approval?.signed == Self.signed)

    for author in ["lan", "nam"] as [Caller.Account] {
      expect(.forbidden, at: nil) { () throws(Refusal) in try PlansRules.issue(&plan, Self.issue, by: author) }
    }
    var wrong = Self.issue
    for year in [plan.head.year + 1, plan.head.year - 3] {
      wrong.issuedOn = Day(real: year, 2, 5)
      expect(.invalid, at: "issuedOn") { () throws(Refusal) in try PlansRules.issue(&plan, wrong, by: "hoa") }
    }
    try PlansRules.issue(&plan, Self.issue, by: "hoa")
    #expect(plan.summary.status == .issued)
    #expect(plan.summary.number == "119/KH-UBND")
    #expect(plan.summary.issuedOn == Self.issue.issuedOn)
    #expect(plan.summary.version == 5)
  }

  private static func caller(_ account: Caller.Account, _ role: Role) -> Caller {
    Caller(account: account, unit: "38/15043", office: "vp", roles: [role])
  }

  @Test("a plan that is given back loses its approval; the reason is needed") func giveBack() throws {
    var plan = Self.record(.approved)
    plan.approval = Approval(account: "binh", on: Day(number: 20_400))
    expect(.invalid, at: "reason") { () throws(Refusal) in
      try PlansRules.giveBack(&plan, ReturnPlan(plan: plan.summary.id, reason: ""))
    }
    try PlansRules.giveBack(&plan, ReturnPlan(plan: plan.summary.id, reason: "Thiếu nguồn"))
    #expect(plan.summary.status == .draft)
    #expect(plan.approval == nil)
  }

  @Test("a document that ends a plan is not older than the plan") func ending() throws {
    var plan = Self.record(.inExecution)
    plan.summary.issuedOn = Day(number: 20_500)
    let today = Day(number: 20_500)
    let early = ClosePlan(plan: plan.summary.id, report: Decision(number: "9/BC-UBND", day: Day(number: 20_499)))
    expect(.invalid, at: "report.day") { () throws(Refusal) in _ = try PlansRules.close(&plan, early, on: today) }
    let tomorrow = ClosePlan(plan: plan.summary.id, report: Decision(number: "9/BC-UBND", day: Day(number: 20_501)))
    expect(.invalid, at: "report.day") { () throws(Refusal) in _ = try PlansRules.close(&plan, tomorrow, on: today) }
    let revoke = RevokePlan(plan: plan.summary.id, decision: Decision(number: "9/QĐ-UBND", day: Day(number: 20_500)))
    #expect(try PlansRules.revoke(&plan, revoke, on: today).number == "9/QĐ-UBND")
    #expect(plan.summary.status == .revoked)
    #expect(plan.end == revoke.decision)
  }

  @Test(
    "every step leads where the table says, and is refused elsewhere with a way out", arguments: PlanLife.Step.allCases)
  func eachStep(_ step: PlanLife.Step) throws {
    for status in Plan.Status.allCases {
      var summary = Self.record(status).summary
      summary.id = Plan.ID()
      if step.table.from.contains(status) {
        #expect(try PlanLife.status(after: step, summary) == step.table.to)
      } else {
        expect(.conflict, at: nil) { () throws(Refusal) in _ = try PlanLife.status(after: step, summary) }
      }
    }
  }

  @Test("issuing says the plan, each task, each target and each row with money, all of one partition") func events() {
    let plan = Self.record()
    var free = Self.task
    (free.cost, free.leads, free.coordinating) = (nil, ["vh-xh"], [])
    let tasks = [Self.task, free].map { row in
      TaskSummary(
        id: PlanTask.ID(), plan: plan.summary.id, unit: plan.summary.unit, version: 1, row: row, status: Open(.planned),
        percent: 0)
    }
    let targets = [TargetSummary(id: Target.ID(), row: Self.target)]
    let events = PlansRules.eventsOfIssue(plan, Self.issue, tasks: tasks, targets: targets)
    #expect(
      events.map { type(of: $0).name } == [
        "plan.issued", "task.assigned", "task.assigned", "target.promised", "line.estimated",
      ])
    #expect(Set(events.map(\.partition)).count == 1)
    #expect(events.allSatisfy { $0.unit == "38/15043" })
    let shares = (events[0] as? PlanIssued)?.shares ?? []
    #expect(shares.map(\.office.code) == ["vh-xh", "vp"])
    #expect(shares.map { [$0.leads, $0.coordinates, $0.targets] } == [[1, 1, 0], [1, 0, 1]])
    let line = events[4] as? LineEstimated
    #expect(line?.amount == 5)
    #expect(line?.source.known == .unstated)
    #expect(line?.task == tasks[0].id)
  }

  // MARK: Progress

  private static func taskRecord(_ percent: Int = 40, _ status: Plan.Status = .issued) -> TaskRecord {
    TaskRecord(
      summary: TaskSummary(
        id: PlanTask.ID(), plan: Plan.ID(), unit: "38/15043", version: 3, row: task, status: Open(.inProgress),
        percent: percent), head: head(), planStatus: status)
  }

  private static func caller(_ office: Office.Code?) -> Caller {
    Caller(account: "lan", unit: "38/15043", office: office, roles: [.entry])
  }

  private static let steps: [Case<(percent: Int, note: String?, office: Office.Code?, plan: Plan.Status)>] = [
    Case("plan not issued", (50, nil, "vp", .draft), .conflict),
    Case("plan only approved", (50, nil, "vp", .approved), .conflict),
    Case("plan replaced", (50, nil, "vp", .superseded), .conflict),
    Case("plan given up", (50, nil, "vp", .discarded), .conflict),
    Case("below nothing", (-1, "x", "vp", .issued), at: "percent"),
    Case("beyond all", (101, nil, "vp", .issued), at: "percent"),
    Case("another office", (50, nil, "cax", .issued), .forbidden),
    Case("of no office", (50, nil, nil, .issued), .forbidden),
    Case("an empty note", (50, "", "vp", .issued), at: "note"),
    Case("a note too long", (50, String(repeating: "x", count: 2001), "vp", .issued), at: "note"),
    Case("back without a reason", (39, nil, "vp", .issued), at: "note"),
  ]

  @Test("progress is refused, and the task stays as it was", arguments: steps)
  func progress(_ refused: Case<(percent: Int, note: String?, office: Office.Code?, plan: Plan.Status)>) {
    var task = Self.taskRecord(40, refused.message.plan)
    let before = task.summary
    let request = RecordProgress(task: before.id, percent: refused.message.percent, note: refused.message.note)
    expect(refused.status, at: refused.place) { () throws(Refusal) in
      _ = try PlansRules.progress(&task, request, by: Self.caller(refused.message.office))
    }
    #expect(task.summary == before)
  }

  @Test(
    "progress is recorded by who leads, or by the focal office",
    arguments: [
      (0, "lùi", "vp", PlanTask.Status.planned), (40, nil, "vh-xh", .inProgress), (99, "x", "vp", .inProgress),
      (100, nil, "vh-xh", .inProgress),
    ] as [(Int, String?, Office.Code, PlanTask.Status)])
  func recorded(_ percent: Int, _ note: String?, _ office: Office.Code, _ status: PlanTask.Status) throws {
    var task = Self.taskRecord()
    let request = RecordProgress(task: task.summary.id, percent: percent, note: note)
    let event = try PlansRules.progress(&task, request, by: Self.caller(office))
    #expect(task.summary.percent == percent)
    #expect(task.summary.note == note)
    #expect(task.summary.status == status)
    #expect(task.summary.version == 4)
    #expect(event.percent == percent)
    #expect(event.office == office)
    #expect(event.task == task.summary.id)
    #expect(event.plan == task.summary.plan)
  }
}

extension String {
  fileprivate var slug: Slug { Slug(stringLiteral: self) }
}
