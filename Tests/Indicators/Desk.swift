import FoundationEssentials
import Schema
import Storage
import Synchronization

@testable import Bus
@testable import xaso_indicators

/// The service over a store of its own, without a socket: plans are issued to it, villages are counted, offices ask it, a
/// test moves its clock.
final class Desk: Sendable {
  let database: Database
  private let directory: URL
  private let handlers: Handlers<Indicators>
  private let now: Clock
  private let streams = Mutex<[ServiceName: Said]>([:])

  /// What was said on a stream; of the first of it no more than how much it was.
  private struct Said {
    var forgotten = 0
    var events: [IncomingEvent] = []
  }

  /// - Parameter today: The day it is in Viet Nam, at noon.
  init(today: Day = day("2026-11-21")) async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "indicators-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let clock = Clock(today)
    now = clock
    database = try await Database.open(
      directory.appending(path: "store.db").path, service: Indicators.name, migrations: IndicatorsService.migrations,
      options: IndicatorsService.options, clock: { clock.time })
    var handlers = Handlers(for: Indicators.self, on: database)
    IndicatorsService.register(in: &handlers)
    self.handlers = handlers
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  func setToday(_ today: Day) { now.set(today) }

  // MARK: Plans

  static let focal = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")
  static let lead = Office(code: "pvhcc", name: "Trung tâm PVHCC")
  static let epoch = UUIDv7(high: 1, low: 1)

  /// A plan with these targets comes over the plans' stream.
  func issue(_ rows: [TargetRow], in unit: Unit = "38/15043", year: Int = 2026) async throws {
    try sayPlan(rows, in: unit, year: year)
    try await follow(Plans.name)
  }

  /// A later plan, not yet heard of, takes a plan's place.
  func supersede(_ plan: Plan.ID, in unit: Unit = "38/15043") async throws {
    try say(PlanSuperseded(unit: unit, plan: plan, by: Plan.ID()))
    try await follow(Plans.name)
  }

  /// Says it without anybody listening yet.
  func sayPlan(_ rows: [TargetRow], in unit: Unit = "38/15043", year: Int = 2026) throws {
    let plan = Plan.ID()
    let issued = PlanIssued(
      unit: unit, plan: plan, year: year, title: "Kế hoạch", number: "119/KH-UBND", issuedOn: day("2026-01-15"),
      rows: RowCounts(tasks: 0, targets: rows.count), lines: 0, planned: 0, focal: Self.focal.code,
      shares: [Self.focal, Self.lead].map { PlanIssued.Share(office: $0, leads: 0, coordinates: 0, targets: 1) })
    try say(issued)
    for row in rows {
      try say(TargetPromised(unit: unit, plan: plan, year: year, target: Target.ID(), row: row))
    }
  }

  // MARK: Villages

  /// The counts of a village come over identity's stream, as the police of the commune recorded them.
  func count(
    _ village: Office.Code, _ month: String, _ counts: EnrolmentCounts, in unit: Unit = "38/15043", revision: Int = 1
  ) async throws {
    try sayCounts(village, month, counts, in: unit, revision: revision)
    try await follow(Identity.name)
  }

  func sayCounts(
    _ village: Office.Code, _ month: String, _ counts: EnrolmentCounts, in unit: Unit = "38/15043", revision: Int = 1
  ) throws {
    guard let month = Period(month) else { throw Refusal(.malformed) }
    try say(
      CountsRecorded(
        unit: unit, village: Office(code: village, name: "Thôn \(village)"), month: month, counts: counts,
        revision: revision, office: "cong-an"))
  }

  func keep(_ villages: Office.Code..., in unit: Unit = "38/15043") async throws {
    try sayVillages(villages, in: unit)
    try await follow(Identity.name)
  }

  /// A village's days.
  func describe(
    _ village: Office.Code, since: Day? = nil, until: Day? = nil, in unit: Unit = "38/15043"
  ) async throws {
    let office = OfficeSummary(
      code: village, name: "Thôn \(village)", kind: Open(.village), since: since, until: until)
    try say(OfficeKept(unit: unit, office: office))
    try await follow(Identity.name)
  }

  /// A school, a health station.
  func found(_ code: Office.Code, _ kind: Office.Kind, in unit: Unit = "38/15043") async throws {
    let office = OfficeSummary(code: code, name: "\(code)", kind: Open(kind))
    try say(OfficeKept(unit: unit, office: office))
    try await follow(Identity.name)
  }

  func sayVillages(_ villages: [Office.Code], in unit: Unit = "38/15043") throws {
    for code in villages {
      let office = OfficeSummary(code: code, name: "Thôn \(code)", kind: Open(.village))
      try say(OfficeKept(unit: unit, office: office))
    }
  }

  // MARK: Money

  /// A line of the budget comes to this by an entry, over the budget's stream.
  func spend(
    _ line: BudgetLine.ID, allocated: Int64, disbursed: Int64, on day: Day, in unit: Unit = "38/15043", year: Int = 2026
  ) async throws {
    try saySpent(line, allocated: allocated, disbursed: disbursed, on: day, in: unit, year: year)
    try await follow(Budget.name)
  }

  func saySpent(
    _ line: BudgetLine.ID, allocated: Int64, disbursed: Int64, on day: Day, in unit: Unit = "38/15043", year: Int = 2026
  ) throws {
    try say(
      LineDisbursed(
        unit: unit, line: line, plan: nil, task: nil, fiscalYear: year, leads: [Self.lead.code], amount: 1,
        allocated: Money(dong: allocated), disbursed: Money(dong: disbursed), day: day))
  }

  // MARK: Tasks

  /// A plan gives a task with a day, over the plans' stream.
  func assign(
    _ task: PlanTask.ID, of plan: Plan.ID, due: Day?, in unit: Unit = "38/15043",
    recurrence: TaskRow.Recurrence? = nil
  ) async throws {
    let row = TaskRow(
      number: "1", name: "Nhiệm vụ", leads: [Desk.lead.code], due: due, recurrence: recurrence.map { Open($0) })
    try say(TaskAssigned(unit: unit, plan: plan, task: task, row: row))
    if let due {
      try say(TaskDue(unit: unit, plan: plan, task: task, due: due, offices: [Desk.lead.code]))
    }
    try await follow(Plans.name)
  }

  /// A task moves on; when it is done, nothing is waited for any more.
  func progress(
    _ task: PlanTask.ID, of plan: Plan.ID, _ status: PlanTask.Status, in unit: Unit = "38/15043"
  ) async throws {
    try say(
      TaskProgressed(
        unit: unit, plan: plan, task: task, percent: status == .done ? 100 : 40, status: Open(status),
        office: Desk.lead.code))
    if status.isOver { try say(TaskDue(unit: unit, plan: plan, task: task, due: nil, offices: [])) }
    try await follow(Plans.name)
  }

  /// A task goes on in a later plan.
  func go(
    on before: PlanTask.ID, as task: PlanTask.ID, of plan: Plan.ID, _ status: PlanTask.Status,
    in unit: Unit = "38/15043"
  ) async throws {
    try say(
      TaskContinued(unit: unit, plan: plan, task: task, before: before, percent: 100, status: Open(status)))
    try await follow(Plans.name)
  }

  // MARK: Streams

  private func say<Payload: Event>(_ event: Payload) throws {
    try streams.withLock { streams in
      let said = streams[Payload.service, default: Said()]
      let sequence = Int64(said.forgotten + said.events.count + 1)
      let json = Codec.encode(CloudEvent(event, id: UUIDv7(), time: now.time, sequence: sequence, correlation: nil))
      streams[Payload.service, default: Said()].events.append(try IncomingEvent(json, of: Payload.service))
    }
  }

  private func subscription(to stream: ServiceName) throws -> Subscription {
    guard let subscription = IndicatorsService.subscriptions.first(where: { $0.stream == stream }) else {
      throw StorageError(.failed, "nobody follows \(stream)")
    }
    return subscription
  }

  /// Reads a stream on: all that was said, or so many events more.
  func follow(_ stream: ServiceName, atMost count: Int = .max) async throws {
    let cursor = try await database.cursor(of: stream)
    let events = streams.withLock { streams in
      let said = streams[stream, default: Said()]
      return said.events.dropFirst(Int(cursor.sequence) - said.forgotten).prefix(count)
    }
    let after = try await database.apply(
      Array(events), of: stream, epoch: cursor.epoch ?? Desk.epoch,
      through: cursor.sequence + Int64(events.count), handler: subscription(to: stream).apply)
    guard after.parked == 0 else { throw StorageError(.failed, "\(after.parked) events are parked") }
  }

  /// Gives back what a stream was made of, once it was read and nobody reads it again: a country's plans are many.
  func forget(_ stream: ServiceName) {
    streams.withLock { streams in
      let said = streams[stream, default: Said()]
      streams[stream] = Said(forgotten: said.forgotten + said.events.count)
    }
  }

  /// Reads streams from their start, as after a restore: the first of them whole, then the next.
  func resync(_ streams: ServiceName...) async throws {
    for stream in streams {
      let epoch = UUIDv7()
      try await database.resync(stream, epoch: epoch, reset: subscription(to: stream).reset)
    }
    for stream in streams { try await follow(stream) }
  }

  /// All rows of the tables that come from events.
  func derived() async throws -> [[Row]] {
    try await database.read { store in
      try [
        "plan", "indicator", "target", "target_office", "counted_indicator", "village", "village_count", "month_count",
        "line_money", "month_money", "task", "month_task", "rolled_up", "promised",
      ]
      .map { table in try store.rows("SELECT * FROM \(table)").sorted { "\($0)" < "\($1)" } }
    }
  }

  // MARK: Requests

  /// - Parameters:
  ///   - unit: Of the route and of the caller; nil for none.
  ///   - home: Of the caller, where it is another.
  func ask<Message: Request>(
    _ request: Message, as office: Office.Code? = Desk.lead.code, in unit: Unit? = "38/15043", expecting: Int? = nil,
    account: Caller.Account = "lan", roles: Set<Role> = [.entry], key: UUIDv7 = UUIDv7(), from home: Unit? = nil
  ) async throws -> Message.Reply {
    let caller = Caller(account: account, unit: home ?? unit, office: office, roles: roles)
    let call = Call(caller: caller, unit: unit, expected: expecting, key: key, trace: 0, deadline: .max)
    let answer = try await answer(Message.method, Codec.encode(request), call)
    guard answer.status == .ok else {
      let body = try Codec.decode(RefusalBody.self, from: answer.body)
      throw Refusal(answer.status, body.text, at: body.place)
    }
    return try Message.Reply(json: answer.body)
  }

  /// What the service makes of a request's bytes.
  func answer(_ method: Schema.Method, _ body: Data, _ call: Call) async throws -> Answer {
    guard let handler = handlers[method] else { throw Refusal(.notFound) }
    return await handler(body, call)
  }

  func list(_ request: ListIndicators = ListIndicators(), in unit: Unit = "38/15043") async throws
    -> [IndicatorSummary]
  {
    var (request, items) = (request, [IndicatorSummary]())
    repeat {
      let page = try await ask(request, in: unit)
      items += page.items
      request.after = page.next
    } while request.after != nil
    return items
  }

  /// Enters a value for the only indicator of this name.
  @discardableResult
  func observe(
    _ name: String, _ figure: Figure, _ period: String, as office: Office.Code? = Desk.lead.code,
    in unit: Unit = "38/15043", expecting: Int? = nil, reason: String? = nil
  ) async throws -> ObservationEntry {
    guard let indicator = try await list(in: unit).first(where: { $0.name.folded == name.folded }),
      let period = Period(period)
    else { throw Refusal(.notFound) }
    return try await ask(
      ObserveIndicator(indicator: indicator.id, period: period, figure: figure, reason: reason), as: office, in: unit,
      expecting: expecting)
  }

  /// Enters a value in a command of many, whatever counts say; throws what the row is refused with.
  func enter(
    _ name: String, _ figure: Figure, _ period: Period, in unit: Unit = "38/15043", village: Office.Code? = nil,
    estimatedAsOf: Day? = nil
  ) async throws {
    guard let indicator = try await list(in: unit).first(where: { $0.name == name }) else {
      throw Refusal(.notFound)
    }
    let row = ObserveIndicator(
      indicator: indicator.id, period: period, figure: figure, evidence: village == nil ? nil : "Biểu",
      reason: "Đối chiếu lại", village: village, estimatedAsOf: estimatedAsOf)
    let answer = try await ask(ImportObservations(rows: [row]), in: unit).rows[0]
    if let refusal = answer.refusal {
      throw Refusal(.conflict, refusal, at: answer.place)
    }
  }

  /// Identity's administrators merge two communes.
  func merge(_ merger: Merger) async throws {
    try say(UnitMerged(merger: merger))
    try await follow(Identity.name)
  }

  func keepVillages(_ codes: [Office.Code], in unit: Unit) async throws {
    try sayVillages(codes, in: unit)
    try await follow(Identity.name)
  }

  /// The sums that are kept up.
  func sums() async throws -> [[Row]] {
    try await database.read { store in
      [
        try store.rows("SELECT * FROM rolled_up ORDER BY period, province, folded, folded_measure"),
        try store.rows(
          "SELECT province, folded, folded_measure, communes FROM promised ORDER BY province, folded, folded_measure"),
      ]
    }
  }

  /// What the service has said, by type.
  func events<Payload: Event>(_ type: Payload.Type) async throws -> [Payload] {
    try await database.events(epoch: nil, after: .sequence(0)).events
      .filter { try IncomingEvent($0, of: Indicators.name).type == Payload.type }
      .map { try Codec.decode(CloudEvent<Payload>.self, from: $0).data }
  }
}

/// A clock that stands at noon in Viet Nam.
final class Clock: Sendable {
  private let now: Mutex<Timestamp>

  init(_ day: Day) { now = Mutex(Self.noon(of: day)) }

  var time: Timestamp { now.withLock { $0 } }

  func set(_ day: Day) { now.withLock { $0 = Self.noon(of: day) } }

  private static func noon(of day: Day) -> Timestamp {
    Timestamp(milliseconds: Int64(day.number) * 86_400_000 + 5 * 3_600_000)
  }
}

/// A day that the test names; one that does not exist is the test's fault.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

extension TargetRow {
  /// `≥ 80 %` by a day, as a plan would have it.
  static func target(
    _ name: String, _ comparator: Comparator = .atLeast, _ value: Quantity? = Quantity(80), _ measure: String? = "%",
    by due: String? = "2026-12-31", number: String = "1", leads: [Office.Code] = [Desk.lead.code],
    coordinating: [Office.Code] = []
  ) -> TargetRow {
    TargetRow(
      number: number, indicator: name, unit: measure, comparator: Open(comparator), value: value, due: due.map(day),
      leads: leads, coordinating: coordinating)
  }
}
