/// A one-time key that lets somebody bring a key of their own.
public enum Invitation {
  public typealias ID = Identifier<Invitation>
}

/// Invites somebody, or another device of somebody: into the unit of the route, or into none, to run the services.
///
/// The one who invites makes a key pair and hands its secret half over; its public half may then join, once.
public struct Invite: Command, Hashable {
  public typealias Reply = InvitationSummary
  public static let method: Method = "identity.invite"
  public static let access: Access = .administer

  /// The public half of the invitation.
  public var key: Identity.Key
  public var account: Caller.Account
  /// Kept as an office of the unit if there is none with this code.
  public var office: Office?
  public var roles: [Open<Role>]
  /// 14 days from now at most.
  public var expires: Timestamp

  public init(key: Identity.Key, account: Caller.Account, office: Office?, roles: [Open<Role>], expires: Timestamp) {
    self.key = key
    self.account = account
    self.office = office
    self.roles = roles
    self.expires = expires
  }
}

/// An invitation, as the one who made it sees it.
public struct InvitationSummary: Body, Codable, Hashable {
  public var id: Invitation.ID
  public var account: Caller.Account
  public var unit: Unit?
  public var office: Office?
  public var roles: [Open<Role>]
  public var expires: Timestamp

  public init(
    id: Invitation.ID, account: Caller.Account, unit: Unit?, office: Office?, roles: [Open<Role>], expires: Timestamp
  ) {
    self.id = id
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
    self.expires = expires
  }
}

/// Brings one's own key; sent with an invitation's key, once.
public struct Join: Command, Hashable {
  public typealias Reply = AccountSummary
  public static let method: Method = "identity.join"
  public static let access: Access = .join

  /// The public half of one's own pair.
  public var key: Identity.Key

  public init(key: Identity.Key) { self.key = key }
}
