import FoundationEssentials
import Schema
import Synchronization

@testable import Storage

/// A directory for one test's store, gone when the test is over.
final class Place: Sendable {
  let directory: URL
  private let backend: Backend

  init(_ backend: Backend = .sqlite) throws {
    self.backend = backend
    directory = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  var path: String { directory.appending(path: "store.db").path }

  /// The service `plans` with two tables of its own.
  func open(
    service: ServiceName = "plans", migrations: [Migration] = .notes, options: Database.Options = Database.Options(),
    clock: Clock = Clock(), committed: @escaping @Sendable ([OutboxRow]) -> Void = { _ in }
  ) async throws -> Database {
    switch backend {
    case .sqlite:
      try await .open(
        path, service: service, migrations: migrations, options: options, clock: { clock.time }, committed: committed)
    }
  }

  func engine() async throws -> any Engine {
    switch backend {
    case .sqlite: try await SQLiteEngine.open(path, options: Database.Options())
    }
  }

  /// Keeps a copy of the store while nothing is written, as a backup does.
  func copyStore(to name: String) throws {
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: directory.appending(path: name + suffix).path)
    }
  }

  /// Puts the copy back in the store's place, as a restore does.
  func restoreStore(from name: String) throws {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
      let copy = directory.appending(path: name + suffix).path
      if FileManager.default.fileExists(atPath: copy) {
        try FileManager.default.copyItem(atPath: copy, toPath: path + suffix)
      }
    }
  }
}

extension [Migration] {
  static let notes = [
    Migration(
      "notes-1",
      [
        "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)",
        "CREATE TABLE ballast (id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL)",
      ])
  ]
}

/// A clock that the test moves.
final class Clock: Sendable {
  private let now = Mutex(Timestamp(milliseconds: 1_790_000_000_000))

  var time: Timestamp { now.withLock { $0 } }

  func advance(seconds: Int64) {
    now.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + seconds * 1000) }
  }
}
