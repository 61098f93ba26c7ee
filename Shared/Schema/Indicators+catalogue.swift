extension Indicator {
  /// Loại chỉ tiêu: what an entry of it holds.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Tỷ lệ: so many of so many.
    case ratio
    /// Số phát sinh: how many there were in the period.
    case count
    /// Số thời điểm: how many there are on the period's last day.
    case snapshot
    /// Số tiền, in đồng.
    case amount
    /// Điểm
    case score
    /// Có hoặc không: 1 or 0.
    case yesNo = "yes-no"
    /// Định tính: judged in words, with evidence.
    case qualitative
    /// Chỉ báo cáo: a figure that nothing is judged by.
    case reportOnly = "report-only"
  }

  /// What a period has that nothing was entered for, by the parts of it.
  public enum OverTime: String, Codable, Hashable, Sendable, CaseIterable {
    /// All parts added up, where each of them is there.
    case sum
    /// What the last part has.
    case last
    /// Nothing.
    case none
  }

  /// What communes come to together.
  public enum OverUnits: String, Codable, Hashable, Sendable, CaseIterable {
    case sum
    /// Numerators over denominators, each added up.
    case ratio
    /// Nothing: the lowest, the middle and the highest are shown.
    case none
  }

  /// Where it is counted.
  public enum Level: String, Codable, Hashable, Sendable, CaseIterable {
    case village, commune, province
  }

  /// What an indicator is, wherever it is promised: what is counted, of what, and how it adds up. Over time and over units
  /// apart, since a number of households is not added up over months.
  public struct Definition: Codable, Hashable, Sendable {
    /// Such as `dvc.toan-trinh`.
    public var code: Slug
    public var name: Text
    /// `%`, or what is counted; nil where nothing is.
    public var unit: String?
    /// False where less is better, such as places without a signal.
    public var moreIsBetter: Bool
    /// What plans call it besides.
    public var aliases: [String]
    public var kind: Open<Kind>
    /// Tử số, or what is counted where nothing divides it.
    public var numerator: Text?
    /// Mẫu số, of a ratio.
    public var denominator: Text?
    public var overTime: Open<OverTime>
    public var overUnits: Open<OverUnits>
    /// Minh chứng: what has to show a value.
    public var evidence: Text?
    public var owner: Open<Level>
    /// The edition of the document that it is by: `QĐ 405/QĐ-BKHCN, 2025`.
    public var edition: String

    public init(
      code: Slug, name: Text, unit: String? = nil, moreIsBetter: Bool = true, aliases: [String] = [], kind: Kind,
      numerator: Text? = nil, denominator: Text? = nil, overTime: OverTime, overUnits: OverUnits,
      evidence: Text? = nil, owner: Level = .commune, edition: String
    ) {
      self.code = code
      self.name = name
      self.unit = unit
      self.moreIsBetter = moreIsBetter
      self.aliases = aliases
      self.kind = Open(kind)
      self.numerator = numerator
      self.denominator = denominator
      self.overTime = Open(overTime)
      self.overUnits = Open(overUnits)
      self.evidence = evidence
      self.owner = Open(owner)
      self.edition = edition
    }

    /// All that it is called.
    public var names: [String] { [name.vi] + aliases }
  }
}

extension Indicator.Definition {
  /// Throws where its parts contradict each other: each kind has what it needs, and nothing that it cannot have.
  public func check() throws(Refusal) {
    try name.vi.check(atMost: 300, at: "definition.name")
    try edition.check(atMost: 200, at: "definition.edition")
    for name in aliases { try name.check(atMost: 300, at: "definition.aliases") }
    for text in [numerator, denominator, evidence] { try text?.vi.check(atMost: 500, at: "definition") }
    guard let kind = kind.known, let overTime = overTime.known, let overUnits = overUnits.known else {
      throw Refusal(.malformed)
    }
    let isShare = kind == .ratio
    guard isShare == (unit == Indicator.percent) else {
      throw Refusal(
        .invalid, vi: "Tỷ lệ có đơn vị tính là %, loại khác thì không.",
        en: "A ratio is measured in %, nothing else is.",
        at: "definition.unit")
    }
    guard isShare == (denominator != nil), numerator != nil || !kind.isCounted else {
      throw Refusal(
        .invalid, vi: "Tỷ lệ phải nêu tử số và mẫu số; loại khác chỉ nêu cái được đếm (tử số).",
        en: "A ratio says its numerator and its denominator; other kinds what is counted (numerator) alone.",
        at: isShare ? "definition.denominator" : "definition.numerator")
    }
    guard unit != nil || ![.ratio, .count, .snapshot, .amount, .score].contains(kind) else {
      throw Refusal(.invalid, vi: "Hãy nêu đơn vị tính.", en: "Say what it is measured in.", at: "definition.unit")
    }
    guard kind.overTime.contains(overTime) else {
      throw Refusal(
        .invalid,
        vi: "Loại này không cộng theo thời gian như vậy: số thời điểm, điểm và có/không không cộng các tháng.",
        en:
          "This kind does not add up so over time: what there is on a day, a score, yes or no are not added over months.",
        at: "definition.overTime")
    }
    guard kind.overUnits.contains(overUnits) else {
      throw Refusal(
        .invalid, vi: "Loại này không cộng các đơn vị như vậy: tỷ lệ cộng tử và mẫu, điểm không cộng.",
        en: "This kind does not add up so over units: ratios add numerators and denominators, scores nothing.",
        at: "definition.overUnits")
    }
  }
}

extension Indicator.Kind {
  /// False where nothing is entered as a number.
  public var isCounted: Bool { self != .qualitative }

  fileprivate var overTime: [Indicator.OverTime] {
    switch self {
    case .ratio, .count, .amount, .reportOnly: [.sum, .last, .none]
    case .snapshot, .score, .yesNo: [.last, .none]
    case .qualitative: [.none]
    }
  }

  fileprivate var overUnits: [Indicator.OverUnits] {
    switch self {
    case .ratio: [.ratio, .none]
    // Of yes and no, how many say yes.
    case .count, .snapshot, .amount, .yesNo, .reportOnly: [.sum, .none]
    case .score, .qualitative: [.none]
    }
  }
}

/// A definition, and who keeps it.
public struct DefinedIndicator: Body, Codable, Hashable {
  public enum Origin: String, Codable, Hashable, Sendable, CaseIterable {
    /// Shipped with the program.
    case shipped
    case province
    case commune
  }

  public var definition: Indicator.Definition
  public var origin: Open<Origin>
  /// Who keeps it; nil for what is shipped.
  public var unit: Unit?
  /// Of a commune's: what its province made of it, by its code.
  public var adoptedAs: Slug?

  public init(definition: Indicator.Definition, origin: Origin, unit: Unit? = nil, adoptedAs: Slug? = nil) {
    self.definition = definition
    self.origin = Open(origin)
    self.unit = unit
    self.adoptedAs = adoptedAs
  }
}

/// Adds an indicator to the catalogue of a commune, or of a province for all its communes; or changes one's own. A
/// commune's is seen by nobody but the commune and its province.
public struct DefineIndicator: Command, Hashable {
  public typealias Reply = DefinedIndicator
  public static let method: Method = "indicators.define"
  public static let access: Access = .write(by: .focal, .province)

  public var definition: Indicator.Definition

  public init(definition: Indicator.Definition) { self.definition = definition }
}

/// Takes what a commune defined into the province's catalogue: under its own code with the province's edition, or as
/// another name of one that is there already.
public struct AdoptIndicator: Command, Hashable {
  public typealias Reply = DefinedIndicator
  public static let method: Method = "indicators.adopt"
  public static let access: Access = .write(by: .province)

  /// The commune.
  public var unit: Unit
  public var code: Slug
  /// The province's document, and its edition.
  public var edition: String
  /// The one that it is another name of.
  public var into: Slug?

  public init(unit: Unit, code: Slug, edition: String, into: Slug? = nil) {
    self.unit = unit
    self.code = code
    self.edition = edition
    self.into = into
  }
}

/// The catalogue as a unit has it: shipped, its province's, its own; for a province its communes' too.
public struct ListDefinitions: Query, Hashable {
  public typealias Reply = Page<DefinedIndicator>
  public static let method: Method = "indicators.catalogue"
  public static let access: Access = ListPlans.access

  /// A code, or a part of a name; accents and case do not matter.
  public var name: String?
  /// The number of entries that were read before.
  public var after: String?

  public init(name: String? = nil, after: String? = nil) {
    self.name = name
    self.after = after
  }
}
