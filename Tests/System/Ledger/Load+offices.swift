import Bus
import FoundationEssentials
import Schema
import ZeroMQ

@testable import xaso

extension Load {
  static func finance(_ unit: Unit) -> Caller.Account { Slug(stringLiteral: "c\(unit.commune ?? "").finance") }
  static func police(_ unit: Unit) -> Caller.Account { Slug(stringLiteral: "c\(unit.commune ?? "").police") }

  /// Those who enter money and counts, beside the people of every house.
  static var accounts: [Installation.Enrolment] {
    House.communes.flatMap { unit -> [Installation.Enrolment] in
      [
        .init(
          account: finance(unit), unit: unit, office: Office(code: "kt", name: "Phòng Kinh tế"), roles: [.finance]),
        .init(
          account: police(unit), unit: unit, office: Office(code: "ca", name: "Công an xã"), roles: [.police]),
      ]
    }
  }

  /// One plan from its draft on, and what each office has to do for it, in any order.
  func carryOut(in unit: Unit, _ seed: inout Seed) async throws {
    guard let (plan, sequence) = try await issue(in: unit, &seed) else { return }
    for part in Part.allCases.shuffled(using: &seed) where isOpen {
      switch part {
      case .progress: try await recordProgress(of: plan, &seed)
      case .money: try await spend(on: plan, after: sequence, &seed)
      case .figures: try await observe(plan, after: sequence, &seed)
      case .people: try await count(in: unit, &seed)
      case .accounts: try await letIn(to: unit, &seed)
      }
    }
  }

  private enum Part: CaseIterable { case progress, money, figures, people, accounts }

  /// One in thirty is wrong, and refused.
  private func slips(_ seed: inout Seed) -> Bool { Int.random(in: 0..<30, using: &seed) == 0 }

  // MARK: Plans

  /// - Returns: The plan with the last sequence of what issuing it said; nil when that is not known: nothing can be built on
  ///   it then.
  private func issue(in unit: Unit, _ seed: inout Seed) async throws -> (PlanSummary, sequence: Int64)? {
    let (focal, clerk) = (House.focal(unit), House.clerk(unit))
    let parts = (0..<Int.random(in: 1...2, using: &seed)).map { _ in Int.random(in: 1...3, using: &seed) }
    let tasks = parts.reduce(0, +)
    let (key, expected) = (UUIDv7(), RowCounts(tasks: tasks, targets: 2 * parts.count))
    let draft = DraftPlan(head: Sample.head("\(key)"), expected: expected)
    guard let plan = try await ask(draft, key, as: focal, in: unit, effects: 1, &seed)?.value else { return nil }
    let issue = house.issuing(plan)
    // Of the plan; of each task that it is given, its cost and its day; of each target.
    let events = 1 + 3 * tasks + 2 * parts.count
    // Before the rows are there: refused, and remembered as refused. But one that nobody waited for may come when they are
    // there, or be asked about again then: it is done, in full.
    if Bool.random(using: &seed) { try await ask(issue, as: clerk, in: unit, effects: events, &seed) }
    for count in parts {
      let key = UUIDv7()
      let rows = (0..<count).map { _ in Sample.task("\(key)") }
      let targets = [Sample.target("\(key)"), Sample.counted]
      let part = DraftRows(plan: plan.id, tasks: rows, targets: targets)
      guard try await ask(part, key, as: focal, in: unit, effects: count, &seed) != nil else { return nil }
    }
    guard try await ask(SubmitPlan(plan: plan.id), as: focal, in: unit, effects: 0, &seed) != nil,
      try await ask(house.approving(plan), as: clerk, in: unit, effects: 0, &seed) != nil
    else { return nil }
    guard let issued = try await ask(issue, as: clerk, in: unit, effects: events, &seed) else { return nil }
    return (issued.value, issued.sequence)
  }

  private func recordProgress(of plan: PlanSummary, _ seed: inout Seed) async throws {
    guard let tasks = try? await house.tasks(of: plan) else { return }
    for _ in 0..<Int.random(in: 3...8, using: &seed) {
      guard isOpen, let task = tasks.randomElement(using: &seed) else { return }
      let key = UUIDv7()
      let percent = slips(&seed) ? 101 : Int.random(in: 0...100, using: &seed)
      try await ask(
        RecordProgress(task: task.id, percent: percent, note: "\(key)"), key, as: House.focal(plan.unit),
        in: plan.unit, effects: 1, about: "task/\(task.id)", &seed)
    }
  }

  // MARK: What others make of it

  /// Spends more than there is every few times: that is refused, with an event.
  private func spend(on plan: PlanSummary, after sequence: Int64, _ seed: inout Seed) async throws {
    let (unit, account) = (plan.unit, Self.finance(plan.unit))
    guard await hasReached(sequence, Budget.self),
      let lines = try? await house.client(account).send(ListLines(plan: plan.id), to: unit).value.items
    else { return }
    for line in lines {
      let key = UUIDv7()
      guard let resolution = DocumentNumber("\(Sample.decision)\(key)") else {
        throw CallFailure("\(key): no number", 0)
      }
      let request = BookMoney(
        line: line.id, phase: Open(.approve), amount: 1_000_000_000, day: Sample.day, document: resolution,
        issuer: Open(.council))
      try await ask(request, key, as: account, in: unit, effects: 2, said: 1, about: "line/\(line.id)", &seed)
    }
    for _ in 0..<Int.random(in: 4...10, using: &seed) {
      guard isOpen, let line = lines.randomElement(using: &seed) else { return }
      let key = UUIDv7()
      let amount = Money(dong: slips(&seed) ? 0 : Int64.random(in: 1...50, using: &seed) * 10_000)
      guard let decision = DocumentNumber("\(Sample.decision)\(key)") else { throw CallFailure("\(key): no number", 0) }
      if Int.random(in: 0..<5, using: &seed) < 2 {
        let request = AllocateMoney(line: line.id, amount: amount, document: decision, day: Sample.day)
        try await ask(request, key, as: account, in: unit, effects: 2, said: 1, about: "line/\(line.id)", &seed)
      } else {
        let request = DisburseMoney(line: line.id, amount: amount, day: Sample.day, reference: "\(key)")
        try await ask(request, key, as: account, in: unit, effects: 2, said: 1, about: "line/\(line.id)", &seed)
      }
    }
  }

  /// Values of a few months, some of them corrected.
  private func observe(_ plan: PlanSummary, after sequence: Int64, _ seed: inout Seed) async throws {
    let (unit, account) = (plan.unit, House.focal(plan.unit))
    guard await hasReached(sequence, Indicators.self),
      let indicators = try? await house.client(account).send(ListIndicators(plan: plan.id), to: unit).value.items
    else { return }
    // The other one is every plan's.
    let own = indicators.filter { $0.name != Sample.counted.indicator }
    for _ in 0..<Int.random(in: 3...8, using: &seed) {
      guard isOpen, let indicator = own.randomElement(using: &seed), let period = month(1...3, &seed)
      else { return }
      let key = UUIDv7()
      let figure = Figure(slips(&seed) ? -1 : Int64.random(in: 0...1000, using: &seed))
      try await ask(
        ObserveIndicator(indicator: indicator.id, period: period, figure: figure, note: "\(key)"), key, as: account,
        in: unit, effects: 2, about: "indicator/\(indicator.id)", &seed)
    }
  }

  private func hasReached<S: Contract>(_ sequence: Int64, _ service: S.Type) async -> Bool {
    let request = Reached<S>(stream: Plans.name, seq: sequence)
    let position = try? await house.client("operator").send(request, to: nil, ttl: .seconds(5)).value
    return position.map { $0.cursor >= sequence } ?? false
  }

  // MARK: Identity

  /// A new village, and the counts of a few of its months.
  private func count(in unit: Unit, _ seed: inout Seed) async throws {
    let key = UUIDv7()
    let code = Slug(stringLiteral: "t\(key)")
    let village = KeepOffice(office: OfficeSummary(code: code, name: "\(key)", kind: Open(.village)))
    guard try await ask(village, key, as: "operator", in: unit, effects: 2, &seed) != nil else { return }
    for _ in 0..<Int.random(in: 3...8, using: &seed) {
      guard isOpen, let month = month(1...3, &seed) else { return }
      let adults = Int64.random(in: 0...900, using: &seed)
      let issued = slips(&seed) ? adults + 1 : Int64.random(in: 0...adults, using: &seed)
      let counts = EnrolmentCounts(
        adults: adults, issued: issued, activated: Int64.random(in: 0...issued, using: &seed), signatures: 0)
      try await ask(
        RecordCounts(village: code, month: month, counts: counts), as: Self.police(unit), in: unit, effects: 1,
        about: "village/\(code)", &seed)
    }
  }

  /// Somebody is invited; half of them are told that it was a mistake.
  private func letIn(to unit: Unit, _ seed: inout Seed) async throws {
    let key = UUIDv7()
    let account = Slug(stringLiteral: "\(key)")
    let invite = Invite(
      key: try CurveKeys.generate().publicKey.asIdentityKey, account: account, office: nil, roles: [Open(.auditor)],
      expires: Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000))
    let invited = try await ask(invite, key, as: "operator", in: unit, effects: 3, &seed)
    guard invited != nil, Bool.random(using: &seed) else { return }
    for _ in 0..<Int.random(in: 1...2, using: &seed) {
      try await ask(Revoke(account: account, reason: "a mistake"), as: "operator", in: unit, effects: 2, &seed)
    }
  }

  /// Of a year that is over, whatever the day.
  private func month(_ months: ClosedRange<Int>, _ seed: inout Seed) -> Period? {
    Period(.plain, 2025, .month(Int.random(in: months, using: &seed)))
  }
}
