import Bus
import Schema
import Storage

/// What is reported and decided on tasks, and how they stand.
extension PlansService {
  static func registerTasks(in handlers: inout Handlers<Plans>) {
    handlers.on(RecordProgress.self) { request, call, transaction in
      try change(request.task, call, transaction) { task throws(Refusal) in
        let event = try PlansRules.progress(&task, request, by: call.caller)
        let note = request.note.map { ": \($0)" } ?? ""
        return (
          Text(vi: "ghi tiến độ \(request.percent)%\(note)", en: "recorded \(request.percent)%\(note)"), event
        )
      }
    }
    handlers.on(SubmitTask.self) { request, call, transaction in
      let today = transaction.time.day
      return try change(request.task, call, transaction) { task throws(Refusal) in
        let event = try PlansRules.submit(&task, request, by: call.caller, on: today)
        return (Self.text("nộp kết quả", "submitted", request.due, request.office), event)
      }
    }
    handlers.on(AcceptTask.self) { request, call, transaction in
      try change(request.task, call, transaction) { task throws(Refusal) in
        let event = try PlansRules.accept(&task, request, by: call.caller)
        return (Self.text("xác nhận hoàn thành", "accepted", request.due, request.office), event)
      }
    }
    handlers.on(ReturnTask.self) { request, call, transaction in
      try change(request.task, call, transaction) { task throws(Refusal) in
        let event = try PlansRules.giveBack(&task, request, by: call.caller)
        let text = Self.text("trả lại", "returned", request.due, request.office)
        return (Text(vi: "\(text.vi): \(request.reason)", en: "\(text.en): \(request.reason)"), event)
      }
    }
    handlers.on(DecideTask.self) { request, call, transaction in
      let (today, days) = (transaction.time.day, try PlansStore.workingDays(transaction))
      return try change(request.task, call, transaction) { task throws(Refusal) in
        (Self.text(request), try PlansRules.decide(&task, request, by: call.caller, on: today, days))
      }
    }
    handlers.on(AssignTask.self) { request, call, transaction in
      var task = try PlansStore.task(request.task, in: try call.home(), transaction)
      try call.expects(task.summary.version)
      let targets = try PlansStore.targets(of: task.summary.plan, transaction).map(\.id)
      let before = task.awaited()
      try PlansRules.assign(&task, request, known: Set(targets))
      let due = request.due.map { " \($0.written)" } ?? ""
      try PlansStore.update(
        task, Text(vi: "phân công\(due)", en: "assigned\(due)"), by: call.caller.account, transaction)
      let awaited = task.awaited()
      return .accepted(try summary(task, transaction), events: awaited == before ? [] : [awaited])
    }
    handlers.on(ListTasks.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
    handlers.on(ExplainTask.self) { request, call, transaction in
      let task = try PlansStore.task(request.task, in: try call.home(), for: call.caller, transaction)
      return TaskExplanation(
        task: task, today: request.today ?? transaction.time.day, days: try PlansStore.workingDays(transaction)
      ).course(try PlansStore.steps(of: request.task, transaction))
    }
    handlers.on(TallyTasks.self) { request, call, transaction in
      try PlansStore.tally(
        request, in: try call.home(), for: call.caller, on: request.today ?? transaction.time.day, transaction)
    }
  }

  /// One change of a task: its rule, its record and its event; with the first one, work on the plan begins.
  private static func change(
    _ id: PlanTask.ID, _ call: Call, _ transaction: borrowing Transaction,
    _ rule: (inout TaskRecord) throws(Refusal) -> (Text, TaskProgressed)
  ) throws -> Outcome<TaskSummary> {
    var task = try PlansStore.task(id, in: try call.home(), transaction)
    try call.expects(task.summary.version)
    let events = try take(&task, call, transaction, rule)
    return .accepted(try summary(task, transaction), events: events)
  }

  static func take(
    _ task: inout TaskRecord, _ call: Call, _ transaction: borrowing Transaction,
    _ rule: (inout TaskRecord) throws(Refusal) -> (Text, TaskProgressed)
  ) throws -> [any Event] {
    let (before, start) = (task.awaited(), task.supplement.start)
    let (text, event) = try rule(&task)
    if task.planStatus == .issued {
      var plan = try PlansStore.plan(task.summary.plan, in: task.summary.unit, transaction)
      try plan.take(.begin)
      try PlansStore.update(
        plan, Text(vi: "bắt đầu thực hiện", en: "work began"), by: call.caller.account, transaction)
      task.planStatus = .inExecution
    }
    try PlansStore.update(task, text, by: call.caller.account, transaction)
    let awaited = task.awaited()
    let document = start == nil ? task.supplement.start?.number : nil
    return [event] + (awaited == before ? [] : [task.awaited(since: document)])
  }

  private static func summary(_ task: TaskRecord, _ transaction: borrowing Transaction) throws -> TaskSummary {
    var summary = task.summary
    summary.deadline = task.deadline(on: transaction.time.day, try PlansStore.workingDays(transaction))
    summary.leader = task.supplement.leader
    summary.targets = task.supplement.targets
    return summary
  }

  static func text(_ request: DecideTask) -> Text {
    let (step, document) = (request.step.known?.text, request.decision)
    return Text(
      vi: "\(step?.vi ?? "") theo \(document.number) ngày \(document.day.written)",
      en: "\(step?.en ?? "") by \(document.number) of \(document.day)")
  }

  private static func text(_ vi: String, _ en: String, _ due: Day?, _ office: Office.Code?) -> Text {
    Text(
      vi: vi + (due.map { " kỳ \($0.written)" } ?? "") + (office.map { " (\($0))" } ?? ""),
      en: en + (due.map { " for \($0)" } ?? "") + (office.map { " (\($0))" } ?? ""))
  }
}

extension DecideTask.Step {
  fileprivate var text: Text {
    switch self {
    case .pause: Text(vi: "tạm dừng", en: "paused")
    case .resume: Text(vi: "tiếp tục", en: "resumed")
    case .cancel: Text(vi: "hủy", en: "cancelled")
    case .start: Text(vi: "bắt đầu tính thời hạn", en: "time began")
    }
  }
}
