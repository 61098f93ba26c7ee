import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("Opening a store", .timeLimit(.minutes(60)))
struct OpeningTests {
  @Test("opened again it goes on: the same epoch, the same head")
  func again() async throws {
    let place = try Place()
    let first = try await place.open()
    try await first.write { store in try store.emit(Noted(note: 1)) }
    let epoch = first.epoch
    await first.close()
    for _ in 0..<3 {
      let store = try await place.open()
      #expect(store.epoch == epoch)
      #expect(store.head == 1)
      await store.close()
    }
  }

  @Test("closed, it is one file: nothing that was written stays in a log beside it")
  func oneFile() async throws {
    let place = try Place()
    let store = try await place.open()
    try await store.write { store in try store.take(note: 1) }
    #expect(try await store.count("note") == 1)
    await store.close()
    for suffix in ["-wal", "-shm"] { #expect(!FileManager.default.fileExists(atPath: place.path + suffix)) }
    let copy = try await StoreFile(place.path).summary(taken: .now)
    #expect(copy.service == "plans")
  }

  @Test("a second one is refused while the first is open")
  func second() async throws {
    let place = try Place()
    let first = try await place.open()
    let error = await #expect(throws: StorageError.self) { try await place.open() }
    #expect(error?.kind == .busy)
    await first.close()
    await (try place.open()).close()
  }

  @Test("a copy of an earlier opening begins a new epoch, and says so in the audit")
  func olderOpening() async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    try place.copyStore(to: "backup")
    await (try place.open()).close()
    await (try place.open()).close()
    try place.restoreStore(from: "backup")
    let restored = try await place.open()
    #expect(restored.epoch != first.epoch)
    #expect(try await restored.audits().map(\.method) == ["store.epoch"])
    await restored.close()
    let again = try await place.open()
    #expect(again.epoch == restored.epoch)
    await again.close()
  }

  @Test("a copy made in the same opening is known by where it ends")
  func sameOpening() async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    let second = try await place.open()
    try place.copyStore(to: "backup")
    _ = try await second.perform(.sample()) { store in
      try store.take(note: 1)
      return .accepted(Data("{}".utf8))
    }
    await second.close()
    try place.restoreStore(from: "backup")
    let restored = try await place.open()
    #expect(restored.epoch != first.epoch)
    await restored.close()
  }

  @Test("a store without the file beside it was moved: a new epoch")
  func moved() async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    try FileManager.default.removeItem(atPath: place.path + ".owner")
    let moved = try await place.open()
    #expect(moved.epoch != first.epoch)
    await moved.close()
  }

  @Test("a copy that brought its own files beside it is none the less known", arguments: [true, false])
  func wholeCopy(isRemovedFirst: Bool) async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    let files = try ["", ".owner", ".mark"].map { suffix in
      (path: place.path + suffix, content: try Data(contentsOf: URL(filePath: place.path + suffix)))
    }
    for (path, content) in files {
      // The number of a file just removed is given to the next: both ways it is the same.
      if isRemovedFirst { try FileManager.default.removeItem(atPath: path) }
      try content.write(to: URL(filePath: path))
    }
    let copy = try await place.open()
    #expect(copy.epoch != first.epoch)
    await copy.close()
    let again = try await place.open()
    #expect(again.epoch == copy.epoch)
    await again.close()
  }

  @Test("a store that was lost begins anew, and says so")
  func lost() async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    try FileManager.default.removeItem(atPath: place.path)
    for _ in 0..<2 {
      let store = try await place.open()
      #expect(store.epoch != first.epoch)
      #expect(try await store.audits().map(\.method) == ["store.epoch"])
      await store.close()
    }
  }

  @Test("a process that died between the two counts goes on")
  func diedInBetween() async throws {
    let place = try Place()
    let first = try await place.open()
    await first.close()
    let mark = URL(filePath: place.path + ".mark")
    let file = try Data(contentsOf: mark)
    await (try place.open()).close()
    try file.write(to: mark)
    let store = try await place.open()
    #expect(store.epoch == first.epoch)
    await store.close()
  }

  @Test("another service's store is refused")
  func otherService() async throws {
    let place = try Place()
    await (try place.open()).close()
    await #expect(throws: StorageError(.failed, "the store belongs to plans, not to budget")) {
      try await place.open(service: "budget")
    }
  }

  @Test("closed is closed: nothing hangs, nothing is written")
  func closed() async throws {
    let place = try Place()
    let store = try await place.open()
    await store.close()
    await store.close()
    await #expect(throws: StorageError.closed) { try await store.write { store in try store.take(note: 1) } }
    await #expect(throws: StorageError.closed) { try await store.notes() }
    await #expect(throws: StorageError.closed) { try await store.perform(.sample()) { _ in .accepted(Data()) } }
  }

  @Test("closing under load answers everybody, and keeps what it promised")
  func closingUnderLoad() async throws {
    let place = try Place()
    let store = try await place.open()
    let kept = await withTaskGroup(of: Int64?.self) { group in
      for id in Int64(1)...300 {
        group.addTask {
          do {
            try await store.write { store in try store.take(note: id) }
            return id
          } catch {
            return nil
          }
        }
      }
      group.addTask {
        await store.close()
        return nil
      }
      return await group.reduce(into: Set<Int64>()) { kept, id in if let id { kept.insert(id) } }
    }
    let again = try await place.open()
    #expect(try await Set(again.notes()) == kept)
    await again.close()
  }
}
