/// Nhiệm vụ: a row of the task appendix.
public struct TaskRow: Codable, Hashable, Sendable {
  public enum Recurrence: String, Codable, Hashable, Sendable {
    /// Thường xuyên
    case continuous
    case monthly
    case twiceMonthly = "twice-monthly"
    case quarterly
    case yearly
  }

  /// The row's number as printed, such as `1.1`.
  public var number: String
  public var name: String
  /// Sản phẩm, kết quả
  public var output: String?
  public var pillar: Open<Pillar>?
  /// Cơ quan chủ trì
  public var leads: [Office.Code]
  /// Cơ quan phối hợp
  public var coordinating: [Office.Code]
  /// The time as printed, such as `Quý I – Quý III/2026`.
  public var time: String?
  public var start: Day?
  public var due: Day?
  public var recurrence: Open<Recurrence>?
  public var cost: Money?
  public var source: Open<FundSource>?
  /// The source of the money as printed.
  public var sourceText: String?
  /// The document that asks for the task.
  public var reference: String?
  /// Why, for the leaders (căn cứ, lý do): kept at home, in no event, and shown to nobody else.
  public var rationale: String?

  public init(
    number: String, name: String, output: String? = nil, pillar: Open<Pillar>? = nil, leads: [Office.Code],
    coordinating: [Office.Code] = [], time: String? = nil, start: Day? = nil, due: Day? = nil,
    recurrence: Open<Recurrence>? = nil, cost: Money? = nil,
    source: Open<FundSource>? = nil, sourceText: String? = nil, reference: String? = nil,
    rationale: String? = nil
  ) {
    self.number = number
    self.name = name
    self.output = output
    self.pillar = pillar
    self.leads = leads
    self.coordinating = coordinating
    self.time = time
    self.start = start
    self.due = due
    self.recurrence = recurrence
    self.cost = cost
    self.source = source
    self.sourceText = sourceText
    self.reference = reference
    self.rationale = rationale
  }
}

/// Nguồn vốn: where a row's money comes from.
public enum FundSource: String, Codable, Hashable, Sendable {
  case central
  case province
  case commune
  /// Chương trình mục tiêu
  case programme
  /// Lồng ghép
  case blended
  /// Xã hội hóa
  case socialised
  case enterprise
  case other
  /// Ngân sách nhà nước, the level unstated.
  case state
  /// Several levels, the split unknown.
  case several
  case unstated
}

/// Chỉ tiêu: one indicator's target at one milestone.
public struct TargetRow: Codable, Hashable, Sendable {
  public enum Comparator: String, Codable, Hashable, Sendable {
    case atLeast = ">="
    case above = ">"
    case exactly = "="
    case atMost = "<="
    case below = "<"
    /// Trong khoảng: from one number to another, both included.
    case range
    /// Báo cáo: to be reported, no number promised.
    case report
    /// Duy trì: to be kept up.
    case maintain
  }

  public var number: String
  public var group: String?
  public var indicator: String
  public var unit: String?
  public var comparator: Open<Comparator>
  /// Nil only where the comparator asks for no number; of a range the lower one.
  public var value: Quantity?
  /// The upper number of a range; nil for everything else.
  public var upper: Quantity?
  /// The milestone; nil is shown as `chưa có hạn` and is never overdue.
  public var due: Day?
  public var leads: [Office.Code]
  public var coordinating: [Office.Code]
  /// Why, for the leaders (căn cứ, lý do): kept at home, in no event, and shown to nobody else.
  public var rationale: String?

  public init(
    number: String, group: String? = nil, indicator: String, unit: String? = nil, comparator: Open<Comparator>,
    value: Quantity? = nil, upper: Quantity? = nil, due: Day? = nil, leads: [Office.Code],
    coordinating: [Office.Code] = [], rationale: String? = nil
  ) {
    self.number = number
    self.group = group
    self.indicator = indicator
    self.unit = unit
    self.comparator = comparator
    self.value = value
    self.upper = upper
    self.due = due
    self.leads = leads
    self.coordinating = coordinating
    self.rationale = rationale
  }
}

/// A target that stands in a plan.
public enum Target {
  public typealias ID = Identifier<Target>
}
