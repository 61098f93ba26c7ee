/// Whether an account may do something somewhere, and why: for whoever has to answer for it.
public struct ExplainAccess: Query, Hashable {
  public typealias Reply = AccessExplanation
  public static let method: Method = "identity.access.explain"
  public static let access: Access = .administer

  /// Of the unit of the route or below it.
  public var account: Caller.Account
  /// Such as `plans.issue`.
  public var asked: String
  /// Where; nil for what is about no unit.
  public var unit: Unit?

  public init(account: Caller.Account, asked: String, unit: Unit? = nil) {
    self.account = account
    self.asked = asked
    self.unit = unit
  }
}

public struct AccessExplanation: Body, Codable, Hashable {
  public var isPermitted: Bool
  /// Each thing that was looked at.
  public var reasons: [Reason]

  public struct Reason: Codable, Hashable, Sendable {
    public var holds: Bool
    public var text: Text

    public init(holds: Bool, text: Text) {
      self.holds = holds
      self.text = text
    }
  }

  public init(isPermitted: Bool, reasons: [Reason]) {
    self.isPermitted = isPermitted
    self.reasons = reasons
  }
}

/// Invitations that nobody has joined by yet, of the unit of the route and those below it; without a unit, all.
public struct ListInvitations: Query, Hashable {
  public typealias Reply = Page<PendingInvitation>
  public static let method: Method = "identity.invitations"
  public static let access: Access = .administer

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// An invitation that waits; its secret half is nowhere but with whoever was invited.
public struct PendingInvitation: Codable, Hashable, Sendable {
  public var id: Invitation.ID
  public var account: Caller.Account
  public var unit: Unit?
  public var expires: Timestamp

  public init(id: Invitation.ID, account: Caller.Account, unit: Unit?, expires: Timestamp) {
    self.id = id
    self.account = account
    self.unit = unit
    self.expires = expires
  }
}

/// Withdraws an invitation to an account of this very unit.
public struct CancelInvitation: Command, Hashable {
  public typealias Reply = Done
  public static let method: Method = "identity.invitations.cancel"
  public static let access: Access = .administer

  public var invitation: Invitation.ID

  public init(invitation: Invitation.ID) { self.invitation = invitation }
}
