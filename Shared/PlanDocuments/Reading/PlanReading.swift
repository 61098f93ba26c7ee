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
  public internal(set) var citations: [Found<LegalBasis>] = []
  /// Mục tiêu cụ thể in the body: targets without an office, not part of the structured plan.
  public internal(set) var objectives: [Found<TargetRow>] = []
  public internal(set) var targets: [Found<TargetRow>] = []
  public internal(set) var tasks: [Found<TaskRow>] = []
  /// Nhiệm vụ, giải pháp told in words, without office, time or money.
  public internal(set) var measures: [Found<String>] = []
  /// Figures that the document reports for the year before.
  public internal(set) var results: [Found<PastResult>] = []
  public internal(set) var budgets: [Found<BudgetTable>] = []
  public internal(set) var duties: [Found<OfficeDuties>] = []
  public internal(set) var reporting: [Found<ReportingDuty>] = []
  public internal(set) var recipients: [Found<Recipient>] = []
  public internal(set) var offices: [Office] = []
  /// Cơ quan đầu mối, as far as the document tells.
  public internal(set) var focal: Office.Code?
  public internal(set) var assumed: [String] = []
  public internal(set) var findings: [ReadingFinding] = []

  init() {}

  /// The structured plan. What the document does not say and a plan must have is filled in; a finding told it.
  public func document(of unit: Unit) -> PlanDocument? {
    guard let year, let focal = focal ?? offices.first?.code else { return nil }
    let head = PlanHead(
      year: year, title: title?.value ?? "Kế hoạch năm \(year)", issuer: issuer ?? "UBND", signer: signer, focal: focal,
      offices: offices, legalBases: bases.map(\.value), recipients: recipients.map(\.value),
      reporting: reporting.map(\.value), assumed: assumed)
    return PlanDocument(
      unit: unit, head: head, tasks: tasks.map(\.value), targets: targets.map(\.value), number: number?.value,
      issuedOn: issuedOn?.value)
  }
}

/// Kết quả năm trước: a figure that the document reports.
public struct PastResult: Codable, Hashable, Sendable {
  public var name: String
  public var value: Quantity
  public var unit: String?
}

/// The money of one table.
public struct BudgetTable: Codable, Hashable, Sendable {
  /// As printed; nil where the table has no line of totals.
  public var declared: Money?
  /// The sum of its rows; nil where it does not fit.
  public var computed: Money?
  /// Subtotals that its groups print, by name.
  public var groups: [String: Money]
}

/// Phân công trách nhiệm: what one office is told to do.
public struct OfficeDuties: Codable, Hashable, Sendable {
  public var office: String
  public var duties: [String]
}
