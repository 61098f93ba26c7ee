/// Who may send a request: one of these roles, within reach of the unit that the route names.
public struct Access: Hashable, Sendable {
  public enum Reach: Hashable, Sendable {
    /// The caller's own unit alone.
    case own
    /// The caller's own unit and, for a province, each of its communes.
    case subtree
    /// The caller's own unit and those below it; for who belongs to no unit, every unit and none.
    case beneath
    /// No unit: the services themselves.
    case system
  }

  public let roles: Set<Role>
  public let reach: Reach

  /// A change, made in one's own unit.
  public static func write(by roles: Role...) -> Access { Access(roles: Set(roles), reach: .own) }

  /// A look at one's own unit or at the communes below it.
  public static func read(by roles: Set<Role>) -> Access { Access(roles: roles, reach: .subtree) }

  /// What is meant for one's own unit only, whoever stands above it.
  public static func own(by roles: Set<Role>) -> Access { Access(roles: roles, reach: .own) }

  /// Saying who may come in: an administrator, within its unit and below; the first ones belong to no unit.
  public static let administer: Access = .beneath(by: [.administrator])

  /// What administrators without a unit may look at too.
  public static func beneath(by roles: Set<Role>) -> Access { Access(roles: roles, reach: .beneath) }

  /// Coming in by an invitation, and nothing else.
  public static let join = Access(roles: [.invited], reach: .system)

  /// What everybody may do about themselves, in whatever unit they are.
  public static let oneself = Access(roles: Set(Role.allCases).subtracting([.invited]), reach: .system)

  /// No person at all: what the processes ask each other.
  public static let nobody = Access(roles: [], reach: .system)

  /// Following a stream of events from outside.
  public static let follow = Access(roles: [.subscriber, .province], reach: .subtree)

  /// Running the services.
  public static let operate = Access(roles: [.operator], reach: .system)

  /// Seeing whether a record of what was done is whole.
  public static let inspect = Access(roles: [.operator, .administrator], reach: .system)

  /// The one decision, made by the gateway and again by the service: no method, role or unit that is not named here
  /// gets through.
  public func permits(_ caller: Caller, in unit: Unit?) -> Bool {
    guard !roles.isDisjoint(with: caller.roles) else { return false }
    return switch (reach, unit, caller.unit) {
    case (.system, nil, _): true
    case (.own, let unit?, .some): caller.isAtHome(in: unit)
    case (.subtree, let unit?, let home?), (.beneath, let unit?, let home?):
      home.contains(unit) || caller.isAtHome(in: unit)
    case (.beneath, _, nil): true
    default: false
    }
  }
}
