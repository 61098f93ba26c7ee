/// What is wrong with a unit's money in one fiscal year, or looks so today.
public struct CheckBudget: Query, Hashable {
  public typealias Reply = BudgetFindings
  public static let method: Method = "budget.check"
  /// Of one unit: a province looks at each of its communes.
  public static let access: Access = ListLines.access

  public var fiscalYear: Int

  public init(fiscalYear: Int) { self.fiscalYear = fiscalYear }
}

/// Đôn đốc giải ngân: tells those who lead the lines that lag behind the year.
public struct ChaseLag: Command, Hashable {
  public typealias Reply = BudgetFindings
  public static let method: Method = "budget.chase"
  public static let access: Access = .write(by: .finance, .focal)

  public var fiscalYear: Int

  public init(fiscalYear: Int) { self.fiscalYear = fiscalYear }
}

/// What a check found.
public struct BudgetFinding: Codable, Hashable, Sendable {
  public enum Check: String, Codable, Hashable, Sendable, CaseIterable {
    /// B1: what a plan declares in all is not what its lines come to.
    case sum = "B1"
    /// B2: quantity × price is not the amount.
    case product = "B2"
    /// B3: the unit of money is not printed.
    case measure = "B3"
    /// B4: the ledger broke its own rules.
    case ledger = "B4"
    /// B5: less than the promised share of all spending.
    case share = "B5"
    /// B6: spending lags behind the year.
    case lag = "B6"
    /// B7: codes that no commune has.
    case codes = "B7"
    /// Much is paid and little is done.
    case paidAhead = "paid-ahead"
    /// All is done and nothing is paid.
    case unpaid
    /// The correction period is over and the year is open.
    case open
  }

  public enum Severity: String, Codable, Hashable, Sendable {
    case error, warning
    /// Not checkable, and why.
    case unchecked
  }

  public var check: Open<Check>
  public var severity: Open<Severity>
  /// Nil for what concerns the whole year.
  public var line: BudgetLine.ID?
  public var text: Text

  public init(check: Open<Check>, severity: Open<Severity>, line: BudgetLine.ID? = nil, text: Text) {
    self.check = check
    self.severity = severity
    self.line = line
    self.text = text
  }
}

public struct BudgetFindings: Body, Codable, Hashable {
  /// The day that the checks looked at.
  public var day: Day
  /// At most 200; `more` says how many are left out.
  public var findings: [BudgetFinding]
  public var more: Int

  public init(day: Day, findings: [BudgetFinding], more: Int) {
    self.day = day
    self.findings = findings
    self.more = more
  }
}
