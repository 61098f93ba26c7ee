/// What is known of a line beside its money; each part may be unknown.
public struct LineDetail: Codable, Hashable, Sendable {
  public enum Expenditure: String, Codable, Hashable, Sendable {
    /// Chi thường xuyên
    case recurrent
    /// Chi đầu tư
    case investment
  }

  /// Đơn vị sử dụng ngân sách: it is often not the office that leads.
  public var spender: Office.Code?
  public var pillar: Open<Pillar>?
  public var expenditure: Open<Expenditure>?
  /// Such as 9 villages at a price each; taxes are in it.
  public var quantity: Int64?
  public var price: Money?
  public var codes: BudgetCodes?

  public init(
    spender: Office.Code? = nil, pillar: Open<Pillar>? = nil, expenditure: Open<Expenditure>? = nil,
    quantity: Int64? = nil, price: Money? = nil, codes: BudgetCodes? = nil
  ) {
    self.spender = spender
    self.pillar = pillar
    self.expenditure = expenditure
    self.quantity = quantity
    self.price = price
    self.codes = codes
  }
}

/// Mục lục ngân sách: the budget classification, as digits. Circular 324/2016/TT-BTC and what amends it lists the codes.
public struct BudgetCodes: Codable, Hashable, Sendable {
  /// Chương, 3 digits.
  public var chapter: String?
  /// Loại, 3 digits.
  public var category: String?
  /// Khoản, 3 digits: within its loại.
  public var division: String?
  /// Mục, 4 digits.
  public var item: String?
  /// Tiểu mục, 4 digits: within its mục.
  public var subitem: String?

  public init(
    chapter: String? = nil, category: String? = nil, division: String? = nil, item: String? = nil,
    subitem: String? = nil
  ) {
    self.chapter = chapter
    self.category = category
    self.division = division
    self.item = item
    self.subitem = subitem
  }
}

/// Enters a line that no issued plan has brought, with its estimate.
public struct AddLine: Command, Hashable {
  public typealias Reply = LineSummary
  public static let method: Method = "budget.add"
  public static let access: Access = AllocateMoney.access

  public var fiscalYear: Int
  /// The row's number as printed.
  public var number: String
  public var name: String
  /// The task that it pays for, if it is one task's.
  public var task: PlanTask.ID?
  public var source: Open<FundSource>
  /// The source as printed.
  public var sourceText: String?
  public var leads: [Office.Code]
  public var amount: Money
  public var detail: LineDetail
  /// What the estimate rests on.
  public var document: DocumentNumber
  public var issuer: Open<BudgetEntry.Issuer>
  public var day: Day

  public init(
    fiscalYear: Int, number: String, name: String, task: PlanTask.ID? = nil, source: Open<FundSource>,
    sourceText: String? = nil, leads: [Office.Code], amount: Money, detail: LineDetail = LineDetail(),
    document: DocumentNumber, issuer: Open<BudgetEntry.Issuer>, day: Day
  ) {
    self.fiscalYear = fiscalYear
    self.number = number
    self.name = name
    self.task = task
    self.source = source
    self.sourceText = sourceText
    self.leads = leads
    self.amount = amount
    self.detail = detail
    self.document = document
    self.issuer = issuer
    self.day = day
  }
}

/// Tách dòng: says how much of an estimate is whose, or comes from where. What is not split stays together (chung).
public struct SplitLine: Command, Hashable {
  public typealias Reply = MoneyMoved
  public static let method: Method = "budget.split"
  public static let access: Access = AllocateMoney.access

  public struct Part: Codable, Hashable, Sendable {
    public var leads: [Office.Code]
    public var source: Open<FundSource>
    /// The source as printed.
    public var sourceText: String?
    public var amount: Money

    public init(leads: [Office.Code], source: Open<FundSource>, sourceText: String? = nil, amount: Money) {
      self.leads = leads
      self.source = source
      self.sourceText = sourceText
      self.amount = amount
    }
  }

  public var line: BudgetLine.ID
  public var parts: [Part]

  public init(line: BudgetLine.ID, parts: [Part]) {
    self.line = line
    self.parts = parts
  }
}

/// Says what was not known of a line, or corrects it; its money is not touched.
public struct DescribeLine: Command, Hashable {
  public typealias Reply = LineSummary
  public static let method: Method = "budget.describe"
  public static let access: Access = AllocateMoney.access

  public var line: BudgetLine.ID
  /// In place of what was known.
  public var detail: LineDetail

  public init(line: BudgetLine.ID, detail: LineDetail) {
    self.line = line
    self.detail = detail
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

/// A line, and how its money stands.
public struct LineSummary: Body, Codable, Hashable {
  /// The task that the line pays for, as far as it is.
  public struct Work: Codable, Hashable, Sendable {
    public var percent: Int
    public var start: Day?
    public var due: Day?

    public init(percent: Int, start: Day? = nil, due: Day? = nil) {
      self.percent = percent
      self.start = start
      self.due = due
    }
  }

  public var id: BudgetLine.ID
  public var unit: Unit
  /// Rises with every entry, and with what is said of the line.
  public var version: Int
  /// Nil for an entered line of no task.
  public var plan: Plan.ID?
  public var task: PlanTask.ID?
  /// The task's number and name in the plan, or the entered line's own.
  public var number: String
  public var name: String
  public var fiscalYear: Int
  public var source: Open<FundSource>
  /// The source as printed.
  public var sourceText: String?
  public var leads: [Office.Code]
  public var detail: LineDetail
  /// The line that this one was split from.
  public var partOf: BudgetLine.ID?
  public var work: Work?
  /// Dự toán: as the plan or the entered estimates have it, less what was split off.
  public var estimated: Money
  /// Dự toán được giao, with what adjustments brought and took.
  public var approved: Money
  public var allocated: Money
  /// Zero where nothing was promised to a supplier.
  public var committed: Money
  /// Paid in advance and not yet accounted for.
  public var advanced: Money
  /// Paid, settled or not.
  public var disbursed: Money
  /// Of what is disbursed.
  public var settled: Money
  /// Given to the next year.
  public var carried: Money

  public init(
    id: BudgetLine.ID, unit: Unit, version: Int, plan: Plan.ID? = nil, task: PlanTask.ID? = nil, number: String,
    name: String, fiscalYear: Int, source: Open<FundSource>, sourceText: String? = nil, leads: [Office.Code],
    detail: LineDetail = LineDetail(), partOf: BudgetLine.ID? = nil, work: Work? = nil, estimated: Money,
    approved: Money = 0, allocated: Money, committed: Money = 0, advanced: Money = 0, disbursed: Money,
    settled: Money = 0, carried: Money = 0
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
    self.detail = detail
    self.partOf = partOf
    self.work = work
    self.estimated = estimated
    self.approved = approved
    self.allocated = allocated
    self.committed = committed
    self.advanced = advanced
    self.disbursed = disbursed
    self.settled = settled
    self.carried = carried
  }
}
