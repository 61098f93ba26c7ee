import Bus
import Schema
import Storage

/// What stands around the plans: what they rest on, what is in their way, who steers them.
extension PlansService {
  static func registerLegal(in handlers: inout Handlers<Plans>) {
    handlers.on(KeepLegalDocument.self) { request, call, transaction in
      let unit = try call.home()
      let before = try PlansStore.legalDocuments(request.number, of: request.issuedOn, in: unit, transaction).first
      let document = try PlansRules.keep(request, in: unit, before: before, on: transaction.time.day)
      try PlansStore.keep(document, transaction)
      let (today, days) = (transaction.time.day, try PlansStore.workingDays(transaction))
      var events: [any Event] = []
      for var task in try PlansStore.waiting(for: document, transaction) {
        let start = DecideTask(
          task: task.summary.id, step: .start, decision: Decision(number: document.number, day: document.issuedOn))
        events += try take(&task, call, transaction) { task throws(Refusal) in
          (text(start), try PlansRules.decide(&task, start, by: call.caller, on: today, days))
        }
      }
      return .accepted(document, events: events)
    }
    handlers.on(EndLegalDocument.self) { request, call, transaction in
      let found = try PlansStore.legalDocuments(
        request.number, of: request.issuedOn, in: try call.home(), transaction)
      let document = try PlansRules.end(found, request)
      try PlansStore.keep(document, transaction)
      let citing = try PlansStore.citing(document, transaction)
      return .accepted(
        LegalChange(document: document, plans: citing.count),
        events: citing.map { plan, focal in
          BasisEnded(
            unit: plan.unit, plan: plan.id, focal: focal, number: document.number, endedOn: request.endedOn,
            replacedBy: request.replacedBy)
        })
    }
    handlers.on(ListLegalDocuments.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(ListCitingPlans.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
  }

  static func registerObstacles(in handlers: inout Handlers<Plans>) {
    handlers.on(RaiseObstacle.self) { request, call, transaction in
      let unit = try call.home()
      if let task = request.task { _ = try PlansStore.task(task, in: unit, transaction) }
      let obstacle = try PlansRules.raise(request, in: unit, by: call.caller, on: transaction.time.day)
      try PlansStore.insert(obstacle, transaction)
      return .accepted(
        obstacle,
        events: [ObstacleRaised(unit: unit, obstacle: obstacle.id, office: obstacle.office, task: obstacle.task)])
    }
    handlers.on(AnswerObstacle.self) { request, call, transaction in
      var obstacle = try PlansStore.obstacle(request.obstacle, in: try call.home(), transaction)
      try call.expects(obstacle.version)
      let event = try PlansRules.answer(&obstacle, request, on: transaction.time.day)
      try PlansStore.update(obstacle, transaction)
      return .accepted(obstacle, events: [event])
    }
    handlers.on(ListObstacles.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), transaction)
    }
  }

  static func registerCommittees(in handlers: inout Handlers<Plans>) {
    handlers.on(KeepCommittee.self) { request, call, transaction in
      try PlansRules.check(request)
      let committee = CommitteeSummary(
        unit: try call.home(), committee: request.committee, members: request.members)
      try PlansStore.keep(committee, transaction)
      return .accepted(committee)
    }
    handlers.on(ListCommittees.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), on: request.today ?? transaction.time.day, transaction)
    }
  }
}
