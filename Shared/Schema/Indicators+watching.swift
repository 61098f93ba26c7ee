/// A report's form opened, and its reporter has not sent it; said again when another day became its due day.
public struct ReportExpected: Event, Hashable {
  public static let name = "report.expected"
  public static let service = Indicators.name

  /// The reporter's.
  public var unit: Unit
  /// Nil for the whole commune's.
  public var office: Office.Code?
  /// Who keeps the regime.
  public var keeper: Unit
  public var regime: Regime.Code
  /// The regime's name.
  public var title: String
  public var period: Period
  /// The last day of the period, after which the form opens.
  public var cutoff: Day
  /// Nil for `chưa có hạn`.
  public var due: Day?
  /// The focal office of the commune; nil where no plan names one.
  public var focal: Office.Code?

  public init(
    unit: Unit, office: Office.Code? = nil, keeper: Unit, regime: Regime.Code, title: String, period: Period,
    cutoff: Day, due: Day? = nil, focal: Office.Code? = nil
  ) {
    self.unit = unit
    self.office = office
    self.keeper = keeper
    self.regime = regime
    self.title = title
    self.period = period
    self.cutoff = cutoff
    self.due = due
    self.focal = focal
  }

  public var subject: String { ReportSettled.subject(of: regime, of: keeper, period, from: office) }
  public var partition: String { "\(subject)/\(unit)" }
  public var isInternal: Bool { keeper.commune != nil }
}

/// A report that was expected is sent, or nobody expects it any more.
public struct ReportSettled: Event, Hashable {
  public static let name = "report.settled"
  public static let service = Indicators.name

  public var unit: Unit
  public var office: Office.Code?
  public var keeper: Unit
  public var regime: Regime.Code
  public var period: Period

  public init(unit: Unit, office: Office.Code? = nil, keeper: Unit, regime: Regime.Code, period: Period) {
    self.unit = unit
    self.office = office
    self.keeper = keeper
    self.regime = regime
    self.period = period
  }

  public var subject: String { Self.subject(of: regime, of: keeper, period, from: office) }
  public var partition: String { "\(subject)/\(unit)" }
  public var isInternal: Bool { keeper.commune != nil }

  fileprivate static func subject(
    of regime: Regime.Code, of keeper: Unit, _ period: Period, from office: Office.Code?
  ) -> String {
    "report/\(keeper)/\(regime)/\(period)" + (office.map { "/\($0)" } ?? "")
  }
}

/// Có nguy cơ: the course of an indicator misses the milestone that it is judged by; said once, until it recovers.
public struct TargetEndangered: Event, Hashable {
  public static let name = "target.endangered"
  public static let service = Indicators.name

  public var unit: Unit
  public var indicator: Indicator.ID
  /// The indicator's.
  public var title: String
  public var measure: String?
  public var milestone: Milestone
  /// The last value that was counted.
  public var period: Period
  public var figure: Figure
  /// Where its course leads by the day of the milestone.
  public var forecast: Quantity?
  /// The focal office of the plan that promised it.
  public var focal: Office.Code

  public init(
    unit: Unit, indicator: Indicator.ID, title: String, measure: String? = nil, milestone: Milestone, period: Period,
    figure: Figure, forecast: Quantity? = nil, focal: Office.Code
  ) {
    self.unit = unit
    self.indicator = indicator
    self.title = title
    self.measure = measure
    self.milestone = milestone
    self.period = period
    self.figure = figure
    self.forecast = forecast
    self.focal = focal
  }

  public var subject: String { "target/\(milestone.target)" }
  public var partition: String { "indicator/\(indicator)" }
  public var isInternal: Bool { true }
}

/// A target that was in danger is not any more: it is met or on its course, its day has passed, or nothing promises it.
public struct TargetRecovered: Event, Hashable {
  public static let name = "target.recovered"
  public static let service = Indicators.name

  public var unit: Unit
  public var indicator: Indicator.ID
  public var target: Target.ID

  public init(unit: Unit, indicator: Indicator.ID, target: Target.ID) {
    self.unit = unit
    self.indicator = indicator
    self.target = target
  }

  public var subject: String { "target/\(target)" }
  public var partition: String { "indicator/\(indicator)" }
  public var isInternal: Bool { true }
}
