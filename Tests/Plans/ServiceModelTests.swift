import FoundationEssentials
import Schema
import Seeds
import Storage
import Testing

@testable import xaso_plans

/// The service, sent commands at random, against a model that knows little: what may follow what, and how much there is.
///
/// 5,000 commands; `XASO_COMMANDS` asks for more.
@Suite("The service and a plain model", .timeLimit(.minutes(30)))
struct ServiceModelTests {
  private struct Model {
    var status = Plan.Status.draft
    var version = 1
    var rows = 0
    var expected = 2
    var authors: Set<Caller.Account> = ["lan"]
    var replaces: Plan.ID?
    var percents: [PlanTask.ID: Int] = [:]
  }

  private var seed = Seed("The service and a plain model")
  private static let people = [
    Desk.focal, Desk.person("mai", "vh-xh", .focal, .clerk), Desk.clerk, Desk.chair, Desk.lead,
  ]

  @Test("answer alike, whatever comes in whatever order") mutating func alike() async throws {
    let count = ProcessInfo.processInfo.environment["XASO_COMMANDS"].flatMap(Int.init) ?? 5000
    let desk = try await Desk()
    var models: [Plan.ID: Model] = [:]
    var reached: [Plan.Status: Int] = [:]
    var refused = 0
    for _ in 0..<count {
      let known = models.keys.sorted().suffix(4)
      let running = models.keys.sorted().filter { models[$0]?.status.isInForce == true }.suffix(3)
      let pool = running.isEmpty || Bool.random(using: &seed) ? known : running
      guard let plan = pool.randomElement(using: &seed), Int.random(in: 0..<40, using: &seed) > 0
      else {
        let inForce = models.keys.sorted().filter { models[$0]?.status.isInForce == true }
        let replaced =
          Int.random(in: 0..<4, using: &seed) > 0
          ? inForce.last : Bool.random(using: &seed) ? models.keys.sorted().randomElement(using: &seed) : nil
        let head = PlanHead(year: 2026, title: "x", issuer: "x", focal: "vh-xh", offices: Desk.offices)
        let request = DraftPlan(head: head, expected: RowCounts(tasks: 2, targets: 0), replaces: replaced)
        let isAllowed = replaced.map { models[$0]?.status.isInForce == true } ?? true
        do throws(Refusal) {
          let new = try await desk.ask(request, as: Desk.focal).id
          #expect(isAllowed)
          models[new] = Model(replaces: replaced)
        } catch {
          #expect(error.status == .conflict && !isAllowed)
        }
        continue
      }
      guard var model = models[plan] else { continue }
      let replaced = model.replaces.flatMap { models[$0] }
      let person = Self.people.randomElement(using: &seed) ?? Desk.focal
      let stale = Int.random(in: 0..<10, using: &seed) == 0
      let expecting = Bool.random(using: &seed) || stale ? model.version - (stale ? 1 : 0) : nil
      let step = Int.random(in: 0..<12, using: &seed)
      let status: Status?
      switch step {
      case 0...2:
        let count = Int.random(in: 1...2, using: &seed)
        let rows = (0..<count).map { TaskRow(number: "\(model.rows + $0)", name: "x", leads: ["vp"]) }
        status = await desk.refusal(DraftRows(plan: plan, tasks: rows), as: person, expecting: expecting)?.status
        expect(
          status, model, person, [.focal], stale,
          model.status != .draft ? .conflict : model.rows + count > model.expected ? .invalid : nil)
        if status == nil { (model.rows, model.authors) = (model.rows + count, model.authors.union([person.account])) }
      case 3:
        let row = TaskRow(number: "new \(model.version)", name: "x", leads: ["vp"])
        status = await desk.refusal(ChangeRows(plan: plan, tasks: [row]), as: person, expecting: expecting)?.status
        expect(status, model, person, [.focal], stale, model.status != .draft ? .conflict : nil)
        if status == nil {
          (model.rows, model.expected) = (model.rows + 1, model.expected + 1)
          model.authors.insert(person.account)
        }
      case 4, 5:
        status = await desk.refusal(SubmitPlan(plan: plan), as: person, expecting: expecting)?.status
        let isWhole = model.rows == model.expected
        expect(status, model, person, [.focal], stale, model.status == .draft && isWhole ? nil : .conflict)
        if status == nil { model.status = .inReview }
      case 6:
        guard Int.random(in: 0..<3, using: &seed) == 0 else { continue }
        status = await desk.refusal(ReturnPlan(plan: plan, reason: "x"), as: person, expecting: expecting)?.status
        let isThere = model.status == .inReview || model.status == .approved
        expect(status, model, person, [.focal, .clerk, .approver], stale, isThere ? nil : .conflict)
        if status == nil { model.status = .draft }
      case 7:
        let signed = SignedDocument(signer: "x", hash: Self.hash)
        status = await desk.refusal(
          ApprovePlan(plan: plan, signed: signed, accepted: try await desk.acceptances(of: plan)), as: person,
          expecting: expecting)?.status
        expect(
          status, model, person, [.clerk, .approver], stale,
          model.status != .inReview ? .conflict : model.authors.contains(person.account) ? .forbidden : nil)
        if status == nil { model.status = .approved }
      case 8:
        let issue = IssuePlan(plan: plan, number: "1/KH-UBND", issuedOn: Day(real: 2026, 1, 5))
        status = await desk.refusal(issue, as: person, expecting: expecting)?.status
        let isBlocked = model.status != .approved || replaced?.status.isInForce == false
        expect(
          status, model, person, [.clerk], stale,
          model.status != .approved
            ? .conflict : model.authors.contains(person.account) ? .forbidden : isBlocked ? .conflict : nil)
        if status == nil {
          model.status = .issued
          for task in try await desk.tasks(of: plan) { model.percents[task.id] = task.percent }
          if let other = model.replaces {
            models[other]?.status = .superseded
            models[other]?.version += 1
          }
        }
      case 9:
        guard Int.random(in: 0..<2, using: &seed) == 0 else { continue }
        let decision = Decision(number: "2/QĐ-UBND", day: Day(real: 2026, 6, 1))
        let ends = Bool.random(using: &seed)
        status =
          ends
          ? await desk.refusal(ClosePlan(plan: plan, report: decision), as: person, expecting: expecting)?.status
          : await desk.refusal(RevokePlan(plan: plan, decision: decision), as: person, expecting: expecting)?.status
        expect(status, model, person, [.clerk], stale, model.status.isInForce ? nil : .conflict)
        if status == nil { model.status = ends ? .closed : .revoked }
      case 10:
        guard Int.random(in: 0..<6, using: &seed) == 0 else { continue }
        status = await desk.refusal(DiscardPlan(plan: plan), as: person, expecting: expecting)?.status
        let isOpen = model.status == .draft || model.status == .inReview
        expect(status, model, person, [.focal], stale, isOpen ? nil : .conflict)
        if status == nil { model.status = .discarded }
      default:
        guard let task = model.percents.keys.sorted().randomElement(using: &seed) else { continue }
        let percent = Int.random(in: -1...101, using: &seed)
        let progress = RecordProgress(task: task, percent: percent, note: "x")
        let status = await desk.refusal(progress, as: person)?.status
        let allowed = !person.roles.isDisjoint(with: [.entry, .focal])
        let wanted: Status? =
          !allowed
          ? .forbidden
          : !model.status.isInForce ? .conflict : !(0...100).contains(percent) ? .invalid : nil
        #expect(status == wanted)
        guard status == nil else { continue }
        model.percents[task] = percent
        if model.status == .issued { (model.status, model.version) = (.inExecution, model.version + 1) }
        models[plan] = model
        continue
      }
      if status == nil { model.version += 1 } else { refused += 1 }
      models[plan] = model
      reached[model.status, default: 0] += 1
      let shown = try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).summary
      #expect(shown.status == model.status)
      #expect(shown.version == model.version)
      #expect(shown.rows.tasks == model.rows)
      #expect(shown.expected.tasks == model.expected)
      #expect((shown.number != nil) == model.status.wasIssued)
    }
    for (plan, model) in models {
      let shown = try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).summary
      #expect((shown.status.known, shown.version) == (model.status, model.version))
      guard !model.percents.isEmpty else { continue }
      let percents = Dictionary(uniqueKeysWithValues: try await desk.tasks(of: plan).map { ($0.id, $0.percent) })
      #expect(percents == model.percents)
    }
    print("The service and a plain model: \(count) commands, \(refused) refused, \(models.count) plans, \(reached)")
    #expect(
      Set(Plan.Status.allCases).subtracting(reached.keys).isSubset(of: [.superseded]), "the walk is too short")
    #expect(models.values.contains { $0.status == .superseded })
  }

  private static let hash = Fingerprint(of: Data("x".utf8))

  /// Access first, then the version, then the rule.
  private func expect(
    _ status: Status?, _ model: Model, _ person: Caller, _ roles: Set<Role>, _ stale: Bool, _ rule: Status?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let wanted = person.roles.isDisjoint(with: roles) ? .forbidden : stale ? .conflict : rule
    #expect(status == wanted, "\(model)", sourceLocation: sourceLocation)
  }
}
