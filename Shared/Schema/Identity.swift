/// The identity service: who may come in and as what, a unit's offices and villages, and the counts of Đề án 06.
public enum Identity: Contract {
  public static let name: ServiceName = "identity"
  public static let requests: [any Request.Type] = [
    Invite.self, Join.self, ListAccounts.self, Revoke.self, ReadDirectory.self, ListOffices.self, KeepOffice.self,
    RecordCounts.self, ListCounts.self, AddKey.self, WithdrawKey.self,
  ]
  public static let events: [any Event.Type] = [
    AccountAdmitted.self, KeyAdmitted.self, KeyRevoked.self, AccountRevoked.self, OfficeKept.self, CountsRecorded.self,
  ]
  public static let follows: [ServiceName] = []
  /// Who may come in is nobody's business outside.
  public static let audience = Access.nobody

  /// Where events about an account without a unit are filed: no province has this code.
  public static let nowhere: Unit = "00"
}

// MARK: Keys and accounts

extension Identity {
  /// The public half of a CURVE key pair: 40 characters of Z85.
  public struct Key: Hashable, Comparable, Sendable, CodedAsText {
    public let description: String

    public init?(_ description: String) {
      let values = description.utf8.compactMap { Self.values[$0] }
      guard values.count == 40, description.utf8.count == 40 else { return nil }
      // Five characters stand for four bytes: 85 to the fifth is more than fits.
      for group in stride(from: 0, to: 40, by: 5) {
        guard values[group..<group + 5].reduce(0, { $0 * 85 + $1 }) <= UInt64(UInt32.max) else { return nil }
      }
      self.description = description
    }

    public static func < (left: Key, right: Key) -> Bool { left.description < right.description }

    private static let values: [UInt8: UInt64] = Dictionary(
      uniqueKeysWithValues: zip(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8, 0...))
  }

  public enum AccountStatus: String, Codable, Hashable, Sendable {
    /// Nobody has joined by its invitation yet.
    case invited
    case active
    case revoked
  }
}

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

  public init(
    account: Caller.Account, unit: Unit?, office: Office?, roles: [Open<Role>], status: Open<Identity.AccountStatus>,
    keys: [KeySummary]
  ) {
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
    self.status = status
    self.keys = keys
  }
}

/// A key of an account: from when, and until when.
public struct KeySummary: Codable, Hashable, Sendable {
  public var key: Identity.Key
  public var admitted: Timestamp
  public var revoked: Timestamp?
  public var reason: String?

  public init(key: Identity.Key, admitted: Timestamp, revoked: Timestamp? = nil, reason: String? = nil) {
    self.key = key
    self.admitted = admitted
    self.revoked = revoked
    self.reason = reason
  }
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

// MARK: The directory

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

// MARK: Offices and villages

extension Office {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case office
    /// Thôn, xóm, bản, ấp, khu phố: the word is part of the name.
    case village
    case school
    /// Trạm Y tế
    case station
    /// Tổ công nghệ số cộng đồng, Tổ Đề án 06
    case team
    /// Ban Chỉ đạo
    case committee
  }
}

/// The offices and villages of a unit, by code.
public struct ListOffices: Query, Hashable {
  public typealias Reply = Page<OfficeSummary>
  public static let method: Method = "identity.offices"
  public static let access: Access = .beneath(by: Role.offices.union([.province, .auditor, .administrator]))

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// An office or a village as it is kept.
public struct OfficeSummary: Body, Codable, Hashable {
  public var code: Office.Code
  public var name: String
  public var kind: Open<Office.Kind>

  public init(code: Office.Code, name: String, kind: Open<Office.Kind>) {
    self.code = code
    self.name = name
    self.kind = kind
  }

  public var office: Office { Office(code: code, name: name) }
}

/// Adds an office or a village to the unit of the route, or gives it another name.
public struct KeepOffice: Command, Hashable {
  public typealias Reply = OfficeSummary
  public static let method: Method = "identity.office.keep"
  public static let access: Access = .administer

  public var office: OfficeSummary

  public init(office: OfficeSummary) { self.office = office }
}

// MARK: Đề án 06

/// How many there are in one village at the end of a month; or in many together.
public struct EnrolmentCounts: Codable, Hashable, Sendable {
  /// Người trưởng thành
  public var adults: Int64
  /// Tài khoản định danh điện tử mức độ 2 đã cấp
  public var issued: Int64
  /// … đã kích hoạt
  public var activated: Int64
  /// Chữ ký số cá nhân
  public var signatures: Int64

  public init(adults: Int64, issued: Int64, activated: Int64, signatures: Int64) {
    self.adults = adults
    self.issued = issued
    self.activated = activated
    self.signatures = signatures
  }

  public static let zero = EnrolmentCounts(adults: 0, issued: 0, activated: 0, signatures: 0)

  /// A village's numbers are bounded: a sum of them fits.
  public static func + (left: EnrolmentCounts, right: EnrolmentCounts) -> EnrolmentCounts {
    EnrolmentCounts(
      adults: left.adults + right.adults, issued: left.issued + right.issued,
      activated: left.activated + right.activated, signatures: left.signatures + right.signatures)
  }
}

/// Records the counts of one village for one month; a second time for the same month, as a new revision.
public struct RecordCounts: Command, Hashable {
  public typealias Reply = CountsRow
  public static let method: Method = "identity.counts"
  public static let access: Access = .write(by: .police)

  public var village: Office.Code
  /// A calendar month that has begun.
  public var month: Period
  public var counts: EnrolmentCounts

  public init(village: Office.Code, month: Period, counts: EnrolmentCounts) {
    self.village = village
    self.month = month
    self.counts = counts
  }
}

/// The counts of a month: of a commune by village, of a province by commune.
public struct ListCounts: Query, Hashable {
  public typealias Reply = CountsTable
  public static let method: Method = "identity.counts.list"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public var month: Period

  public init(month: Period) { self.month = month }
}

/// A village of a commune, or a commune of a province, or all of them together.
public struct CountsRow: Body, Codable, Hashable {
  public var unit: Unit
  /// Nil for a whole unit.
  public var village: Office?
  /// Villages whose counts are in.
  public var reported: Int
  /// Villages that there are.
  public var expected: Int
  /// Of those that are in; nil when none is: missing is not zero.
  public var counts: EnrolmentCounts?
  /// Of a village, how often its counts were recorded for this month.
  public var revision: Int?

  public init(
    unit: Unit, village: Office? = nil, reported: Int, expected: Int, counts: EnrolmentCounts?, revision: Int? = nil
  ) {
    self.unit = unit
    self.village = village
    self.reported = reported
    self.expected = expected
    self.counts = counts
    self.revision = revision
  }
}

/// The rows of a month, and their sum.
public struct CountsTable: Body, Codable, Hashable {
  public var month: Period
  public var rows: [CountsRow]
  public var total: CountsRow

  public init(month: Period, rows: [CountsRow], total: CountsRow) {
    self.month = month
    self.rows = rows
    self.total = total
  }
}

// MARK: Events

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

/// An office or a village is new, or has another name.
public struct OfficeKept: Event, Hashable {
  public static let name = "office.kept"
  public static let service = Identity.name

  public var unit: Unit
  public var office: OfficeSummary

  public init(unit: Unit, office: OfficeSummary) {
    self.unit = unit
    self.office = office
  }

  public var subject: String { "office/\(office.code)" }
  public var partition: String { "office/\(unit)/\(office.code)" }
}

/// The counts of one village for one month, the latest revision so far.
public struct CountsRecorded: Event, Hashable {
  public static let name = "counts.recorded"
  public static let service = Identity.name

  public var unit: Unit
  public var village: Office
  public var month: Period
  public var counts: EnrolmentCounts
  /// From 1.
  public var revision: Int
  /// The office that recorded it.
  public var office: Office.Code?

  public init(
    unit: Unit, village: Office, month: Period, counts: EnrolmentCounts, revision: Int, office: Office.Code?
  ) {
    self.unit = unit
    self.village = village
    self.month = month
    self.counts = counts
    self.revision = revision
    self.office = office
  }

  public var subject: String { "village/\(village.code)" }
  public var partition: String { "counts/\(unit)/\(village.code)" }
}
