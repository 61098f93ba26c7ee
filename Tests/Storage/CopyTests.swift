import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("A copy of a store", .timeLimit(.minutes(60)))
struct CopyTests {
  @Test("it is one file with all that was there, and writers go on meanwhile")
  func whole() async throws {
    let place = try Place()
    let store = try await place.open()
    for note in 1...200 {
      try await store.write { store in
        try store.take(note: Int64(note))
        try store.emit(Noted(note: Int64(note)))
      }
    }
    let path = place.directory.appending(path: "copy.sqlite").path
    async let more: Void = withThrowingTaskGroup(of: Void.self) { group in
      for note in 201...400 {
        group.addTask {
          try await store.write { store in
            try store.take(note: Int64(note))
            try store.emit(Noted(note: Int64(note)))
          }
        }
      }
      try await group.waitForAll()
    }
    let copy = try await store.copy(to: path)
    try await more
    #expect(store.head == 400)
    #expect((200...400).contains(copy.head))
    #expect(copy.epoch == store.epoch)
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    await store.close()

    // One moment: as many notes as events.
    let again = try await StoreFile(path).summary(taken: copy.taken)
    #expect(again == copy)
    let opened = try await Database.open(path, service: "plans", migrations: .notes)
    #expect(try await opened.count("note") == Int(copy.head))
    #expect(opened.epoch != store.epoch)
    await opened.close()
  }

  @Test("it says a moment before itself: what was recorded up to then is in it")
  func taken() async throws {
    let place = try Place()
    // Each look at it takes a second.
    let clock = Clock()
    let path = place.directory.appending(path: "copy.sqlite").path
    let store = try await Database.open(
      place.path, service: "plans", migrations: .notes,
      clock: {
        clock.advance(seconds: 1)
        return clock.time
      })
    let before = clock.time
    let copy = try await store.copy(to: path)
    #expect(copy.taken > before)
    #expect(copy.taken <= clock.time)
    await store.close()
  }

  @Test("another one takes its place; closing the store ends one that is under way, and leaves nothing of it")
  func closed() async throws {
    let place = try Place()
    let store = try await place.open()
    let path = place.directory.appending(path: "copy.sqlite").path
    _ = try await store.copy(to: path)
    try await store.write { store in try store.take(note: 1) }
    let second = try await store.copy(to: path)
    #expect(try await StoreFile(path).summary(taken: second.taken) == second)
    // More than is copied in one step.
    _ = try await store.write { store in
      try store.execute("INSERT INTO ballast (id, bytes) VALUES (1, ?)", Data(count: 4 << 20))
    }
    await #expect(throws: StorageError.closed) { try await store.engine.copy(to: path + ".x") { false } }
    await store.close()
    await #expect(throws: StorageError.closed) { try await store.copy(to: path) }
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test("its audit is walked as the store's own is, and a row that was changed is found")
  func audit() async throws {
    let place = try Place()
    let store = try await place.open()
    for note in 1...20 { try await store.write { store in try store.audit(.taking(note)) } }
    let path = place.directory.appending(path: "copy.sqlite").path
    _ = try await store.copy(to: path)
    let report = try await StoreFile(path).verifyAudit()
    #expect(report == (try await store.verifyAudit()))
    #expect(report.rows == 20 && report.firstBad == nil)
    try await store.write { store in _ = try store.execute("UPDATE audit SET note = 'x' WHERE seq = 7") }
    _ = try await store.copy(to: path)
    #expect(try await StoreFile(path).verifyAudit().firstBad == 7)
    await store.close()
  }

  @Test("where there is no folder it is refused, and the store goes on")
  func nowhere() async throws {
    let place = try Place()
    let store = try await place.open()
    await #expect(throws: StorageError.self) { try await store.copy(to: place.path + ".nowhere/copy") }
    try await store.write { store in try store.take(note: 1) }
    await store.close()
  }

  @Test("a file with a changed byte is noticed")
  func damaged() async throws {
    let place = try Place()
    let store = try await place.open()
    for note in 1...50 { try await store.write { store in try store.take(note: Int64(note)) } }
    let path = place.directory.appending(path: "copy.sqlite").path
    let copy = try await store.copy(to: path)
    await store.close()
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    // Where SQLite itself sees nothing, the hash does.
    let found = try? await StoreFile(path).summary(taken: copy.taken)
    #expect(found?.sha256 != copy.sha256)
  }

  @Test("an upgrade leaves what was there before it beside the store, once, and a new store leaves nothing")
  func beforeUpgrade() async throws {
    let place = try Place()
    let first = try await place.open()
    try await first.write { store in try store.take(note: 1) }
    await first.close()
    #expect(try place.copies == [])
    let more = Migration("notes-2", ["DELETE FROM note"])
    for _ in 0..<2 { await (try place.open(migrations: .notes + [more])).close() }
    #expect(try place.copies == ["store.db.before-notes-2"])
    let before = place.path + ".before-notes-2"
    let kept = try await Database.open(before, service: "plans", migrations: .notes)
    #expect(try await kept.count("note") == 1)
    await kept.close()
  }

  @Test("an upgrade after a way back keeps what the store was before that one")
  func upgradeAgain() async throws {
    let place = try Place()
    let before = place.path + ".before-notes-2"
    let more = Migration("notes-2", ["DELETE FROM note"])
    for note in [Int64(1), 2] {
      let store = try await place.open()
      try await store.write { store in try store.take(note: note) }
      await store.close()
      await (try place.open(migrations: .notes + [more])).close()
      let kept = try await Database.open(before, service: "plans", migrations: .notes)
      #expect(try await kept.count("note") == Int(note))
      await kept.close()
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.path + suffix) }
      try FileManager.default.copyItem(atPath: before, toPath: place.path)
    }
  }

  @Test("an upgrade that fails can be tried again: the copy is of the store before the first try")
  func failedUpgrade() async throws {
    let place = try Place()
    await (try place.open()).close()
    let half = Migration("notes-2", ["CREATE NONSENSE"])
    for _ in 0..<2 {
      await #expect(throws: StorageError.self) { try await place.open(migrations: .notes + [half]) }
    }
    #expect(try place.copies == ["store.db.before-notes-2"])
    await (try place.open()).close()
  }
}

extension Place {
  fileprivate var copies: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.contains(".before-") }
    }
  }
}

extension AuditEntry {
  fileprivate static func taking(_ note: Int) -> AuditEntry {
    AuditEntry(
      time: .now, account: nil, unit: "38", office: nil, method: "plans.m\(note)", key: UUIDv7(), status: .forbidden)
  }
}
