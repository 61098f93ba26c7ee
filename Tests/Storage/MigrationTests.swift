import Schema
import Testing

@testable import Storage

@Suite("Migrations", .timeLimit(.minutes(60)))
struct MigrationTests {
  private let more = Migration("notes-2", ["ALTER TABLE note ADD COLUMN office TEXT"])

  @Test("a new one is applied once, to the rows that are there", arguments: Backend.allCases)
  func applied(backend: Backend) async throws {
    let place = try Place(backend)
    let first = try await place.open()
    try await first.write { store in try store.take(note: 1) }
    await first.close()
    for _ in 0..<2 {
      let store = try await place.open(migrations: .notes + [more])
      let office: String? = try await store.read { store in try store.row("SELECT office FROM note")?["office"] }
      #expect(office == nil)
      await store.close()
    }
  }

  @Test("an edited one is refused", arguments: Backend.allCases)
  func edited(backend: Backend) async throws {
    let place = try Place(backend)
    await (try place.open(migrations: .notes + [more])).close()
    let edited = Migration(more.name, ["ALTER TABLE note ADD COLUMN bureau TEXT"])
    await #expect(
      throws: StorageError(.failed, "the migration notes-2 was edited after this store had applied it")
    ) {
      try await place.open(migrations: .notes + [edited])
    }
  }

  @Test("a store of a newer program is refused, and left as it is", arguments: Backend.allCases)
  func newer(backend: Backend) async throws {
    let place = try Place(backend)
    await (try place.open(migrations: .notes + [more])).close()
    let error = await #expect(throws: StorageError.self) { try await place.open() }
    for words in ["notes-2", "hãy nâng cấp chương trình này", "upgrade this one"] {
      #expect(error?.message.contains(words) == true)
    }
    await (try place.open(migrations: .notes + [more])).close()
  }

  @Test("one that fails leaves nothing of itself", arguments: Backend.allCases)
  func failing(backend: Backend) async throws {
    let place = try Place(backend)
    let half = Migration("notes-2", ["CREATE TABLE half (id BIGINT PRIMARY KEY)", "CREATE NONSENSE"])
    await #expect(throws: StorageError.self) { try await place.open(migrations: .notes + [half]) }
    let store = try await place.open()
    await #expect(throws: StorageError.self) { try await store.count("half") }
    await store.close()
  }

  @Test("a name that stands twice is refused", arguments: Backend.allCases)
  func twice(backend: Backend) async throws {
    let place = try Place(backend)
    await #expect(throws: StorageError.self) { try await place.open(migrations: .notes + .notes) }
  }
}
