/// The audit of a service, newest first: of the unit of the route and those below it; without a unit, all of it.
public struct ListAudit<S: Contract>: Query, Hashable {
  public typealias Reply = Page<AuditRow>
  public static var method: Method { Method(stringLiteral: "\(S.name).audit.list") }
  public static var access: Access { .beneath(by: [.administrator, .auditor]) }

  public var account: Caller.Account?
  /// A method as it was asked for, known or not.
  public var called: String?
  public var after: String?

  public init(account: Caller.Account? = nil, called: String? = nil, after: String? = nil) {
    self.account = account
    self.called = called
    self.after = after
  }
}

/// Who wanted what, and what became of it.
public struct AuditRow: Codable, Hashable, Sendable {
  /// From 1 without a gap.
  public var sequence: Int64
  public var time: Timestamp
  /// Nil for what a service did of itself.
  public var account: Caller.Account?
  public var unit: Unit?
  public var office: Office.Code?
  public var called: String
  public var key: UUIDv7?
  public var code: Int
  public var note: String?
  /// Of this row and, through the one before it, of all before: 64 hexadecimal digits.
  public var hash: String

  public init(
    sequence: Int64, time: Timestamp, account: Caller.Account?, unit: Unit?, office: Office.Code?, called: String,
    key: UUIDv7?, code: Int, note: String?, hash: String
  ) {
    self.sequence = sequence
    self.time = time
    self.account = account
    self.unit = unit
    self.office = office
    self.called = called
    self.key = key
    self.code = code
    self.note = note
    self.hash = hash
  }
}

/// Walks the audit of a service from its first row on, and names the first that was changed, taken out or put in.
public struct VerifyAudit<S: Contract>: LongPoll, Hashable {
  public typealias Reply = AuditVerdict
  public static var method: Method { Method(stringLiteral: "\(S.name).audit.verify") }
  public static var access: Access { .inspect }

  public init() {}
}

/// What the walk found.
public struct AuditVerdict: Body, Codable, Hashable {
  public var service: ServiceName
  /// Rows that fit, up to the first that does not.
  public var rows: Int64
  /// The first row that does not fit; nil when all do.
  public var firstBad: Int64?
  /// Of the last row that fits, 64 hexadecimal digits. Kept elsewhere, it shows later that none was cut off at the end.
  public var hash: String

  public init(service: ServiceName, rows: Int64, firstBad: Int64?, hash: String) {
    self.service = service
    self.rows = rows
    self.firstBad = firstBad
    self.hash = hash
  }
}
