import Bus
import Schema
import Service
import Storage

/// The budget service: makes lines of what plans estimate, takes others, and keeps the ledger of each.
@main struct BudgetService: HostedService {
  typealias Interface = Budget

  static let migrations = BudgetMigrations.all

  static func register(in handlers: inout Handlers<Budget>) {
    registerMoney(in: &handlers)
    registerLines(in: &handlers)
    registerYears(in: &handlers)
    handlers.on(ListLines.self) { request, call, transaction in
      try BudgetStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(ListEntries.self) { request, call, transaction in
      _ = try BudgetStore.line(request.line, in: try call.home(), transaction)
      return try BudgetStore.list(request, transaction)
    }
    handlers.on(ListYears.self) { request, call, transaction in
      try BudgetStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(TotalBudget.self) { request, call, transaction in
      let unit = try call.home()
      let lines = try BudgetStore.lines(of: unit, in: request.fiscalYear, transaction)
      return try BudgetRules.totals(
        lines.map { LineMoney($0.summary) },
        unfunded: try BudgetStore.unfunded(of: unit, in: request.fiscalYear, transaction), of: unit,
        in: request.fiscalYear)
    }
  }

  static var subscriptions: [Subscription] {
    var plans = Subscription(to: Plans.name) { transaction in try BudgetStore.resetPlans(transaction) }
    plans.on(PlanIssued.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(TaskAssigned.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(TaskProgressed.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(TaskContinued.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(LineEstimated.self) { event, transaction in try BudgetStore.keep(event, transaction) }
    plans.on(PlanSuperseded.self) { event, transaction in try BudgetStore.end(event.data.plan, transaction) }
    plans.on(PlanRevoked.self) { event, transaction in try BudgetStore.end(event.data.plan, transaction) }
    return [plans]
  }
}
