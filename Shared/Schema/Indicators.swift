/// The indicators service: what was promised by number, what was counted since, and where that leaves each unit.
///
/// Targets come from the plans' stream; observations are entered here, or added up from the counts in identity's stream.
public enum Indicators: Contract {
  public static let name: ServiceName = "indicators"
  public static let requests: [any Request.Type] = [
    ObserveIndicator.self, ListIndicators.self, ListObservations.self, OverviewIndicators.self, RollUpIndicator.self,
  ]
  public static let events: [any Event.Type] = [ObservationRecorded.self, TargetMet.self]
  public static let follows: [ServiceName] = [Identity.name, Plans.name]
}

// MARK: An indicator

/// Chỉ tiêu: one thing that one unit measures, whichever plans promise it and for whichever milestones.
public enum Indicator {
  public typealias ID = Identifier<Indicator>

  /// The measure whose figures need a denominator.
  public static let percent = "%"

  /// Where an indicator stands; derived when asked, never stored.
  public enum Standing: String, Codable, Hashable, Sendable, CaseIterable {
    /// Đạt
    case met
    /// Chưa đạt: the nearest milestone is not reached yet.
    case behind
    /// Chưa có số liệu
    case noData = "no-data"
    /// Chỉ báo cáo: no number was promised, so there is nothing to judge.
    case reportOnly = "report-only"
  }
}

/// Mức phấn đấu: one target of an indicator, as a plan promises it.
public struct Milestone: Codable, Hashable, Sendable {
  public var target: Target.ID
  public var plan: Plan.ID
  /// The plan's.
  public var year: Int
  /// The row's number as printed in the plan.
  public var number: String
  public var comparator: Open<TargetRow.Comparator>
  /// Nil only where the comparator asks for no number.
  public var value: Quantity?
  /// Nil is shown as `chưa có hạn`; it is judged until the end of the plan's year, and never overdue.
  public var due: Day?
  public var leads: [Office.Code]

  public init(
    target: Target.ID, plan: Plan.ID, year: Int, number: String, comparator: Open<TargetRow.Comparator>,
    value: Quantity? = nil, due: Day? = nil, leads: [Office.Code]
  ) {
    self.target = target
    self.plan = plan
    self.year = year
    self.number = number
    self.comparator = comparator
    self.value = value
    self.due = due
    self.leads = leads
  }
}

/// Số liệu kỳ: what an office counted for one period, or what the villages' counts of Đề án 06 come to.
public struct Observation: Codable, Hashable, Sendable {
  /// What a sum of counts rests on: a village without counts does not count as zero.
  public struct Villages: Codable, Hashable, Sendable {
    /// Those whose counts are in.
    public var reported: Int
    /// Those that there are.
    public var expected: Int

    public init(reported: Int, expected: Int) {
      self.reported = reported
      self.expected = expected
    }

    public var isComplete: Bool { reported >= expected }
  }

  public var period: Period
  /// 1 for the first value of the period; each later one supersedes the one before it, which is kept.
  ///
  /// Of a sum of counts, how often counts were recorded for the month; identity keeps the earlier ones.
  public var revision: Int
  public var figure: Figure
  public var note: String?
  /// The office that entered it; of a sum of counts, the one that recorded the last of them.
  public var office: Office.Code
  public var time: Timestamp
  /// True when there is a later revision. A value that was entered for a month also supersedes the sum of its counts.
  public var superseded: Bool
  /// Nil for a value that was entered.
  public var villages: Villages?

  public init(
    period: Period, revision: Int, figure: Figure, note: String? = nil, office: Office.Code, time: Timestamp,
    superseded: Bool = false, villages: Villages? = nil
  ) {
    self.period = period
    self.revision = revision
    self.figure = figure
    self.note = note
    self.office = office
    self.time = time
    self.superseded = superseded
    self.villages = villages
  }
}

// MARK: Requests

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

  public init(indicator: Indicator.ID, period: Period, figure: Figure, note: String? = nil) {
    self.indicator = indicator
    self.period = period
    self.figure = figure
    self.note = note
  }
}

/// The indicators of a unit and of the units below it, in the order of their plans.
public struct ListIndicators: Query, Hashable {
  public typealias Reply = Page<IndicatorSummary>
  public static let method: Method = "indicators.list"
  public static let access: Access = ListPlans.access

  /// Those that this plan promises.
  public var plan: Plan.ID?
  /// Those that a plan promises under this number, whether the milestone has passed or not.
  public var number: String?
  /// Those that this office leads or helps with.
  public var office: Office.Code?
  public var standing: Open<Indicator.Standing>?
  public var after: String?

  public init(
    plan: Plan.ID? = nil, number: String? = nil, office: Office.Code? = nil,
    standing: Open<Indicator.Standing>? = nil, after: String? = nil
  ) {
    self.plan = plan
    self.number = number
    self.office = office
    self.standing = standing
    self.after = after
  }
}

/// Every value of an indicator, superseded ones too, the latest period first.
public struct ListObservations: Query, Hashable {
  public typealias Reply = Page<Observation>
  public static let method: Method = "indicators.observations"
  public static let access: Access = ListPlans.access

  public var indicator: Indicator.ID
  public var after: String?

  public init(indicator: Indicator.ID, after: String? = nil) {
    self.indicator = indicator
    self.after = after
  }
}

/// How many of the indicators that a year's plans promise are met: for the unit, and for each of the units below it.
public struct OverviewIndicators: Query, Hashable {
  public typealias Reply = IndicatorOverview
  public static let method: Method = "indicators.overview"
  public static let access: Access = ListPlans.access

  public var year: Int

  public init(year: Int) { self.year = year }
}

/// One indicator over all communes of the unit for a period: the numerators added up over the denominators added up.
///
/// Counts of Đề án 06 say what there is on the last day of a month. Where nothing was entered for the period they stand
/// for it, if it ends on that day: those of March for the first quarter, or what an office entered for March instead.
public struct RollUpIndicator: Query, Hashable {
  public typealias Reply = RollUp
  public static let method: Method = "indicators.rollup"
  public static let access: Access = ListPlans.access

  /// The whole name or a part of it that is in no other; accents and case do not matter.
  public var name: String
  /// Needed only where indicators of one name are measured differently.
  public var measure: String?
  public var period: Period

  public init(name: String, measure: String? = nil, period: Period) {
    self.name = name
    self.measure = measure
    self.period = period
  }
}

// MARK: Replies

/// An indicator on one line: the target that it is judged by, its last value, and where that leaves it.
public struct IndicatorSummary: Body, Codable, Hashable {
  public var id: Indicator.ID
  public var unit: Unit
  public var name: String
  /// Đơn vị tính; nil where the plan names none.
  public var measure: String?
  /// The nearest milestone that has not passed; the last one when all have.
  public var target: Milestone
  /// Those after it: shown, never judged yet.
  public var later: [Milestone]
  /// Of the latest period that has a value.
  public var last: Observation?
  public var standing: Open<Indicator.Standing>

  public init(
    id: Indicator.ID, unit: Unit, name: String, measure: String? = nil, target: Milestone, later: [Milestone] = [],
    last: Observation? = nil, standing: Open<Indicator.Standing>
  ) {
    self.id = id
    self.unit = unit
    self.name = name
    self.measure = measure
    self.target = target
    self.later = later
    self.last = last
    self.standing = standing
  }
}

/// What was entered, and where the indicator stands since.
public struct ObservationEntry: Body, Codable, Hashable {
  public var observation: Observation
  public var indicator: IndicatorSummary

  public init(observation: Observation, indicator: IndicatorSummary) {
    self.observation = observation
    self.indicator = indicator
  }
}

/// How many indicators of each unit stand where.
public struct IndicatorOverview: Body, Codable, Hashable {
  /// One unit's indicators, counted by their standing.
  public struct Item: Codable, Hashable, Sendable {
    public var unit: Unit
    public var met: Int
    public var behind: Int
    public var noData: Int
    public var reportOnly: Int

    public init(unit: Unit, met: Int = 0, behind: Int = 0, noData: Int = 0, reportOnly: Int = 0) {
      self.unit = unit
      self.met = met
      self.behind = behind
      self.noData = noData
      self.reportOnly = reportOnly
    }
  }

  public var year: Int
  /// The units that promised anything for the year, by their codes.
  public var units: [Item]

  public init(year: Int, units: [Item]) {
    self.year = year
    self.units = units
  }
}

/// One indicator over several communes, with how many of them it rests on: who has not reported does not count as zero.
public struct RollUp: Body, Codable, Hashable {
  /// A commune's own figure.
  public struct Share: Codable, Hashable, Sendable {
    public var unit: Unit
    public var figure: Figure

    public init(unit: Unit, figure: Figure) {
      self.unit = unit
      self.figure = figure
    }
  }

  public var name: String
  public var measure: String?
  public var period: Period
  /// The communes that have a value.
  public var reported: Int
  /// The communes that promise the indicator.
  public var expected: Int
  /// Those of them that have no value.
  public var missing: [Unit]
  /// Nil where a value has no denominator: then there is nothing to add up, and never an average.
  public var total: Ratio?
  /// The lowest value and the highest.
  public var lowest: Share?
  public var highest: Share?

  public init(
    name: String, measure: String? = nil, period: Period, reported: Int, expected: Int, missing: [Unit],
    total: Ratio? = nil, lowest: Share? = nil, highest: Share? = nil
  ) {
    self.name = name
    self.measure = measure
    self.period = period
    self.reported = reported
    self.expected = expected
    self.missing = missing
    self.total = total
    self.lowest = lowest
    self.highest = highest
  }
}

// MARK: Events

/// An office entered a value, or corrected one.
public struct ObservationRecorded: Event, Hashable {
  public static let name = "observation.recorded"
  public static let service = Indicators.name

  public var unit: Unit
  public var indicator: Indicator.ID
  /// The indicator's.
  public var title: String
  public var measure: String?
  public var period: Period
  public var revision: Int
  public var figure: Figure
  public var note: String?
  /// The office that entered it.
  public var office: Office
  /// The focal office of the plan that it is judged by.
  public var focal: Office.Code

  public init(
    unit: Unit, indicator: Indicator.ID, title: String, measure: String? = nil, period: Period, revision: Int,
    figure: Figure, note: String? = nil, office: Office, focal: Office.Code
  ) {
    self.unit = unit
    self.indicator = indicator
    self.title = title
    self.measure = measure
    self.period = period
    self.revision = revision
    self.figure = figure
    self.note = note
    self.office = office
    self.focal = focal
  }

  public var subject: String { "indicator/\(indicator)" }
  public var partition: String { "indicator/\(indicator)" }
}

/// A value reached the milestone that the indicator is judged by: said once for each milestone, whatever is corrected
/// afterwards.
public struct TargetMet: Event, Hashable {
  public static let name = "target.met"
  public static let service = Indicators.name

  public var unit: Unit
  public var indicator: Indicator.ID
  /// The indicator's.
  public var title: String
  public var measure: String?
  public var milestone: Milestone
  public var period: Period
  public var figure: Figure
  /// The focal office of the plan that promised it.
  public var focal: Office.Code

  public init(
    unit: Unit, indicator: Indicator.ID, title: String, measure: String? = nil, milestone: Milestone, period: Period,
    figure: Figure, focal: Office.Code
  ) {
    self.unit = unit
    self.indicator = indicator
    self.title = title
    self.measure = measure
    self.milestone = milestone
    self.period = period
    self.figure = figure
    self.focal = focal
  }

  public var subject: String { "target/\(milestone.target)" }
  public var partition: String { "indicator/\(indicator)" }
}
