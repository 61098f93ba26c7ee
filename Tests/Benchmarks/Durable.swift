import Foundation
import GRDB
import Schema
import Storage
import ZeroMQ

/// Commands against SQLite alone, on the same disk.
struct Durable {
  private let directory: URL
  private let database: Storage.Database
  private let body = Data(repeating: 7, count: 1024)

  init() async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "xaso-durable-\(getpid())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let table = Migration("bench", ["CREATE TABLE entry (id BYTEA PRIMARY KEY, body BYTEA NOT NULL)"])
    database = try await Storage.Database.open(
      directory.appending(path: "store.sqlite").path, service: "bench", migrations: [table])
  }

  /// One row of 1 KB in a transaction of its own, WAL and synchronous=FULL.
  func sqliteAlone(count: Int = 2000) throws -> Double {
    let queue = try DatabaseQueue(path: directory.appending(path: "alone.sqlite").path)
    return try queue.writeWithoutTransaction { connection in
      try connection.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      try connection.execute(sql: "CREATE TABLE entry (id BLOB PRIMARY KEY, body BLOB NOT NULL)")
      let insert = try connection.makeStatement(sql: "INSERT INTO entry VALUES (?, ?)")
      let start = PollLoop.now()
      for _ in 0..<count { try insert.execute(arguments: [Data(UUIDv7().bytes), body]) }
      return Double(PollLoop.now() - start) / 1000 / Double(count)
    }
  }

  func microseconds(inFlight: Int, count: Int = 10_000) async throws -> Double {
    let caller = Caller(account: "bench", unit: "38/15043", office: "vp", roles: [.entry])
    let event = TaskProgressed(
      unit: "38/15043", plan: Plan.ID(), task: PlanTask.ID(), percent: 40, status: Open(.inProgress), office: "vp")
    return try await timed(count: inFlight == 1 ? count / 5 : count, inFlight: inFlight) { [database, body] _ in
      let ticket = Ticket(caller: caller, key: UUIDv7(), method: "bench.write", unit: "38/15043", body: body)
      _ = try await database.perform(ticket) { transaction in
        try transaction.execute("INSERT INTO entry (id, body) VALUES (?, ?)", ticket.key, body)
        return .accepted(Data("{}".utf8), events: [event])
      }
    }
  }

  func stop() async {
    await database.close()
    try? FileManager.default.removeItem(at: directory)
  }
}
