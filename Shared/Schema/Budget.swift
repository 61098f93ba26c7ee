/// The budget service: the plans' money by line and fiscal year, what was allocated of it and what was spent.
public enum Budget: Contract {
  public static let name: ServiceName = "budget"
  public static let requests: [any Request.Type] = [
    AllocateMoney.self, DisburseMoney.self, ListLines.self, ListEntries.self, TotalBudget.self,
  ]
  public static let events: [any Event.Type] = [LineAllocated.self, LineDisbursed.self, LineOverspent.self]
  public static let follows: [ServiceName] = [Plans.name]
}

// MARK: A line and its ledger

/// Dòng dự toán: money that a plan estimates for one task in one fiscal year.
public enum BudgetLine {
  public typealias ID = Identifier<BudgetLine>
}

/// Bút toán: one movement of a line's money. It is never changed.
public struct BudgetEntry: Codable, Hashable, Sendable {
  public typealias ID = Identifier<BudgetEntry>

  public enum Phase: String, Codable, Hashable, Sendable {
    /// Phân bổ
    case allocate
    /// Giải ngân
    case disburse
  }

  public var id: ID
  public var phase: Open<Phase>
  /// Above zero.
  public var amount: Money
  /// When it took effect, by its document.
  public var day: Day
  /// The decision that allocates.
  public var document: DocumentNumber?
  /// The payment's, at the treasury (KBNN).
  public var reference: String?
  /// Who entered it, and when.
  public var account: Caller.Account
  public var time: Timestamp

  public init(
    id: ID, phase: Open<Phase>, amount: Money, day: Day, document: DocumentNumber? = nil, reference: String? = nil,
    account: Caller.Account, time: Timestamp
  ) {
    self.id = id
    self.phase = phase
    self.amount = amount
    self.day = day
    self.document = document
    self.reference = reference
    self.account = account
    self.time = time
  }
}

// MARK: Requests

/// Phân bổ: gives money to a line, by a decision.
public struct AllocateMoney: Command, Hashable {
  public typealias Reply = LineSummary
  public static let method: Method = "budget.allocate"
  public static let access: Access = .write(by: .finance)

  public var line: BudgetLine.ID
  public var amount: Money
  public var document: DocumentNumber
  public var day: Day

  public init(line: BudgetLine.ID, amount: Money, document: DocumentNumber, day: Day) {
    self.line = line
    self.amount = amount
    self.document = document
    self.day = day
  }
}

/// Giải ngân: spends of what is allocated, and never more; what would be more is refused, and said.
public struct DisburseMoney: Command, Hashable {
  public typealias Reply = LineSummary
  public static let method: Method = "budget.disburse"
  public static let access: Access = .write(by: .finance)

  public var line: BudgetLine.ID
  public var amount: Money
  public var day: Day
  /// The payment's, at the treasury (KBNN).
  public var reference: String

  public init(line: BudgetLine.ID, amount: Money, day: Day, reference: String) {
    self.line = line
    self.amount = amount
    self.day = day
    self.reference = reference
  }
}

/// The lines of a unit and of the units below it, in the order of the plans.
public struct ListLines: Query, Hashable {
  public typealias Reply = Page<LineSummary>
  public static let method: Method = "budget.lines"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public var fiscalYear: Int?
  public var plan: Plan.ID?
  /// Those that this office leads.
  public var office: Office.Code?
  public var task: PlanTask.ID?
  public var after: String?

  public init(
    fiscalYear: Int? = nil, plan: Plan.ID? = nil, office: Office.Code? = nil, task: PlanTask.ID? = nil,
    after: String? = nil
  ) {
    self.fiscalYear = fiscalYear
    self.plan = plan
    self.office = office
    self.task = task
    self.after = after
  }
}

/// The ledger of one line, oldest first.
public struct ListEntries: Query, Hashable {
  public typealias Reply = Page<BudgetEntry>
  public static let method: Method = "budget.entries"
  public static let access: Access = ListLines.access

  public var line: BudgetLine.ID
  public var after: String?

  public init(line: BudgetLine.ID, after: String? = nil) {
    self.line = line
    self.after = after
  }
}

/// What a unit and the units below it have in one fiscal year; years are never added up.
public struct TotalBudget: Query, Hashable {
  public typealias Reply = BudgetTotals
  public static let method: Method = "budget.totals"
  public static let access: Access = ListLines.access

  public var fiscalYear: Int

  public init(fiscalYear: Int) { self.fiscalYear = fiscalYear }
}

// MARK: Replies

/// A line, and how its money stands.
public struct LineSummary: Body, Codable, Hashable {
  public var id: BudgetLine.ID
  public var unit: Unit
  /// Of the ledger; rises with every entry.
  public var version: Int
  public var plan: Plan.ID
  public var task: PlanTask.ID
  /// The task's number and name in the plan.
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var source: Open<FundSource>
  /// The source as printed.
  public var sourceText: String?
  public var leads: [Office.Code]
  /// Dự toán: as the plan has it.
  public var estimated: Money
  public var allocated: Money
  public var disbursed: Money

  public init(
    id: BudgetLine.ID, unit: Unit, version: Int, plan: Plan.ID, task: PlanTask.ID, number: String, name: String,
    fiscalYear: Int, source: Open<FundSource>, sourceText: String? = nil, leads: [Office.Code], estimated: Money,
    allocated: Money, disbursed: Money
  ) {
    self.id = id
    self.unit = unit
    self.version = version
    self.plan = plan
    self.task = task
    self.number = number
    self.name = name
    self.fiscalYear = fiscalYear
    self.source = source
    self.sourceText = sourceText
    self.leads = leads
    self.estimated = estimated
    self.allocated = allocated
    self.disbursed = disbursed
  }
}

/// Lines added up.
public struct MoneySums: Codable, Hashable, Sendable {
  public var lines: Int
  public var estimated: Money
  public var allocated: Money
  public var disbursed: Money

  public init(lines: Int = 0, estimated: Money = 0, allocated: Money = 0, disbursed: Money = 0) {
    self.lines = lines
    self.estimated = estimated
    self.allocated = allocated
    self.disbursed = disbursed
  }
}

/// One fiscal year's money; each of the lists adds up to `sums`.
public struct BudgetTotals: Body, Codable, Hashable {
  public struct OfUnit: Codable, Hashable, Sendable {
    public var unit: Unit
    public var sums: MoneySums

    public init(unit: Unit, sums: MoneySums) {
      self.unit = unit
      self.sums = sums
    }
  }

  public struct OfSource: Codable, Hashable, Sendable {
    public var source: Open<FundSource>
    public var sums: MoneySums

    public init(source: Open<FundSource>, sums: MoneySums) {
      self.source = source
      self.sums = sums
    }
  }

  /// Of several leads the money is theirs together (chung), and counted once until it is split.
  public struct OfLeads: Codable, Hashable, Sendable {
    public var leads: [Office.Code]
    public var sums: MoneySums

    public init(leads: [Office.Code], sums: MoneySums) {
      self.leads = leads
      self.sums = sums
    }
  }

  public var unit: Unit
  public var fiscalYear: Int
  public var sums: MoneySums
  /// Of a province, each unit that has lines; empty for a commune.
  public var units: [OfUnit]
  public var sources: [OfSource]
  /// A province adds up what its communes call by the same codes.
  public var leads: [OfLeads]

  public init(
    unit: Unit, fiscalYear: Int, sums: MoneySums, units: [OfUnit], sources: [OfSource], leads: [OfLeads]
  ) {
    self.unit = unit
    self.fiscalYear = fiscalYear
    self.sums = sums
    self.units = units
    self.sources = sources
    self.leads = leads
  }
}

// MARK: Events

/// A line was given money.
public struct LineAllocated: Event, Hashable {
  public static let name = "line.allocated"
  public static let service = Budget.name

  public var unit: Unit
  public var line: BudgetLine.ID
  public var plan: Plan.ID
  public var task: PlanTask.ID
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
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID, task: PlanTask.ID, number: String, name: String, fiscalYear: Int,
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
  public var plan: Plan.ID
  public var task: PlanTask.ID
  public var fiscalYear: Int
  public var leads: [Office.Code]
  public var amount: Money
  public var allocated: Money
  /// With this amount.
  public var disbursed: Money
  public var day: Day

  public init(
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID, task: PlanTask.ID, fiscalYear: Int, leads: [Office.Code],
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
  public var plan: Plan.ID
  public var task: PlanTask.ID
  /// The task's number and name in the plan.
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var leads: [Office.Code]
  /// The plan's.
  public var focal: Office.Code
  public var asked: Money
  /// Allocated and not spent.
  public var available: Money

  public init(
    unit: Unit, line: BudgetLine.ID, plan: Plan.ID, task: PlanTask.ID, number: String, name: String, fiscalYear: Int,
    leads: [Office.Code], focal: Office.Code, asked: Money, available: Money
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
