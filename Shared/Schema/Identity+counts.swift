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
  /// Whether it is for publication: then small groups are left out of the rows.
  public var published: Bool?

  public init(month: Period, published: Bool? = nil) {
    self.month = month
    self.published = published
  }
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
  /// True where the counts are in and left out, since somebody could be known by them.
  public var suppressed: Bool?

  public init(
    unit: Unit, village: Office? = nil, reported: Int, expected: Int, counts: EnrolmentCounts?, revision: Int? = nil,
    suppressed: Bool? = nil
  ) {
    self.unit = unit
    self.village = village
    self.reported = reported
    self.expected = expected
    self.counts = counts
    self.revision = revision
    self.suppressed = suppressed
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
