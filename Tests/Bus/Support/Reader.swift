import Bench
import FoundationEssentials
import Schema
import Storage
import Synchronization
import Testing

@testable import Bus

/// A service that follows the notes: it writes each down, and how often.
final class Reader: Sendable {
  let bench: Bench
  let database: Database
  let subscriber: Subscriber
  private let run: Task<Void, Never>

  /// - Parameter handle: What happens at each note before it is written down; throws for one that cannot be applied.
  static func open(
    _ place: Place, _ store: String = "reader.sqlite", keys: Keys, requests: String, events: String,
    _ handle: @escaping @Sendable (CloudEvent<Noted>) throws -> Void = { _ in }
  ) async throws -> Reader {
    let bench = try await Bench(keys: keys)
    let database = try await Database.open(
      place.path(store), service: Notifications.name,
      migrations: [
        Migration(
          "reader-1",
          [
            "CREATE TABLE note (seq BIGINT PRIMARY KEY, note BIGINT NOT NULL, part TEXT NOT NULL, times BIGINT NOT NULL)"
          ])
      ])
    var subscription = Subscription(to: Plans.name) { store in try store.execute("DELETE FROM note") }
    subscription.on(Noted.self) { event, store in
      try handle(event)
      try store.execute(
        """
        INSERT INTO note (seq, note, part, times) VALUES (?, ?, ?, 1)
        ON CONFLICT (seq) DO UPDATE SET times = note.times + 1
        """, Int64(event.sequence) ?? 0, event.data.note, event.data.partition)
    }
    let security = keys.client("notifications", of: "plans")
    let client = Client(to: requests, security: security, in: bench.context, on: bench.loop)
    let subscriber = try await Subscriber(
      subscription, to: .init(events: events, security: security, client: client), into: database, in: bench.context,
      on: bench.loop, log: bench.log)
    return Reader(bench, database, subscriber)
  }

  static func open(
    _ place: Place, _ store: String = "reader.sqlite", of desk: Desk,
    _ handle: @escaping @Sendable (CloudEvent<Noted>) throws -> Void = { _ in }
  ) async throws -> Reader {
    try await open(place, store, keys: desk.bench.keys, requests: desk.requests, events: desk.events, handle)
  }

  private init(_ bench: Bench, _ database: Database, _ subscriber: Subscriber) {
    (self.bench, self.database, self.subscriber) = (bench, database, subscriber)
    run = Task { await subscriber.run() }
  }

  func close() async {
    run.cancel()
    await run.value
    await database.close()
    await bench.close()
  }

  /// Returns when it has read so far.
  func reach(_ sequence: Int64) async throws {
    await subscriber.cursor.wait(for: sequence, atMost: .seconds(50))
    try #require(subscriber.cursor.value >= sequence)
  }

  struct Line: Hashable, Sendable {
    let sequence: Int64
    let note: Int64
    let partition: String
    let times: Int64
  }

  func lines() async throws -> [Line] {
    try await database.read { store in
      try store.rows("SELECT * FROM note ORDER BY seq").map { row in
        Line(sequence: try row["seq"], note: try row["note"], partition: try row["part"], times: try row["times"])
      }
    }
  }

  func notes() async throws -> [Int64] { try await lines().map(\.note) }
}
