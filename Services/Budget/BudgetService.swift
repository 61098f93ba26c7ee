import Bus
import Schema
import Service
import Storage

/// The budget service: makes lines of what plans estimate, and keeps the ledger of each.
@main struct BudgetService: HostedService {
  typealias Interface = Budget

  static let migrations = BudgetMigrations.all

  static func register(in handlers: inout Handlers<Budget>) {
    handlers.on(AllocateMoney.self) { request, call, transaction in
      var line = try BudgetStore.line(request.line, in: try call.home(), transaction).summary
      try call.expects(line.version)
      let (entry, event) = try BudgetRules.allocate(&line, request, by: call.caller.account, at: transaction.time)
      try BudgetStore.book(entry, on: line, transaction)
      return .accepted(line, events: [event])
    }
    handlers.on(DisburseMoney.self) { request, call, transaction in
      var line = try BudgetStore.line(request.line, in: try call.home(), transaction)
      try call.expects(line.summary.version)
      let booking = try BudgetRules.disburse(
        &line.summary, request, by: call.caller.account, at: transaction.time)
      guard let (entry, event) = booking else {
        let (refusal, event) = BudgetRules.overspent(line, asked: request.amount)
        return .refused(refusal, events: [event])
      }
      try BudgetStore.book(entry, on: line.summary, transaction)
      return .accepted(line.summary, events: [event])
    }
    handlers.on(ListLines.self) { request, call, transaction in
      try BudgetStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(ListEntries.self) { request, call, transaction in
      _ = try BudgetStore.line(request.line, in: try call.home(), transaction)
      return try BudgetStore.list(request, transaction)
    }
    handlers.on(TotalBudget.self) { request, call, transaction in
      let unit = try call.home()
      let lines = try BudgetStore.money(of: unit, in: request.fiscalYear, transaction)
      return try BudgetRules.totals(lines, of: unit, in: request.fiscalYear)
    }
  }

  static var subscriptions: [Subscription] {
    var plans = Subscription(to: Plans.name) { transaction in try BudgetStore.resetPlans(transaction) }
    plans.on(PlanIssued.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(TaskAssigned.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(TaskContinued.self) { event, transaction in try BudgetStore.keep(event.data, transaction) }
    plans.on(LineEstimated.self) { event, transaction in try BudgetStore.keep(event, transaction) }
    plans.on(PlanSuperseded.self) { event, transaction in
      try BudgetStore.endEstimates(of: event.data.plan, transaction)
    }
    plans.on(PlanRevoked.self) { event, transaction in try BudgetStore.endEstimates(of: event.data.plan, transaction) }
    return [plans]
  }
}
