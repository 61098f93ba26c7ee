import Bus
import FoundationEssentials
import PlanDocuments
import Schema
import Units

/// Five communes' real plans through a real stack: entered by one person, issued by another, followed by a service.
struct Demonstration {
  /// What came of it, as the province sees it and as the offices do.
  struct Outcome: Codable {
    struct Commune: Codable {
      var unit: Unit
      var name: String
      var plan: PlanSummary
    }

    struct Province: Codable {
      var unit: Unit
      var name: String
      var communes: [Commune]
    }

    struct Notices: Codable {
      var unit: Unit
      var office: Office
      var count: Int
      var first: NoticeSummary
    }

    var provinces: [Province] = []
    /// Money planned by fiscal year: one year's is never added to another's.
    var planned: [String: Money] = [:]
    var notices: [Notices] = []
    var services: [ServiceHealth] = []
  }

  let documents: [PlanDocument]
  let stack: Stack
  let lang: Language

  init(_ documents: [PlanDocument], on stack: Stack, _ lang: Language) {
    self.documents = documents
    self.stack = stack
    self.lang = lang
  }

  func run() async throws -> Outcome {
    try await stack.start(port: 0)
    try await stack.installation.enroll(documents.flatMap(accounts))

    var outcome = Outcome()
    var last: Int64 = 0
    for (index, document) in documents.enumerated() {
      let (tasks, targets) = (document.tasks.count, document.targets.count)
      let rows = Text(vi: "\(tasks) nhiệm vụ, \(targets) chỉ tiêu", en: "\(tasks) tasks, \(targets) targets")
      Failure.complain("[\(index + 1)/\(documents.count)] \(name(of: document.unit)): \(rows(lang))")
      last = max(last, try await carryOut(document))
    }
    try await session("operator") { session in
      let position = try await session.ask(Reached<Notifications>(stream: Plans.name, seq: last), in: nil).value
      guard position.cursor >= last else { throw Refusal(.timedOut) }
      outcome.services = try await session.healths().compactMap(\.health)
    }
    for province in Set(documents.map(\.unit.provinceUnit)).sorted(by: { $0.province < $1.province }) {
      outcome.provinces.append(try await overview(of: province))
    }
    for commune in outcome.provinces.flatMap(\.communes) {
      let year = String(commune.plan.year)
      outcome.planned[year] = (outcome.planned[year] ?? 0).adding(commune.plan.planned)
    }
    for document in documents { outcome.notices += try await notices(for: document) }
    return outcome
  }

  // MARK: The people

  private func accounts(for document: PlanDocument) -> [Installation.Enrolment] {
    let head = document.head
    let focal = head.offices.first { $0.code == head.focal } ?? Office(code: head.focal, name: "\(head.focal)")
    let clerk = head.offices.first { $0.name.folded.hasPrefix("van phong") } ?? focal
    return [
      .init(account: account("focal", document.unit), unit: document.unit, office: focal, roles: [.focal]),
      .init(account: account("clerk", document.unit), unit: document.unit, office: clerk, roles: [.clerk]),
      .init(
        account: account("so-khcn", document.unit.provinceUnit), unit: document.unit.provinceUnit,
        office: Office(code: "so-khcn", name: "Sở Khoa học và Công nghệ"), roles: [.province]),
    ]
  }

  private func account(_ who: String, _ unit: Unit) -> Caller.Account {
    Slug(stringLiteral: "\(name(of: unit).folded.replacing(" ", with: "-")).\(who)")
  }

  // MARK: What they do

  /// Enters, issues, and records some progress.
  ///
  /// - Returns: The last sequence of it.
  private func carryOut(_ document: PlanDocument) async throws -> Int64 {
    var last: Int64 = 0
    var tasks: [TaskSummary] = []
    var plan: PlanSummary?
    try await session(account("focal", document.unit)) { session in
      plan = try await session.submit(document, key: UUIDv7())
    }
    guard let plan else { return 0 }
    try await session(account("clerk", document.unit)) { session in
      guard let number = document.number, let day = document.issuedOn else { return }
      let request = IssuePlan(plan: plan.id, number: number, issuedOn: day)
      last = try await session.ask(request, in: document.unit).sequence
    }
    try await session(account("focal", document.unit)) { session in
      tasks = try await session.all(in: document.unit) { ListTasks(plan: plan.id, after: $0) }
      for (task, percent) in zip(tasks, [100, 60, 25]) {
        last = try await session.ask(RecordProgress(task: task.id, percent: percent), in: document.unit).sequence
      }
    }
    return last
  }

  private func overview(of province: Unit) async throws -> Outcome.Province {
    var plans: [PlanSummary] = []
    try await session(account("so-khcn", province)) { session in
      plans = try await session.all(in: province) { ListPlans(after: $0) }
    }
    let communes = plans.map { Outcome.Commune(unit: $0.unit, name: name(of: $0.unit), plan: $0) }
    return Outcome.Province(unit: province, name: name(of: province), communes: communes)
  }

  private func notices(for document: PlanDocument) async throws -> [Outcome.Notices] {
    var found: [Outcome.Notices] = []
    try await session(account("focal", document.unit)) { session in
      for office in document.head.offices {
        let notices: [NoticeSummary] = try await session.all(in: document.unit) {
          ReadInbox(office: office.code, after: $0)
        }
        guard let first = notices.last else { continue }
        found.append(.init(unit: document.unit, office: office, count: notices.count, first: first))
      }
    }
    return found
  }

  private func session(_ account: Caller.Account, _ body: (Session) async throws -> Void) async throws {
    try await Session.with(stack.installation.profilePath(account), body)
  }

  private func name(of unit: Unit) -> String { Units[unit]?.name ?? "\(unit)" }
}
