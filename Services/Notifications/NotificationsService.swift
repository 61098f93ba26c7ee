import Bus
import Logging
import Schema
import Service
import Storage

/// The notifications service: reads every stream, keeps for each office what concerns it, reminds it of what is due, and
/// sends both to where the office wants to be told.
@main struct NotificationsService: HostedService {
  typealias Interface = Notifications

  static let migrations = NotificationsMigrations.all

  static var subscriptions: [Subscription] { [identity, plans, budget, indicators] }

  private static var identity: Subscription {
    var identity = Subscription(to: Identity.name) { transaction in try NotificationsStore.resetIdentity(transaction) }
    identity.on(AccountAdmitted.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
      guard let account = try NotificationsStore.account(event.data.account, on: event.time.day, transaction) else {
        return
      }
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(KeyAdmitted.self) { event, transaction in
      let seat = event.data.seat
      guard let account = try NotificationsStore.account(seat.account, on: event.time.day, transaction) else { return }
      try NotificationsStore.admit(account.name, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(KeyRevoked.self) { event, transaction in
      guard let account = try NotificationsStore.account(event.data.account, on: event.time.day, transaction) else {
        return
      }
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(AccountRevoked.self) { event, transaction in
      guard let account = try NotificationsStore.account(event.data.account, on: event.time.day, transaction) else {
        return
      }
      try NotificationsStore.remove(account.name, in: event.unit, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(SeatChanged.self) { event, transaction in
      try NotificationsStore.keep(event.data.seat, in: event.unit, transaction)
    }
    identity.on(OfficeKept.self) { event, transaction in
      let before = try NotificationsStore.keep(event.data, transaction)
      let focal = try NotificationsStore.focal(of: event.data.unit, on: event.time.day, transaction)
      try NotificationsStore.post(
        NotificationsRules.notices(of: event, before: before, focal: focal), from: Identity.name, transaction)
    }
    identity.on(CountsRecorded.self) { event, transaction in
      let (unit, recorder) = (event.data.unit, event.data.office)
      let name = try recorder.flatMap { try NotificationsStore.name(of: $0, in: unit, transaction) }
      let focal = try NotificationsStore.focal(of: unit, on: event.time.day, transaction)
      try NotificationsStore.post(
        NotificationsRules.notices(of: event, by: name, focal: focal), from: Identity.name, transaction)
      guard let (now, before) = try NotificationsStore.keep(event.data, transaction) else { return }
      if let drop = NotificationsRules.drop(of: event, from: before, to: now) {
        try NotificationsStore.open(drop, from: Identity.name, in: drop.subject, transaction)
      } else {
        try NotificationsStore.close(.drop, of: "office/\(event.data.village.code)", in: unit, transaction)
      }
    }
    identity.on(SubjectRequestMoved.self) { event, transaction in
      let known = try NotificationsStore.matter(.request, of: event.subject, in: event.unit, transaction)
      if let matter = NotificationsRules.matter(of: event, known) {
        try NotificationsStore.open(matter, from: Identity.name, in: event.subject, transaction)
      } else {
        try NotificationsStore.close(.request, of: event.subject, in: event.unit, transaction)
      }
    }
    return identity
  }

  private static var plans: Subscription {
    var plans = Subscription(to: Plans.name) { transaction in try NotificationsStore.resetPlans(transaction) }
    plans.on(PlanIssued.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
      let offices = try NotificationsStore.names(in: event.unit, on: event.time.day, transaction)
      let replaced = try NotificationsStore.plan(replacedBy: event.data.plan, transaction)
      try NotificationsStore.post(
        NotificationsRules.notices(of: event, offices, replacing: replaced), from: Plans.name, transaction)
    }
    plans.on(TaskAssigned.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
      let task = try NotificationsStore.task(event.data.task, transaction)
      try NotificationsStore.open(
        NotificationsRules.matter(of: event, focal: task.focal), from: Plans.name, in: "plan/\(event.data.plan)",
        transaction)
    }
    plans.on(TaskContinued.self) { event, transaction in
      try follow(event.data.status.known, event, transaction)
    }
    plans.on(TaskProgressed.self) { event, transaction in
      let task = try NotificationsStore.task(event.data.task, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, task), from: Plans.name, transaction)
      try follow(event.data.status.known, event, transaction)
      guard event.data.status == .returned else { return }
      try NotificationsStore.open(
        NotificationsRules.returned(event, task), from: Plans.name, in: "plan/\(event.data.plan)", transaction)
    }
    plans.on(TaskDue.self) { event, transaction in
      let matter = try NotificationsStore.matter(.task, of: event.subject, in: event.unit, transaction)
      guard let matter else { return }
      for matter in NotificationsRules.matters(of: event, matter) {
        try NotificationsStore.open(matter, from: Plans.name, in: "plan/\(event.data.plan)", transaction)
      }
    }
    plans.on(BasisEnded.self) { event, transaction in
      let plan = try NotificationsStore.plan(event.data.plan, transaction)
      try NotificationsStore.open(
        NotificationsRules.matter(of: event, plan), from: Plans.name, in: event.subject, transaction)
    }
    plans.on(ObstacleRaised.self) { event, transaction in
      let (unit, raised) = (event.unit, event.data)
      let notices = NotificationsRules.notices(
        of: event, try raised.task.flatMap { try NotificationsStore.row(of: $0, transaction) },
        by: try NotificationsStore.name(of: raised.office, in: unit, transaction),
        focal: try NotificationsStore.focal(of: unit, on: event.time.day, transaction))
      try NotificationsStore.post(notices, from: Plans.name, transaction)
    }
    plans.on(ObstacleAnswered.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Plans.name, transaction)
    }
    plans.on(SubplanExpected.self) { event, transaction in
      try NotificationsStore.open(
        NotificationsRules.matter(of: event), from: Plans.name, in: event.subject, transaction)
    }
    plans.on(SubplanSettled.self) { event, transaction in
      try NotificationsStore.close(.subplan, of: event.subject, in: event.unit, transaction)
    }
    plans.on(PlanSuperseded.self) { event, transaction in
      // Its issue says by which: it follows at once.
      try NotificationsStore.keep(event.data, transaction)
      try NotificationsStore.close(scope: event.subject, in: event.unit, transaction)
    }
    plans.on(PlanClosed.self) { event, transaction in
      try NotificationsStore.close(scope: event.subject, in: event.unit, transaction)
    }
    plans.on(PlanRevoked.self) { event, transaction in
      if let plan = try NotificationsStore.plan(event.data.plan, transaction) {
        let offices = try NotificationsStore.names(in: event.unit, on: event.time.day, transaction)
        try NotificationsStore.post(
          NotificationsRules.notices(of: event, plan, offices), from: Plans.name, transaction)
      }
      try NotificationsStore.close(scope: event.subject, in: event.unit, transaction)
    }
    return plans
  }

  /// What a task's state means for those who are reminded of it.
  private static func follow<Payload: Event>(
    _ status: PlanTask.Status?, _ event: CloudEvent<Payload>, _ transaction: borrowing Transaction
  ) throws {
    let (task, unit) = (event.subject, event.unit)
    try NotificationsStore.close(.returned, of: task, in: unit, transaction)
    switch status {
    case .done, .cancelled:
      try NotificationsStore.close(.task, of: task, in: unit, transaction)
      try NotificationsStore.close(.deadline, of: task, in: unit, transaction)
    case .paused, .submitted: try NotificationsStore.suspend(true, .task, of: task, in: unit, transaction)
    case .planned, .inProgress, .returned:
      try NotificationsStore.suspend(false, .task, of: task, in: unit, transaction)
    case nil: break
    }
  }

  private static var budget: Subscription {
    var budget = Subscription(to: Budget.name) { transaction in try NotificationsStore.resetBudget(transaction) }
    budget.on(LineAllocated.self) { event, transaction in
      try NotificationsStore.close(.refusal, of: event.subject, in: event.unit, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Budget.name, transaction)
    }
    budget.on(LineOverspent.self) { event, transaction in
      let matter = NotificationsRules.matter(of: event)
      try NotificationsStore.open(matter, from: Budget.name, in: "year/\(event.data.fiscalYear)", transaction)
      let notices = NotificationsRules.notices(of: event)
      try NotificationsStore.post(notices, from: Budget.name, transaction)
      try NotificationsStore.said(notices, of: matter, transaction)
    }
    budget.on(LineLagging.self) { event, transaction in
      let matter = NotificationsRules.matter(of: event)
      let known = try NotificationsStore.matter(.lag, of: event.subject, in: event.unit, transaction)
      // Who looks twice finds the same: that is told once.
      guard known?.content != matter.content else { return }
      try NotificationsStore.open(matter, from: Budget.name, in: "year/\(event.data.fiscalYear)", transaction)
    }
    budget.on(LineDisbursed.self) { event, transaction in
      try NotificationsStore.close(.lag, of: event.subject, in: event.unit, transaction)
    }
    budget.on(YearClosed.self) { event, transaction in
      try NotificationsStore.close(scope: event.subject, in: event.unit, transaction)
    }
    return budget
  }

  private static var indicators: Subscription {
    var indicators = Subscription(to: Indicators.name) { transaction in
      try NotificationsStore.resetIndicators(transaction)
    }
    indicators.on(ObservationRecorded.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Indicators.name, transaction)
    }
    indicators.on(ObservationsImported.self) { event, transaction in
      let notices = NotificationsRules.notices(
        of: event, by: try NotificationsStore.name(of: event.data.office, in: event.unit, transaction),
        focal: try NotificationsStore.focal(of: event.unit, on: event.time.day, transaction))
      try NotificationsStore.post(notices, from: Indicators.name, transaction)
    }
    indicators.on(ReportExpected.self) { event, transaction in
      try NotificationsStore.open(
        NotificationsRules.matter(of: event), from: Indicators.name, in: event.subject, transaction)
    }
    indicators.on(ReportSettled.self) { event, transaction in
      try NotificationsStore.close(.report, of: event.subject, in: event.unit, transaction)
    }
    indicators.on(SubmissionMoved.self) { event, transaction in
      try NotificationsStore.close(.review, of: event.subject, in: event.unit, transaction)
      guard event.data.submission.status == .inReview else { return }
      try NotificationsStore.open(
        NotificationsRules.review(event), from: Indicators.name, in: event.subject, transaction)
    }
    indicators.on(TargetEndangered.self) { event, transaction in
      try NotificationsStore.open(
        NotificationsRules.matter(of: event), from: Indicators.name, in: event.subject, transaction)
    }
    indicators.on(TargetRecovered.self) { event, transaction in
      try NotificationsStore.close(.risk, of: event.subject, in: event.unit, transaction)
    }
    indicators.on(TargetMet.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Indicators.name, transaction)
    }
    return indicators
  }
}
