/// The plans service: a commune's yearly plan, its tasks and how far they are.
public enum Plans: Contract {
  public static let name: ServiceName = "plans"
  public static let requests: [any Request.Type] = [
    DraftPlan.self, DraftRows.self, DiscardPlan.self, IssuePlan.self, ListPlans.self, ShowPlan.self, ListTargets.self,
    ListTasks.self, RecordProgress.self,
  ]
  public static let events: [any Event.Type] = [
    PlanIssued.self, TaskAssigned.self, TargetPromised.self, LineEstimated.self, TaskProgressed.self,
  ]
  public static let follows: [ServiceName] = []
}

// MARK: A plan

/// Kế hoạch: what a unit promises for a year.
public enum Plan {
  public typealias ID = Identifier<Plan>

  public enum Status: String, Codable, Hashable, Sendable {
    /// Being written; nobody outside the unit sees it.
    case draft
    /// Has its number, date and signature; its content is frozen.
    case issued
    /// Given up before it was issued.
    case discarded
  }
}

/// Everything in a plan that is not a row of its appendices.
public struct PlanHead: Codable, Hashable, Sendable {
  public var year: Int
  public var title: String
  /// Cơ quan ban hành, as printed.
  public var issuer: String
  /// Who signs, such as `Phó Chủ tịch`.
  public var signer: String?
  /// The office that compiles and chases (đầu mối).
  public var focal: Office.Code
  /// The offices that the rows name.
  public var offices: [Office]
  public var legalBases: [LegalBasis]
  public var recipients: [Recipient]
  public var reporting: [ReportingDuty]
  /// What the document does not say and the writer filled in, by field: `number`, `issued`, `money unit`.
  public var assumed: [String]

  public init(
    year: Int, title: String, issuer: String, signer: String? = nil, focal: Office.Code, offices: [Office],
    legalBases: [LegalBasis] = [], recipients: [Recipient] = [], reporting: [ReportingDuty] = [],
    assumed: [String] = []
  ) {
    self.year = year
    self.title = title
    self.issuer = issuer
    self.signer = signer
    self.focal = focal
    self.offices = offices
    self.legalBases = legalBases
    self.recipients = recipients
    self.reporting = reporting
    self.assumed = assumed
  }
}

/// Căn cứ: a document that the plan rests on.
public struct LegalBasis: Codable, Hashable, Sendable {
  /// Nil where the plan cites none.
  public var number: DocumentNumber?
  /// Nghị quyết, Quyết định, Kế hoạch …
  public var kind: String
  public var date: Day?
  public var issuer: String?
  /// True for the province's plan that this one carries out.
  public var parent: Bool

  public init(number: DocumentNumber?, kind: String, date: Day?, issuer: String?, parent: Bool = false) {
    self.number = number
    self.kind = kind
    self.date = date
    self.issuer = issuer
    self.parent = parent
  }
}

/// Nơi nhận: who gets the document, and what for.
public struct Recipient: Codable, Hashable, Sendable {
  public enum Purpose: String, Codable, Hashable, Sendable {
    /// Để báo cáo (b/c)
    case report
    /// Để phối hợp (p/h)
    case coordinate
    /// Để thực hiện
    case carryOut = "carry-out"
    /// Để biết
    case know
    /// Đăng tải
    case publish
    /// Lưu
    case file
  }

  public var name: String
  public var purpose: Open<Purpose>?

  public init(name: String, purpose: Open<Purpose>? = nil) {
    self.name = name
    self.purpose = purpose
  }
}

/// Who reports what to whom, how often, by when; as printed.
public struct ReportingDuty: Codable, Hashable, Sendable {
  public var what: String
  public var frequency: String
  public var due: String?
  public var to: String

  public init(what: String, frequency: String, due: String? = nil, to: String) {
    self.what = what
    self.frequency = frequency
    self.due = due
    self.to = to
  }
}

/// How many rows a plan has; said when it is drafted, so that a plan that lost a part is not issued.
public struct RowCounts: Codable, Hashable, Sendable {
  public var tasks: Int
  public var targets: Int

  public init(tasks: Int, targets: Int) {
    self.tasks = tasks
    self.targets = targets
  }
}

// MARK: Rows

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

  public init(
    number: String, name: String, output: String? = nil, leads: [Office.Code], coordinating: [Office.Code] = [],
    time: String? = nil, start: Day? = nil, due: Day? = nil, recurrence: Open<Recurrence>? = nil, cost: Money? = nil,
    source: Open<FundSource>? = nil, sourceText: String? = nil, reference: String? = nil
  ) {
    self.number = number
    self.name = name
    self.output = output
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
  /// Nil only where the comparator asks for no number.
  public var value: Quantity?
  /// The milestone; nil is shown as `chưa có hạn` and is never overdue.
  public var due: Day?
  public var leads: [Office.Code]
  public var coordinating: [Office.Code]

  public init(
    number: String, group: String? = nil, indicator: String, unit: String? = nil, comparator: Open<Comparator>,
    value: Quantity? = nil, due: Day? = nil, leads: [Office.Code], coordinating: [Office.Code] = []
  ) {
    self.number = number
    self.group = group
    self.indicator = indicator
    self.unit = unit
    self.comparator = comparator
    self.value = value
    self.due = due
    self.leads = leads
    self.coordinating = coordinating
  }
}

/// A target that stands in a plan.
public enum Target {
  public typealias ID = Identifier<Target>
}

/// A task that stands in a plan.
public enum PlanTask {
  public typealias ID = Identifier<PlanTask>

  /// "Overdue", "late", "due soon" are derived when asked, never stored.
  public enum Status: String, Codable, Hashable, Sendable {
    case planned
    case inProgress = "in-progress"
    case done
  }
}

// MARK: Requests

/// Begins a plan; its rows follow in `DraftRows`.
public struct DraftPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.draft"
  public static let access: Access = .write(by: .focal)

  public var head: PlanHead
  public var expected: RowCounts

  public init(head: PlanHead, expected: RowCounts) {
    self.head = head
    self.expected = expected
  }
}

/// Adds rows to a draft, 100 at most in a part, in the order of the document.
public struct DraftRows: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.draft.rows"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID
  public var tasks: [TaskRow]
  public var targets: [TargetRow]

  public init(plan: Plan.ID, tasks: [TaskRow] = [], targets: [TargetRow] = []) {
    self.plan = plan
    self.tasks = tasks
    self.targets = targets
  }
}

/// Gives up a draft.
public struct DiscardPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.discard"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID

  public init(plan: Plan.ID) { self.plan = plan }
}

/// Records that the signed plan was numbered, dated and released by văn thư, who is not the one that entered it.
public struct IssuePlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.issue"
  public static let access: Access = .write(by: .clerk)

  public var plan: Plan.ID
  public var number: DocumentNumber
  public var issuedOn: Day

  public init(plan: Plan.ID, number: DocumentNumber, issuedOn: Day) {
    self.plan = plan
    self.number = number
    self.issuedOn = issuedOn
  }
}

/// The plans of a unit and of the units below it; drafts are listed to their own unit alone.
public struct ListPlans: Query, Hashable {
  public typealias Reply = Page<PlanSummary>
  public static let method: Method = "plans.list"
  public static let access: Access = .read(by: Role.offices.union([.province, .auditor]))

  public var year: Int?
  public var after: String?

  public init(year: Int? = nil, after: String? = nil) {
    self.year = year
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

/// The tasks of a unit's plans, in the order of the documents.
public struct ListTasks: Query, Hashable {
  public typealias Reply = Page<TaskSummary>
  public static let method: Method = "plans.tasks"
  public static let access: Access = ListPlans.access

  public var plan: Plan.ID?
  /// Those that this office leads or helps with.
  public var office: Office.Code?
  public var after: String?

  public init(plan: Plan.ID? = nil, office: Office.Code? = nil, after: String? = nil) {
    self.plan = plan
    self.office = office
    self.after = after
  }
}

/// Records how far a task is: by an office that leads it, or by the focal office in its place.
public struct RecordProgress: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.progress"
  public static let access: Access = .write(by: .entry, .focal)

  public var task: PlanTask.ID
  /// 0 to 100
  public var percent: Int
  /// What was done; required when the figure goes down.
  public var note: String?

  public init(task: PlanTask.ID, percent: Int, note: String? = nil) {
    self.task = task
    self.percent = percent
    self.note = note
  }
}

// MARK: Replies

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

  public init(summary: PlanSummary, head: PlanHead) {
    self.summary = summary
    self.head = head
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

/// A task and how far it is.
public struct TaskSummary: Body, Codable, Hashable {
  public var id: PlanTask.ID
  public var plan: Plan.ID
  public var unit: Unit
  /// Of the task; rises with every change.
  public var version: Int
  public var row: TaskRow
  public var status: Open<PlanTask.Status>
  public var percent: Int
  public var note: String?

  public init(
    id: PlanTask.ID, plan: Plan.ID, unit: Unit, version: Int, row: TaskRow, status: Open<PlanTask.Status>,
    percent: Int, note: String? = nil
  ) {
    self.id = id
    self.plan = plan
    self.unit = unit
    self.version = version
    self.row = row
    self.status = status
    self.percent = percent
    self.note = note
  }
}

// MARK: Events

/// A plan was issued. Its rows follow as events of their own, since no other service reads the plans' database.
public struct PlanIssued: Event, Hashable {
  public static let name = "plan.issued"
  public static let service = Plans.name

  /// What the plan asks of one office.
  public struct Share: Codable, Hashable, Sendable {
    public var office: Office
    /// Tasks that it leads.
    public var leads: Int
    /// Tasks that it helps with.
    public var coordinates: Int
    /// Targets that it leads.
    public var targets: Int

    public init(office: Office, leads: Int, coordinates: Int, targets: Int) {
      self.office = office
      self.leads = leads
      self.coordinates = coordinates
      self.targets = targets
    }
  }

  public var unit: Unit
  public var plan: Plan.ID
  public var year: Int
  public var title: String
  public var number: DocumentNumber
  public var issuedOn: Day
  public var rows: RowCounts
  public var lines: Int
  public var planned: Money
  public var focal: Office.Code
  public var shares: [Share]

  public init(
    unit: Unit, plan: Plan.ID, year: Int, title: String, number: DocumentNumber, issuedOn: Day, rows: RowCounts,
    lines: Int, planned: Money, focal: Office.Code, shares: [Share]
  ) {
    self.unit = unit
    self.plan = plan
    self.year = year
    self.title = title
    self.number = number
    self.issuedOn = issuedOn
    self.rows = rows
    self.lines = lines
    self.planned = planned
    self.focal = focal
    self.shares = shares
  }

  public var subject: String { "plan/\(plan)" }
  public var partition: String { "plan/\(plan)" }
}

/// An issued plan gives a task to its offices.
public struct TaskAssigned: Event, Hashable {
  public static let name = "task.assigned"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var task: PlanTask.ID
  public var row: TaskRow

  public init(unit: Unit, plan: Plan.ID, task: PlanTask.ID, row: TaskRow) {
    self.unit = unit
    self.plan = plan
    self.task = task
    self.row = row
  }

  public var subject: String { "task/\(task)" }
  public var partition: String { "plan/\(plan)" }
}

/// An issued plan promises a target.
public struct TargetPromised: Event, Hashable {
  public static let name = "target.promised"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var year: Int
  public var target: Target.ID
  public var row: TargetRow

  public init(unit: Unit, plan: Plan.ID, year: Int, target: Target.ID, row: TargetRow) {
    self.unit = unit
    self.plan = plan
    self.year = year
    self.target = target
    self.row = row
  }

  public var subject: String { "target/\(target)" }
  public var partition: String { "plan/\(plan)" }
}

/// An issued plan estimates money for a task.
public struct LineEstimated: Event, Hashable {
  public static let name = "line.estimated"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var task: PlanTask.ID
  public var fiscalYear: Int
  public var amount: Money
  public var source: Open<FundSource>
  public var sourceText: String?
  public var leads: [Office.Code]

  public init(
    unit: Unit, plan: Plan.ID, task: PlanTask.ID, fiscalYear: Int, amount: Money, source: Open<FundSource>,
    sourceText: String? = nil, leads: [Office.Code]
  ) {
    self.unit = unit
    self.plan = plan
    self.task = task
    self.fiscalYear = fiscalYear
    self.amount = amount
    self.source = source
    self.sourceText = sourceText
    self.leads = leads
  }

  public var subject: String { "task/\(task)" }
  public var partition: String { "plan/\(plan)" }
}

/// A task moved on.
public struct TaskProgressed: Event, Hashable {
  public static let name = "task.progressed"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var task: PlanTask.ID
  public var percent: Int
  public var status: Open<PlanTask.Status>
  public var note: String?
  /// The office that recorded it.
  public var office: Office.Code

  public init(
    unit: Unit, plan: Plan.ID, task: PlanTask.ID, percent: Int, status: Open<PlanTask.Status>, note: String? = nil,
    office: Office.Code
  ) {
    self.unit = unit
    self.plan = plan
    self.task = task
    self.percent = percent
    self.status = status
    self.note = note
    self.office = office
  }

  public var subject: String { "task/\(task)" }
  public var partition: String { "plan/\(plan)" }
}
