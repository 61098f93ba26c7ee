import Bus
import Schema
import Service
import Storage

/// The notifications service: reads every stream, and keeps for each office what concerns it.
@main struct NotificationsService: HostedService {
  typealias Interface = Notifications

  static let migrations = NotificationsMigrations.all

  static func register(in handlers: inout Handlers<Notifications>) {
    handlers.on(ReadInbox.self) { request, call, transaction in
      let office = try NotificationsRules.office(request.office, for: call.caller)
      return try NotificationsStore.inbox(of: office, in: try call.home(), after: request.after, transaction)
    }
  }

  static var subscriptions: [Subscription] { [identity, plans, budget, indicators] }

  private static var identity: Subscription {
    var identity = Subscription(to: Identity.name) { transaction in try NotificationsStore.resetIdentity(transaction) }
    identity.on(AccountAdmitted.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
      guard let account = try NotificationsStore.account(event.data.account, transaction) else { return }
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(KeyAdmitted.self) { event, transaction in
      guard let account = try NotificationsStore.account(event.data.seat.account, transaction) else { return }
      try NotificationsStore.admit(account.name, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(KeyRevoked.self) { event, transaction in
      guard let account = try NotificationsStore.account(event.data.account, transaction) else { return }
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(AccountRevoked.self) { event, transaction in
      guard let account = try NotificationsStore.account(event.data.account, transaction) else { return }
      try NotificationsStore.remove(account.name, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, account), from: Identity.name, transaction)
    }
    identity.on(OfficeKept.self) { event, transaction in
      let before = try NotificationsStore.keep(event.data, transaction)
      let focal = try NotificationsStore.focal(of: event.data.unit, transaction)
      try NotificationsStore.post(
        NotificationsRules.notices(of: event, before: before, focal: focal), from: Identity.name, transaction)
    }
    identity.on(CountsRecorded.self) { event, transaction in
      let (unit, recorder) = (event.data.unit, event.data.office)
      let name = try recorder.flatMap { try NotificationsStore.name(of: $0, in: unit, transaction) }
      let focal = try NotificationsStore.focal(of: unit, transaction)
      try NotificationsStore.post(
        NotificationsRules.notices(of: event, by: name, focal: focal), from: Identity.name, transaction)
    }
    return identity
  }

  private static var plans: Subscription {
    var plans = Subscription(to: Plans.name) { transaction in try NotificationsStore.resetPlans(transaction) }
    plans.on(PlanIssued.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Plans.name, transaction)
    }
    plans.on(TaskAssigned.self) { event, transaction in
      try NotificationsStore.keep(event.data, transaction)
    }
    plans.on(TaskProgressed.self) { event, transaction in
      let task = try NotificationsStore.task(event.data.task, transaction)
      try NotificationsStore.post(NotificationsRules.notices(of: event, task), from: Plans.name, transaction)
    }
    return plans
  }

  private static var budget: Subscription {
    var budget = Subscription(to: Budget.name) { transaction in try NotificationsStore.resetBudget(transaction) }
    budget.on(LineAllocated.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Budget.name, transaction)
    }
    budget.on(LineOverspent.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Budget.name, transaction)
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
    indicators.on(TargetMet.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Indicators.name, transaction)
    }
    return indicators
  }
}
