import FoundationEssentials
import PlanDocuments
import Schema
import Storage
import Synchronization
import WorkingDays

@testable import Bus
@testable import xaso_plans

/// The plans service over a store of its own, without a socket; a test moves its clock.
final class Desk: Sendable {
  static let commune: Unit = "38/15043"

  let database: Database
  private let directory: URL
  private let handlers: Handlers<Plans>
  private let clock: Noon

  init(today: Day = Day(real: 2026, 1, 5)) async throws {
    // In memory where there is such a folder: what is tested are the rules, not the disk.
    let memory = URL(filePath: "/dev/shm")
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    directory = (isThere ? memory : FileManager.default.temporaryDirectory).appending(path: "xaso-plans-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let clock = Noon(today)
    database = try await Database.open(
      directory.appending(path: "store.db").path, service: Plans.name, migrations: PlansService.migrations,
      clock: { clock.time })
    try await PlansService.open(database, .official)
    var handlers = Handlers(for: Plans.self, on: database)
    PlansService.register(in: &handlers)
    self.handlers = handlers
    self.clock = clock
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  func setToday(_ day: Day) { clock.set(day) }

  // MARK: People

  static let focal = person("lan", "vh-xh", .focal, .entry)
  static let clerk = person("hoa", "vp", .clerk)
  static let chair = person("binh", "vp", .approver)
  static let lead = person("nam", "vp", .entry)
  static let province = Caller(account: "so", unit: "38", office: "so-khcn", roles: [.province])

  static func person(_ account: Caller.Account, _ office: Office.Code, _ roles: Role...) -> Caller {
    Caller(account: account, unit: commune, office: office, roles: Set(roles))
  }

  // MARK: Requests

  @discardableResult
  func ask<Message: Request>(
    _ request: Message, as caller: Caller, in unit: Unit = commune, expecting: Int? = nil
  ) async throws(Refusal) -> Message.Reply {
    guard Message.access.permits(caller, in: unit) else { throw Refusal(.forbidden) }
    let call = Call(caller: caller, unit: unit, expected: expecting, key: UUIDv7(), trace: 0, deadline: .max)
    guard let handler = handlers[Message.method] else { throw Refusal(.notFound) }
    let answer = await handler(Codec.encode(request), call)
    guard answer.status == .ok else {
      let body = try Codec.decode(RefusalBody.self, from: answer.body)
      throw Refusal(answer.status, body.text, at: body.place)
    }
    return try Message.Reply(json: answer.body)
  }

  /// Why a request is refused; nil when it is not.
  func refusal<Message: Request>(
    _ request: Message, as caller: Caller, in unit: Unit = commune, expecting: Int? = nil
  ) async -> Refusal? {
    do throws(Refusal) {
      try await ask(request, as: caller, in: unit, expecting: expecting)
      return nil
    } catch {
      return error
    }
  }

  /// Every page of a list.
  func all<Message: Request, Item>(
    as caller: Caller = focal, in unit: Unit = commune, _ request: (String?) -> Message
  ) async throws(Refusal) -> [Item] where Message.Reply == Page<Item> {
    var (items, after): ([Item], String?) = ([], nil)
    repeat {
      let page = try await ask(request(after), as: caller, in: unit)
      items += page.items
      after = page.next
    } while after != nil
    return items
  }

  // MARK: Plans

  static let recipients = [Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report))]
  static let offices = [Office(code: "vh-xh", name: "Phòng VH-XH"), Office(code: "vp", name: "Văn phòng")]

  func draft(
    _ tasks: [TaskRow], _ targets: [TargetRow] = [], replacing replaced: Plan.ID? = nil,
    _ change: (inout PlanHead) -> Void = { _ in }
  ) async throws(Refusal) -> Plan.ID {
    var head = PlanHead(
      year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vh-xh", offices: Self.offices,
      recipients: Self.recipients)
    change(&head)
    let expected = RowCounts(tasks: tasks.count, targets: targets.count)
    let plan = try await ask(DraftPlan(head: head, expected: expected, replaces: replaced), as: Self.focal).id
    try await ask(DraftRows(plan: plan, tasks: tasks, targets: targets), as: Self.focal)
    return plan
  }

  /// - Parameter day: Of the document; today where none is named.
  func issue(_ plan: Plan.ID, _ number: DocumentNumber = "31/KH-UBND", on day: Day? = nil) async throws(Refusal) {
    try await ask(SubmitPlan(plan: plan), as: Self.focal)
    try await ask(ApprovePlan(plan: plan, accepted: try await acceptances(of: plan)), as: Self.chair)
    try await ask(IssuePlan(plan: plan, number: number, issuedOn: day ?? clock.time.day), as: Self.clerk)
  }

  /// For every error of a plan, whatever it is.
  func acceptances(of plan: Plan.ID) async throws(Refusal) -> [Acceptance]? {
    do {
      let findings = try await database.read {
        try PlansStore.document(of: PlansStore.plan(plan, in: Self.commune, $0), $0).check()
      }
      let checks = Set(findings.filter { $0.severity == .error }.map(\.rule.rawValue))
      return checks.isEmpty ? nil : [Acceptance(checks: checks.sorted(), reason: "Đã xem")]
    } catch {
      throw Refusal(.failed)
    }
  }

  func tasks(of plan: Plan.ID) async throws(Refusal) -> [TaskSummary] {
    try await all { ListTasks(plan: plan, after: $0) }
  }

  /// What the service has said, by type, in order.
  func said() async throws -> [String] {
    try await database.events(epoch: nil, after: .sequence(0)).events
      .map { try IncomingEvent($0, of: Plans.name).type.replacing("vn.xaso.plans.", with: "") }
  }

  func said<Payload: Event>(_ type: Payload.Type) async throws -> [Payload] {
    try await database.events(epoch: nil, after: .sequence(0)).events
      .filter { try IncomingEvent($0, of: Plans.name).type == Payload.type }
      .map { try Codec.decode(CloudEvent<Payload>.self, from: $0).data }
  }
}

/// A clock that stands at noon in Viet Nam.
final class Noon: Sendable {
  private let now: Mutex<Day>

  init(_ day: Day) { now = Mutex(day) }

  func set(_ day: Day) { now.withLock { $0 = day } }

  var time: Timestamp {
    Timestamp(milliseconds: now.withLock { Int64($0.number) } * 86_400_000 + 5 * 3_600_000)
  }
}

extension Day {
  /// A day that there is.
  init(real year: Int, _ month: Int, _ day: Int) {
    guard let day = Day(year, month, day) else { preconditionFailure("tests name real days") }
    self = day
  }
}
