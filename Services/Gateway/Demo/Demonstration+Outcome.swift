import Schema

extension Demonstration {
  /// What came of it, in the services' own replies: as the provinces see it, as the offices do, as the operator does.
  struct Outcome: Codable {
    struct Commune: Codable {
      var unit: Unit
      var name: String
      /// Nil for one that only counts.
      var plan: PlanSummary?
      /// Its tasks that have begun or were given money, with both side by side.
      var moving: [TaskInFull]
    }

    struct Province: Codable {
      var unit: Unit
      var name: String
      var communes: [Commune] = []
      /// By the plans' year.
      var indicators: [Standings] = []
      /// By fiscal year: one year's is never added to another's.
      var money: [BudgetTotals] = []
      /// Đề án 06, in the last month of the quarter.
      var enrolment: CountsTable?
    }

    /// A year's indicators of each commune, and of all of them.
    struct Standings: Codable {
      var year: Int
      var units: [IndicatorOverview.Item]
      var total: IndicatorOverview.Item
    }

    /// More than was left: refused, and said to those who answer for the task.
    struct RefusedPayment: Codable {
      /// As it stood.
      var line: LineSummary
      var asked: Money
      /// The reply's code.
      var code: UInt16
      var text: Text
      var told: [Told] = []
    }

    /// A fiscal year as it went, entry by entry.
    struct PlayedYear: Codable {
      struct Step: Codable {
        var day: Day
        var phase: Open<BudgetEntry.Phase>
        /// Below zero where it leaves the line.
        var amount: Money
        /// As it stands then.
        var line: LineSummary
      }

      var fiscalYear: Int
      var steps: [Step] = []
    }

    struct Told: Codable {
      var office: Office
      var notice: NoticeSummary
    }

    struct Notices: Codable {
      var unit: Unit
      var office: Office
      var count: Int
      var first: NoticeSummary
    }

    var provinces: [Province] = []
    var refusals: [RefusedPayment] = []
    var years: [PlayedYear] = []
    var notices: [Notices] = []
    var services: [ServiceHealth] = []
    /// From nothing to a stack that answers.
    var readyMilliseconds: Int64 = 0
    /// From nothing to the last figure.
    var tookMilliseconds: Int64 = 0
  }
}

extension Demonstration.Outcome.Standings {
  init(_ overview: IndicatorOverview, in unit: Unit) {
    var total = IndicatorOverview.Item(unit: unit)
    for item in overview.units {
      total.met += item.met
      total.behind += item.behind
      total.noData += item.noData
      total.reportOnly += item.reportOnly
    }
    self.init(year: overview.year, units: overview.units, total: total)
  }
}

extension Demonstration.Outcome.RefusedPayment {
  init(_ request: DisburseMoney, of line: LineSummary, _ refusal: Refusal) {
    self.init(line: line, asked: request.amount, code: refusal.status.rawValue, text: refusal.text)
  }

  /// What offices are told of it.
  var notice: Notice.Content {
    let available = Money(dong: line.allocated.dong - line.disbursed.dong)
    return .lineOverspent(number: line.number, name: line.name, asked: asked, available: available)
  }
}
