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
  /// Roles that somebody has for a time, besides their own.
  public struct Loan: Codable, Hashable, Sendable {
    public var roles: [Open<Role>]
    public var from: Day
    /// The last day.
    public var through: Day

    public init(roles: [Open<Role>], from: Day, through: Day) {
      self.roles = roles
      self.from = from
      self.through = through
    }
  }

  public var key: Identity.Key
  public var account: Caller.Account
  public var unit: Unit?
  public var office: Office.Code?
  public var roles: [Open<Role>]
  /// The last day on which it is good; nil where none is set.
  public var last: Day?
  public var loans: [Loan]?
  /// The units that were merged into its own.
  public var former: [Unit]?

  public init(
    key: Identity.Key, account: Caller.Account, unit: Unit?, office: Office.Code?, roles: [Open<Role>],
    last: Day? = nil, loans: [Loan]? = nil, former: [Unit]? = nil
  ) {
    self.key = key
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
    self.last = last
    self.loans = loans
    self.former = former
  }

  /// Who that is on a day; nil when its time is over. A role that we do not know gives no right here.
  public func caller(on day: Day) -> Caller? {
    guard day <= (last ?? day) else { return nil }
    let lent = (loans ?? []).filter { $0.from <= day && day <= $0.through }.flatMap(\.roles)
    return Caller(
      account: account, unit: unit, office: office, roles: Set((roles + lent).compactMap(\.known)),
      former: Set(former ?? []))
  }
}

/// A seat that there is has other rights from here on: what was lent, its last day, or its unit.
public struct SeatChanged: Event, Hashable {
  public static let name = "seat.changed"
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

/// Tells who asked something on a day, once a day for each key: how a gateway lets identity know who still comes.
public struct ReportSeen: GatewayQuery, Hashable {
  public typealias Reply = Done
  public static let method: Method = "identity.seen"
  public static let access: Access = .nobody
  /// Keys at a time.
  public static let limit = 1000

  public var day: Day
  public var accounts: [Caller.Account]
  /// The keys by which they came.
  public var keys: [Identity.Key]?

  public init(day: Day, accounts: [Caller.Account], keys: [Identity.Key]? = nil) {
    self.day = day
    self.accounts = accounts
    self.keys = keys
  }
}
