/// A line was given money.
public struct LineAllocated: Event, Hashable {
  public static let name = "line.allocated"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var plan: Plan.ID?
  public var task: PlanTask.ID?
  /// The task's number and name in the plan.
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var leads: [Office.Code]
  public var amount: Money
  /// With this amount.
  public var allocated: Money
  public var document: DocumentNumber
  public var day: Day

  public init(
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID?, task: PlanTask.ID?, number: String, name: String, fiscalYear: Int,
    leads: [Office.Code], amount: Money, allocated: Money, document: DocumentNumber, day: Day
  ) {
    self.unit = unit
    self.line = line
    self.plan = plan
    self.task = task
    self.number = number
    self.name = name
    self.fiscalYear = fiscalYear
    self.leads = leads
    self.amount = amount
    self.allocated = allocated
    self.document = document
    self.day = day
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// A line's money was spent.
public struct LineDisbursed: Event, Hashable {
  public static let name = "line.disbursed"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var plan: Plan.ID?
  public var task: PlanTask.ID?
  public var fiscalYear: Int
  public var leads: [Office.Code]
  public var amount: Money
  public var allocated: Money
  /// With this amount.
  public var disbursed: Money
  public var day: Day

  public init(
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID?, task: PlanTask.ID?, fiscalYear: Int, leads: [Office.Code],
    amount: Money, allocated: Money, disbursed: Money, day: Day
  ) {
    self.unit = unit
    self.line = line
    self.plan = plan
    self.task = task
    self.fiscalYear = fiscalYear
    self.leads = leads
    self.amount = amount
    self.allocated = allocated
    self.disbursed = disbursed
    self.day = day
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// Somebody asked to spend more than is allocated and left; it was refused, and nothing moved.
public struct LineOverspent: Event, Hashable {
  public static let name = "line.overspent"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var plan: Plan.ID?
  public var task: PlanTask.ID?
  /// The task's number and name in the plan.
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var leads: [Office.Code]
  /// The plan's; nil for a line of none.
  public var focal: Office.Code?
  public var asked: Money
  /// Allocated and not spent.
  public var available: Money

  public init(
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID?, task: PlanTask.ID?, number: String, name: String, fiscalYear: Int,
    leads: [Office.Code], focal: Office.Code?, asked: Money, available: Money
  ) {
    self.unit = unit
    self.line = line
    self.plan = plan
    self.task = task
    self.number = number
    self.name = name
    self.fiscalYear = fiscalYear
    self.leads = leads
    self.focal = focal
    self.asked = asked
    self.available = available
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// A line's money is spent more slowly than its year goes by; said when somebody chases, and at each month's end.
public struct LineLagging: Event, Hashable {
  public static let name = "line.lagging"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var leads: [Office.Code]
  public var allocated: Money
  public var disbursed: Money
  /// Percent of the year that is over.
  public var elapsed: Int

  public init(
    unit: Unit, line: BudgetLine.ID, number: String, name: String, fiscalYear: Int, leads: [Office.Code],
    allocated: Money, disbursed: Money, elapsed: Int
  ) {
    self.unit = unit
    self.line = line
    self.number = number
    self.name = name
    self.fiscalYear = fiscalYear
    self.leads = leads
    self.allocated = allocated
    self.disbursed = disbursed
    self.elapsed = elapsed
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// Any entry but an allocation and a disbursement, which have events of their own.
public struct EntryBooked: Event, Hashable {
  public static let name = "entry.booked"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var fiscalYear: Int
  public var leads: [Office.Code]
  public var entry: BudgetEntry
  /// With this entry.
  public var approved: Money
  public var allocated: Money
  public var disbursed: Money

  public init(
    unit: Unit, line: BudgetLine.ID, fiscalYear: Int, leads: [Office.Code], entry: BudgetEntry, approved: Money,
    allocated: Money, disbursed: Money
  ) {
    self.unit = unit
    self.line = line
    self.fiscalYear = fiscalYear
    self.leads = leads
    self.entry = entry
    self.approved = approved
    self.allocated = allocated
    self.disbursed = disbursed
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// Somebody asked for an entry that may not be; nothing moved. Spending beyond what is there is `LineOverspent`.
public struct EntryRefused: Event, Hashable {
  public static let name = "entry.refused"
  public static let service = Budget.name

  public var unit: Unit
  /// As it was asked for: it may be no line of this unit.
  public var line: BudgetLine.ID
  public var method: String
  public var amount: Money?
  public var code: Int
  public var reason: Text
  public var account: Caller.Account

  public init(
    unit: Unit, line: BudgetLine.ID, method: String, amount: Money?, code: Int, reason: Text, account: Caller.Account
  ) {
    self.unit = unit
    self.line = line
    self.method = method
    self.amount = amount
    self.code = code
    self.reason = reason
    self.account = account
  }

  public var subject: String { "line/\(line)" }
  public var partition: String { "line/\(line)" }
}

/// A fiscal year of a unit was closed.
public struct YearClosed: Event, Hashable {
  public static let name = "year.closed"
  public static let service = Budget.name

  public var unit: Unit
  public var fiscalYear: Int
  public var document: DocumentNumber
  public var day: Day

  public init(unit: Unit, fiscalYear: Int, document: DocumentNumber, day: Day) {
    self.unit = unit
    self.fiscalYear = fiscalYear
    self.document = document
    self.day = day
  }

  public var subject: String { "year/\(fiscalYear)" }
  public var partition: String { "year/\(unit)/\(fiscalYear)" }
}

/// A closed fiscal year of a unit was opened again: what its province has seen of it may change.
public struct YearReopened: Event, Hashable {
  public static let name = "year.reopened"
  public static let service = Budget.name

  public var unit: Unit
  public var fiscalYear: Int
  public var document: DocumentNumber
  public var day: Day
  public var reason: String

  public init(unit: Unit, fiscalYear: Int, document: DocumentNumber, day: Day, reason: String) {
    self.unit = unit
    self.fiscalYear = fiscalYear
    self.document = document
    self.day = day
    self.reason = reason
  }

  public var subject: String { "year/\(fiscalYear)" }
  public var partition: String { "year/\(unit)/\(fiscalYear)" }
}
