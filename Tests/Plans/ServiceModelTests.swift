import FoundationEssentials
import Schema
import Seeds
import Storage
import Testing

@testable import xaso_plans

/// The service, sent commands at random, beside a model that knows little: what may follow what, and how much there is.
///
/// 100,000 commands take minutes; `XASO_COMMANDS=100000` sends them, and 4,000 are sent where nothing is said.
@Suite("The service and a plain model", .timeLimit(.minutes(60)))
struct ServiceModelTests {
  @Test("answer alike, whatever comes in whatever order") func alike() async throws {
    let count = ProcessInfo.processInfo.environment["XASO_COMMANDS"].flatMap(Int.init) ?? 4000
    var walk = Walk(desk: try await Desk(), seed: Seed("The service and a plain model"))
    for _ in 0..<count { try await walk.step() }
    try await walk.compareAll()
    print("The service and a plain model: \(count) commands, \(walk.refused) refused, \(walk.model.plans.count) plans")
    print("plans: \(walk.plans)\ntasks: \(walk.tasks)")
    #expect(Set(walk.plans.keys) == Set(Plan.Status.allCases), "the walk is too short")
    #expect(Set(walk.tasks.keys) == Set(PlanTask.Status.allCases), "the walk is too short")
  }
}

/// Somebody who does what he likes, half of the time what is next.
private struct Walk {
  let desk: Desk
  var seed: Seed
  var model = PlansModel()
  var refused = 0
  /// How often each state was reached.
  var plans: [Plan.Status: Int] = [:]
  var tasks: [PlanTask.Status: Int] = [:]
  /// In the order of their drafting.
  private var drafted: [Plan.ID] = []

  init(desk: Desk, seed: Seed) {
    (self.desk, self.seed) = (desk, seed)
  }

  private static let people = [
    Desk.focal, Desk.person("mai", "vh-xh", .focal, .clerk), Desk.clerk, Desk.chair, Desk.lead,
    Desk.person("thu", "kt", .entry),
  ]
  private static let evidence = Evidence(hash: Fingerprint(of: Data("x".utf8)), place: "x")
  private static let document = Decision(number: "2/QĐ-UBND", day: Day(real: 2026, 1, 5))

  private mutating func chance(_ one: Int, in many: Int) -> Bool { Int.random(in: 0..<many, using: &seed) < one }

  private func inForce() -> [Plan.ID] { drafted.filter { model.plans[$0]?.status.isInForce == true } }

  // MARK: Choosing

  mutating func step() async throws {
    let open = drafted.filter { model.plans[$0].map { !$0.status.wasIssued && $0.status != .discarded } == true }
    guard open.count >= 3 || chance(1, in: 2) else { return try await draft() }
    let running = inForce().suffix(3)
    let pool = chance(1, in: 20) ? drafted : running.isEmpty || chance(1, in: 3) ? open : Array(running)
    guard let id = pool.randomElement(using: &seed), let plan = model.plans[id] else { return try await draft() }
    let step = chance(2, in: 3) ? next(plan) : any(plan)
    let able = Self.people.filter { !$0.roles.isDisjoint(with: step.roles) }
    let person = (chance(3, in: 4) ? able : Self.people).randomElement(using: &seed) ?? Desk.focal
    try await take(step, of: id, plan, by: person, seesOld: chance(1, in: 15))
  }

  /// What brings a plan or one of its tasks on.
  private mutating func next(_ plan: PlansModel.Known) -> PlansModel.Step {
    let isStuck = plan.replaces.map { model.plans[$0]?.status.isInForce != true } ?? false
    switch plan.status {
    case .draft where isStuck, .inReview where isStuck: return .discard
    case .approved where isStuck: return .giveBack
    case .draft: return plan.isWhole ? .submit : .rows(1)
    case .inReview: return .approve
    case .approved: return .issue
    default:
      let open = plan.tasks.keys.sorted().filter { plan.tasks[$0]?.isOver == false }
      guard let id = open.randomElement(using: &seed), let task = plan.tasks[id] else {
        return chance(1, in: 4) ? .close : chance(1, in: 4) ? .revoke : any(plan)
      }
      return switch task.status {
      case .planned: .progress(id, Int.random(in: 1...99, using: &seed))
      case .inProgress, .returned: .hand(id)
      case .submitted: chance(1, in: 3) ? .returned(id) : .accept(id)
      case .paused: .resume(id)
      case .done, .cancelled: .accept(id)
      }
    }
  }

  private mutating func any(_ plan: PlansModel.Known) -> PlansModel.Step {
    guard let task = plan.tasks.keys.sorted().randomElement(using: &seed), chance(2, in: 3) else {
      let steps: [PlansModel.Step] = [
        .rows(Int.random(in: 1...2, using: &seed)), .change, .submit, .giveBack, .approve, .issue,
        chance(1, in: 8) ? .close : .issue, chance(1, in: 8) ? .revoke : .change,
        chance(1, in: 4) ? .discard : .submit,
      ]
      return steps.randomElement(using: &seed) ?? .submit
    }
    let steps: [PlansModel.Step] = [
      .progress(task, Int.random(in: -1...101, using: &seed)), .hand(task), .accept(task), .returned(task),
      .pause(task), .resume(task),
      chance(1, in: 3) ? .cancel(task) : .returned(task),
    ]
    return steps.randomElement(using: &seed) ?? .hand(task)
  }

  // MARK: Asking

  private mutating func draft() async throws {
    let replaced = chance(1, in: 2) ? inForce().last : chance(1, in: 5) ? drafted.randomElement(using: &seed) : nil
    var head = PlanHead(year: 2026, title: "x", issuer: "x", focal: "vh-xh", offices: Desk.offices)
    head.offices.append(Office(code: "kt", name: "Phòng Kinh tế"))
    let request = DraftPlan(head: head, expected: RowCounts(tasks: 2, targets: 0), replaces: replaced)
    let wanted = model.draft(replacing: replaced)
    do throws(Refusal) {
      let id = try await desk.ask(request, as: Desk.focal).id
      #expect(wanted == nil)
      model.plans[id] = PlansModel.Known(authors: ["lan"], replaces: replaced)
      drafted.append(id)
    } catch {
      #expect(error.status == wanted)
    }
  }

  private mutating func take(
    _ step: PlansModel.Step, of id: Plan.ID, _ before: PlansModel.Known, by person: Caller, seesOld: Bool
  ) async throws {
    let version = step.task.flatMap { before.tasks[$0]?.version } ?? before.version
    let expecting = seesOld ? version - 1 : chance(1, in: 2) ? version : nil
    let wanted = model.take(step, of: id, by: person, seesOld: seesOld)
    do throws(Refusal) {
      switch try await ask(step, of: id, before, as: person, expecting: expecting) {
      case .plan(let summary): compare(summary, id)
      case .task(let summary): compare(summary, id)
      }
      #expect(wanted == nil, "\(step), \(before)")
    } catch {
      #expect(error.status == wanted, "\(step) by \(person.account): \(error.text.en)\n\(before)")
      refused += 1
    }
    if case .issue = step, wanted == nil {
      let earlier = before.replaces.flatMap { model.plans[$0] }?.tasks.values.map { ($0.number, $0) } ?? []
      let known = Dictionary(uniqueKeysWithValues: earlier)
      model.issued(id, try await desk.tasks(of: id), before: known)
    }
    // A refusal changes nothing; what it did change nevertheless is found here, or by the next version.
    if chance(1, in: 10) { try await compare(id) }
  }

  private enum Answer {
    case plan(PlanSummary)
    case task(TaskSummary)
  }

  private func ask(
    _ step: PlansModel.Step, of id: Plan.ID, _ plan: PlansModel.Known, as person: Caller, expecting: Int?
  ) async throws(Refusal) -> Answer {
    func row(_ number: String) -> TaskRow { TaskRow(number: number, name: "x", leads: ["vp"]) }
    func asked<Message: Request>(_ request: Message) async throws(Refusal) -> Message.Reply {
      try await desk.ask(request, as: person, expecting: expecting)
    }
    func decide(_ task: PlanTask.ID, _ step: DecideTask.Step) async throws(Refusal) -> Answer {
      .task(try await asked(DecideTask(task: task, step: step, decision: Self.document)))
    }
    switch step {
    case .rows(let count): return .plan(try await asked(DraftRows(plan: id, tasks: plan.next(count).map(row))))
    case .change: return .plan(try await asked(ChangeRows(plan: id, tasks: plan.next(1).map(row))))
    case .submit: return .plan(try await asked(SubmitPlan(plan: id)))
    case .giveBack: return .plan(try await asked(ReturnPlan(plan: id, reason: "x")))
    case .approve:
      let signed = SignedDocument(signer: "x", hash: Self.evidence.hash)
      let accepted = try await desk.acceptances(of: id)
      return .plan(try await asked(ApprovePlan(plan: id, signed: signed, accepted: accepted)).summary)
    case .issue:
      // A number of its own: văn thư gives each once.
      let number = DocumentNumber("\((drafted.firstIndex(of: id) ?? 0) + 1)/KH-UBND") ?? "1/KH"
      return .plan(try await asked(IssuePlan(plan: id, number: number, issuedOn: Day(real: 2026, 1, 5))))
    case .close: return .plan(try await asked(ClosePlan(plan: id, report: Self.document)).summary)
    case .revoke: return .plan(try await asked(RevokePlan(plan: id, decision: Self.document)).summary)
    case .discard: return .plan(try await asked(DiscardPlan(plan: id)))
    case .progress(let task, let percent):
      return .task(try await asked(RecordProgress(task: task, percent: percent, note: "x")))
    case .hand(let task): return .task(try await asked(SubmitTask(task: task, evidence: [Self.evidence])))
    case .accept(let task): return .task(try await asked(AcceptTask(task: task)))
    case .returned(let task): return .task(try await asked(ReturnTask(task: task, reason: "x")))
    case .pause(let task): return try await decide(task, .pause)
    case .resume(let task): return try await decide(task, .resume)
    case .cancel(let task): return try await decide(task, .cancel)
    }
  }

  // MARK: Comparing

  private mutating func compare(_ summary: PlanSummary, _ id: Plan.ID) {
    let known = model.plans[id]
    #expect((summary.status.known, summary.version) == (known?.status, known?.version))
    #expect((summary.rows.tasks, summary.expected.tasks) == (known?.numbers.count, known?.expected))
    #expect((summary.number != nil) == known?.status.wasIssued)
    if let status = summary.status.known { plans[status, default: 0] += 1 }
  }

  private mutating func compare(_ summary: TaskSummary, _ id: Plan.ID) {
    let known = model.plans[id]?.tasks[summary.id]
    #expect((summary.status.known, summary.percent, summary.version) == (known?.status, known?.percent, known?.version))
    if let status = summary.status.known { tasks[status, default: 0] += 1 }
  }

  private mutating func compare(_ id: Plan.ID) async throws {
    compare(try await desk.ask(ShowPlan(plan: id), as: Desk.focal).summary, id)
    guard model.plans[id]?.tasks.isEmpty == false else { return }
    for task in try await desk.tasks(of: id) { compare(task, id) }
  }

  mutating func compareAll() async throws {
    for id in drafted { try await compare(id) }
  }
}
