/// Everybody who may come in, by key: for gateways. Events from the first page's sequence on say what changed since.
public struct ReadDirectory: GatewayQuery, Hashable {
  public typealias Reply = DirectoryPage
  public static let method: Method = "identity.directory"
  public static let access: Access = .nobody

  public var after: Identity.Key?

  public init(after: Identity.Key? = nil) { self.after = after }
}

/// The stream of identity is read by gateways too.
extension ReadEvents: GatewayQuery where S == Identity {}

/// A part of the directory, and the position of the stream that it shows.
public struct DirectoryPage: Body, Codable, Hashable {
  public var epoch: UUIDv7
  public var sequence: Int64
  public var seats: [Seat]
  /// Nil at the end.
  public var next: Identity.Key?

  public init(epoch: UUIDv7, sequence: Int64, seats: [Seat], next: Identity.Key?) {
    self.epoch = epoch
    self.sequence = sequence
    self.seats = seats
    self.next = next
  }
}

/// A key, and for whom it speaks.
public struct Seat: Codable, Hashable, Sendable {
  public var key: Identity.Key
  public var account: Caller.Account
  public var unit: Unit?
  public var office: Office.Code?
  public var roles: [Open<Role>]

  public init(key: Identity.Key, account: Caller.Account, unit: Unit?, office: Office.Code?, roles: [Open<Role>]) {
    self.key = key
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
  }

  /// A role that we do not know gives no right here.
  public var caller: Caller {
    Caller(account: account, unit: unit, office: office, roles: Set(roles.compactMap(\.known)))
  }
}
