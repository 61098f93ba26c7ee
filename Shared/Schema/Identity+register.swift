/// Opens the person register of a commune: until then there is none, and nothing of anybody is taken.
public struct OpenRegister: Command, Hashable {
  public typealias Reply = RegisterSummary
  public static let method: Method = "identity.register.open"
  public static let access: Access = .write(by: .approver)

  /// The document that it is kept on (article 19 of Law 91/2025/QH15 asks for one).
  public var basis: DocumentNumber
  public var issued: Day
  /// What it is kept for.
  public var purpose: String
  /// How long somebody is kept who moved away or died, 1 to 120.
  public var months: Int

  public init(basis: DocumentNumber, issued: Day, purpose: String, months: Int) {
    self.basis = basis
    self.issued = issued
    self.purpose = purpose
    self.months = months
  }
}

/// Ends the keeping of the register: it is still answered for, and nothing is taken or counted any more.
public struct CloseRegister: Command, Hashable {
  public typealias Reply = RegisterSummary
  public static let method: Method = "identity.register.close"
  public static let access: Access = .write(by: .approver)

  public var document: DocumentNumber

  public init(document: DocumentNumber) { self.document = document }
}

/// How a commune's register stands: its basis, how many are in it, and how good it is.
public struct ShowRegister: Query, Hashable {
  public typealias Reply = RegisterSummary
  public static let method: Method = "identity.register.show"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public init() {}
}

public struct RegisterSummary: Body, Codable, Hashable {
  public var unit: Unit
  public var basis: DocumentNumber
  public var issued: Day
  public var purpose: String
  public var months: Int
  public var opened: Day
  public var closed: Day?
  /// The document by which it was closed.
  public var closedBy: DocumentNumber?
  /// For which times it was open before, and on what, the earliest first.
  public var before: [RegisterOpening]?
  public var quality: RegisterQuality

  public init(
    unit: Unit, basis: DocumentNumber, issued: Day, purpose: String, months: Int, opened: Day, closed: Day?,
    closedBy: DocumentNumber? = nil, before: [RegisterOpening]? = nil, quality: RegisterQuality
  ) {
    self.unit = unit
    self.basis = basis
    self.issued = issued
    self.purpose = purpose
    self.months = months
    self.opened = opened
    self.closed = closed
    self.closedBy = closedBy
    self.before = before
    self.quality = quality
  }
}

/// A time for which a register was open, and the legal basis on which people came into it.
public struct RegisterOpening: Codable, Hashable, Sendable {
  public var basis: DocumentNumber
  public var issued: Day
  public var purpose: String
  /// How long who left is kept.
  public var months: Int
  public var opened: Day
  public var closed: Day?
  public var closedBy: DocumentNumber?

  public init(
    basis: DocumentNumber, issued: Day, purpose: String, months: Int, opened: Day, closed: Day?,
    closedBy: DocumentNumber?
  ) {
    self.basis = basis
    self.issued = issued
    self.purpose = purpose
    self.months = months
    self.opened = opened
    self.closed = closed
    self.closedBy = closedBy
  }
}

/// Đúng, đủ, sạch, sống: of so many people, how many pass each.
public struct RegisterQuality: Codable, Hashable, Sendable {
  public enum Aspect: String, Codable, Hashable, Sendable, CaseIterable {
    /// Đúng: year of birth and sex agree with the number.
    case correct
    /// Đủ: the village is known and, for who has an identity of level 2, since when.
    case complete
    /// Sạch: in no undecided duplicate.
    case clean
    /// Sống: compared with the national population database within a year.
    case live
  }

  public var people: Int64
  public var correct: Int64
  public var complete: Int64
  public var clean: Int64
  public var live: Int64

  public init(people: Int64, correct: Int64, complete: Int64, clean: Int64, live: Int64) {
    self.people = people
    self.correct = correct
    self.complete = complete
    self.clean = clean
    self.live = live
  }
}

/// The people that fail an aspect of quality, for whoever goes and mends it.
public struct ListWork: Query, Hashable {
  public typealias Reply = Page<PersonSummary>
  public static let method: Method = "identity.register.work"
  public static let access: Access = .own(by: [.police])

  public var aspect: Open<RegisterQuality.Aspect>
  public var after: String?

  public init(aspect: Open<RegisterQuality.Aspect>, after: String? = nil) {
    self.aspect = aspect
    self.after = after
  }
}

// MARK: Import

/// Takes lines of a file: rows that can be understood are taken, the others are named and are not.
///
/// A line is nine fields parted by tabs: personal number, name, birth, sex, village, state of the electronic identity,
/// since when, digital signature, day of the last comparison. All but the number may be empty: what is empty stays as it
/// is. The name is compared, and not kept.
public struct ImportPeople: ConfidentialCommand, Hashable {
  public typealias Reply = ImportSummary
  public static let method: Method = "identity.register.import"
  public static let access: Access = .write(by: .police)

  /// Lines at most.
  public static let limit = 2000

  /// The number that the first line has in its file.
  public var first: Int
  public var lines: String
  /// Whether numbers whose zeros a spreadsheet ate are taken with the zeros put back.
  public var pads: Bool

  public init(first: Int, lines: String, pads: Bool) {
    self.first = first
    self.lines = lines
    self.pads = pads
  }
}

/// What became of the lines.
public struct ImportSummary: Body, Codable, Hashable {
  public var added: Int
  public var changed: Int
  public var unchanged: Int
  public var refused: Int
  public var findings: [RowFinding]
  /// How many more there were of lines that were taken: one reply has room for 4,500.
  public var unsaid: Int?

  public init(
    added: Int = 0, changed: Int = 0, unchanged: Int = 0, refused: Int = 0, findings: [RowFinding] = [],
    unsaid: Int? = nil
  ) {
    self.added = added
    self.changed = changed
    self.unchanged = unchanged
    self.refused = refused
    self.findings = findings
    self.unsaid = unsaid
  }
}

/// What is wrong with a line of a file, or strange about it. It quotes nothing of it.
public struct RowFinding: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case fields, notDigits = "not-digits", wrongLength = "wrong-length", zerosEaten = "zeros-eaten"
    case oldNumber = "old-number", unknownPlace = "unknown-place", future, badDay = "bad-day"
    case unknownVillage = "unknown-village", unknownWord = "unknown-word", cannotFollow = "cannot-follow"
    case twoNames = "two-names", decidedName = "decided-name", gone
    // The row was taken all the same.
    case padded, sexDisagrees = "sex-disagrees", yearDisagrees = "year-disagrees"
    case underFourteen = "under-fourteen", likeAnother = "like-another"

    /// The row was not taken.
    public var isError: Bool {
      switch self {
      case .padded, .sexDisagrees, .yearDisagrees, .underFourteen, .likeAnother: false
      default: true
      }
    }
  }

  public var line: Int
  public var kind: Open<Kind>

  public init(line: Int, kind: Open<Kind>) {
    self.line = line
    self.kind = kind
  }
}

// MARK: Statistics

/// How many there are of whom, by village of a commune or by commune of a province, as the register stands now.
public struct ReadStatistics: Query, Hashable {
  public typealias Reply = StatisticsTable
  public static let method: Method = "identity.register.statistics"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public init() {}
}

public struct StatisticsTable: Body, Codable, Hashable {
  public var rows: [StatisticsRow]
  public var total: StatisticsRow

  public init(rows: [StatisticsRow], total: StatisticsRow) {
    self.rows = rows
    self.total = total
  }
}

/// A village, a commune or all of them.
public struct StatisticsRow: Codable, Hashable, Sendable {
  public var unit: Unit
  /// Nil for a whole unit, and for those of whom no village is known.
  public var village: Office?
  /// Of any age.
  public var people: Int64
  /// Adults are those who turn 18 this year or did before: the register knows the year of birth alone.
  public var counts: EnrolmentCounts
  /// Adults whose electronic identity is registered or verified, and not issued yet.
  public var pending: Int64
  /// Adults whose electronic identity is locked: issued, and not activated.
  public var suspended: Int64

  public init(
    unit: Unit, village: Office? = nil, people: Int64 = 0, counts: EnrolmentCounts = .zero, pending: Int64 = 0,
    suspended: Int64 = 0
  ) {
    self.unit = unit
    self.village = village
    self.people = people
    self.counts = counts
    self.pending = pending
    self.suspended = suspended
  }
}

/// Records the counts of this month from the register, village by village, in the place of typed ones.
public struct CountRegister: Command, Hashable {
  public typealias Reply = CountsTable
  public static let method: Method = "identity.register.count"
  public static let access: Access = .write(by: .police)

  /// The calendar month that it is: the register shows how it stands now.
  public var month: Period

  public init(month: Period) { self.month = month }
}

/// Seals the numbers of the register with another key, a part at a time: asked again until none is left.
public struct RekeyRegister: LongPoll, Hashable {
  public typealias Reply = Rekeying
  public static let method: Method = "identity.register.rekey"
  public static let access: Access = .operate

  /// Whether to make a new key first; else only what an earlier request left is done.
  public var begins: Bool

  public init(begins: Bool) { self.begins = begins }
}

public struct Rekeying: Body, Codable, Hashable {
  /// Numbers that are sealed with the newest key, and with an older one.
  public var done: Int64
  public var left: Int64

  public init(done: Int64, left: Int64) {
    self.done = done
    self.left = left
  }
}

// MARK: Duplicates

/// Two that may be one, for somebody to decide: nothing is merged by itself.
public struct Duplicate: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    /// Two numbers, one name and birth.
    case likeness
    /// One number, two names or births; the row that brought the other one was not taken.
    case number
  }

  public var kind: Open<Kind>
  public var person: Person.Reference
  /// The other person; of one number with two names, what stands for the other name.
  public var other: Person.Reference
  public var found: Timestamp

  public init(kind: Open<Kind>, person: Person.Reference, other: Person.Reference, found: Timestamp) {
    self.kind = kind
    self.person = person
    self.other = other
    self.found = found
  }
}

/// The undecided ones of a commune.
public struct ListDuplicates: Query, Hashable {
  public typealias Reply = Page<Duplicate>
  public static let method: Method = "identity.duplicates"
  public static let access: Access = .own(by: [.police])

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// Decides a duplicate, for good.
public struct DecideDuplicate: Command, Hashable {
  public typealias Reply = PersonSummary
  public static let method: Method = "identity.duplicates.decide"
  public static let access: Access = .write(by: .police)

  /// The one that stays.
  public var person: Person.Reference
  public var other: Person.Reference
  /// Whether both are one: then the other one's record gives way, or the other name is taken for the right one.
  public var isSame: Bool
  public var reason: String

  public init(person: Person.Reference, other: Person.Reference, isSame: Bool, reason: String) {
    self.person = person
    self.other = other
    self.isSame = isSame
    self.reason = reason
  }
}
