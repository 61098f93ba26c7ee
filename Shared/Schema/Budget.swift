/// The budget service: the plans' money by line and fiscal year, what was approved and allocated of it, and what was spent.
///
/// The treasury (KBNN) and the accountant keep the ledger of record; this one stands beside the plan's work, to the đồng.
public enum Budget: Contract {
  public static let name: ServiceName = "budget"
  public static let requests: [any Request.Type] = [
    AllocateMoney.self, DisburseMoney.self, BookMoney.self, MoveMoney.self, ReverseEntry.self, AddLine.self,
    SplitLine.self, DescribeLine.self, CloseYear.self, ReopenYear.self, RecordSpending.self, ChaseLag.self,
    ListLines.self, ListEntries.self, ListYears.self, TotalBudget.self, CheckBudget.self,
  ]
  public static let events: [any Event.Type] = [
    LineAllocated.self, LineDisbursed.self, LineOverspent.self, LineLagging.self, EntryBooked.self, EntryRefused.self,
    YearClosed.self, YearReopened.self,
  ]
  public static let follows: [ServiceName] = [Plans.name]
}

/// Dòng dự toán: money for one purpose in one fiscal year. Most come from a task of an issued plan; others are entered.
public enum BudgetLine {
  public typealias ID = Identifier<BudgetLine>
}
