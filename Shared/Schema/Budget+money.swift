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
  public static let access: Access = AllocateMoney.access

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

/// Any entry on one line but an adjustment, a carry-over or a reversal. `AllocateMoney` and `DisburseMoney` are the two
/// commonest of them.
public struct BookMoney: Command, Hashable {
  public typealias Reply = LineSummary
  public static let method: Method = "budget.book"
  public static let access: Access = AllocateMoney.access

  public var line: BudgetLine.ID
  public var phase: Open<BudgetEntry.Phase>
  public var amount: Money
  public var day: Day
  /// The decision's, where one decides: estimate, approve, allocate, settle.
  public var document: DocumentNumber?
  /// Needed where the phase and the line's source leave a choice.
  public var issuer: Open<BudgetEntry.Issuer>?
  /// The payment's at the treasury, or the commitment's.
  public var reference: String?

  public init(
    line: BudgetLine.ID, phase: Open<BudgetEntry.Phase>, amount: Money, day: Day, document: DocumentNumber? = nil,
    issuer: Open<BudgetEntry.Issuer>? = nil, reference: String? = nil
  ) {
    self.line = line
    self.phase = phase
    self.amount = amount
    self.day = day
    self.document = document
    self.issuer = issuer
    self.reference = reference
  }
}

/// Điều chỉnh, chuyển nguồn: moves money by a document. Into a line alone it is more, out of a line alone it is less,
/// between two lines of one year an adjustment, into a line of the next year a carry-over.
public struct MoveMoney: Command, Hashable {
  public typealias Reply = MoneyMoved
  public static let method: Method = "budget.move"
  public static let access: Access = AllocateMoney.access

  /// What the money is and stays.
  public enum Stage: String, Codable, Hashable, Sendable {
    /// Approved, not yet allocated.
    case approved
    /// Allocated, not yet paid.
    case allocated
  }

  public var from: BudgetLine.ID?
  public var to: BudgetLine.ID?
  public var stage: Open<Stage>
  public var amount: Money
  public var day: Day
  public var document: DocumentNumber
  public var issuer: Open<BudgetEntry.Issuer>

  public init(
    from: BudgetLine.ID?, to: BudgetLine.ID?, stage: Open<Stage>, amount: Money, day: Day, document: DocumentNumber,
    issuer: Open<BudgetEntry.Issuer>
  ) {
    self.from = from
    self.to = to
    self.stage = stage
    self.amount = amount
    self.day = day
    self.document = document
    self.issuer = issuer
  }
}

/// Bút toán đảo: takes a wrong entry back, all of it and once; its counterpart in another line with it.
public struct ReverseEntry: Command, Hashable {
  public typealias Reply = MoneyMoved
  public static let method: Method = "budget.reverse"
  public static let access: Access = AllocateMoney.access

  public var line: BudgetLine.ID
  public var entry: BudgetEntry.ID
  public var reason: String
  public var document: DocumentNumber
  public var day: Day

  public init(line: BudgetLine.ID, entry: BudgetEntry.ID, reason: String, document: DocumentNumber, day: Day) {
    self.line = line
    self.entry = entry
    self.reason = reason
    self.document = document
    self.day = day
  }
}

/// The lines that a command touched, as they stand now.
public struct MoneyMoved: Body, Codable, Hashable {
  public var lines: [LineSummary]

  public init(lines: [LineSummary]) { self.lines = lines }
}
