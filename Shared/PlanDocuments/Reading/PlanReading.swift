public import Schema

/// Something that was read, where it stood, and how sure the reading is.
public struct Found<Value: Hashable & Sendable>: Hashable, Sendable {
  public var value: Value
  public var spot: Spot
  public var confidence: Confidence

  init(_ value: Value, at spot: Spot, confidence: Confidence = .high) {
    self.value = value
    self.spot = spot
    self.confidence = confidence
  }
}

/// How sure a reading is; what is less than high comes with a finding that says why.
public enum Confidence: String, Codable, Hashable, Sendable {
  case high
  case fair
  case low
}

/// What was understood of a plan's document, and what was not.
public struct PlanReading: Hashable, Sendable {
  /// Số, ký hiệu; nil where it was left blank.
  public internal(set) var number: Found<DocumentNumber>?
  public internal(set) var issuedOn: Found<Day>?
  /// `tỉnh Thanh Hóa`, `xã Giao An`, as the document spells them.
  public internal(set) var province: String?
  public internal(set) var commune: String?
  public internal(set) var year: Int?
  public internal(set) var title: Found<String>?
  public internal(set) var issuer: String?
  /// The signer's office, such as `Phó Chủ tịch`.
  public internal(set) var signer: String?
  public internal(set) var bases: [Found<LegalBasis>] = []
  /// Every document that the text cites, as often as it does; the bases among them.
  public internal(set) var citations: [Found<CitedDocument>] = []
  /// Targets outside an appendix of targets: mục tiêu cụ thể in the body, promises within tasks. They are checked, never sent.
  public internal(set) var objectives: [Found<TargetRow>] = []
  public internal(set) var targets: [Found<TargetRow>] = []
  /// How the figures of targets are counted, by the number of the row.
  public internal(set) var counting: [String: Measure] = [:]
  public internal(set) var tasks: [Found<TaskRow>] = []
  /// Nhiệm vụ, giải pháp told in words, without office, time or money.
  public internal(set) var measures: [Found<String>] = []
  /// Figures that the document reports for the year before.
  public internal(set) var results: [Found<YearResult>] = []
  public internal(set) var budgets: [Found<BudgetTable>] = []
  public internal(set) var duties: [Found<OfficeDuties>] = []
  public internal(set) var reporting: [Found<ReportingDuty>] = []
  public internal(set) var recipients: [Found<Recipient>] = []
  public internal(set) var offices: [Office] = []
  /// Cơ quan đầu mối, as far as the document tells.
  public internal(set) var focal: Office.Code?
  public internal(set) var assumed: [String] = []
  public internal(set) var layout = Layout()
  /// Headings, and the lines above tables, as printed.
  public internal(set) var titles: [Found<String>] = []
  public internal(set) var findings: [ReadingFinding] = []

  init() {}
}

/// The money of one table.
public struct BudgetTable: Codable, Hashable, Sendable {
  /// A subtotal that a group of rows prints.
  public struct Group: Codable, Hashable, Sendable {
    public var name: String
    /// What the numbers of its rows begin with; nil where the group has no number.
    public var rows: String?
    public var total: Money
  }

  /// The unit of money as printed; nil where the table names none.
  public var unit: String?
  /// As printed; nil where the table has no line of totals.
  public var declared: Money?
  /// The sum of its rows; nil where it does not fit.
  public var computed: Money?
  public var groups: [Group]
}

/// Phân công trách nhiệm: what one office is told to do.
public struct OfficeDuties: Codable, Hashable, Sendable {
  public var office: String
  public var duties: [String]
}
