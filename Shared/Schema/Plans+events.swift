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
  /// Nơi nhận; nil from a program that did not say.
  public var recipients: [Recipient]?

  public init(
    unit: Unit, plan: Plan.ID, year: Int, title: String, number: DocumentNumber, issuedOn: Day, rows: RowCounts,
    lines: Int, planned: Money, focal: Office.Code, shares: [Share],
    recipients: [Recipient]? = nil
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
    self.recipients = recipients
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

/// A later plan took this one's place: its targets and its open money count no more, its tasks go on in the later one.
public struct PlanSuperseded: Event, Hashable {
  public static let name = "plan.superseded"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var by: Plan.ID

  public init(unit: Unit, plan: Plan.ID, by: Plan.ID) {
    self.unit = unit
    self.plan = plan
    self.by = by
  }

  public var subject: String { "plan/\(plan)" }
  public var partition: String { "plan/\(plan)" }
}

/// A plan's year is over, and reported.
public struct PlanClosed: Event, Hashable {
  public static let name = "plan.closed"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  /// The report's.
  public var number: DocumentNumber
  public var day: Day

  public init(unit: Unit, plan: Plan.ID, number: DocumentNumber, day: Day) {
    self.unit = unit
    self.plan = plan
    self.number = number
    self.day = day
  }

  public var subject: String { "plan/\(plan)" }
  public var partition: String { "plan/\(plan)" }
}

/// An issued plan was withdrawn by a document: nothing in it is to be done any more.
public struct PlanRevoked: Event, Hashable {
  public static let name = "plan.revoked"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  /// The document's.
  public var number: DocumentNumber
  public var day: Day

  public init(unit: Unit, plan: Plan.ID, number: DocumentNumber, day: Day) {
    self.unit = unit
    self.plan = plan
    self.number = number
    self.day = day
  }

  public var subject: String { "plan/\(plan)" }
  public var partition: String { "plan/\(plan)" }
}

/// A task of a replaced plan goes on in the plan that took its place: what was done and spent on it stays done and spent.
///
/// It follows the new task's `task.assigned`, and goes before its `line.estimated`.
public struct TaskContinued: Event, Hashable {
  public static let name = "task.continued"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var task: PlanTask.ID
  /// The task of the replaced plan.
  public var before: PlanTask.ID
  public var percent: Int
  public var status: Open<PlanTask.Status>

  public init(
    unit: Unit, plan: Plan.ID, task: PlanTask.ID, before: PlanTask.ID, percent: Int, status: Open<PlanTask.Status>
  ) {
    self.unit = unit
    self.plan = plan
    self.task = task
    self.before = before
    self.percent = percent
    self.status = status
  }

  public var subject: String { "task/\(task)" }
  public var partition: String { "plan/\(plan)" }
}

/// What is waited for next of a task has changed: its day, or who has not done it. Said at issue for each task with a day.
public struct TaskDue: Event, Hashable {
  public static let name = "task.due"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var task: PlanTask.ID
  /// The nearest day by which something not done is due; nil when nothing is waited for.
  public var due: Day?
  /// Those that have not done it: the leads, or the offices for which a collective lead stands.
  public var offices: [Office.Code]
  /// The targets that it serves.
  public var targets: [Target.ID]
  /// The document with which its time began, when that is what changed.
  public var document: DocumentNumber?

  public init(
    unit: Unit, plan: Plan.ID, task: PlanTask.ID, due: Day?, offices: [Office.Code], targets: [Target.ID] = [],
    document: DocumentNumber? = nil
  ) {
    self.unit = unit
    self.plan = plan
    self.task = task
    self.due = due
    self.offices = offices
    self.targets = targets
    self.document = document
  }

  public var subject: String { "task/\(task)" }
  public var partition: String { "plan/\(plan)" }
}
