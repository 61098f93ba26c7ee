/// Chỉ tiêu: one thing that one unit measures, whichever plans promise it and for whichever milestones.
public enum Indicator {
  public typealias ID = Identifier<Indicator>

  /// The measure whose figures need a denominator.
  public static let percent = "%"

  /// Where an indicator stands; derived when asked, never stored.
  public enum Standing: String, Codable, Hashable, Sendable, CaseIterable {
    /// Đạt
    case met
    /// Đúng tiến độ: not reached yet, and its course leads there by the day, or to within 5 points.
    case onTrack = "on-track"
    /// Có nguy cơ: its course misses the day's number, or leaves the day's range on either side, by more than 5 points.
    case atRisk = "at-risk"
    /// Chưa đạt: the nearest milestone is not reached yet, and there is no course to judge by, or its day has passed.
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
  /// Nil only where the comparator asks for no number; of a range the lower one.
  public var value: Quantity?
  /// The upper number of a range; nil for everything else.
  public var upper: Quantity?
  /// Nil is shown as `chưa có hạn`; it is judged until the end of the plan's year, and never overdue.
  public var due: Day?
  public var leads: [Office.Code]

  public init(
    target: Target.ID, plan: Plan.ID, year: Int, number: String, comparator: Open<TargetRow.Comparator>,
    value: Quantity? = nil, upper: Quantity? = nil, due: Day? = nil, leads: [Office.Code]
  ) {
    self.target = target
    self.plan = plan
    self.year = year
    self.number = number
    self.comparator = comparator
    self.value = value
    self.upper = upper
    self.due = due
    self.leads = leads
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

/// Why an indicator stands where it does: every step of the arithmetic.
public struct ExplainStanding: Query, Hashable {
  public typealias Reply = StandingExplained
  public static let method: Method = "indicators.standing"
  public static let access: Access = ListPlans.access

  public var indicator: Indicator.ID
  /// As a report of this period has it: by its value, and the milestone that was the nearest at its end; nil for today.
  public var period: Period?

  public init(indicator: Indicator.ID, period: Period? = nil) {
    self.indicator = indicator
    self.period = period
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
  /// Of the latest period that has a value that was counted.
  public var last: Observation?
  /// Ước thực hiện for a period after that; it judges nothing.
  public var estimate: Observation?
  public var standing: Open<Indicator.Standing>
  /// Of an objective that is only to be reported: the last one on what the year's plans promise.
  public var judgement: Indicator.Judgement?
  /// What the catalogue says that it is; nil where it does not know it.
  public var kind: Open<Indicator.Kind>?

  public init(
    id: Indicator.ID, unit: Unit, name: String, measure: String? = nil, target: Milestone, later: [Milestone] = [],
    last: Observation? = nil, estimate: Observation? = nil, standing: Open<Indicator.Standing>,
    judgement: Indicator.Judgement? = nil, kind: Indicator.Kind? = nil
  ) {
    self.id = id
    self.unit = unit
    self.name = name
    self.measure = measure
    self.target = target
    self.later = later
    self.last = last
    self.estimate = estimate
    self.standing = standing
    self.judgement = judgement
    self.kind = kind.map { Open($0) }
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
    public var onTrack: Int?
    public var atRisk: Int?
    /// Of those that are only to be reported: judged achieved.
    public var achieved: Int?
    /// Judged partly achieved.
    public var partly: Int?
    /// Judged not achieved.
    public var notAchieved: Int?

    public init(
      unit: Unit, met: Int = 0, behind: Int = 0, noData: Int = 0, reportOnly: Int = 0, onTrack: Int = 0,
      atRisk: Int = 0, achieved: Int = 0, partly: Int = 0, notAchieved: Int = 0
    ) {
      self.unit = unit
      self.met = met
      self.behind = behind
      self.noData = noData
      self.reportOnly = reportOnly
      self.onTrack = onTrack
      self.atRisk = atRisk
      self.achieved = achieved
      self.partly = partly
      self.notAchieved = notAchieved
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

/// An indicator's standing, and how it was found.
public struct StandingExplained: Body, Codable, Hashable {
  public var indicator: IndicatorSummary
  /// The values that the forecast is drawn through, the earliest first.
  public var course: [Observation]
  /// Khả năng đạt: in the unit of the target, on its day; nil where there is nothing to forecast.
  public var forecast: Quantity?
  /// One sentence a step.
  public var steps: [Text]

  public init(indicator: IndicatorSummary, course: [Observation], forecast: Quantity? = nil, steps: [Text]) {
    self.indicator = indicator
    self.course = course
    self.forecast = forecast
    self.steps = steps
  }
}
