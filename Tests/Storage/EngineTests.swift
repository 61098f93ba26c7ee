import Dispatch
import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("What every engine does", .timeLimit(.minutes(60)))
struct EngineTests {
  private let table = "CREATE TABLE thing (id BIGINT PRIMARY KEY, flag SMALLINT, text TEXT, bytes BYTEA)"

  @Test("values come back as they were", arguments: Backend.allCases)
  func values(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    let row = try await engine.writing { [table] connection throws(StorageError) in
      try connection.execute(table, [])
      let values: [Value] = [.integer(.max), .integer(1), .text("Giao An, Thanh Hóa"), .blob(Data([0, 255, 0]))]
      try connection.execute("INSERT INTO thing (id, flag, text, bytes) VALUES (?, ?, ?, ?)", values)
      try connection.execute("INSERT INTO thing (id) VALUES (?)", [.integer(.min)])
      return try connection.rows("SELECT id, flag, text, bytes FROM thing ORDER BY id DESC")
    }
    #expect(row[0].values == [.integer(.max), .integer(1), .text("Giao An, Thanh Hóa"), .blob(Data([0, 255, 0]))])
    #expect(row[1].values == [.integer(.min), .null, .null, .null])
    #expect(row[0].columns == ["id", "flag", "text", "bytes"])
    try await engine.close()
  }

  @Test("the shared SQL: ON CONFLICT, RETURNING, rows changed", arguments: Backend.allCases)
  func sharedSQL(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    try await engine.writing { [table] connection throws(StorageError) in
      try connection.execute(table, [])
      let insert = "INSERT INTO thing (id, text) VALUES (1, ?) ON CONFLICT (id) DO"
      #expect(try connection.execute("\(insert) NOTHING", [.text("a")]) == 1)
      #expect(try connection.execute("\(insert) NOTHING", [.text("b")]) == 0)
      #expect(try connection.execute("\(insert) UPDATE SET text = excluded.text", [.text("c")]) == 1)
      let row = try connection.row("UPDATE thing SET flag = 1 WHERE id = 1 RETURNING text")
      #expect(row?.values == [.text("c")])
      #expect(try connection.execute("DELETE FROM thing WHERE id = 2", []) == 0)
    }
    try await engine.close()
  }

  @Test("a savepoint takes back its own, and no more", arguments: Backend.allCases)
  func savepoints(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    let ids = try await engine.writing { [table] connection throws(StorageError) in
      try connection.execute(table, [])
      try connection.transaction { () throws(StorageError) in
        try connection.execute("INSERT INTO thing (id) VALUES (1)", [])
        _ = try? connection.nested {
          try connection.execute("INSERT INTO thing (id) VALUES (2)", [])
          try connection.nested { _ = try connection.execute("INSERT INTO thing (id) VALUES (3)", []) }
          throw Broken()
        }
        #expect(connection.isInTransaction)
        _ = try? connection.nested { _ = try connection.execute("INSERT INTO thing (id) VALUES (4)", []) }
      }
      #expect(!connection.isInTransaction)
      return try connection.rows("SELECT id FROM thing ORDER BY id").map(\.values)
    }
    #expect(ids == [[.integer(1)], [.integer(4)]])
    try await engine.close()
  }

  @Test("a transaction that fails leaves nothing", arguments: Backend.allCases)
  func rollback(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    let rows = try await engine.writing { [table] connection throws(StorageError) in
      try connection.execute(table, [])
      #expect(throws: StorageError.self) {
        try connection.transaction { () throws(StorageError) in
          try connection.execute("INSERT INTO thing (id) VALUES (1)", [])
          try connection.execute("INSERT INTO thing (id) VALUES (1)", [])
        }
      }
      #expect(!connection.isInTransaction)
      return try connection.rows("SELECT id FROM thing")
    }
    #expect(rows.isEmpty)
    try await engine.close()
  }

  @Test("foreign keys are kept, and breaking one is no fault of the store's", arguments: Backend.allCases)
  func foreignKeys(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    let error = await #expect(throws: StorageError.self) {
      try await engine.writing { [table] connection throws(StorageError) in
        try connection.execute(table, [])
        try connection.execute("CREATE TABLE part (thing BIGINT NOT NULL REFERENCES thing (id))", [])
        try connection.execute("INSERT INTO part (thing) VALUES (?)", [.integer(4711)])
      }
    }
    #expect(error?.kind == .failed)
    #expect(error?.message.contains("4711") == false)
    try await engine.close()
  }

  @Test("a reader sees one moment while the writer goes on", arguments: Backend.allCases)
  func snapshots(backend: Backend) async throws {
    let place = try Place(backend)
    let engine = try await place.engine()
    _ = try await engine.writing { [table] connection throws(StorageError) in try connection.execute(table, []) }
    let counts = await withCheckedContinuation { continuation in
      engine.read { reader in
        let before = try? reader.get().rows("SELECT id FROM thing").count
        let written = DispatchSemaphore(value: 0)
        engine.write { connection in
          _ = try? connection.execute("INSERT INTO thing (id) VALUES (1)", [])
          written.signal()
        }
        written.wait()
        let after = try? reader.get().rows("SELECT id FROM thing").count
        continuation.resume(returning: [before, after])
      }
    }
    #expect(counts == [0, 0])
    try await engine.close()
  }

  @Test("a reader writes nothing", arguments: Backend.allCases)
  func readersDoNotWrite(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    await #expect(throws: StorageError.self) { try await store.read { store in try store.take(note: 1) } }
    #expect(try await store.notes().isEmpty)
    await store.close()
  }

  @Test("SQLite syncs every commit: opening a pool would have it sync at checkpoints alone")
  func synchronous() async throws {
    let place = try Place(.sqlite)
    let engine = try await place.engine()
    let row = try await engine.writing { connection throws(StorageError) in
      try connection.row("PRAGMA synchronous")
    }
    #expect(row?.values == [.integer(2)])
    try await engine.close()
  }

  @Test("what is no store is refused as such")
  func noStore() async throws {
    let place = try Place()
    try Data(repeating: 65, count: 8192).write(to: URL(filePath: place.path))
    let error = await #expect(throws: StorageError.self) { try await place.open() }
    #expect(error?.kind == .corrupt)
  }
}
