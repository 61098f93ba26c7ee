/// Begins a plan; its rows follow in `DraftRows`.
public struct DraftPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.draft"
  public static let access: Access = .write(by: .focal)

  public var head: PlanHead
  public var expected: RowCounts
  /// The issued plan, or the proposal, whose place it takes when it is issued.
  public var replaces: Plan.ID?

  public init(head: PlanHead, expected: RowCounts, replaces: Plan.ID? = nil) {
    self.head = head
    self.expected = expected
    self.replaces = replaces
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

/// Changes rows of a draft by their numbers: a row whose number is there already takes its place, another one is added.
///
/// 100 rows at most; what it adds or removes is what the plan is expected to have from then on.
public struct ChangeRows: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.rows.change"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID
  public var tasks: [TaskRow]
  public var targets: [TargetRow]
  /// The numbers of tasks to remove.
  public var removedTasks: [String]
  public var removedTargets: [String]

  public init(
    plan: Plan.ID, tasks: [TaskRow] = [], targets: [TargetRow] = [], removedTasks: [String] = [],
    removedTargets: [String] = []
  ) {
    self.plan = plan
    self.tasks = tasks
    self.targets = targets
    self.removedTasks = removedTasks
    self.removedTargets = removedTargets
  }
}

/// Gives up what was not approved.
public struct DiscardPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.discard"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID

  public init(plan: Plan.ID) { self.plan = plan }
}
