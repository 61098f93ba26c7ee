import FoundationEssentials
import Schema
import Seeds
import Testing

@testable import Storage

@Suite("A full disk", .timeLimit(.minutes(60)))
struct FullDiskTests {
  private var small: Database.Options {
    var options = Database.Options()
    options.maxPages = 200
    return options
  }

  private func makeRoom(in store: Database) async throws {
    try await store.engine.writing { connection throws(StorageError) in
      _ = try connection.row("PRAGMA max_page_count = 100000")
    }
  }

  @Test("whoever was told 'kept' finds it, whoever was not finds nothing; reading goes on; room heals it")
  func groups() async throws {
    var seed = Seed("full disk")
    let place = try Place()
    let store = try await place.open(options: small)
    let sizes = (0..<400).map { _ in Int.random(in: 100...12_000, using: &seed) }
    let results = await withTaskGroup(of: (Int64, StorageError?).self) { group in
      for (id, size) in sizes.enumerated() {
        group.addTask {
          do {
            try await store.write { store in
              try store.take(note: Int64(id))
              try store.execute("INSERT INTO ballast (id, bytes) VALUES (?, ?)", id, Data(count: size))
              try store.emit(Noted(note: Int64(id)))
            }
            return (Int64(id), nil)
          } catch {
            return (Int64(id), error as? StorageError ?? StorageError(.failed, "\(error)"))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let kept = results.filter { $0.1 == nil }.map(\.0).sorted()
    let errors = results.compactMap(\.1)
    #expect(!kept.isEmpty)
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { $0.kind == .full })
    #expect(try await store.notes() == kept)
    #expect(try await store.count("ballast") == kept.count)
    #expect(try await store.events(epoch: nil, after: .sequence(0)).head == Int64(kept.count))
    #expect(store.head == Int64(kept.count))

    try await makeRoom(in: store)
    try await store.write { store in try store.take(note: 1000) }
    #expect(try await store.notes() == kept + [1000])
    await store.close()
  }

  @Test("a handler that catches the error cannot write outside the transaction that is gone")
  func swallowed() async throws {
    let place = try Place()
    let store = try await place.open(options: small)
    await #expect(throws: StorageError.self) {
      try await store.write { store in
        for id in 1...1000 {
          _ = try? store.execute("INSERT INTO ballast (id, bytes) VALUES (?, ?)", id, Data(count: 8000))
        }
        try? store.nested { store in try store.take(note: 1) }
        try? store.take(note: 2)
      }
    }
    #expect(try await store.notes().isEmpty)
    #expect(try await store.count("ballast") == 0)
    try await store.write { store in try store.take(note: 3) }
    #expect(try await store.notes() == [3])
    await store.close()
  }

  @Test("a command is answered 507 and may be sent again under its key")
  func command() async throws {
    let place = try Place()
    let store = try await place.open(options: small)
    let ticket = Ticket.sample()
    let handler: @Sendable (borrowing Transaction) throws -> Outcome<Data> = { store in
      try store.execute("INSERT INTO ballast (id, bytes) VALUES (?, ?)", 1, Data(count: 2_000_000))
      return .accepted(Data("{}".utf8))
    }
    let error = await #expect(throws: StorageError.self) { try await store.perform(ticket, handler) }
    #expect(error?.refusal.status == .full)
    try await makeRoom(in: store)
    let answer = try await store.perform(ticket, handler)
    #expect(answer.status == .ok)
    #expect(!answer.replayed)
    await store.close()
  }

  @Test("events that find no room are not parked")
  func events() async throws {
    let place = try Place()
    let store = try await place.open(service: "budget", options: small)
    let handler: Database.EventHandler = { event, store in
      try store.execute("INSERT INTO ballast (id, bytes) VALUES (?, ?)", event.sequence, Data(count: 2_000_000))
    }
    let event = try incoming(1)
    let epoch = UUIDv7()
    let error = await #expect(throws: StorageError.self) {
      try await store.apply([event], of: "plans", epoch: epoch, through: 1, handler: handler)
    }
    #expect(error?.kind == .full)
    #expect(try await store.cursor(of: "plans") == StreamCursor(epoch: nil, sequence: 0))
    try await makeRoom(in: store)
    let cursor = try await store.apply([event], of: "plans", epoch: epoch, through: 1, handler: handler)
    #expect(cursor == StreamCursor(epoch: epoch, sequence: 1))
    await store.close()
  }
}
