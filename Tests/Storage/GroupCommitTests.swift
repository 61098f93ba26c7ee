import FoundationEssentials
import Schema
import Synchronization
import Testing

@testable import Storage

@Suite("Writing in groups", .timeLimit(.minutes(60)))
struct GroupCommitTests {
  @Test("many writers share a commit, each is told after it, and the stream has no gap", arguments: Backend.allCases)
  func shared(backend: Backend) async throws {
    let place = try Place(backend)
    let groups = Mutex<[[OutboxRow]]>([])
    let store = try await place.open { rows in groups.withLock { $0.append(rows) } }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in Int64(1)...500 {
        group.addTask {
          try await store.write { store in
            try store.take(note: id)
            try store.emit(Noted(note: id))
          }
          #expect(try await store.notes().contains(id))
        }
      }
      try await group.waitForAll()
    }
    let committed = groups.withLock { $0 }
    #expect(committed.count < 400)
    #expect(committed.flatMap(\.self).map(\.sequence) == Array(1...500))
    #expect(store.head == 500)
    #expect(committed.allSatisfy { $0.count <= 128 })
    await store.close()
  }

  @Test("a member that fails harms no other", arguments: Backend.allCases)
  func failingMember(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let kept = await withTaskGroup(of: Int64?.self) { group in
      for id in Int64(1)...200 {
        group.addTask {
          do {
            try await store.write { store in
              try store.take(note: id)
              try store.emit(Noted(note: id))
              if id % 3 == 0 { throw Broken() }
              if id % 7 == 0 { try store.take(note: id) }
            }
            return id
          } catch {
            return nil
          }
        }
      }
      return await group.reduce(into: [Int64]()) { kept, id in if let id { kept.append(id) } }
    }
    #expect(kept.sorted() == (1...200).filter { $0 % 3 != 0 && $0 % 7 != 0 })
    #expect(try await store.notes() == kept.sorted())
    #expect(store.head == Int64(kept.count))
    await store.close()
  }

  @Test("a part that fails may be caught, and the rest is kept", arguments: Backend.allCases)
  func nested(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    try await store.write { store in
      try store.take(note: 1)
      try? store.nested { store in
        try store.take(note: 2)
        throw Broken()
      }
      try store.nested { store in try store.take(note: 3) }
    }
    #expect(try await store.notes() == [1, 3])
    await store.close()
  }

  @Test("events are told before the writer is, and only once they can be read", arguments: Backend.allCases)
  func told(backend: Backend) async throws {
    let place = try Place(backend)
    let told = Mutex<Int64>(0)
    let store = try await place.open { rows in told.withLock { $0 = rows.last?.sequence ?? 0 } }
    for id in Int64(1)...20 {
      try await store.write { store in try store.emit(Noted(note: id)) }
      #expect(told.withLock { $0 } == id)
      #expect(store.head == id)
    }
    await store.close()
  }

  @Test("an event of another service's is a fault, one that is too large a refusal", arguments: Backend.allCases)
  func badEvents(backend: Backend) async throws {
    struct Foreign: Event {
      static let name = "line.spent"
      static let service: ServiceName = "budget"
      var unit: Unit = "38"
      var subject = "line/1"
      var partition = "line/1"
    }
    let place = try Place(backend)
    let store = try await place.open()
    await #expect(throws: StorageError.self) { try await store.write { store in try store.emit(Foreign()) } }
    let large = Noted(note: 1, padding: String(repeating: "x", count: 65_536))
    let refusal = await #expect(throws: Refusal.self) { try await store.write { store in try store.emit(large) } }
    #expect(refusal?.status == .invalid)
    #expect(store.head == 0)
    await store.close()
  }
}
