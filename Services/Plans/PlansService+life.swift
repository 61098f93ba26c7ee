import Bus
import PlanDocuments
import Schema
import Storage

/// From a draft to its end.
extension PlansService {
  static func registerDrafts(in handlers: inout Handlers<Plans>) {
    handlers.on(DraftPlan.self) { request, call, transaction in
      let unit = try call.home()
      try PlansRules.checkGoesOn(unit, for: call.caller)
      try PlansRules.check(request)
      if let replaced = request.replaces {
        _ = try PlanLife.status(after: .supersede, try PlansStore.plan(replaced, in: unit, transaction).summary)
      }
      let plan = PlanRecord(
        summary: PlansRules.begin(request, in: unit), head: request.head, authors: [call.caller.account],
        replaces: request.replaces)
      try PlansStore.insert(plan, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(DraftRows.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      try PlansRules.add(request, to: &plan, by: call.caller.account)
      try PlansStore.append(request.tasks, request.targets, to: plan, transaction)
      try PlansStore.update(plan, PlanEdit.rows(request), by: call.caller.account, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(ChangeRows.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      let edits = try PlansRules.change(
        &plan, request, tasks: try PlansStore.tasks(of: request.plan, transaction),
        targets: try PlansStore.targets(of: request.plan, transaction), by: call.caller.account)
      try PlansStore.apply(edits, to: plan, transaction)
      try PlansStore.update(plan, PlanEdit.rows(request), by: call.caller.account, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(DiscardPlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      try PlansRules.discard(&plan)
      try PlansStore.update(plan, Text(vi: "bỏ dự thảo", en: "discarded"), by: call.caller.account, transaction)
      return .accepted(plan.summary)
    }
  }

  static func registerLife(in handlers: inout Handlers<Plans>) {
    handlers.on(SubmitPlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      try PlansRules.submit(&plan)
      try PlansStore.update(plan, Text(vi: "trình", en: "submitted"), by: call.caller.account, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(ReturnPlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      try PlansRules.giveBack(&plan, request)
      try PlansStore.update(
        plan, Text(vi: "trả lại: \(request.reason)", en: "returned: \(request.reason)"), by: call.caller.account,
        transaction)
      return .accepted(plan.summary)
    }
    handlers.on(ApprovePlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      try PlansRules.approve(
        &plan, request, by: call.caller, on: transaction.time.day,
        findings: try PlansStore.document(of: plan, transaction).check())
      try PlansStore.update(plan, Text(vi: "phê duyệt", en: "approved"), by: call.caller.account, transaction)
      return .accepted(plan.detail)
    }
    handlers.on(IssuePlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      let numbered = try PlansStore.plan(
        numbered: request.number, in: request.issuedOn.components.year, besides: plan.summary.id,
        of: plan.summary.unit, transaction)
      let expected = try expected(of: plan.summary.unit, transaction)
      try PlansRules.issue(&plan, request, by: call.caller.account, numbered: numbered)
      var continuing: [PlanTask.ID: PlanTask.ID] = [:]
      if let id = plan.replaces {
        var replaced = try PlansStore.plan(id, in: plan.summary.unit, transaction)
        try PlansRules.supersede(&replaced, by: plan.summary.id)
        try PlansStore.update(
          replaced, Text(vi: "được thay thế", en: "superseded"), by: call.caller.account, transaction)
        continuing = try PlansStore.carry(from: replaced, to: plan.summary.id, transaction)
        try PlansStore.settle(replaced, transaction)
      }
      let tasks = try PlansStore.tasks(of: plan.summary.id, transaction)
      let targets = try PlansStore.targets(of: plan.summary.id, transaction)
      plan.baseline = Fingerprint(
        of: Codec.encode(Baseline(head: plan.head, tasks: tasks.map(\.row), targets: targets.map(\.row))))
      try PlansStore.update(plan, Text(vi: "ban hành", en: "issued"), by: call.caller.account, transaction)
      try PlansStore.settle(plan, transaction)
      let dues = try tasks.map { task in try begin(task.id, with: request, of: plan, call, transaction) }
      return .accepted(
        plan.summary,
        events: try PlansRules.eventsOfIssue(plan, request, tasks: tasks, targets: targets, continuing: continuing)
          + dues.filter { $0.due != nil } + subplanEvents(since: expected, in: plan.summary.unit, transaction))
    }
    handlers.on(ClosePlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      let unfinished = try PlansStore.records(of: plan, transaction).map(\.summary)
        .filter { $0.status.known?.isOver == false }.map(\.row.number)
      let expected = try expected(of: plan.summary.unit, transaction)
      let event = try PlansRules.close(&plan, request, on: transaction.time.day, unfinished: unfinished)
      try PlansStore.update(plan, Text(vi: "kết thúc", en: "closed"), by: call.caller.account, transaction)
      try PlansStore.settle(plan, transaction)
      return .accepted(
        plan.detail, events: try [event] + subplanEvents(since: expected, in: plan.summary.unit, transaction))
    }
    handlers.on(RevokePlan.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      let expected = try expected(of: plan.summary.unit, transaction)
      let event = try PlansRules.revoke(&plan, request, on: transaction.time.day)
      try PlansStore.update(plan, Text(vi: "thu hồi", en: "revoked"), by: call.caller.account, transaction)
      try PlansStore.settle(plan, transaction)
      return .accepted(
        plan.detail, events: try [event] + subplanEvents(since: expected, in: plan.summary.unit, transaction))
    }
  }

  /// What is waited for of a task when its plan is issued; conclusions start what is counted from them.
  private static func begin(
    _ id: PlanTask.ID, with request: IssuePlan, of plan: PlanRecord, _ call: Call, _ transaction: borrowing Transaction
  ) throws -> TaskDue {
    var task = try PlansStore.task(id, in: plan.summary.unit, transaction)
    let conclusions = Decision(number: request.number, day: request.issuedOn)
    guard PlansRules.start(&task, with: conclusions, try PlansStore.workingDays(transaction)) else {
      return task.awaited()
    }
    let start = DecideTask(task: id, step: .start, decision: conclusions)
    try PlansStore.update(task, text(start), by: call.caller.account, transaction)
    return task.awaited(since: request.number)
  }

  /// What is frozen when a plan is issued.
  private struct Baseline: Encodable {
    var head: PlanHead
    var tasks: [TaskRow]
    var targets: [TargetRow]
  }
}
