import Schema

/// A line as it is kept: what is shown of it, its ledger, and what decides whether it may move.
struct LineRecord {
  var summary: LineSummary
  /// Whom its plan asks to watch over it; nil for an entered line of no plan.
  var focal: Office.Code?
  var ledger: Ledger
  /// When its money was there to be spent.
  var days = LedgerDays()
  /// Entered here, or split off; else its estimate is its plan's.
  var isEntered: Bool
  /// Its plan was replaced or withdrawn, and no later one goes on with it.
  var isEnded: Bool
  /// Its fiscal year is closed.
  var isClosed: Bool
}

extension LineSummary {
  /// Shows what a ledger comes to.
  ///
  /// - Parameter planned: What the plan estimates, less what was split off.
  mutating func show(_ ledger: Ledger, planned: Money) throws(Refusal) {
    guard let estimated = planned.adding(ledger[.estimated]) else {
      throw Refusal(
        .invalid, vi: "Dự toán của dòng này quá lớn.", en: "The line's estimate is too large.", at: "amount")
    }
    self.estimated = estimated
    approved = ledger.approved
    allocated = ledger.allocated
    committed = ledger[.committed]
    advanced = ledger[.advanced]
    disbursed = ledger.disbursed
    settled = ledger[.settled]
    carried = ledger[.carried]
  }
}

/// What totals need to know of a line.
struct LineMoney {
  var unit: Unit
  var source: Open<FundSource>
  var leads: [Office.Code]
  var spender: Office.Code?
  var pillar: Open<Pillar>?
  var sums: MoneySums
}

/// A plan's money, as it declares it and as its lines have it.
struct PlanMoney {
  var plan: Plan.ID
  var number: DocumentNumber
  var declared: Money
  var estimated: Money
}
