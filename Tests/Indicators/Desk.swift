import FoundationEssentials
import Schema
import Storage
import Synchronization

@testable import Bus
@testable import xaso_indicators

/// The service over a store of its own, without a socket: plans are issued to it, offices ask it, a test moves its clock.
final class Desk: Sendable {
  let database: Database
  private let directory: URL
  private let handlers: Handlers<Indicators>
  private let subscription: Subscription
  private let now: Clock
  private let stream = Mutex<[Data]>([])

  /// - Parameter today: The day it is in Viet Nam, at noon.
  init(today: Day = day("2026-11-21")) async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "indicators-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let clock = Clock(today)
    now = clock
    database = try await Database.open(
      directory.appending(path: "store.db").path, service: Indicators.name, migrations: IndicatorsService.migrations,
      clock: { clock.time })
    var handlers = Handlers(for: Indicators.self, on: database)
    IndicatorsService.register(in: &handlers)
    self.handlers = handlers
    subscription = IndicatorsService.subscriptions[0]
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  func setToday(_ today: Day) { now.set(today) }

  // MARK: Plans

  static let focal = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")
  static let lead = Office(code: "pvhcc", name: "Trung tâm PVHCC")
  static let epoch = UUIDv7(high: 1, low: 1)

  /// A plan with these targets comes over the plans' stream.
  func issue(_ rows: [TargetRow], in unit: Unit = "38/15043", year: Int = 2026) async throws {
    let plan = Plan.ID()
    let issued = PlanIssued(
      unit: unit, plan: plan, year: year, title: "Kế hoạch", number: "119/KH-UBND", issuedOn: day("2026-01-15"),
      rows: RowCounts(tasks: 0, targets: rows.count), lines: 0, planned: 0, focal: Self.focal.code,
      shares: [Self.focal, Self.lead].map { PlanIssued.Share(office: $0, leads: 0, coordinates: 0, targets: 1) })
    say(issued)
    for row in rows {
      say(TargetPromised(unit: unit, plan: plan, year: year, target: Target.ID(), row: row))
    }
    try await follow()
  }

  private func say(_ event: some Event) {
    stream.withLock { stream in
      stream.append(
        Codec.encode(
          CloudEvent(event, id: UUIDv7(), time: now.time, sequence: Int64(stream.count + 1), correlation: nil)))
    }
  }

  private func follow(as epoch: UUIDv7 = Desk.epoch) async throws {
    let events = try stream.withLock { try $0.map { try IncomingEvent($0, of: Plans.name) } }
    let cursor = try await database.apply(
      events, of: Plans.name, epoch: epoch, through: Int64(events.count), handler: subscription.apply)
    guard cursor.parked == 0 else { throw StorageError(.failed, "\(cursor.parked) events are parked") }
  }

  /// Reads the plans' stream from its start, as after a restore.
  func resync() async throws {
    let epoch = UUIDv7()
    try await database.resync(Plans.name, epoch: epoch, reset: subscription.reset)
    try await follow(as: epoch)
  }

  // MARK: Requests

  func ask<Message: Request>(
    _ request: Message, as office: Office.Code? = Desk.lead.code, in unit: Unit = "38/15043", expecting: Int? = nil
  ) async throws -> Message.Reply {
    let caller = Caller(account: "lan", unit: unit, office: office, roles: [.entry])
    let call = Call(caller: caller, unit: unit, expected: expecting, key: UUIDv7(), trace: 0, deadline: .max)
    guard let handler = handlers[Message.method] else { throw Refusal(.notFound) }
    let answer = await handler(Codec.encode(request), call)
    guard answer.status == .ok else {
      let body = try Codec.decode(RefusalBody.self, from: answer.body)
      throw Refusal(answer.status, body.text, at: body.place)
    }
    return try Message.Reply(json: answer.body)
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
    in unit: Unit = "38/15043", expecting: Int? = nil
  ) async throws -> ObservationEntry {
    guard let indicator = try await list(in: unit).first(where: { $0.name.folded == name.folded }),
      let period = Period(period)
    else { throw Refusal(.notFound) }
    return try await ask(
      ObserveIndicator(indicator: indicator.id, period: period, figure: figure), as: office, in: unit,
      expecting: expecting)
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
