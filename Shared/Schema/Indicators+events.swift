/// An office entered a value, or corrected one. What is not sent is the unit's own.
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
  /// The village that it is of; nil for the whole unit.
  public var village: Office.Code?
  /// Ước thực hiện: the day as of which it was estimated; nil for a result.
  public var estimatedAsOf: Day?
  /// The office that entered it.
  public var office: Office
  /// The focal office of the plan that it is judged by.
  public var focal: Office.Code

  public init(
    unit: Unit, indicator: Indicator.ID, title: String, measure: String? = nil, period: Period, revision: Int,
    figure: Figure, note: String? = nil, village: Office.Code? = nil, estimatedAsOf: Day? = nil, office: Office,
    focal: Office.Code
  ) {
    self.unit = unit
    self.indicator = indicator
    self.title = title
    self.measure = measure
    self.period = period
    self.revision = revision
    self.figure = figure
    self.note = note
    self.village = village
    self.estimatedAsOf = estimatedAsOf
    self.office = office
    self.focal = focal
  }

  public var subject: String { "indicator/\(indicator)" }
  public var partition: String { "indicator/\(indicator)" }
  public var isInternal: Bool { true }
}

/// A value reached the milestone that the indicator is judged by: said once for each milestone, whatever is corrected
/// afterwards. The value need not have been sent: it is the unit's own.
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
  public var isInternal: Bool { true }
}

/// An office entered many values at once. What is not sent is the unit's own.
public struct ObservationsImported: Event, Hashable {
  public static let name = "observations.imported"
  public static let service = Indicators.name

  /// One of them.
  public struct Value: Codable, Hashable, Sendable {
    public var indicator: Indicator.ID
    public var period: Period
    public var revision: Int
    public var figure: Figure
    public var village: Office.Code?
    public var estimatedAsOf: Day?

    public init(
      indicator: Indicator.ID, period: Period, revision: Int, figure: Figure, village: Office.Code? = nil,
      estimatedAsOf: Day? = nil
    ) {
      self.indicator = indicator
      self.period = period
      self.revision = revision
      self.figure = figure
      self.village = village
      self.estimatedAsOf = estimatedAsOf
    }
  }

  public var unit: Unit
  /// The office that entered them.
  public var office: Office.Code
  public var values: [Value]

  public init(unit: Unit, office: Office.Code, values: [Value]) {
    self.unit = unit
    self.office = office
    self.values = values
  }

  public var subject: String { "unit/\(unit)" }
  public var partition: String { "unit/\(unit)" }
  public var isInternal: Bool { true }
}

/// A submission took a step on its way.
public struct SubmissionMoved: Event, Hashable {
  public static let name = "submission.moved"
  public static let service = Indicators.name

  public var unit: Unit
  public var submission: SubmissionSummary
  /// The regime's.
  public var title: String
  public var due: Day?
  /// Why it was sent back, or taken back.
  public var reason: String?
  /// The offices whose cells are to be looked at again.
  public var offices: [Office.Code]
  /// The focal office of the commune; nil where no plan names one.
  public var focal: Office.Code?

  public init(
    unit: Unit, submission: SubmissionSummary, title: String, due: Day? = nil, reason: String? = nil,
    offices: [Office.Code] = [], focal: Office.Code? = nil
  ) {
    self.unit = unit
    self.submission = submission
    self.title = title
    self.due = due
    self.reason = reason
    self.offices = offices
    self.focal = focal
  }

  public var subject: String { "submission/\(submission.id)" }
  public var partition: String { "submission/\(submission.id)" }
  /// What offices owe each other inside a commune is nobody else's.
  public var isInternal: Bool { submission.keeper.commune != nil }
}
