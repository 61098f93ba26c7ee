import Bus
import Schema
import Service
import Storage

/// The plans service: takes a plan in parts, shows it, issues it, and keeps how far its tasks are.
@main struct PlansService: HostedService {
  typealias Interface = Plans

  static let migrations = PlansMigrations.all

  static func register(in handlers: inout Handlers<Plans>) {
    handlers.on(DraftPlan.self) { request, call, transaction in
      try PlansRules.check(request)
      let plan = PlanRecord(
        summary: PlansRules.begin(request, in: try call.home()), head: request.head, authors: [call.caller.account])
      try PlansStore.insert(plan, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(DraftRows.self) { request, call, transaction in
      var plan = try PlansStore.plan(request.plan, in: try call.home(), transaction)
      try call.expects(plan.summary.version)
      try PlansRules.add(request, to: &plan, by: call.caller.account)
      try PlansStore.append(request, to: plan, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(DiscardPlan.self) { request, call, transaction in
      var plan = try PlansStore.plan(request.plan, in: try call.home(), transaction)
      try call.expects(plan.summary.version)
      try PlansRules.discard(&plan)
      try PlansStore.update(plan, transaction)
      return .accepted(plan.summary)
    }
    handlers.on(IssuePlan.self) { request, call, transaction in
      var plan = try PlansStore.plan(request.plan, in: try call.home(), transaction)
      try call.expects(plan.summary.version)
      try PlansRules.issue(&plan, request, by: call.caller.account)
      try PlansStore.update(plan, transaction)
      return .accepted(
        plan.summary,
        events: PlansRules.eventsOfIssue(
          plan, request, tasks: try PlansStore.tasks(of: plan.summary.id, transaction),
          targets: try PlansStore.targets(of: plan.summary.id, transaction)))
    }
    handlers.on(RecordProgress.self) { request, call, transaction in
      var task = try PlansStore.task(request.task, in: try call.home(), transaction)
      try call.expects(task.summary.version)
      let event = try PlansRules.progress(&task, request, by: call.caller)
      try PlansStore.update(task.summary, transaction)
      return .accepted(task.summary, events: [event])
    }
    handlers.on(ListPlans.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
    handlers.on(ShowPlan.self) { request, call, transaction in
      let plan = try PlansStore.plan(request.plan, in: try call.home(), for: call.caller, transaction)
      return PlanDetail(summary: plan.summary, head: plan.head)
    }
    handlers.on(ListTargets.self) { request, call, transaction in
      _ = try PlansStore.plan(request.plan, in: try call.home(), for: call.caller, transaction)
      return try PlansStore.list(request, transaction)
    }
    handlers.on(ListTasks.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
  }
}
