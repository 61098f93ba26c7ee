/// The plans of a unit and of the units below it; drafts are listed to their own unit alone.
public struct ListPlans: Query, Hashable {
  public typealias Reply = Page<PlanSummary>
  public static let method: Method = "plans.list"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public var year: Int?
  public var purpose: Open<Plan.Purpose>?
  public var after: String?

  public init(year: Int? = nil, purpose: Plan.Purpose? = nil, after: String? = nil) {
    self.year = year
    self.purpose = purpose.map(Open.init)
    self.after = after
  }
}

/// One plan with all that is not a row.
public struct ShowPlan: Query, Hashable {
  public typealias Reply = PlanDetail
  public static let method: Method = "plans.show"
  public static let access: Access = ListPlans.access

  public var plan: Plan.ID

  public init(plan: Plan.ID) { self.plan = plan }
}

/// What one plan changes in another, row by row, in words that a decision can take over.
public struct ComparePlans: Query, Hashable {
  public typealias Reply = Page<PlanChange>
  public static let method: Method = "plans.compare"
  public static let access: Access = ListPlans.access

  /// The later one.
  public var plan: Plan.ID
  /// The earlier one; the one that it replaces, where none is named.
  public var with: Plan.ID?
  public var after: String?

  public init(plan: Plan.ID, with: Plan.ID? = nil, after: String? = nil) {
    self.plan = plan
    self.with = with
    self.after = after
  }
}

/// The targets of a plan, in the order of the document.
public struct ListTargets: Query, Hashable {
  public typealias Reply = Page<TargetSummary>
  public static let method: Method = "plans.targets"
  public static let access: Access = ListPlans.access

  public var plan: Plan.ID
  public var after: String?

  public init(plan: Plan.ID, after: String? = nil) {
    self.plan = plan
    self.after = after
  }
}

/// A plan on one line.
public struct PlanSummary: Body, Codable, Hashable {
  public var id: Plan.ID
  public var unit: Unit
  public var status: Open<Plan.Status>
  /// Rises with every change; a command may name the one that it expects.
  public var version: Int
  public var year: Int
  public var title: String
  public var number: DocumentNumber?
  public var issuedOn: Day?
  public var rows: RowCounts
  public var expected: RowCounts
  /// Targets that promise a number.
  public var numericTargets: Int
  /// Rows with money.
  public var lines: Int
  public var planned: Money

  public init(
    id: Plan.ID, unit: Unit, status: Open<Plan.Status>, version: Int, year: Int, title: String,
    number: DocumentNumber? = nil, issuedOn: Day? = nil, rows: RowCounts, expected: RowCounts, numericTargets: Int,
    lines: Int, planned: Money
  ) {
    self.id = id
    self.unit = unit
    self.status = status
    self.version = version
    self.year = year
    self.title = title
    self.number = number
    self.issuedOn = issuedOn
    self.rows = rows
    self.expected = expected
    self.numericTargets = numericTargets
    self.lines = lines
    self.planned = planned
  }
}

/// A plan with its head.
public struct PlanDetail: Body, Codable, Hashable {
  public var summary: PlanSummary
  public var head: PlanHead
  public var approval: Approval?
  /// Of head and rows as they were issued; rationales apart.
  public var baseline: Fingerprint?
  public var replaces: Plan.ID?
  public var replacedBy: Plan.ID?
  /// The report that closed it, or the document that revoked it.
  public var end: Decision?
  /// What to look at before it is issued, besides what its own checks find: of a year whose holidays are not known yet.
  public var notes: [Text]?

  public init(
    summary: PlanSummary, head: PlanHead, approval: Approval? = nil, baseline: Fingerprint? = nil,
    replaces: Plan.ID? = nil, replacedBy: Plan.ID? = nil, end: Decision? = nil, notes: [Text]? = nil
  ) {
    self.summary = summary
    self.head = head
    self.approval = approval
    self.baseline = baseline
    self.replaces = replaces
    self.replacedBy = replacedBy
    self.end = end
    self.notes = notes
  }
}

/// One difference between two plans.
public struct PlanChange: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    case added
    case removed
    case changed
  }

  public enum Subject: String, Codable, Hashable, Sendable {
    case task
    case target
    /// The plan as a whole, such as its money.
    case plan
  }

  public var kind: Open<Kind>
  public var subject: Open<Subject>
  /// The row's; nil for the plan as a whole.
  public var number: String?
  /// As a decision says it: `Điều chỉnh chỉ tiêu số 12 từ ≥ 80 % thành ≥ 85 %`.
  public var text: Text

  public init(kind: Kind, subject: Subject, number: String? = nil, text: Text) {
    self.kind = Open(kind)
    self.subject = Open(subject)
    self.number = number
    self.text = text
  }
}

/// A target and its id.
public struct TargetSummary: Codable, Hashable, Sendable {
  public var id: Target.ID
  public var row: TargetRow

  public init(id: Target.ID, row: TargetRow) {
    self.id = id
    self.row = row
  }
}
