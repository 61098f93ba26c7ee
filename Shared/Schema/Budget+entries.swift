/// Bút toán: one movement of a line's money, from the account that it is credited to into the one that it is debited to.
/// It is never changed: a wrong one is reversed.
public struct BudgetEntry: Codable, Hashable, Sendable {
  public typealias ID = Identifier<BudgetEntry>

  /// Nghiệp vụ
  public enum Phase: String, Codable, Hashable, Sendable, CaseIterable {
    /// Lập dự toán: what is asked for. A plan's line has its estimate from the plan.
    case estimate
    /// Giao dự toán
    case approve
    /// Phân bổ
    case allocate
    /// Điều chỉnh: more, less, or between two lines of a year.
    case adjust
    /// Cam kết chi: optional. Where a line has one, no more than that is paid.
    case commit
    /// Tạm ứng
    case advance
    /// Giải ngân (thanh toán)
    case disburse
    /// Thu hồi tạm ứng: an advance that is accounted for, or paid back.
    case recover
    /// Quyết toán
    case settle
    /// Chuyển nguồn: to the next fiscal year.
    case carryOver = "carry-over"
  }

  /// Where money is. Of each line, what all debits come to is what all credits come to.
  public enum Account: String, Codable, Hashable, Sendable, CaseIterable {
    /// The budgets that the money comes from; outside, and the only one below zero but for the two that mirror.
    case funds
    /// Approved, not yet allocated.
    case unallocated
    /// Allocated, not yet paid.
    case available
    /// Paid in advance, not yet accounted for.
    case advanced
    /// Paid, not yet settled.
    case disbursed
    case settled
    /// Given to the next year.
    case carried
    /// Promised to a supplier; mirrored by `commitments`, since no money moves yet.
    case committed
    case commitments
    /// Asked for; mirrored by `proposals`. It never becomes approved of itself.
    case estimated
    case proposals
  }

  /// Who made the document that an entry rests on.
  public enum Issuer: String, Codable, Hashable, Sendable, CaseIterable {
    /// HĐND
    case council
    /// UBND
    case committee
    /// Cấp trên: the one whose money it is.
    case superior
    /// Đơn vị sử dụng ngân sách, at the treasury (KBNN).
    case spender
    /// Nhà tài trợ, doanh nghiệp: who gives what is no budget's money.
    case giver
  }

  public var id: ID
  public var phase: Open<Phase>
  public var debit: Open<Account>
  public var credit: Open<Account>
  /// Above zero.
  public var amount: Money
  /// When it took effect, by its document.
  public var day: Day
  /// The decision that it rests on.
  public var document: DocumentNumber?
  public var issuer: Open<Issuer>
  /// The payment's, at the treasury (KBNN).
  public var reference: String?
  /// Why it was reversed.
  public var note: String?
  /// The entry that this one takes back.
  public var reverses: ID?
  /// The same money's entry in another line.
  public var counterpart: ID?
  /// Who entered it, and when.
  public var account: Caller.Account
  public var time: Timestamp

  public init(
    id: ID, phase: Open<Phase>, debit: Open<Account>, credit: Open<Account>, amount: Money, day: Day,
    document: DocumentNumber? = nil, issuer: Open<Issuer>, reference: String? = nil, note: String? = nil,
    reverses: ID? = nil, counterpart: ID? = nil, account: Caller.Account, time: Timestamp
  ) {
    self.id = id
    self.phase = phase
    self.debit = debit
    self.credit = credit
    self.amount = amount
    self.day = day
    self.document = document
    self.issuer = issuer
    self.reference = reference
    self.note = note
    self.reverses = reverses
    self.counterpart = counterpart
    self.account = account
    self.time = time
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
