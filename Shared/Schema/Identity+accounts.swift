/// The accounts of a unit and of those below it; without a unit, of all.
public struct ListAccounts: Query, Hashable {
  public typealias Reply = Page<AccountSummary>
  public static let method: Method = "identity.accounts"
  public static let access: Access = .administer

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// An account with its keys.
public struct AccountSummary: Body, Codable, Hashable {
  public var account: Caller.Account
  public var unit: Unit?
  public var office: Office?
  public var roles: [Open<Role>]
  public var status: Open<Identity.AccountStatus>
  public var keys: [KeySummary]
  /// Its last day; nil where none is set.
  public var last: Day?
  /// What others lent it, now or from a later day on.
  public var delegations: [Delegation]?
  /// The day on which it last asked anything.
  public var seen: Day?

  public init(
    account: Caller.Account, unit: Unit?, office: Office?, roles: [Open<Role>], status: Open<Identity.AccountStatus>,
    keys: [KeySummary], last: Day? = nil, delegations: [Delegation]? = nil, seen: Day? = nil
  ) {
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
    self.status = status
    self.keys = keys
    self.last = last
    self.delegations = delegations
    self.seen = seen
  }
}

/// A key of an account: from when, and until when.
public struct KeySummary: Codable, Hashable, Sendable {
  public var key: Identity.Key
  public var admitted: Timestamp
  public var revoked: Timestamp?
  public var reason: String?
  /// Its last day; nil where none is set, and the account's is none sooner.
  public var last: Day?
  /// The day on which somebody last came by it.
  public var seen: Day?

  public init(
    key: Identity.Key, admitted: Timestamp, revoked: Timestamp? = nil, reason: String? = nil, last: Day? = nil,
    seen: Day? = nil
  ) {
    self.key = key
    self.admitted = admitted
    self.revoked = revoked
    self.reason = reason
    self.last = last
    self.seen = seen
  }

  /// Whether somebody may come by it on a day, as far as the account may.
  public func isGood(on day: Day) -> Bool { revoked == nil && day <= last ?? day }
}

/// Withdraws an account of this very unit, or one of its keys, for good.
public struct Revoke: Command, Hashable {
  public typealias Reply = AccountSummary
  public static let method: Method = "identity.revoke"
  public static let access: Access = .administer

  public var account: Caller.Account
  /// Nil for the account with all its keys and invitations.
  public var key: Identity.Key?
  public var reason: String

  public init(account: Caller.Account, key: Identity.Key? = nil, reason: String) {
    self.account = account
    self.key = key
    self.reason = reason
  }
}

/// Somebody came in for the first time.
public struct AccountAdmitted: Event, Hashable {
  public static let name = "account.admitted"
  public static let service = Identity.name

  public var unit: Unit
  public var account: Caller.Account
  public var office: Office?
  public var roles: [Open<Role>]

  public init(unit: Unit, account: Caller.Account, office: Office?, roles: [Open<Role>]) {
    self.unit = unit
    self.account = account
    self.office = office
    self.roles = roles
  }

  public var subject: String { "account/\(account)" }
  public var partition: String { "account/\(account)" }
}

/// A key may come in from here on: an account's, or an invitation's.
public struct KeyAdmitted: Event, Hashable {
  public static let name = "key.admitted"
  public static let service = Identity.name

  public var unit: Unit
  public var seat: Seat

  public init(unit: Unit, seat: Seat) {
    self.unit = unit
    self.seat = seat
  }

  public var subject: String { "account/\(seat.account)" }
  public var partition: String { "account/\(seat.account)" }
}

/// A key may not come in any more.
public struct KeyRevoked: Event, Hashable {
  public static let name = "key.revoked"
  public static let service = Identity.name

  public var unit: Unit
  public var key: Identity.Key
  /// As its seat named it.
  public var account: Caller.Account
  public var reason: String

  public init(unit: Unit, key: Identity.Key, account: Caller.Account, reason: String) {
    self.unit = unit
    self.key = key
    self.account = account
    self.reason = reason
  }

  public var subject: String { "account/\(account)" }
  public var partition: String { "account/\(account)" }
}

/// An account may not come in any more, by whatever key.
public struct AccountRevoked: Event, Hashable {
  public static let name = "account.revoked"
  public static let service = Identity.name

  public var unit: Unit
  public var account: Caller.Account
  public var reason: String

  public init(unit: Unit, account: Caller.Account, reason: String) {
    self.unit = unit
    self.account = account
    self.reason = reason
  }

  public var subject: String { "account/\(account)" }
  public var partition: String { "account/\(account)" }
}
