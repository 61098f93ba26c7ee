import FoundationEssentials
import Schema
import Testing

@testable import Bus
@testable import Storage
@testable import xaso_notifications

/// A store of notifications of its own, and one stream that comes into it.
final class Inbox: Sendable {
  let store: Database
  private let directory: URL
  private let subscription: Subscription

  init(of stream: ServiceName) async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "notifications-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    store = try await Database.open(
      directory.appending(path: "notifications.sqlite").path, service: Notifications.name,
      migrations: NotificationsService.migrations)
    subscription = try #require(NotificationsService.subscriptions.first { $0.stream == stream })
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Reads the whole stream.
  func follow(_ events: [IncomingEvent], as epoch: UUIDv7 = UUIDv7()) async throws {
    let cursor = try await store.apply(
      events, of: subscription.stream, epoch: epoch, through: Int64(events.count), handler: subscription.apply)
    #expect(cursor.parked == 0)
  }

  /// Forgets what came from the stream.
  func reset(to epoch: UUIDv7) async throws {
    try await store.resync(subscription.stream, epoch: epoch, reset: subscription.reset)
  }

  /// A notice that another stream has brought.
  func post(_ content: Notice.Content, from stream: ServiceName) async throws {
    let post = NoticeRecord(
      id: Notice.ID(), unit: "38/15043", office: "vh-xh", time: .now, content: content)
    try await store.write { store in try NotificationsStore.post([post], from: stream, store) }
  }

  func rows(of table: String) async throws -> [Row] {
    try await store.read { store in try store.rows("SELECT * FROM \(table) ORDER BY 1, 2, 3") }
  }

  /// What an office reads, the first first.
  func texts(for office: Office.Code) async throws -> [String] {
    try await store.read { store in
      try NotificationsStore.inbox(of: [office], in: "38/15043", after: nil, store).items.map(\.text.vi).reversed()
    }
  }
}

extension Inbox {
  /// Reading a stream again gives the same notices, and leaves those of other streams alone.
  static func checkResync(of stream: ServiceName, _ events: [IncomingEvent], tables: [String] = []) async throws {
    let inbox = try await Inbox(of: stream)
    try await inbox.post(
      .taskProgressed(number: "1.1", name: "Số hóa hồ sơ", percent: 40, by: "Văn phòng"), from: "another")
    let others = try await inbox.rows(of: "notice")
    try await inbox.follow(events)
    var before: [[Row]] = []
    for table in ["notice"] + tables { before.append(try await inbox.rows(of: table)) }
    #expect(before[0].count > others.count)
    let epoch = UUIDv7()
    try await inbox.reset(to: epoch)
    #expect(try await inbox.rows(of: "notice") == others)
    for table in tables { #expect(try await inbox.rows(of: table).isEmpty, "\(table)") }
    try await inbox.follow(events, as: epoch)
    for (table, rows) in zip(["notice"] + tables, before) {
      #expect(try await inbox.rows(of: table) == rows, "\(table)")
    }
    await inbox.store.close()
  }
}
