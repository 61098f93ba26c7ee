public import Schema

/// What a paper says beside its head and its appendices. Checking needs it; the plans service does not, so it does not travel.
public struct PlanBody: Hashable, Sendable {
  /// Targets that stand outside the appendix of targets: in the body, or inside a task.
  public var objectives: [Objective] = []
  /// What was reached in the year before.
  public var results: [YearResult] = []
  /// Documents named in passing, beside the legal bases.
  public var citations: [CitedDocument] = []
  /// How the figures of a target are counted, by the number of its row.
  public var measures: [String: Measure] = [:]
  /// Totals and unit of money as printed; nil where the paper says nothing.
  public var budget: PrintedBudget?
  /// Letterhead, headings and signature; nil where a plan was typed in and has no layout.
  public var layout: Layout?

  public init() {}
}

/// Mục tiêu cụ thể: a target stated outside the appendix.
public struct Objective: Hashable, Sendable {
  /// Where it stands, as people say it: `II.2`.
  public var place: String
  /// Its number stands for nothing; a lead is rarely named.
  public var row: TargetRow

  public init(place: String, row: TargetRow) {
    self.place = place
    self.row = row
  }
}

/// Kết quả: a figure reported for a year that is over.
public struct YearResult: Codable, Hashable, Sendable {
  public var indicator: String
  public var value: Quantity
  public var unit: String?
  public var year: Int
  public var place: String?

  public init(indicator: String, value: Quantity, unit: String?, year: Int, place: String? = nil) {
    self.indicator = indicator
    self.value = value
    self.unit = unit
    self.year = year
    self.place = place
  }
}

/// A document named somewhere in the text.
public struct CitedDocument: Hashable, Sendable {
  public var basis: LegalBasis
  /// Trích yếu, shortened.
  public var title: String?
  public var place: String?

  public init(basis: LegalBasis, title: String? = nil, place: String? = nil) {
    self.basis = basis
    self.title = title
    self.place = place
  }
}

/// What is counted, out of what, and who holds the figures.
public struct Measure: Hashable, Sendable {
  /// Tử số
  public var numerator: String?
  /// Mẫu số
  public var denominator: String?
  /// Nguồn số liệu
  public var source: String?
  /// How many the denominator counts, where it is known: `4.200` households. What weighs a commune in a province's share.
  public var size: Int64?

  public init(numerator: String? = nil, denominator: String? = nil, source: String? = nil, size: Int64? = nil) {
    self.numerator = numerator
    self.denominator = denominator
    self.source = source
    self.size = size
  }
}

/// Dự toán: what the paper prints below its rows of money.
public struct PrintedBudget: Hashable, Sendable {
  public struct Group: Hashable, Sendable {
    /// What the numbers of its rows begin with: `1` for `1.1`, `1.2`.
    public var rows: String
    public var total: Money

    public init(rows: String, total: Money) {
      self.rows = rows
      self.total = total
    }
  }

  /// The units of money that are printed: one where all is well.
  public var units: [String] = []
  public var total: Money?
  public var groups: [Group] = []
  /// All that the commune spends in the year, to compare a promised share with.
  public var spending: Money?

  public init() {}
}

/// Thể thức: what is seen on the paper and is no content.
public struct Layout: Hashable, Sendable {
  /// Whether Quốc hiệu and Tiêu ngữ stand above; nil where the letterhead could not be read.
  public var motto: Bool?
  /// Lines of the letterhead and of the appendices' titles, as printed.
  public var lines: [String] = []
  /// Numbers of the headings in the order of the paper, each below its own: `II`, `II.1`, `Phụ lục.I`.
  public var outline: [String] = []
  /// Lines above the signer's name: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
  public var signature: [String] = []

  public init() {}
}
