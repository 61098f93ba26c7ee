import Schema

@testable import xaso_plans

/// What a plain reader of the rules would keep of plans and tasks, and answer.
struct PlansModel {
  enum Step {
    case rows(Int), change, submit, giveBack, approve, issue, close, revoke, discard
    case progress(PlanTask.ID, Int), hand(PlanTask.ID), accept(PlanTask.ID), returned(PlanTask.ID)
    case pause(PlanTask.ID), resume(PlanTask.ID), cancel(PlanTask.ID)

    var task: PlanTask.ID? {
      switch self {
      case .progress(let id, _), .hand(let id), .accept(let id), .returned(let id), .pause(let id), .resume(let id),
        .cancel(let id):
        id
      default: nil
      }
    }

    var roles: Set<Role> {
      switch self {
      case .rows, .change, .submit, .discard, .accept, .returned: [.focal]
      case .giveBack: [.focal, .clerk, .approver]
      case .approve: [.clerk, .approver]
      case .issue, .close, .revoke: [.clerk]
      case .progress, .hand: [.entry, .focal]
      case .pause, .resume, .cancel: [.focal, .clerk]
      }
    }
  }

  struct Task {
    var number = ""
    var status = PlanTask.Status.planned
    var percent = 0
    var version = 1
    /// What was submitted last, and what became of it.
    var report: (status: PlanTask.Status, submitter: Caller.Account)?

    var isOver: Bool { status == .done || status == .cancelled }
  }

  struct Known {
    var status = Plan.Status.draft
    var version = 1
    var numbers: [String] = []
    var expected = 2
    var authors: Set<Caller.Account> = []
    var replaces: Plan.ID?
    var tasks: [PlanTask.ID: Task] = [:]

    var isWhole: Bool { numbers.count == expected }
    /// Of the rows that come next.
    func next(_ count: Int) -> [String] { (0..<count).map { "\(numbers.count + $0) \(version)" } }
  }

  var plans: [Plan.ID: Known] = [:]

  mutating func draft(replacing replaced: Plan.ID?) -> Status? {
    replaced.map { plans[$0]?.status.isInForce == true } ?? true ? nil : .conflict
  }

  /// What the service has to answer: nil where it does what is asked. Who may ask comes first, then the version, then
  /// the rule.
  mutating func take(_ step: Step, of id: Plan.ID, by person: Caller, seesOld: Bool) -> Status? {
    guard !person.roles.isDisjoint(with: step.roles) else { return .forbidden }
    guard !seesOld else { return .conflict }
    guard var plan = plans[id] else { return .notFound }
    let refusal: Status?
    if let task = step.task {
      refusal =
        plan.status.isInForce ? Self.work(step, on: &plan.tasks[task, default: Task()], person) : .conflict
      if refusal == nil, plan.status == .issued { (plan.status, plan.version) = (.inExecution, plan.version + 1) }
    } else {
      refusal = live(step, &plan, person)
      if refusal == nil { plan.version += 1 }
    }
    if refusal == nil {
      plans[id] = plan
      if case .issue = step, let replaced = plan.replaces {
        plans[replaced]?.status = .superseded
        plans[replaced]?.version += 1
      }
    }
    return refusal
  }

  private func live(_ step: Step, _ plan: inout Known, _ person: Caller) -> Status? {
    switch step {
    case .rows(let count):
      guard plan.status == .draft else { return .conflict }
      guard plan.numbers.count + count <= plan.expected else { return .invalid }
      plan.numbers += plan.next(count)
      plan.authors.insert(person.account)
    case .change:
      guard plan.status == .draft else { return .conflict }
      plan.numbers += plan.next(1)
      plan.expected += 1
      plan.authors.insert(person.account)
    case .submit:
      guard plan.status == .draft, plan.isWhole else { return .conflict }
      plan.status = .inReview
    case .giveBack:
      guard plan.status == .inReview || plan.status == .approved else { return .conflict }
      plan.status = .draft
    case .approve:
      guard plan.status == .inReview else { return .conflict }
      guard !plan.authors.contains(person.account) else { return .forbidden }
      plan.status = .approved
    case .issue:
      guard plan.status == .approved else { return .conflict }
      guard !plan.authors.contains(person.account) else { return .forbidden }
      guard plan.replaces.map({ plans[$0]?.status.isInForce == true }) ?? true else { return .conflict }
      plan.status = .issued
    case .close:
      guard plan.status.isInForce else { return .conflict }
      plan.status = .closed
    case .revoke:
      guard plan.status.isInForce else { return .conflict }
      plan.status = .revoked
    default:
      guard plan.status == .draft || plan.status == .inReview else { return .conflict }
      plan.status = .discarded
    }
    return nil
  }

  private static func work(_ step: Step, on task: inout Task, _ person: Caller) -> Status? {
    let isOpen = !task.isOver && task.status != .paused
    let isWaiting = task.report?.status == .submitted
    let speaks = person.office == "vp" || person.office == "vh-xh"
    switch step {
    case .progress(_, let percent):
      guard isOpen, !isWaiting else { return .conflict }
      guard (0...100).contains(percent) else { return .invalid }
      guard speaks else { return .forbidden }
      (task.percent, task.status) = (percent, percent == 0 ? .planned : .inProgress)
    case .hand:
      guard isOpen else { return .conflict }
      guard speaks else { return .forbidden }
      guard !isWaiting else { return .conflict }
      (task.report, task.status) = ((.submitted, person.account), .submitted)
    case .accept:
      guard isOpen, isWaiting else { return .conflict }
      guard task.report?.submitter != person.account else { return .forbidden }
      task.report?.status = .done
      (task.status, task.percent) = (.done, 100)
    case .returned:
      guard isOpen, isWaiting else { return .conflict }
      task.report?.status = .returned
      task.status = .returned
    case .pause:
      guard isOpen else { return .conflict }
      task.status = .paused
    case .resume:
      guard task.status == .paused else { return .conflict }
      task.status = task.report?.status ?? (task.percent > 0 ? .inProgress : .planned)
    default:
      guard !task.isOver else { return .conflict }
      task.status = .cancelled
    }
    task.version += 1
    return nil
  }

  /// A plan that was issued has tasks; those whose numbers were in the plan before go on from there.
  mutating func issued(_ id: Plan.ID, _ tasks: [TaskSummary], before: [String: Task]) {
    for task in tasks {
      var known = before[task.row.number] ?? Task()
      (known.number, known.version) = (task.row.number, 1)
      plans[id]?.tasks[task.id] = known
    }
  }
}
