import Schema

/// An account as it is kept.
struct AccountRecord {
  var name: Caller.Account
  /// Nil for those who run the services.
  var unit: Unit?
  var office: Office?
  var roles: Set<Role>
  var status: Identity.AccountStatus
  /// Its last day, if it has one.
  var last: Day?
  /// What others lent it, and what is not over yet.
  var delegations: [Delegation] = []
  /// The day on which it last asked anything.
  var seen: Day?
  /// The units that were merged into its own.
  var former: [Unit] = []

  /// In a fixed order.
  var openRoles: [Open<Role>] { Role.allCases.filter(roles.contains).map { Open($0) } }

  /// The unit under which its events are filed.
  var filed: Unit { unit ?? Identity.nowhere }

  /// - Parameter limit: The key's own last day.
  func seat(of key: Identity.Key, through limit: Day? = nil) -> Seat {
    let loans = delegations.map { Seat.Loan(roles: $0.roles, from: $0.from, through: $0.through) }
    return Seat(
      key: key, account: name, unit: unit, office: office?.code, roles: openRoles,
      last: [last, limit].compactMap(\.self).min(), loans: loans.isEmpty ? nil : loans,
      former: former.isEmpty ? nil : former)
  }

  /// Its own roles and those that it has for that day.
  func roles(on day: Day) -> Set<Role> {
    let lent = delegations.filter { $0.from <= day && day <= $0.through }.flatMap(\.roles)
    return roles.union(lent.compactMap(\.known))
  }
}

/// An invitation as it is kept: of its key, the public half alone.
struct InvitationRecord {
  var id: Invitation.ID
  var key: Identity.Key
  var account: Caller.Account
  var expires: Timestamp
  /// The key that came of it.
  var joined: Identity.Key?
  var withdrawn = false

  /// Whoever holds it speaks in its own name: nothing that the account did or asked is open to an invitation.
  func seat(in unit: Unit?) -> Seat {
    Seat(key: key, account: Self.caller(id), unit: unit, office: nil, roles: [Open(.invited)])
  }

  static func caller(_ id: Invitation.ID) -> Caller.Account { Slug(stringLiteral: id.description) }
}
