/// One indicator over all communes of a province for a period, or over all provinces where the route names no unit: the
/// numerators added up over the denominators added up.
///
/// Counts of Đề án 06 say what there is on the last day of a month. Where nothing was entered for the period they stand
/// for it, if it ends on that day: those of March for the first quarter, or what an office entered for March instead.
/// A commune's own sum has what was counted in the communes that were merged into it since.
///
/// Without `received` it is the working state, and says so. Of one commune those above it are shown what it sent.
public struct RollUpIndicator: Query, Hashable {
  public typealias Reply = RollUp
  public static let method: Method = "indicators.rollup"
  /// Everybody at home and below; the whole country is for an auditor who belongs to no unit.
  public static let access: Access = .beneath(by: ListPlans.access.roles)

  /// The whole name or a part of it that is in no other; accents and case do not matter.
  public var name: String
  /// Needed only where indicators of one name are measured differently.
  public var measure: String?
  public var period: Period
  /// True for what the upper level has received in submissions, and nothing else.
  public var received: Bool?

  public init(name: String, measure: String? = nil, period: Period, received: Bool? = nil) {
    self.name = name
    self.measure = measure
    self.period = period
    self.received = received
  }
}

/// All indicators of the communes of a province for a period, a line each, or of the country.
public struct ShowRollUpTable: Query, Hashable {
  public typealias Reply = RollUpSummary
  public static let method: Method = "indicators.rollup.table"
  public static let access = RollUpIndicator.access

  public var period: Period
  /// The number of lines that were read before.
  public var after: String?

  public init(period: Period, after: String? = nil) {
    self.period = period
    self.after = after
  }
}

/// Records that a commune was merged into another of the same province: what it counted before that day is added to what
/// the other one counted, and it is expected to report no longer.
public struct RecordMerger: Command, Hashable {
  public typealias Reply = Merger
  public static let method: Method = "indicators.merger"
  public static let access: Access = .write(by: .province)

  public var merger: Merger

  public init(merger: Merger) { self.merger = merger }
}

/// Takes back a merger that was recorded for the indicators by mistake: the commune reports again for all periods, and its
/// values are its own. One that identity's administrators recorded, where rights moved as well, is for good.
public struct RevokeMerger: Command, Hashable {
  public typealias Reply = Merger
  public static let method: Method = "indicators.merger.revoke"
  public static let access: Access = .write(by: .province)

  /// The commune that was said to have ended.
  public var from: Unit
  /// By which document it is corrected.
  public var document: DocumentNumber
  public var reason: String

  public init(from: Unit, document: DocumentNumber, reason: String) {
    self.from = from
    self.document = document
    self.reason = reason
  }
}

/// Sáp nhập: one commune that goes on in another.
public struct Merger: Body, Codable, Hashable {
  public var from: Unit
  public var into: Unit
  /// The first day of the merged unit.
  public var day: Day
  /// Nghị quyết by which they were merged.
  public var document: DocumentNumber

  public init(from: Unit, into: Unit, day: Day, document: DocumentNumber) {
    self.from = from
    self.into = into
    self.day = day
    self.document = document
  }
}

/// One indicator over several communes, with how many of them it rests on: who has not reported does not count as zero.
public struct RollUp: Body, Codable, Hashable {
  /// Whose word the values are.
  public enum Basis: String, Codable, Hashable, Sendable, CaseIterable {
    /// All that is entered, sent or not: the communes' working state.
    case entered
    /// What the communes sent to the upper level.
    case sent
    /// What the upper level received.
    case received
  }

  /// A commune's own figure.
  public struct Share: Codable, Hashable, Sendable {
    public var unit: Unit
    public var figure: Figure

    public init(unit: Unit, figure: Figure) {
      self.unit = unit
      self.figure = figure
    }
  }

  /// What the missing would make of the total, by the denominators that they last reported.
  public struct Range: Codable, Hashable, Sendable {
    /// If all of them were at 0 %.
    public var lowest: Ratio
    /// If all of them were at 100 %.
    public var highest: Ratio
    /// How much of the denominator has reported.
    public var covered: Ratio

    public init(lowest: Ratio, highest: Ratio, covered: Ratio) {
      self.lowest = lowest
      self.highest = highest
      self.covered = covered
    }
  }

  /// One province of the country.
  public struct Province: Codable, Hashable, Sendable {
    public var unit: Unit
    public var reported: Int
    public var expected: Int
    public var total: Ratio?
    /// Of what has no denominator and is added up.
    public var sum: Int64?

    public init(unit: Unit, reported: Int, expected: Int, total: Ratio? = nil, sum: Int64? = nil) {
      self.unit = unit
      self.reported = reported
      self.expected = expected
      self.total = total
      self.sum = sum
    }
  }

  public var name: String
  public var measure: String?
  public var period: Period
  /// Nil from a service that did not say it yet.
  public var basis: Open<Basis>?
  /// The communes that have a value.
  public var reported: Int
  /// The communes that promise the indicator.
  public var expected: Int
  /// Those of them that have no value.
  public var missing: [Unit]
  /// Communes whose value rests on some of their villages alone; nil where there is none.
  public var partial: [Unit]?
  /// Nil where a value has no denominator: then there is nothing to add up, and never an average.
  public var total: Ratio?
  /// Nil where a missing commune has never reported a denominator.
  public var range: Range?
  /// The lowest value, the one in the middle (the lower one of two), and the highest.
  public var lowest: Share?
  public var median: Share?
  public var highest: Share?
  /// Of a country.
  public var provinces: [Province]?
  /// Of what has no denominator and is added up by the catalogue: how many there are; of yes and no, how many say yes.
  public var sum: Int64?

  public init(
    name: String, measure: String? = nil, period: Period, basis: Basis? = nil, reported: Int, expected: Int,
    missing: [Unit], partial: [Unit]? = nil, total: Ratio? = nil, range: Range? = nil, lowest: Share? = nil,
    median: Share? = nil,
    highest: Share? = nil,
    provinces: [Province]? = nil, sum: Int64? = nil
  ) {
    self.name = name
    self.measure = measure
    self.period = period
    self.basis = basis.map { Open($0) }
    self.reported = reported
    self.expected = expected
    self.missing = missing
    self.partial = partial
    self.total = total
    self.range = range
    self.lowest = lowest
    self.median = median
    self.highest = highest
    self.provinces = provinces
    self.sum = sum
  }
}

/// Indicators over the communes of a unit, by their names.
public struct RollUpSummary: Body, Codable, Hashable {
  public struct Line: Codable, Hashable, Sendable {
    public var name: String
    public var measure: String?
    /// The communes that have a value, of those that promise the indicator.
    public var reported: Int
    public var expected: Int
    /// Nil where a value has no denominator, and where there is none.
    public var total: Ratio?
    /// Of what has no denominator and is added up.
    public var sum: Int64?

    public init(
      name: String, measure: String? = nil, reported: Int, expected: Int, total: Ratio? = nil, sum: Int64? = nil
    ) {
      self.name = name
      self.measure = measure
      self.reported = reported
      self.expected = expected
      self.total = total
      self.sum = sum
    }
  }

  public var period: Period
  /// Nil from a service that did not say it yet.
  public var basis: Open<RollUp.Basis>?
  public var lines: [Line]
  /// To go on from, where there are more.
  public var next: String?

  public init(period: Period, basis: RollUp.Basis? = nil, lines: [Line], next: String? = nil) {
    self.period = period
    self.basis = basis.map { Open($0) }
    self.lines = lines
    self.next = next
  }
}
