import Bus
import Schema
import Storage

/// Fiscal years, and what is looked at over a whole one.
extension BudgetService {
  static func registerYears(in handlers: inout Handlers<Budget>) {
    handlers.on(CloseYear.self) { request, call, transaction in
      try change(request.fiscalYear, call, transaction) { year, today throws(Refusal) in
        try BudgetRules.close(&year, request, today: today)
      }
    }
    handlers.on(ReopenYear.self) { request, call, transaction in
      try change(request.fiscalYear, call, transaction) { year, today throws(Refusal) in
        try BudgetRules.reopen(&year, request, today: today)
      }
    }
    handlers.on(RecordSpending.self) { request, call, transaction in
      try change(request.fiscalYear, call, transaction) { year, _ throws(Refusal) in
        try BudgetRules.record(request, in: &year)
        return nil
      }
    }
    handlers.on(CheckBudget.self) { request, call, transaction in
      let today = transaction.time.day
      let checks = try checks(of: try call.home(), in: request.fiscalYear, on: today, transaction)
      return BudgetFindings(checks.findings, on: today)
    }
    handlers.on(ChaseLag.self) { request, call, transaction in
      let today = transaction.time.day
      let checks = try checks(of: try call.home(), in: request.fiscalYear, on: today, transaction)
      return .accepted(
        BudgetFindings(checks.findings.filter { $0.check == .lag }, on: today), events: checks.lagging)
    }
  }

  private static func change(
    _ fiscalYear: Int, _ call: Call, _ transaction: borrowing Transaction,
    _ change: (inout YearSummary, _ today: Day) throws(Refusal) -> (any Event)?
  ) throws -> Outcome<YearSummary> {
    var year = try BudgetStore.year(fiscalYear, of: try call.home(), transaction)
    try call.expects(year.version)
    let event = try change(&year, transaction.time.day)
    try BudgetStore.save(year, transaction)
    return .accepted(year, events: event.map { [$0] } ?? [])
  }

  static func checks(
    of unit: Unit, in fiscalYear: Int, on today: Day, _ transaction: borrowing Transaction
  ) throws -> BudgetChecks {
    BudgetChecks(
      fiscalYear: fiscalYear, today: today,
      lines: try BudgetStore.lines(of: unit, in: fiscalYear, transaction),
      plans: try BudgetStore.plans(of: unit, in: fiscalYear, transaction),
      year: try BudgetStore.year(fiscalYear, of: unit, transaction))
  }
}

extension BudgetFindings {
  /// As many as a reply has room for.
  init(_ findings: [BudgetFinding], on day: Day) {
    self.init(day: day, findings: Array(findings.prefix(200)), more: max(0, findings.count - 200))
  }
}
