/// Số liệu kỳ: what an office counted for one period, or what villages' values, counts of Đề án 06 or payments come to.
public struct Observation: Codable, Hashable, Sendable {
  /// What a sum over villages rests on: a village without a value does not count as zero.
  public struct Villages: Codable, Hashable, Sendable {
    /// Those whose values are in.
    public var reported: Int
    /// Those that there are.
    public var expected: Int

    public init(reported: Int, expected: Int) {
      self.reported = reported
      self.expected = expected
    }

    public var isComplete: Bool { reported >= expected }
  }

  /// Where a value comes from that nobody entered for the unit.
  public enum Source: String, Codable, Hashable, Sendable {
    /// What was entered for its villages.
    case villages
    /// Counts of Đề án 06.
    case counts
    /// Its budget: paid of what is allocated, from the year's first day to the period's last.
    case spending
    /// Tasks of its plans: done, or done in time, of those that are due from the year's first day to the period's last.
    case tasks
    /// What was entered for the parts of the period, added up.
    case periods
  }

  public var period: Period
  /// 1 for the first value of the period; each later one supersedes the one before it, which is kept.
  ///
  /// Of a sum over villages, how often a value was recorded for the period; of spending, how many movements it is of.
  public var revision: Int
  public var figure: Figure
  public var note: String?
  /// What shows it: a document's number, the name of a sheet, an address.
  public var evidence: String?
  /// Why it was entered although counts are there.
  public var reason: String?
  /// The village that it is of; nil for the whole unit.
  public var village: Office.Code?
  /// Ước thực hiện: the day as of which it was estimated. Nil for what was counted: an estimate is no result.
  public var estimatedAsOf: Day?
  /// The office that entered it; of a sum, the one that recorded the last of its values.
  public var office: Office.Code
  public var time: Timestamp
  /// True when there is a later revision. A value that was entered for the unit also supersedes a sum over its villages.
  public var superseded: Bool
  /// Nil for a value that was entered, and for one of spending.
  public var villages: Villages?
  /// Nil for a value that was entered.
  public var source: Open<Source>?

  public init(
    period: Period, revision: Int, figure: Figure, note: String? = nil, evidence: String? = nil, reason: String? = nil,
    village: Office.Code? = nil, estimatedAsOf: Day? = nil, office: Office.Code, time: Timestamp,
    superseded: Bool = false, villages: Villages? = nil, source: Source? = nil
  ) {
    self.period = period
    self.revision = revision
    self.figure = figure
    self.note = note
    self.evidence = evidence
    self.reason = reason
    self.village = village
    self.estimatedAsOf = estimatedAsOf
    self.office = office
    self.time = time
    self.superseded = superseded
    self.villages = villages
    self.source = source.map { Open($0) }
  }
}

/// Records what was counted in a period: by an office that leads the indicator, or by the focal office in its place.
///
/// A second value for the same period is a new revision of it; the expected version of the request is the revision that
/// the caller has seen.
public struct ObserveIndicator: Command, Hashable {
  public typealias Reply = ObservationEntry
  public static let method: Method = "indicators.observe"
  public static let access: Access = .write(by: .entry, .focal, .finance, .serviceCentre, .police)

  public var indicator: Indicator.ID
  public var period: Period
  /// With a denominator where the indicator is measured in percent.
  public var figure: Figure
  public var note: String?
  /// Needed for a village's value: the sheet that it was given on.
  public var evidence: String?
  /// Needed where counts of Đề án 06, or the budget, give the value already.
  public var reason: String?
  /// A village, school or health station of the unit that it is entered for.
  public var village: Office.Code?
  /// Ước thực hiện: the day as of which it is estimated. It is replaced by what is counted, never the other way round.
  public var estimatedAsOf: Day?
  /// Of a sheet's row: the revision that stood when the sheet was given out, 0 for none; nil where the sheet does not say.
  /// What was corrected since is not undone.
  public var seen: Int?

  public init(
    indicator: Indicator.ID, period: Period, figure: Figure, note: String? = nil, evidence: String? = nil,
    reason: String? = nil, village: Office.Code? = nil, estimatedAsOf: Day? = nil, seen: Int? = nil
  ) {
    self.indicator = indicator
    self.period = period
    self.figure = figure
    self.note = note
    self.evidence = evidence
    self.reason = reason
    self.village = village
    self.estimatedAsOf = estimatedAsOf
    self.seen = seen
  }
}

/// Records many values in one command, each answered by itself: what is good is kept, what is not is told why.
///
/// A row that says what stands already makes no revision. One that would undo what somebody corrected since its sheet was
/// filled in is refused: by `seen`, or because its value stood before.
public struct ImportObservations: Command, Hashable {
  public typealias Reply = ImportReport
  public static let method: Method = "indicators.import"
  public static let access = ObserveIndicator.access
  /// Rows in one request.
  public static let most = 100

  public var rows: [ObserveIndicator]

  public init(rows: [ObserveIndicator]) { self.rows = rows }

  /// The rows of which there are several for one indicator, period and village, each with all of them: which one is
  /// meant nobody knows, so none is kept.
  public static func doubled(in rows: [ObserveIndicator]) -> [Int: [Int]] {
    struct Place: Hashable {
      let indicator: Indicator.ID
      let period: Period
      let village: Office.Code?
    }
    let places = Dictionary(grouping: rows.indices) { index in
      Place(indicator: rows[index].indicator, period: rows[index].period, village: rows[index].village)
    }
    var doubled: [Int: [Int]] = [:]
    for same in places.values where same.count > 1 {
      for index in same { doubled[index] = same }
    }
    return doubled
  }
}

/// What `indicators.import` would answer, without keeping anything: the preview of a sheet.
public struct CheckObservations: Query, Hashable {
  public typealias Reply = ImportReport
  public static let method: Method = "indicators.import.check"
  public static let access = Access.own(by: ObserveIndicator.access.roles)

  public var rows: [ObserveIndicator]

  public init(rows: [ObserveIndicator]) { self.rows = rows }
}

/// Không phát sinh: says that there was nothing to count in a period, which is not the same as no answer.
///
/// A value that is entered for the period later takes its place.
public struct DeclareNothing: Command, Hashable {
  public typealias Reply = IndicatorSummary
  public static let method: Method = "indicators.nothing"
  public static let access = ObserveIndicator.access

  public var indicator: Indicator.ID
  public var period: Period
  public var note: String?

  public init(indicator: Indicator.ID, period: Period, note: String? = nil) {
    self.indicator = indicator
    self.period = period
    self.note = note
  }
}

/// Every value of an indicator, superseded ones too, the latest period first.
public struct ListObservations: Query, Hashable {
  public typealias Reply = Page<Observation>
  public static let method: Method = "indicators.observations"
  public static let access: Access = ListPlans.access

  public var indicator: Indicator.ID
  /// The values of this village; without it those of the whole unit.
  public var village: Office.Code?
  public var after: String?

  public init(indicator: Indicator.ID, village: Office.Code? = nil, after: String? = nil) {
    self.indicator = indicator
    self.village = village
    self.after = after
  }
}

/// What was entered, what looks strange about it, and where the indicator stands since.
public struct ObservationEntry: Body, Codable, Hashable {
  public var observation: Observation
  public var indicator: IndicatorSummary
  /// What is worth another look; the value is kept all the same.
  public var warnings: [Text]?

  public init(observation: Observation, indicator: IndicatorSummary, warnings: [Text]? = nil) {
    self.observation = observation
    self.indicator = indicator
    self.warnings = warnings
  }
}

/// The rows of an import, in their order, each with what became of it.
public struct ImportReport: Body, Codable, Hashable {
  public struct Answer: Codable, Hashable, Sendable {
    /// The value's, where it is kept.
    public var revision: Int?
    /// Không đổi: true where the value stood already, and that is its revision.
    public var isUnchanged: Bool?
    /// Why it is not.
    public var refusal: Text?
    /// The part of the row that is meant, such as `figure.denominator`.
    public var place: String?
    public var warnings: [Text]?

    public init(
      revision: Int? = nil, isUnchanged: Bool? = nil, refusal: Text? = nil, place: String? = nil,
      warnings: [Text]? = nil
    ) {
      self.revision = revision
      self.isUnchanged = isUnchanged
      self.refusal = refusal
      self.place = place
      self.warnings = warnings
    }
  }

  public var rows: [Answer]

  public init(rows: [Answer]) { self.rows = rows }

  /// How many are kept.
  public var kept: Int { rows.count { $0.refusal == nil } }
}
