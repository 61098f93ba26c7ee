/// Minh chứng: a file that shows what was done. The file stays where it is.
public struct Evidence: Codable, Hashable, Sendable {
  public var hash: Fingerprint
  /// Where it is kept, such as a case number or a path.
  public var place: String

  public init(hash: Fingerprint, place: String) {
    self.hash = hash
    self.place = place
  }
}

/// One time at which a task is due, or one office of a collective lead; most tasks have one occurrence.
public struct Occurrence: Codable, Hashable, Sendable {
  public var due: Day?
  /// Of a collective lead, the office.
  public var office: Office.Code?
  public var status: Open<PlanTask.Status>
  public var standing: Open<PlanTask.Standing>
  public var submittedOn: Day?
  public var evidence: [Evidence]
  /// Why it was returned.
  public var reason: String?

  public init(
    due: Day?, office: Office.Code?, status: PlanTask.Status, standing: PlanTask.Standing, submittedOn: Day? = nil,
    evidence: [Evidence] = [], reason: String? = nil
  ) {
    self.due = due
    self.office = office
    self.status = Open(status)
    self.standing = Open(standing)
    self.submittedOn = submittedOn
    self.evidence = evidence
    self.reason = reason
  }
}

/// Lays an occurrence before the focal office, with what shows that it was done.
///
/// Where a task has several, `due` and `office` name the one; else they may be left out.
public struct SubmitTask: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.task.submit"
  public static let access: Access = .write(by: .entry, .focal)

  public var task: PlanTask.ID
  public var due: Day?
  public var office: Office.Code?
  /// One at least, 20 at most.
  public var evidence: [Evidence]

  public init(task: PlanTask.ID, due: Day? = nil, office: Office.Code? = nil, evidence: [Evidence]) {
    self.task = task
    self.due = due
    self.office = office
    self.evidence = evidence
  }
}

/// Accepts what was submitted, by somebody else than who submitted it.
public struct AcceptTask: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.task.accept"
  public static let access: Access = .write(by: .focal)

  public var task: PlanTask.ID
  public var due: Day?
  public var office: Office.Code?

  public init(task: PlanTask.ID, due: Day? = nil, office: Office.Code? = nil) {
    self.task = task
    self.due = due
    self.office = office
  }
}

/// Gives back what was submitted.
public struct ReturnTask: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.task.return"
  public static let access: Access = .write(by: .focal)

  public var task: PlanTask.ID
  public var due: Day?
  public var office: Office.Code?
  public var reason: String

  public init(task: PlanTask.ID, due: Day? = nil, office: Office.Code? = nil, reason: String) {
    self.task = task
    self.due = due
    self.office = office
    self.reason = reason
  }
}

/// Pauses, resumes or cancels a task, or starts its time, by a document.
public struct DecideTask: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.task.decide"
  public static let access: Access = .write(by: .focal, .clerk)

  public enum Step: String, Codable, Hashable, Sendable, CaseIterable {
    case pause
    case resume
    case cancel
    /// The document is the one after which so many days are counted.
    case start
  }

  public var task: PlanTask.ID
  public var step: Open<Step>
  public var decision: Decision

  public init(task: PlanTask.ID, step: Step, decision: Decision) {
    self.task = task
    self.step = Open(step)
    self.decision = decision
  }
}

/// Says who answers for a task, which targets it serves, and, where the plan sets none, by when it is due.
public struct AssignTask: Command, Hashable {
  public typealias Reply = TaskSummary
  public static let method: Method = "plans.task.assign"
  public static let access: Access = .write(by: .focal)

  public var task: PlanTask.ID
  public var leader: String?
  public var due: Day?
  public var targets: [Target.ID]?

  public init(task: PlanTask.ID, leader: String? = nil, due: Day? = nil, targets: [Target.ID]? = nil) {
    self.task = task
    self.leader = leader
    self.due = due
    self.targets = targets
  }
}

/// Why a task stands where it stands.
public struct ExplainTask: Query, Hashable {
  public typealias Reply = TaskCourse
  public static let method: Method = "plans.task.why"
  public static let access: Access = ListPlans.access

  public var task: PlanTask.ID
  public var today: Day?

  public init(task: PlanTask.ID, today: Day? = nil) {
    self.task = task
    self.today = today
  }
}

/// What was done on a task, and how that came to where it stands.
public struct TaskCourse: Body, Codable, Hashable {
  /// One change of a task.
  public struct Step: Codable, Hashable, Sendable {
    public var day: Day
    public var account: Caller.Account
    public var text: Text

    public init(day: Day, account: Caller.Account, text: Text) {
      self.day = day
      self.account = account
      self.text = text
    }
  }

  public var task: TaskSummary
  /// By their days; the first 300 of those not done where there are more, then those done.
  public var occurrences: [Occurrence]
  /// Of all of them.
  public var count: Int
  /// From what the plan says to what that means on the day of the question.
  public var reasons: [Text]
  /// The last hundred, in order.
  public var steps: [Step]

  public init(task: TaskSummary, occurrences: [Occurrence], count: Int, reasons: [Text], steps: [Step]) {
    self.task = task
    self.occurrences = occurrences
    self.count = count
    self.reasons = reasons
    self.steps = steps
  }
}

/// How the offices of a unit, and of those below it, keep to their days.
public struct TallyTasks: Query, Hashable {
  public typealias Reply = TaskTally
  public static let method: Method = "plans.tally"
  public static let access: Access = ListPlans.access

  public var year: Int
  public var today: Day?

  public init(year: Int, today: Day? = nil) {
    self.year = year
    self.today = today
  }
}

/// Tasks by who is to do them and where they stand: one of two leads counts for both offices, one of a collective for
/// each member by what that member has done.
public struct TaskTally: Body, Codable, Hashable {
  public struct Row: Codable, Hashable, Sendable {
    public var unit: Unit
    /// Nil where a province asks: a row is a commune then.
    public var office: Office.Code?
    public var doneOnTime: Int
    public var doneLate: Int
    public var overdue: Int
    /// Not done, and not overdue.
    public var open: Int
    /// Not done when the plan ended; nil while none is so.
    public var unfinished: Int?

    public init(
      unit: Unit, office: Office.Code?, doneOnTime: Int, doneLate: Int, overdue: Int, open: Int, unfinished: Int? = nil
    ) {
      self.unit = unit
      self.office = office
      self.doneOnTime = doneOnTime
      self.doneLate = doneLate
      self.overdue = overdue
      self.open = open
      self.unfinished = unfinished
    }
  }

  public var year: Int
  public var today: Day
  public var rows: [Row]

  public init(year: Int, today: Day, rows: [Row]) {
    self.year = year
    self.today = today
    self.rows = rows
  }
}
