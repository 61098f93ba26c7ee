import FoundationEssentials
import Logging
import Schema
import Synchronization
import Testing
import WorkingDays

@testable import Bus
@testable import Storage
@testable import xaso_notifications

/// A store of notifications with a clock that the test sets, and receivers that are the test's too.
final class Post: Sendable {
  static let commune = Commune.unit
  let clock: SetClock
  let folder: URL
  private let opened = Mutex<Database?>(nil)
  private let sequence = Mutex<[ServiceName: Int64]>([:])
  private let epoch = UUIDv7()

  init(at time: Timestamp) async throws {
    clock = SetClock(time)
    folder = FileManager.default.temporaryDirectory.appending(path: "post-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await open()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var database: Database {
    guard let database = opened.withLock({ $0 }) else { preconditionFailure("the store is closed") }
    return database
  }

  private func open() async throws {
    let database = try await Database.open(
      folder.appending(path: "notifications.sqlite").path, service: Notifications.name,
      migrations: NotificationsService.migrations, clock: { [clock] in clock.time })
    opened.withLock { $0 = database }
  }

  /// As after the end of a process: what was committed is there, and nothing else.
  func restart() async throws {
    await database.close()
    try await open()
  }

  func close() async { await database.close() }

  // MARK: What happens

  /// An event of another service, at this moment.
  func hear<Payload: Event>(_ event: Payload) async throws {
    let stream = Payload.service
    let next = sequence.withLock { sequence in
      sequence[stream, default: 0] += 1
      return sequence[stream, default: 0]
    }
    let json = Codec.encode(CloudEvent(event, id: UUIDv7(), time: clock.time, sequence: next, correlation: nil))
    let subscription = try #require(NotificationsService.subscriptions.first { $0.stream == stream })
    let cursor = try await database.apply(
      [try IncomingEvent(json, of: stream)], of: stream, epoch: epoch, through: next, handler: subscription.apply)
    #expect(cursor.parked == 0)
  }

  func keep(
    _ code: Office.Code, _ name: String, _ kind: Office.Kind = .office, in unit: Unit = commune, until: Day? = nil
  ) async throws {
    try await hear(
      OfficeKept(unit: unit, office: OfficeSummary(code: code, name: name, kind: Open(kind), until: until)))
  }

  func address(_ office: Office.Code, _ mail: MailAddress, in unit: Unit = commune) async throws {
    try await database.write { store in
      try NotificationsStore.keep(KeepAddress(office: office, mail: mail), in: unit, store)
    }
  }

  /// A plan with a task for each of these numbers, led by an office, with its day.
  func plan(
    _ tasks: [(number: String, lead: Office.Code, due: Day?)], in unit: Unit = commune
  ) async throws -> [String: PlanTask.ID] {
    let plan = Plan.ID()
    try await hear(
      PlanIssued(
        unit: unit, plan: plan, year: 2026, title: "Kế hoạch", number: "31/KH-UBND", issuedOn: clock.time.day,
        rows: RowCounts(tasks: tasks.count, targets: 0), lines: 0, planned: 0, focal: "vh-xh", shares: []))
    var ids: [String: PlanTask.ID] = [:]
    for (number, lead, due) in tasks {
      let id = PlanTask.ID()
      ids[number] = id
      let row = TaskRow(number: number, name: "Việc \(number)", leads: [lead])
      try await hear(TaskAssigned(unit: unit, plan: plan, task: id, row: row))
      if let due { try await hear(TaskDue(unit: unit, plan: plan, task: id, due: due, offices: [lead])) }
    }
    return ids
  }

  func progress(_ task: PlanTask.ID, _ status: PlanTask.Status, in unit: Unit = commune) async throws {
    try await hear(
      TaskProgressed(
        unit: unit, plan: Plan.ID(), task: task, percent: 50, status: Open(status), note: "thiếu chữ ký",
        office: "vh-xh"))
  }

  // MARK: What follows

  var standards: Standards {
    var standards = Standards.supplied
    standards.channels.mail = Channels.Mail(server: "smtp://localhost", sender: "xaso@x.vn")
    return standards
  }

  @discardableResult
  func look(_ standards: Standards? = nil) async throws -> Int {
    try await Watch(database: database, days: .official).look(at: clock.time, standards ?? self.standards)
  }

  var courier: Courier {
    let standards = standards
    return Courier(
      database: database, days: .official, standards: { standards },
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Every letter that is due now, once each.
  func deliver(_ receive: @escaping Courier.Deliver) async throws {
    let (courier, now, longestWait) = (courier, clock.time, standards.book.longestWait)
    let lanes = try await database.read { store in
      try NotificationsStore.lanes(at: now, longestWait: longestWait, store)
    }
    for lane in lanes {
      let due = try await database.read { store in
        try NotificationsStore.dueLetters(in: lane, at: now, longestWait: longestWait, limit: 10_000, store).count
      }
      for _ in 0..<(due + Courier.atOnce - 1) / Courier.atOnce {
        _ = try await courier.deliver(in: lane, at: clock.time, by: receive)
      }
    }
  }

  func inbox(_ office: Office.Code, in unit: Unit = commune) async throws -> [NoticeSummary] {
    try await database.read { store in
      try NotificationsStore.inbox(of: [office], in: unit, after: nil, store).items.reversed()
    }
  }

  func letters() async throws -> [LetterSummary] {
    try await database.read { store in
      try NotificationsStore.letters(ListLetters(), in: Self.commune, store).items.reversed()
    }
  }
}

/// A clock that stands until it is set.
final class SetClock: Sendable {
  private let now: Mutex<Timestamp>

  init(_ time: Timestamp) { now = Mutex(time) }

  var time: Timestamp { now.withLock { $0 } }

  func set(_ time: Timestamp) { now.withLock { $0 = time } }
}

/// A receiver that knows a letter by its id, as webhooks are told to.
final class Receiver: Sendable {
  private let letters = Mutex<[LetterSummary.ID: Letter]>([:])
  private let arrivals = Mutex(0)

  /// Letters that are not the same one again, in no order.
  var received: [Letter] { Array(letters.withLock { $0 }.values) }
  /// With those that came again.
  var count: Int { arrivals.withLock { $0 } }

  func take(_ letter: Letter) {
    arrivals.withLock { $0 += 1 }
    letters.withLock { letters in
      if letters[letter.id] == nil { letters[letter.id] = letter }
    }
  }
}
