import PlanDocuments
import Schema
import WorkingDays

/// From a draft to its end: who may take which step, and what is said of it.
extension PlansRules {
  /// What to look at before a plan is issued that its own text does not show; nil where there is nothing.
  static func notes(on plan: PlanRecord, _ days: WorkingDays) -> [Text]? {
    let year = plan.summary.year
    guard plan.summary.status.known?.isOpen == true, !days.knowsTet(of: year) else { return nil }
    return [
      Text(
        vi: "Bảng ngày nghỉ chưa có Tết Nguyên đán \(year): hạn tính theo ngày làm việc quanh Tết có thể sai; hãy nhờ "
          + "người vận hành bổ sung (XASO_WORKING_DAYS).",
        en:
          "The table of holidays has no Tết of \(year) yet: days counted in working days around it may be wrong; have "
          + "the operator add it (XASO_WORKING_DAYS).")
    ]
  }

  static func discard(_ plan: inout PlanRecord) throws(Refusal) {
    try plan.take(.discard)
  }

  static func submit(_ plan: inout PlanRecord) throws(Refusal) {
    let status = try PlanLife.status(after: .submit, plan.summary)
    try mustBeWhole(plan.summary)
    plan.move(to: status)
  }

  static func giveBack(_ plan: inout PlanRecord, _ request: ReturnPlan) throws(Refusal) {
    let status = try PlanLife.status(after: .giveBack, plan.summary)
    try request.reason.check(atMost: 2000, at: "reason")
    plan.approval = nil
    plan.move(to: status)
  }

  /// A leader's word is enough; a clerk shows what a leader signed. Neither may have entered the plan.
  ///
  /// - Parameter findings: What the checks find in the plan as it is stored.
  static func approve(
    _ plan: inout PlanRecord, _ request: ApprovePlan, by caller: Caller, on day: Day, findings: [Finding]
  ) throws(Refusal) {
    let status = try PlanLife.status(after: .approve, plan.summary)
    guard !plan.authors.contains(caller.account) else {
      throw Refusal(
        .forbidden, vi: "Người đã nhập kế hoạch không được tự phê duyệt hay ghi nhận phê duyệt; hãy nhờ người khác.",
        en: "Who entered the plan may neither approve it nor record the approval; somebody else does.")
    }
    guard caller.roles.contains(.approver) || request.signed != nil else {
      throw Refusal(
        .invalid, vi: "Văn thư ghi nhận phê duyệt từ văn bản đã ký: cần người ký và mã băm của tệp.",
        en: "A clerk records the approval from the signed document: its signer and the hash of its file are needed.",
        at: "signed")
    }
    if let signed = request.signed { try signed.signer.check(atMost: 300, at: "signed.signer") }
    try mustBeAccepted(findings, request.accepted ?? [])
    plan.approval = Approval(account: caller.account, on: day, signed: request.signed, accepted: request.accepted)
    plan.move(to: status)
  }

  /// - Parameter numbered: The plan that has the number already. Article 15 of Decree 30/2020/NĐ-CP: văn thư gives each
  ///   number once a year.
  static func issue(
    _ plan: inout PlanRecord, _ request: IssuePlan, by account: Caller.Account, numbered: PlanSummary? = nil
  ) throws(Refusal) {
    let status = try PlanLife.status(after: .issue, plan.summary)
    guard !plan.authors.contains(account) else {
      throw Refusal(
        .forbidden, vi: "Người đã nhập kế hoạch không được tự ban hành; văn thư khác phải ghi số và ngày.",
        en: "Who entered the plan may not issue it; another clerk records number and date.")
    }
    try check(request.issuedOn, of: plan.head)
    if let numbered {
      throw Refusal(
        .conflict,
        vi: """
          Số \(request.number) đã cấp trong năm cho “\(numbered.title)”; hãy xem lại sổ văn bản. Nếu kế hoạch được nạp \
          hai lần thì trả lại rồi bỏ bản này (xaso plan return, xaso plan discard).
          """,
        en: """
          \(request.number) was given this year to “\(numbered.title)”; look at the register again. If the plan was \
          loaded twice, return and discard this one (xaso plan return, xaso plan discard).
          """, at: "number")
    }
    plan.summary.number = request.number
    plan.summary.issuedOn = request.issuedOn
    plan.move(to: status)
  }

  /// A plan that takes another one's place does so from a state in which that one can be replaced.
  static func supersede(_ replaced: inout PlanRecord, by plan: Plan.ID) throws(Refusal) {
    try replaced.take(.supersede)
    replaced.replacedBy = plan
  }

  /// - Parameter unfinished: The numbers of its tasks that are neither done nor cancelled. A yearly plan ends with them;
  ///   what an inspection found is followed to its end.
  static func close(
    _ plan: inout PlanRecord, _ request: ClosePlan, on today: Day, unfinished: [String] = []
  ) throws(Refusal) -> PlanClosed {
    let status = try PlanLife.status(after: .close, plan.summary)
    if plan.head.purpose == .known(.inspection), !unfinished.isEmpty {
      let numbers = unfinished.prefix(10).joined(separator: ", ")
      throw Refusal(
        .conflict,
        vi: """
          Còn \(unfinished.count) kiến nghị chưa xong: \(numbers). Mỗi kiến nghị phải hoàn thành (xaso task submit, \
          accept) hoặc được hủy bằng văn bản (xaso task decide).
          """,
        en: """
          \(unfinished.count) findings are not done: \(numbers). Each is to be done (xaso task submit, accept) or cancelled \
          by a document (xaso task decide).
          """)
    }
    try check(request.report, of: plan, on: today, at: "report")
    plan.end = request.report
    plan.move(to: status)
    return PlanClosed(
      unit: plan.summary.unit, plan: plan.summary.id, number: request.report.number, day: request.report.day)
  }

  static func revoke(_ plan: inout PlanRecord, _ request: RevokePlan, on today: Day) throws(Refusal) -> PlanRevoked {
    let status = try PlanLife.status(after: .revoke, plan.summary)
    try check(request.decision, of: plan, on: today, at: "decision")
    plan.end = request.decision
    plan.move(to: status)
    return PlanRevoked(
      unit: plan.summary.unit, plan: plan.summary.id, number: request.decision.number, day: request.decision.day)
  }

  private static func mustBeWhole(_ summary: PlanSummary) throws(Refusal) {
    let (rows, expected) = (summary.rows, summary.expected)
    guard rows == expected else {
      throw Refusal(
        .conflict,
        vi: "Chưa nhận đủ: \(rows.tasks)/\(expected.tasks) nhiệm vụ, \(rows.targets)/\(expected.targets) chỉ tiêu.",
        en: "Not all has arrived: \(rows.tasks)/\(expected.tasks) tasks, \(rows.targets)/\(expected.targets) targets.")
    }
  }

  /// A wrong year, as one types it in January, would move every day that is counted from it. What a meeting or an
  /// inspection of December concluded may come out in the year after.
  private static func check(_ issuedOn: Day, of head: PlanHead) throws(Refusal) {
    let (year, last) = (issuedOn.components.year, head.year + (head.isConclusions ? 1 : 0))
    guard year > last || year < head.year - 2 else { return }
    throw Refusal(
      .invalid, vi: "Văn bản của năm \(head.year) không thể ban hành ngày \(issuedOn.written); hãy xem lại ngày.",
      en: "A document of \(head.year) cannot have been issued on \(issuedOn); look at the date again.", at: "issuedOn")
  }

  static func check(_ decision: Decision, on today: Day, at place: String) throws(Refusal) {
    guard decision.day > today else { return }
    throw Refusal(
      .invalid, vi: "Văn bản không thể có sau hôm nay, \(today.written).",
      en: "A document cannot be of a day after today, \(today).", at: "\(place).day")
  }

  private static func check(
    _ decision: Decision, of plan: PlanRecord, on today: Day, at place: String
  ) throws(Refusal) {
    try decision.reason?.check(atMost: 2000, at: "\(place).reason")
    try check(decision, on: today, at: place)
    guard let issued = plan.summary.issuedOn, decision.day < issued else { return }
    throw Refusal(
      .invalid, vi: "Văn bản ngày \(decision.day.written) không thể có trước kế hoạch ngày \(issued.written).",
      en: "A document of \(decision.day) cannot end a plan of \(issued).", at: "\(place).day")
  }

  /// The plan, each task, each target, each row with money: all that the other services will ever get of it.
  ///
  /// Of a proposal there is only the first: it gives no work, promises nothing, and has no money yet.
  ///
  /// - Parameter continuing: Of a task, the one whose place it takes.
  static func eventsOfIssue(
    _ plan: PlanRecord, _ request: IssuePlan, tasks: [TaskSummary], targets: [TargetSummary],
    continuing: [PlanTask.ID: PlanTask.ID] = [:]
  ) -> [any Event] {
    let (summary, binds) = (plan.summary, !plan.head.isProposal)
    let (tasks, targets) = binds ? (tasks, targets) : ([], [])
    let issued = PlanIssued(
      unit: summary.unit, plan: summary.id, year: summary.year, title: summary.title, number: request.number,
      issuedOn: request.issuedOn, rows: RowCounts(tasks: tasks.count, targets: targets.count),
      lines: binds ? summary.lines : 0, planned: binds ? summary.planned : 0, focal: plan.head.focal,
      shares: shares(plan.head, tasks.map(\.row), targets.map(\.row)),
      recipients: plan.head.recipients.isEmpty ? nil : plan.head.recipients)
    var events: [any Event] = []
    if let replaced = plan.replaces {
      events.append(PlanSuperseded(unit: summary.unit, plan: replaced, by: summary.id))
    }
    events.append(issued)
    for task in tasks {
      events.append(TaskAssigned(unit: summary.unit, plan: summary.id, task: task.id, row: task.row))
      guard let before = continuing[task.id] else { continue }
      events.append(
        TaskContinued(
          unit: summary.unit, plan: summary.id, task: task.id, before: before, percent: task.percent,
          status: task.status))
    }
    for target in targets {
      events.append(
        TargetPromised(
          unit: summary.unit, plan: summary.id, year: summary.year, target: target.id, row: target.row))
    }
    for task in tasks {
      guard let amount = task.row.cost else { continue }
      events.append(
        LineEstimated(
          unit: summary.unit, plan: summary.id, task: task.id, fiscalYear: summary.year, amount: amount,
          source: task.row.source ?? Open(.unstated), sourceText: task.row.sourceText, leads: task.row.leads))
    }
    return events
  }

  private static func shares(_ head: PlanHead, _ tasks: [TaskRow], _ targets: [TargetRow]) -> [PlanIssued.Share] {
    let doers = tasks.map { head.doers(of: $0.leads).union($0.leads) }
    return head.offices.map { office in
      PlanIssued.Share(
        office: office, leads: doers.count { $0.contains(office.code) },
        coordinates: tasks.count { $0.coordinating.contains(office.code) },
        targets: targets.count { $0.leads.contains(office.code) })
    }
  }
}
