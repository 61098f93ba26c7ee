/// A task that stands in a plan.
public enum PlanTask {
  public typealias ID = Identifier<PlanTask>

  /// "Overdue", "late", "due soon" are derived when asked, never stored.
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    case planned
    case inProgress = "in-progress"
    /// Laid before the focal office, with its evidence.
    case submitted
    /// Given back with a reason; it goes on.
    case returned
    case done
    /// Tạm dừng, by a document.
    case paused
    /// Hủy, by a document.
    case cancelled

    /// Nothing more will be done on it.
    public var isOver: Bool { self == .done || self == .cancelled }
  }

  /// How a task is set in time.
  public enum Timing: String, Codable, Hashable, Sendable, CaseIterable {
    case day
    case range
    /// By 31 December, understood of `Năm 2027`.
    case year
    /// Thường xuyên
    case continuous
    case monthly
    case twiceMonthly = "twice-monthly"
    case quarterly
    case yearly
    /// So many days after something that a document shows.
    case afterEvent = "after-event"
    /// Chưa có hạn: never overdue, asked for until it is set.
    case none
  }

  /// Where a task is towards its time, on the day of the question.
  public enum Standing: String, Codable, Hashable, Sendable, CaseIterable {
    case noDate = "no-date"
    case notDue = "not-due"
    /// Within seven working days.
    case dueSoon = "due-soon"
    case overdue
    /// With the focal office, in time or late.
    case submitted
    case doneOnTime = "done-on-time"
    case doneLate = "done-late"
    case paused
    case cancelled
    /// Its plan ended before it was done.
    case unfinished
    /// Of a proposal: nobody is asked to do it yet.
    case proposed
  }
}

extension PlanTask {
  /// When a task is due, as of the day of the question.
  public struct Deadline: Codable, Hashable, Sendable {
    /// The nearest day by which something not done is due; of what is over, nil.
    public var due: Day?
    public var timing: Open<PlanTask.Timing>
    /// True where the day is understood, and not written in the plan.
    public var inferred: Bool
    public var standing: Open<PlanTask.Standing>

    public init(due: Day?, timing: PlanTask.Timing, inferred: Bool, standing: PlanTask.Standing) {
      self.due = due
      self.timing = Open(timing)
      self.inferred = inferred
      self.standing = Open(standing)
    }
  }
}

/// The tasks of the plans of a unit and below it, in the order of the documents; by their days where a standing is asked
/// for.
public struct ListTasks: Query, Hashable {
  public typealias Reply = Page<TaskSummary>
  public static let method: Method = "plans.tasks"
  public static let access: Access = ListPlans.access

  public var plan: Plan.ID?
  /// Those that this office leads or helps with.
  public var office: Office.Code?
  /// Those that this office leads.
  public var lead: Office.Code?
  public var year: Int?
  public var status: Open<PlanTask.Status>?
  public var pillar: Open<Pillar>?
  /// `overdue`, `due-soon` or `no-date`.
  public var standing: Open<PlanTask.Standing>?
  /// Due by this day, and not done.
  public var dueBy: Day?
  /// Words of its number, name, output or reference; accents do not matter.
  public var text: String?
  /// The day to judge by; today where none is named.
  public var today: Day?
  public var after: String?

  public init(
    plan: Plan.ID? = nil, office: Office.Code? = nil, lead: Office.Code? = nil, year: Int? = nil,
    status: PlanTask.Status? = nil, pillar: Pillar? = nil, standing: PlanTask.Standing? = nil, dueBy: Day? = nil,
    text: String? = nil,
    today: Day? = nil, after: String? = nil
  ) {
    self.plan = plan
    self.office = office
    self.lead = lead
    self.year = year
    self.status = status.map(Open.init)
    self.pillar = pillar.map(Open.init)
    self.standing = standing.map(Open.init)
    self.dueBy = dueBy
    self.text = text
    self.today = today
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
  public var deadline: PlanTask.Deadline?
  /// Lãnh đạo phụ trách
  public var leader: String?
  /// The targets that it serves.
  public var targets: [Target.ID]?

  public init(
    id: PlanTask.ID, plan: Plan.ID, unit: Unit, version: Int, row: TaskRow, status: Open<PlanTask.Status>,
    percent: Int, note: String? = nil, deadline: PlanTask.Deadline? = nil, leader: String? = nil,
    targets: [Target.ID]? = nil
  ) {
    self.id = id
    self.plan = plan
    self.unit = unit
    self.version = version
    self.row = row
    self.status = status
    self.percent = percent
    self.note = note
    self.deadline = deadline
    self.leader = leader
    self.targets = targets
  }
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
