/// Roles that one account lends another of the same unit for a time: a chair who is away, a clerk on leave.
///
/// Whoever has them acts in their own name: what they do stands in the audit under their account, and four eyes are
/// still four.
public struct Delegation: Body, Codable, Hashable {
  public typealias ID = Identifier<Delegation>

  public var id: ID
  public var by: Caller.Account
  public var to: Caller.Account
  public var roles: [Open<Role>]
  public var from: Day
  /// The last day.
  public var through: Day
  /// The document that says so.
  public var document: DocumentNumber

  public init(
    id: ID, by: Caller.Account, to: Caller.Account, roles: [Open<Role>], from: Day, through: Day,
    document: DocumentNumber
  ) {
    self.id = id
    self.by = by
    self.to = to
    self.roles = roles
    self.from = from
    self.through = through
    self.document = document
  }
}

/// Lends roles of one's own; what was lent to oneself cannot be lent on.
public struct Delegate: Command, Hashable {
  public typealias Reply = Delegation
  public static let method: Method = "identity.delegate"
  public static let access: Access = .own(by: Role.offices)

  public var to: Caller.Account
  public var roles: [Open<Role>]
  /// Today or later.
  public var from: Day
  /// 92 days after the first at most.
  public var through: Day
  public var document: DocumentNumber

  public init(to: Caller.Account, roles: [Open<Role>], from: Day, through: Day, document: DocumentNumber) {
    self.to = to
    self.roles = roles
    self.from = from
    self.through = through
    self.document = document
  }
}

/// Takes back what one lent, at once.
public struct EndDelegation: Command, Hashable {
  public typealias Reply = Done
  public static let method: Method = "identity.delegate.end"
  public static let access: Access = .own(by: Role.offices)

  public var delegation: Delegation.ID

  public init(delegation: Delegation.ID) { self.delegation = delegation }
}

/// Sets the last day of an account of this very unit: after it none of its keys comes in.
public struct LimitAccount: Command, Hashable {
  public typealias Reply = AccountSummary
  public static let method: Method = "identity.account.limit"
  public static let access: Access = .administer

  public var account: Caller.Account
  /// One of its keys; nil for the account, whatever the key.
  public var key: Identity.Key?
  /// Nil where it goes on without an end.
  public var last: Day?

  public init(account: Caller.Account, key: Identity.Key? = nil, last: Day?) {
    self.account = account
    self.key = key
    self.last = last
  }
}
