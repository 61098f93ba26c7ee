import FoundationEssentials
import Schema
import Synchronization

@testable import Bus
@testable import Storage
@testable import xaso_budget

/// The budget service without its sockets: a real store, its handlers, and a plans' stream that the test writes.
final class Town: Sendable {
  static let commune: Unit = "38/15043"

  let store: Database
  private let handlers: Handlers<Budget>
  private let directory: URL
  private let clock: Clock

  init() async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "budget-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let clock = Clock()
    store = try await Database.open(
      directory.appending(path: "budget.sqlite").path, service: Budget.name, migrations: BudgetService.migrations,
      clock: { clock.time })
    self.clock = clock
    var handlers = Handlers(for: Budget.self, on: store)
    BudgetService.register(in: &handlers)
    self.handlers = handlers
  }

  /// What day it is in the town, at noon.
  private final class Clock: Sendable {
    let day = Mutex(Day(real: 2026, 12, 31))

    var time: Timestamp { Timestamp(milliseconds: day.withLock { Int64($0.number) } * 86_400_000 + 5 * 3_600_000) }
  }

  func turn(to day: Day) { clock.day.withLock { $0 = day } }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Sends a request as a responder would.
  func ask<Message: Request>(
    _ message: Message, in unit: Unit = commune, expecting version: Int? = nil, key: UUIDv7 = UUIDv7()
  ) async throws(Refusal) -> Message.Reply {
    let caller = Caller(account: "ke-toan", unit: unit, office: "kinh-te", roles: [.finance])
    let call = Call(caller: caller, unit: unit, expected: version, key: key, trace: 0, deadline: .max)
    guard let handle = handlers[Message.method] else { throw Refusal(.notFound) }
    let answer = await handle(Codec.encode(message), call)
    guard answer.status == .ok else {
      let body = try Codec.decode(RefusalBody.self, from: answer.body)
      throw Refusal(answer.status, body.text, at: body.place)
    }
    return try Message.Reply(json: answer.body)
  }

  /// Why a request is refused; nil when it is not.
  func refusal<Message: Request>(
    _ message: Message, in unit: Unit = commune, expecting version: Int? = nil, key: UUIDv7 = UUIDv7()
  ) async -> Refusal? {
    do throws(Refusal) {
      _ = try await ask(message, in: unit, expecting: version, key: key)
      return nil
    } catch {
      return error
    }
  }

  /// Approves money for a line and allocates it.
  func fund(_ line: BudgetLine.ID, _ amount: Money, in unit: Unit = commune) async throws {
    _ = try await ask(BookMoney(.approve, line, amount, on: Day(real: 2026, 1, 10)), in: unit)
    _ = try await ask(AllocateMoney(line, amount), in: unit)
  }

  func line(_ id: BudgetLine.ID) async throws -> LineSummary {
    guard let line = try await lines().first(where: { $0.id == id }) else { throw Refusal(.notFound) }
    return line
  }

  func lines(_ request: ListLines = ListLines(), in unit: Unit = commune) async throws -> [LineSummary] {
    var (lines, request): ([LineSummary], ListLines) = ([], request)
    repeat {
      let page = try await ask(request, in: unit)
      lines += page.items
      request.after = page.next
    } while request.after != nil
    return lines
  }

  func entries(of line: BudgetLine.ID) async throws -> [BudgetEntry] {
    var (entries, after): ([BudgetEntry], String?) = ([], nil)
    repeat {
      let page = try await ask(ListEntries(line: line, after: after))
      entries += page.items
      after = page.next
    } while after != nil
    return entries
  }

  // MARK: Streams

  /// Reads the plans' stream on, as a subscriber does.
  func follow(_ plans: PlanStream) async throws {
    let subscription = BudgetService.subscriptions[0]
    let cursor = try await store.apply(
      plans.events, of: Plans.name, epoch: plans.epoch, through: Int64(plans.events.count)
    ) { event, transaction in try subscription.apply(event, transaction) }
    guard cursor.parked == 0 else { throw Refusal(.failed) }
  }

  /// Forgets what came from the plans' stream, and reads it again from its start.
  func resync(_ plans: PlanStream) async throws {
    let subscription = BudgetService.subscriptions[0]
    try await store.resync(Plans.name, epoch: plans.epoch, reset: subscription.reset)
    try await follow(plans)
  }

  /// All rows of the tables that come from events.
  func derived() async throws -> [[Row]] {
    try await store.read { store in
      try ["plan", "task", "line", "line_office"].map { try store.rows("SELECT * FROM \($0) ORDER BY 1, 2") }
    }
  }

  /// What the service has said.
  func said<Payload: Event>(_ type: Payload.Type) async throws -> [Payload] {
    var (payloads, after): ([Payload], Int64) = ([], 0)
    while true {
      let batch = try await store.events(epoch: nil, after: .sequence(after))
      for json in batch.events {
        let event = try IncomingEvent(json, of: Budget.name)
        if event.type == Payload.type { payloads.append(try event.decoded(Payload.self).data) }
      }
      after = batch.through
      guard after < batch.head else { return payloads }
    }
  }
}

/// The events of issued plans, in the order in which plans says them.
struct PlanStream: Sendable {
  struct Row {
    var number = "1.1"
    var cost: Money?
    var source: FundSource = .commune
    var sourceText: String?
    var leads: [Office.Code] = ["vh-xh"]
  }

  var epoch = UUIDv7()
  private(set) var events: [IncomingEvent] = []

  /// - Parameter total: What the plan declares, where that is not what its rows come to.
  /// - Returns: The lines that the plan's costs become.
  @discardableResult
  mutating func issue(
    _ rows: [Row], in unit: Unit = Town.commune, for year: Int = 2026, declaring total: Money? = nil
  ) throws -> [BudgetLine.ID] {
    let plan = Plan.ID()
    let tasks = rows.map { (PlanTask.ID(), $0) }
    try say(
      PlanIssued(
        unit: unit, plan: plan, year: year, title: "Kế hoạch", number: "31/KH-UBND", issuedOn: Day(number: 20_000),
        rows: RowCounts(tasks: rows.count, targets: 0), lines: rows.count { $0.cost != nil },
        planned: total ?? Money(dong: rows.reduce(0) { $0 + ($1.cost?.dong ?? 0) }),
        focal: "vh-xh", shares: []))
    for (task, row) in tasks {
      try say(
        TaskAssigned(
          unit: unit, plan: plan, task: task,
          row: TaskRow(number: row.number, name: "Nhiệm vụ \(row.number)", leads: row.leads, cost: row.cost)))
    }
    for (task, row) in tasks {
      guard let cost = row.cost else { continue }
      try say(
        LineEstimated(
          unit: unit, plan: plan, task: task, fiscalYear: year, amount: cost, source: Open(row.source),
          sourceText: row.sourceText, leads: row.leads))
    }
    return tasks.filter { $0.1.cost != nil }.map { BudgetRules.line(of: $0.0, in: year) }
  }

  /// A plan of one task takes the place of another plan of one task, which goes on at another cost.
  mutating func amend(_ replaced: (plan: Plan.ID, task: PlanTask.ID), cost: Money?) throws
    -> (plan: Plan.ID, task: PlanTask.ID)
  {
    let later = (plan: Plan.ID(), task: PlanTask.ID())
    let unit = Town.commune
    try say(PlanSuperseded(unit: unit, plan: replaced.plan, by: later.plan))
    try say(
      PlanIssued(
        unit: unit, plan: later.plan, year: 2026, title: "Kế hoạch điều chỉnh", number: "99/KH-UBND",
        issuedOn: Day(number: 20_200), rows: RowCounts(tasks: 1, targets: 0), lines: cost == nil ? 0 : 1, planned: 0,
        focal: "vh-xh", shares: []))
    try say(
      TaskAssigned(
        unit: unit, plan: later.plan, task: later.task,
        row: TaskRow(number: "1.1", name: "Nhiệm vụ 1.1", leads: ["vh-xh"], cost: cost)))
    try say(
      TaskContinued(
        unit: unit, plan: later.plan, task: later.task, before: replaced.task, percent: 40, status: Open(.inProgress)))
    if let cost {
      try say(
        LineEstimated(
          unit: unit, plan: later.plan, task: later.task, fiscalYear: 2026, amount: cost, source: Open(.commune),
          leads: ["vh-xh"]))
    }
    return later
  }

  mutating func revoke(_ plan: Plan.ID) throws {
    try say(PlanRevoked(unit: Town.commune, plan: plan, number: "45/QĐ-UBND", day: Day(number: 20_300)))
  }

  mutating func say(_ event: some Event) throws {
    let json = Codec.encode(
      CloudEvent(event, id: UUIDv7(), time: .now, sequence: Int64(events.count + 1), correlation: nil))
    events.append(try IncomingEvent(json, of: Plans.name))
  }
}

extension BookMoney {
  /// A decision, or a payment, with what each phase asks for.
  init(_ phase: BudgetEntry.Phase, _ line: BudgetLine.ID, _ amount: Money, on day: Day = Day(real: 2026, 3, 31)) {
    let issuer: BudgetEntry.Issuer? =
      switch phase {
      case .estimate, .approve, .settle: .council
      default: nil
      }
    let isDecided = LedgerRules.isDecided(phase)
    self.init(
      line: line, phase: Open(phase), amount: amount, day: day, document: isDecided ? "03/NQ-HĐND" : nil,
      issuer: issuer.map { Open($0) }, reference: isDecided ? nil : "UNC \(UUIDv7())")
  }
}

extension MoveMoney {
  init(from: BudgetLine.ID?, to: BudgetLine.ID?, _ stage: Stage, _ amount: Money, on day: Day = Day(real: 2026, 6, 15))
  {
    self.init(
      from: from, to: to, stage: Open(stage), amount: amount, day: day, document: "57/QĐ-UBND",
      issuer: Open(.committee))
  }
}

extension ReverseEntry {
  init(_ entry: BudgetEntry.ID, of line: BudgetLine.ID, on day: Day = Day(real: 2026, 12, 1)) {
    self.init(line: line, entry: entry, reason: "Ghi nhầm", document: "58/QĐ-UBND", day: day)
  }
}

extension AllocateMoney {
  init(_ line: BudgetLine.ID, _ amount: Money) {
    self.init(line: line, amount: amount, document: "12/QĐ-UBND", day: Day(real: 2026, 1, 20))
  }
}

extension DisburseMoney {
  init(_ line: BudgetLine.ID, _ amount: Money) {
    self.init(line: line, amount: amount, day: Day(real: 2026, 3, 31), reference: "UNC \(UUIDv7())")
  }
}

extension Day {
  /// A day that there is.
  init(real year: Int, _ month: Int, _ day: Int) {
    guard let day = Day(year, month, day) else { preconditionFailure("tests name real days") }
    self = day
  }
}
