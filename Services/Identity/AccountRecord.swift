import Schema

/// An account as it is kept.
struct AccountRecord {
  var name: Caller.Account
  /// Nil for those who run the services.
  var unit: Unit?
  var office: Office?
  var roles: Set<Role>
  var status: Identity.AccountStatus

  /// In a fixed order.
  var openRoles: [Open<Role>] { Role.allCases.filter(roles.contains).map { Open($0) } }

  /// The unit under which its events are filed.
  var filed: Unit { unit ?? Identity.nowhere }

  func seat(of key: Identity.Key) -> Seat {
    Seat(key: key, account: name, unit: unit, office: office?.code, roles: openRoles)
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
