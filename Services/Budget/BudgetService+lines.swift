import Bus
import Schema
import Storage

/// Lines that are entered, split and described.
extension BudgetService {
  static func registerLines(in handlers: inout Handlers<Budget>) {
    handlers.on(AddLine.self) { request, call, transaction in
      let unit = try call.home()
      if let task = request.task { try BudgetStore.check(task, in: unit, transaction) }
      try BudgetStore.check(number: request.number, isFreeIn: request.fiscalYear, of: unit, transaction)
      let year = try BudgetStore.year(request.fiscalYear, of: unit, transaction)
      var line = try BudgetRules.begin(request, in: unit, isClosed: year.closed)
      let hand = BudgetRules.Hand(account: call.caller.account, time: transaction.time)
      let entry = try BudgetRules.book(BudgetRules.estimate(of: request, on: line.summary.id), on: &line, by: hand)
      try BudgetStore.insert(line.summary, planned: 0, transaction)
      try BudgetStore.book(entry, on: line, transaction)
      return .accepted(
        try BudgetStore.line(line.summary.id, in: unit, transaction).summary,
        events: [BudgetRules.event(of: entry, on: line.summary)])
    }
    handlers.on(SplitLine.self) { request, call, transaction in
      var line = try BudgetStore.line(request.line, in: try call.home(), transaction)
      try call.expects(line.summary.version)
      let count = try BudgetStore.parts(of: request.line, transaction)
      let parts = try BudgetRules.split(&line, request, parts: count)
      for part in parts {
        try BudgetStore.insert(part.summary, planned: part.summary.estimated, transaction)
        try BudgetStore.save(part, transaction)
      }
      try BudgetStore.save(line, transaction)
      return .accepted(MoneyMoved(lines: [line.summary] + parts.map(\.summary)))
    }
    handlers.on(DescribeLine.self) { request, call, transaction in
      var line = try BudgetStore.line(request.line, in: try call.home(), transaction)
      try call.expects(line.summary.version)
      try BudgetRules.describe(&line, request)
      try BudgetStore.save(line, transaction)
      return .accepted(line.summary)
    }
  }
}
