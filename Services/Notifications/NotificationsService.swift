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

  static var subscriptions: [Subscription] {
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
    var budget = Subscription(to: Budget.name) { transaction in try NotificationsStore.resetBudget(transaction) }
    budget.on(LineAllocated.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Budget.name, transaction)
    }
    budget.on(LineOverspent.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Budget.name, transaction)
    }
    var indicators = Subscription(to: Indicators.name) { transaction in
      try NotificationsStore.resetIndicators(transaction)
    }
    indicators.on(ObservationRecorded.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Indicators.name, transaction)
    }
    indicators.on(TargetMet.self) { event, transaction in
      try NotificationsStore.post(NotificationsRules.notices(of: event), from: Indicators.name, transaction)
    }
    return [plans, budget, indicators]
  }
}
