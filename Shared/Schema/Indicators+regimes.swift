/// Chế độ báo cáo: who owes what, for which periods, to whom, by when.
///
/// One that a commune keeps is owed by its offices to the focal office; one that a province keeps, by its communes to
/// the Sở.
public struct Regime: Body, Codable, Hashable {
  public typealias Code = Slug

  /// When a report is due after its period.
  public struct Due: Codable, Hashable, Sendable {
    /// The spans that it is for; empty for all that have no rule of their own: `month`, `quarter`, `6m`, `9m`, `year`.
    public var spans: [Open<Span>]
    /// Months after the last month of the period: 1 for the tenth of April of a first quarter, 0 for a day within it.
    public var months: Int
    /// The day of that month; one that the month has not is its last day.
    public var day: Int

    public init(spans: [Open<Span>] = [], months: Int, day: Int) {
      self.spans = spans
      self.months = months
      self.day = day
    }
  }

  /// How long the periods are that are reported.
  public enum Span: String, Codable, Hashable, Sendable, CaseIterable {
    case month, quarter, year
    case sixMonths = "6m"
    case nineMonths = "9m"
  }

  /// Đột xuất: what a letter asks for once.
  public struct Letter: Codable, Hashable, Sendable {
    public var number: DocumentNumber
    /// What it asks for.
    public var asks: String
    public var period: Period
    public var due: Day

    public init(number: DocumentNumber, asks: String, period: Period, due: Day) {
      self.number = number
      self.asks = asks
      self.period = period
      self.due = due
    }
  }

  /// Unique within its unit, such as `khcn-cds`.
  public var code: Code
  public var name: String
  /// Căn cứ: the document that asks for it.
  public var basis: String?
  /// Qua ai: who gathers it on its way to whom it is for, as papers name it, such as `Phòng Văn hóa - Xã hội` for the
  /// UBND xã, or `Sở Khoa học và Công nghệ` for the UBND tỉnh; nil where nobody does. It changes no right: the keeper
  /// receives it.
  public var via: String?
  /// The 15th-to-14th calendar of Decree 09/2019/NĐ-CP, where a report is never due before its cut-off.
  public var isDecree09: Bool
  /// Those that are reported; empty for a single request.
  public var spans: [Open<Span>]
  /// Empty for `chưa có hạn`: nothing is late then, and nothing is locked.
  public var due: [Due]
  /// Days after the due day on which the form is locked; nil for one that only locks when it is received.
  public var lockAfter: Int?
  /// The names of the indicators that are reported, as plans call them; empty for all that the reporter leads or has.
  public var indicators: [String]
  public var letter: Letter?
  /// The communes that a province's is asked of; nil for all.
  public var units: [Unit]?
  /// The offices that a commune's is asked of; nil for all.
  public var offices: [Office.Code]?

  public init(
    code: Code, name: String, basis: String? = nil, via: String? = nil, isDecree09: Bool = false,
    spans: [Open<Span>] = [],
    due: [Due] = [], lockAfter: Int? = nil, indicators: [String] = [], letter: Letter? = nil, units: [Unit]? = nil,
    offices: [Office.Code]? = nil
  ) {
    self.code = code
    self.name = name
    self.basis = basis
    self.via = via
    self.isDecree09 = isDecree09
    self.spans = spans
    self.due = due
    self.lockAfter = lockAfter
    self.indicators = indicators
    self.letter = letter
    self.units = units
    self.offices = offices
  }
}

/// A regime as a unit knows it: its own, or its province's.
public struct RegimeSummary: Body, Codable, Hashable {
  /// Who keeps it, and is reported to.
  public var keeper: Unit
  public var regime: Regime
  /// The periods whose due day a letter moved.
  public var moves: [DueMove]
  /// What is worth another look, such as a report that is due before its data is complete.
  public var warnings: [Text]?

  public init(keeper: Unit, regime: Regime, moves: [DueMove] = [], warnings: [Text]? = nil) {
    self.keeper = keeper
    self.regime = regime
    self.moves = moves
    self.warnings = warnings
  }
}

/// A due day that a letter moved.
public struct DueMove: Codable, Hashable, Sendable {
  public var period: Period
  public var due: Day
  public var document: DocumentNumber

  public init(period: Period, due: Day, document: DocumentNumber) {
    self.period = period
    self.due = due
    self.document = document
  }
}

/// Sets up a regime, or changes it from here on.
public struct KeepRegime: Command, Hashable {
  public typealias Reply = RegimeSummary
  public static let method: Method = "indicators.regime.keep"
  public static let access: Access = .write(by: .focal, .province)

  public var regime: Regime

  public init(regime: Regime) { self.regime = regime }
}

/// The regimes that a unit keeps and those that it is under.
public struct ListRegimes: Query, Hashable {
  public typealias Reply = Page<RegimeSummary>
  public static let method: Method = "indicators.regimes"
  public static let access: Access = ListPlans.access

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// Records a letter that moves the due day of one period.
public struct MoveDueDay: Command, Hashable {
  public typealias Reply = RegimeSummary
  public static let method: Method = "indicators.regime.move"
  public static let access = KeepRegime.access

  public var regime: Regime.Code
  public var move: DueMove

  public init(regime: Regime.Code, move: DueMove) {
    self.regime = regime
    self.move = move
  }
}

/// Opens a locked period once more, for one who reports, until a day.
public struct GrantException: Command, Hashable {
  public typealias Reply = Done
  public static let method: Method = "indicators.regime.exception"
  public static let access = KeepRegime.access

  public var regime: Regime.Code
  public var period: Period
  /// The commune of a province's regime; nil where `office` is named.
  public var unit: Unit?
  /// The office of a commune's regime.
  public var office: Office.Code?
  public var until: Day
  public var reason: String

  public init(
    regime: Regime.Code, period: Period, unit: Unit? = nil, office: Office.Code? = nil, until: Day, reason: String
  ) {
    self.regime = regime
    self.period = period
    self.unit = unit
    self.office = office
    self.until = until
    self.reason = reason
  }
}
