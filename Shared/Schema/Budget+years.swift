/// Khóa sổ: ends a fiscal year of a unit. Nothing is entered in it any more unless it is reopened.
public struct CloseYear: Command, Hashable {
  public typealias Reply = YearSummary
  public static let method: Method = "budget.close"
  public static let access: Access = .write(by: .finance)

  public var fiscalYear: Int
  public var document: DocumentNumber
  public var day: Day

  public init(fiscalYear: Int, document: DocumentNumber, day: Day) {
    self.fiscalYear = fiscalYear
    self.document = document
    self.day = day
  }
}

/// Mở sổ lại: by a document of the unit's UBND, recorded by others than those who keep the ledger. The province is told.
public struct ReopenYear: Command, Hashable {
  public typealias Reply = YearSummary
  public static let method: Method = "budget.reopen"
  public static let access: Access = .write(by: .approver, .clerk)

  public var fiscalYear: Int
  public var document: DocumentNumber
  public var day: Day
  public var reason: String

  public init(fiscalYear: Int, document: DocumentNumber, day: Day, reason: String) {
    self.fiscalYear = fiscalYear
    self.document = document
    self.day = day
    self.reason = reason
  }
}

/// Records what the unit spends in all in a year: the plan's own promise of a share of it can be checked then.
public struct RecordSpending: Command, Hashable {
  public typealias Reply = YearSummary
  public static let method: Method = "budget.spending"
  public static let access: Access = .write(by: .finance)

  public var fiscalYear: Int
  /// Tổng chi ngân sách xã
  public var total: Money
  /// The share that the plan promises, such as 1 of 100.
  public var promised: Ratio
  public var document: DocumentNumber

  public init(fiscalYear: Int, total: Money, promised: Ratio, document: DocumentNumber) {
    self.fiscalYear = fiscalYear
    self.total = total
    self.promised = promised
    self.document = document
  }
}

/// The fiscal years of a unit and of the units below it of which something was recorded.
public struct ListYears: Query, Hashable {
  public typealias Reply = Page<YearSummary>
  public static let method: Method = "budget.years"
  public static let access: Access = ListLines.access

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// A fiscal year of a unit.
public struct YearSummary: Body, Codable, Hashable {
  public var unit: Unit
  public var fiscalYear: Int
  /// Rises with every change.
  public var version: Int
  public var closed: Bool
  /// Of the last closing or reopening.
  public var document: DocumentNumber?
  public var day: Day?
  public var spending: Money?
  public var promised: Ratio?

  public init(
    unit: Unit, fiscalYear: Int, version: Int, closed: Bool, document: DocumentNumber? = nil, day: Day? = nil,
    spending: Money? = nil, promised: Ratio? = nil
  ) {
    self.unit = unit
    self.fiscalYear = fiscalYear
    self.version = version
    self.closed = closed
    self.document = document
    self.day = day
    self.spending = spending
    self.promised = promised
  }
}
