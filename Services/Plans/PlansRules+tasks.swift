import PlanDocuments
import Schema
import WorkingDays

/// What offices may do with the tasks of a plan in force.
extension PlansRules {
  static func progress(
    _ task: inout TaskRecord, _ request: RecordProgress, by caller: Caller
  ) throws(Refusal) -> TaskProgressed {
    try mustBeOpen(task)
    guard task.summary.status != .known(.submitted) else {
      throw Refusal(
        .conflict, vi: "Kết quả đã nộp, đang chờ đầu mối xác nhận hoặc trả lại; đến khi đó không ghi tiến độ.",
        en: "It was submitted; no progress is recorded until the focal office accepts or returns it.")
    }
    guard (0...100).contains(request.percent) else {
      throw Refusal(.invalid, vi: "Tiến độ từ 0 đến 100.", en: "Progress is between 0 and 100.", at: "percent")
    }
    let office = try performer(of: task, caller)
    try request.note?.check(atMost: 2000, at: "note")
    guard request.percent >= task.summary.percent || request.note != nil else {
      throw Refusal(
        .invalid, vi: "Tiến độ giảm từ \(task.summary.percent)% xuống \(request.percent)%: hãy ghi lý do.",
        en: "Progress goes down from \(task.summary.percent)% to \(request.percent)%: say why in the note.", at: "note")
    }
    task.summary.percent = request.percent
    task.summary.note = request.note
    return move(&task, to: request.percent == 0 ? .planned : .inProgress, by: office, request.note)
  }

  static func submit(
    _ task: inout TaskRecord, _ request: SubmitTask, by caller: Caller, on today: Day
  ) throws(Refusal) -> TaskProgressed {
    try mustBeOpen(task)
    let slot = try slot(of: task, due: request.due, office: request.office)
    let office = try performer(of: task, caller, slot.office)
    guard (1...20).contains(request.evidence.count) else {
      throw Refusal(
        .invalid, vi: "Cần từ 1 đến 20 minh chứng.", en: "1 to 20 pieces of evidence are needed.", at: "evidence")
    }
    for (index, evidence) in request.evidence.enumerated() {
      try evidence.place.check(atMost: 500, at: "evidence[\(index)].place")
    }
    if case .continuous(let window) = task.schedule, today < window.upperBound.firstOfMonth {
      throw Refusal(
        .conflict,
        vi: "Nhiệm vụ thường xuyên chỉ báo cáo hoàn thành từ \(window.upperBound.firstOfMonth.written); "
          + "trước đó hãy ghi tiến độ.",
        en: "A continuous task is reported on from \(window.upperBound.firstOfMonth); until then record progress.")
    }
    guard task.status(of: slot) != .done, task.status(of: slot) != .submitted else {
      throw Refusal(
        .conflict, vi: "Việc này đã nộp; chỉ nộp lại khi đầu mối trả lại.",
        en: "This was submitted already; it is submitted again when the focal office has returned it.")
    }
    task.reports[slot] = TaskRecord.Report(
      due: slot.due, office: slot.office, status: .submitted, submittedOn: today, submitter: caller.account,
      evidence: request.evidence)
    return move(&task, to: overall(task, .submitted), by: office, nil)
  }

  static func accept(
    _ task: inout TaskRecord, _ request: AcceptTask, by caller: Caller
  ) throws(Refusal) -> TaskProgressed {
    let (slot, report) = try submitted(task, request.due, request.office)
    guard report.submitter != caller.account else {
      throw Refusal(
        .forbidden, vi: "Người đã nộp không được tự xác nhận hoàn thành; hãy nhờ người khác của đầu mối.",
        en: "Who submitted it may not accept it; somebody else of the focal office does.")
    }
    task.reports[slot]?.status = .done
    let status = overall(task, .done)
    if status == .done { task.summary.percent = 100 }
    return move(&task, to: status, by: caller.office ?? task.focal, nil)
  }

  static func giveBack(
    _ task: inout TaskRecord, _ request: ReturnTask, by caller: Caller
  ) throws(Refusal) -> TaskProgressed {
    let (slot, _) = try submitted(task, request.due, request.office)
    try request.reason.check(atMost: 2000, at: "reason")
    task.reports[slot]?.status = .returned
    task.reports[slot]?.reason = request.reason
    return move(&task, to: overall(task, .returned), by: caller.office ?? task.focal, request.reason)
  }

  static func decide(
    _ task: inout TaskRecord, _ request: DecideTask, by caller: Caller, on today: Day, _ days: WorkingDays
  ) throws(Refusal) -> TaskProgressed {
    try mustBeInForce(task)
    try request.decision.reason?.check(atMost: 2000, at: "decision.reason")
    try check(request.decision, on: today, at: "decision")
    let status = task.summary.status.known ?? .cancelled
    let next: PlanTask.Status
    switch request.step.known {
    case .pause where !status.isOver && status != .paused: next = .paused
    case .resume where status == .paused: next = task.underWay
    case .cancel where !status.isOver: next = .cancelled
    case .start where !status.isOver:
      guard case .after(let wait) = task.schedule else {
        throw Refusal(
          .invalid, vi: "Thời hạn của nhiệm vụ này không tính từ một văn bản.",
          en: "The time of this task does not begin with a document.", at: "step")
      }
      guard task.supplement.start == nil else {
        throw Refusal(
          .conflict, vi: "Thời hạn của nhiệm vụ này đã bắt đầu tính.", en: "The time of this task has begun already.")
      }
      task.supplement.start = request.decision
      if wait.isOfWorkingDays { task.supplement.due = days.adding(wait.days, to: request.decision.day) }
      next = status
    default:
      throw Refusal(
        .conflict, vi: "Nhiệm vụ \(status.text.vi) nên không làm vậy được. \(status.wayOn.vi)",
        en: "The task is \(status.text.en), so that cannot be done. \(status.wayOn.en)")
    }
    return move(&task, to: next, by: caller.office ?? task.focal, "\(request.decision.number)")
  }

  /// - Parameter known: The targets of the plan.
  static func assign(_ task: inout TaskRecord, _ request: AssignTask, known: Set<Target.ID>) throws(Refusal) {
    try mustBeOpen(task)
    guard request.leader != nil || request.due != nil || request.targets != nil else {
      throw Refusal(
        .invalid, vi: "Hãy nêu lãnh đạo phụ trách, thời hạn hoặc chỉ tiêu.",
        en: "Name the responsible leader, a day or targets.", at: "task")
    }
    try request.leader?.check(atMost: 300, at: "leader")
    if let targets = request.targets, targets.count > 20 || !known.isSuperset(of: targets) {
      throw Refusal(
        .invalid, vi: "Chỉ tiêu phải thuộc cùng kế hoạch, nhiều nhất 20.",
        en: "Targets are of the same plan, 20 at most.", at: "targets")
    }
    if let due = request.due {
      guard task.schedule == .none else {
        throw Refusal(
          .conflict, vi: "Thời hạn do kế hoạch đã ban hành ấn định; chỉ đổi bằng kế hoạch điều chỉnh.",
          en: "The issued plan sets the time; only an amending plan changes it.", at: "due")
      }
      guard task.reports.isEmpty else {
        throw Refusal(
          .conflict, vi: "Nhiệm vụ đã nộp kết quả nên không đặt thời hạn nữa.",
          en: "Results were submitted already, so no day is set any more.", at: "due")
      }
      guard due >= task.issuedOn ?? due else {
        throw Refusal(
          .invalid, vi: "Thời hạn không thể trước ngày ban hành kế hoạch.",
          en: "The day cannot be before the plan was issued.", at: "due")
      }
      task.supplement.due = due
    }
    task.supplement.leader = request.leader ?? task.supplement.leader
    task.supplement.targets = request.targets ?? task.supplement.targets
    task.summary.version += 1
  }

  // MARK: Guards

  private static func mustBeInForce(_ task: TaskRecord) throws(Refusal) {
    guard !task.head.isProposal else {
      throw Refusal(
        .conflict,
        vi: "Đây là đề xuất gửi cấp trên, chưa giao việc; hãy nhập kế hoạch chính thức (xaso plan import --replaces).",
        en: "This is a proposal, which gives no work yet; import the final plan (xaso plan import --replaces).")
    }
    guard task.planStatus.isInForce else {
      throw Refusal(
        .conflict, vi: "Kế hoạch không có hiệu lực (chưa ban hành hoặc đã kết thúc) nên không ghi tiến độ được.",
        en: "The plan is not in force, or not any more, so there is no progress to record.")
    }
  }

  private static func mustBeOpen(_ task: TaskRecord) throws(Refusal) {
    try mustBeInForce(task)
    let status = task.summary.status.known ?? .cancelled
    guard !status.isOver, status != .paused else {
      throw Refusal(
        .conflict, vi: "Nhiệm vụ \(status.text.vi) nên không ghi được nữa. \(status.wayOn.vi)",
        en: "The task is \(status.text.en), so nothing is recorded on it. \(status.wayOn.en)")
    }
  }

  /// The office that speaks: one that leads, a member of a collective lead, or the focal office in its place.
  private static func performer(
    of task: TaskRecord, _ caller: Caller, _ member: Office.Code? = nil
  ) throws(Refusal) -> Office.Code {
    let members = task.slots.compactMap(\.office)
    let allowed = member.map { [$0] } ?? task.summary.row.leads + members
    guard let office = caller.office, allowed.contains(office) || office == task.focal else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan chủ trì hoặc cơ quan đầu mối được ghi tiến độ nhiệm vụ này.",
        en: "Only an office that leads this task, or the focal office, records its progress.")
    }
    return office
  }

  /// The occurrence that is meant; where there is one only, it needs no name.
  private static func slot(
    of task: TaskRecord, due: Day?, office: Office.Code?
  ) throws(Refusal) -> TaskRecord.Slot {
    let slots = task.slots
    let found = slots.filter { (due == nil || $0.due == due) && (office == nil || $0.office == office) }
    guard !found.isEmpty else {
      throw Refusal(
        .invalid, vi: "Nhiệm vụ không có kỳ hạn hoặc cơ quan này; hãy xem xaso task why.",
        en: "The task has no such day or office; see xaso task why.", at: due == nil ? "office" : "due")
    }
    guard found.count == 1, let slot = found.first else {
      throw Refusal(
        .invalid, vi: "Nhiệm vụ có \(found.count) kỳ hạn hoặc cơ quan; hãy nêu kỳ nào (--due), cơ quan nào (--office).",
        en: "The task has \(found.count) days or offices; name the day (--due) and the office (--office).", at: "due")
    }
    return slot
  }

  private static func submitted(
    _ task: TaskRecord, _ due: Day?, _ office: Office.Code?
  ) throws(Refusal) -> (TaskRecord.Slot, TaskRecord.Report) {
    try mustBeOpen(task)
    let waiting = task.reports.filter { $0.value.status == .submitted }
    let found = waiting.filter { (due == nil || $0.key.due == due) && (office == nil || $0.key.office == office) }
    guard found.count == 1, let only = found.first else {
      throw found.isEmpty
        ? Refusal(
          .conflict, vi: "Chưa có kết quả nào nộp để xác nhận hoặc trả lại.",
          en: "Nothing was submitted that could be accepted or returned.")
        : Refusal(
          .invalid, vi: "Có \(found.count) kết quả đang chờ; hãy nêu kỳ hạn (--due), cơ quan (--office).",
          en: "\(found.count) results are waiting; name the day (--due) and the office (--office).", at: "due")
    }
    return (only.key, only.value)
  }

  /// A task with one occurrence is where that is; one with several is done when all are.
  private static func overall(_ task: TaskRecord, _ status: PlanTask.Status) -> PlanTask.Status {
    let slots = task.slots
    guard slots.count > 1 else { return status }
    return slots.allSatisfy { task.status(of: $0) == .done } ? .done : .inProgress
  }

  private static func move(
    _ task: inout TaskRecord, to status: PlanTask.Status, by office: Office.Code, _ note: String?
  ) -> TaskProgressed {
    task.summary.status = Open(status)
    task.summary.version += 1
    return TaskProgressed(
      unit: task.summary.unit, plan: task.summary.plan, task: task.summary.id, percent: task.summary.percent,
      status: task.summary.status, note: note, office: office)
  }
}

extension PlanTask.Status {
  /// What people can do with a task in this state.
  fileprivate var wayOn: Text {
    switch self {
    case .paused:
      Text(
        vi: "Hãy cho tiếp tục bằng văn bản trước (xaso task decide --step resume).",
        en: "Let it go on by a document first (xaso task decide --step resume).")
    case .done, .cancelled:
      Text(
        vi: "Muốn giao lại thì điều chỉnh kế hoạch (xaso plan import --replaces).",
        en: "To ask for it again, amend the plan (xaso plan import --replaces).")
    case .planned, .inProgress, .submitted, .returned:
      Text(vi: "Xem xaso task why.", en: "See xaso task why.")
    }
  }
}

extension Day {
  fileprivate var firstOfMonth: Day { adding(1 - components.day) }
}
