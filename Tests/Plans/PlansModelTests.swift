import Schema
import Seeds
import Testing

@testable import xaso_plans

/// The rules, driven at random, against a model that knows little: what may follow what, and how much there is.
@Suite("A plan's life", .timeLimit(.minutes(1)))
struct PlansModelTests {
  private struct Model {
    var status = Plan.Status.draft
    var (tasks, targets, version): (Int, Int, Int) = (0, 0, 1)
    var money: Int64 = 0
    var authors: Set<Caller.Account> = ["lan"]
    var percent = 0
    var taskVersion = 1
  }

  private static let expected = RowCounts(tasks: 6, targets: 4)
  private static let accounts: [Caller.Account] = ["lan", "nam", "hoa"]

  private var random = Seed("A plan's life")

  @Test("goes as the model says, whatever comes in whatever order") mutating func life() throws {
    var reached: Set<String> = []
    for _ in 0..<400 { try live(&reached) }
    #expect(reached == ["draft", "issued", "discarded", "done"], "the walk is too short to prove anything")
  }

  private mutating func live(_ reached: inout Set<String>) throws {
    let head = PlanHead(
      year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vp", offices: [Office(code: "vp", name: "Văn phòng")])
    let draft = DraftPlan(head: head, expected: Self.expected)
    try PlansRules.check(draft)
    var plan = PlanRecord(summary: PlansRules.begin(draft, in: "38/15043"), head: head, authors: ["lan"])
    var task = TaskRecord(
      summary: TaskSummary(
        id: PlanTask.ID(), plan: plan.summary.id, unit: "38/15043", version: 1, row: row(0), status: Open(.planned),
        percent: 0), planStatus: .draft, focal: "vp")
    var model = Model()
    for _ in 0..<25 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<9: add(to: &plan, &model)
      case 9: discard(&plan, &model)
      case 10..<14: issue(&plan, &model)
      default:
        task.planStatus = plan.summary.status.known ?? .discarded
        progress(&task, &model)
      }
      #expect(plan.summary.status == model.status)
      #expect(plan.summary.rows == RowCounts(tasks: model.tasks, targets: model.targets))
      #expect(plan.summary.planned == Money(dong: model.money))
      #expect(plan.summary.version == model.version)
      #expect(plan.authors == model.authors)
      #expect((task.summary.percent, task.summary.version) == (model.percent, model.taskVersion))
      #expect((plan.summary.number != nil) == (model.status == .issued))
      #expect((task.summary.status == .done) == (model.percent == 100))
      reached.insert(model.percent == 100 ? "done" : model.status.rawValue)
    }
  }

  private func row(_ cost: Int64) -> TaskRow {
    TaskRow(number: "1", name: "x", leads: ["vp"], cost: cost == 0 ? nil : Money(dong: cost))
  }

  private mutating func add(to plan: inout PlanRecord, _ model: inout Model) {
    let costs = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int64.random(in: 0...9, using: &random) }
    let target = TargetRow(number: "1", indicator: "x", comparator: Open(.report), leads: [])
    let targets = Array(repeating: target, count: Int.random(in: 0...2, using: &random))
    let account = Self.accounts.randomElement(using: &random) ?? "lan"
    let isAllowed =
      model.status == .draft && model.tasks + costs.count <= Self.expected.tasks
      && model.targets + targets.count <= Self.expected.targets
    let part = DraftRows(plan: plan.summary.id, tasks: costs.map(row), targets: targets)
    #expect(isDone { () throws(Refusal) in try PlansRules.add(part, to: &plan, by: account) } == isAllowed)
    guard isAllowed else { return }
    model.tasks += costs.count
    model.targets += targets.count
    model.money += costs.reduce(0, +)
    model.version += 1
    model.authors.insert(account)
  }

  private func discard(_ plan: inout PlanRecord, _ model: inout Model) {
    #expect(isDone { () throws(Refusal) in try PlansRules.discard(&plan) } == (model.status == .draft))
    guard model.status == .draft else { return }
    model.status = .discarded
    model.version += 1
  }

  private mutating func issue(_ plan: inout PlanRecord, _ model: inout Model) {
    let account = (["kim", "lan", "nam"] as [Caller.Account]).randomElement(using: &random) ?? "kim"
    let isWhole = model.tasks == Self.expected.tasks && model.targets == Self.expected.targets
    let isAllowed = model.status == .draft && isWhole && !model.authors.contains(account)
    let request = IssuePlan(plan: plan.summary.id, number: "1/KH-UBND", issuedOn: Day(number: 20_500))
    #expect(isDone { () throws(Refusal) in try PlansRules.issue(&plan, request, by: account) } == isAllowed)
    guard isAllowed else { return }
    model.status = .issued
    model.version += 1
  }

  private mutating func progress(_ task: inout TaskRecord, _ model: inout Model) {
    let percent = [-1, 0, 30, 60, 100, 101].randomElement(using: &random) ?? 0
    let note = Bool.random(using: &random) ? "ghi chú" : nil
    let office: Office.Code = Bool.random(using: &random) ? "vp" : "cax"
    let caller = Caller(account: "lan", unit: "38/15043", office: office, roles: [.entry])
    let isAllowed =
      model.status == .issued && (0...100).contains(percent) && office == "vp"
      && (percent >= model.percent || note != nil)
    let request = RecordProgress(task: task.summary.id, percent: percent, note: note)
    #expect(isDone { () throws(Refusal) in _ = try PlansRules.progress(&task, request, by: caller) } == isAllowed)
    guard isAllowed else { return }
    model.percent = percent
    model.taskVersion += 1
  }

  private func isDone(_ body: () throws(Refusal) -> Void) -> Bool { (try? body()) != nil }
}
