import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("Reading the stream", .timeLimit(.minutes(60)))
struct EventsTests {
  private static let units: [Unit] = ["38", "38/15043", "38/15044", "01/00004"]

  /// Forty events, the units in turn.
  private func filled(_ place: Place, padding: Int = 0) async throws -> Database {
    let store = try await place.open()
    try await store.write { store in
      for note in 0..<40 {
        let unit = Self.units[note % 4]
        try store.emit(Noted(unit: unit, note: Int64(note), padding: String(repeating: "x", count: padding)))
      }
    }
    return store
  }

  private func notes(_ batch: EventBatch) throws -> [Int64] {
    try batch.events.map { try Codec.decode(CloudEvent<Noted>.self, from: $0).data.note }
  }

  @Test("all of it, in parts, each event once", arguments: Backend.allCases)
  func parts(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await filled(place)
    var after: Int64 = 0
    var read: [Int64] = []
    while after < store.head {
      let batch = try await store.events(epoch: store.epoch, after: .sequence(after), max: 7)
      #expect(batch.events.count <= 7)
      read += try notes(batch)
      after = batch.through
    }
    #expect(read == Array(0..<40))
    let end = try await store.events(epoch: store.epoch, after: .sequence(40))
    #expect(end == EventBatch(epoch: store.epoch, through: 40, head: 40, events: []))
    await store.close()
  }

  @Test("a unit and what is below it, without a hole", arguments: Backend.allCases, [1, 3, 500])
  func filtered(backend: Backend, max: Int) async throws {
    let place = try Place(backend)
    let store = try await filled(place)
    for unit in Self.units + ["79", "38/99999", "01/15043"] {
      var after: Int64 = 0
      var read: [Int64] = []
      var rounds = 0
      while after < store.head, rounds < 100 {
        let batch = try await store.events(epoch: nil, after: .sequence(after), max: max, within: unit)
        #expect(batch.through > after)
        read += try notes(batch)
        after = batch.through
        rounds += 1
      }
      #expect(read == (0..<40).filter { unit.contains(Self.units[Int($0 % 4)]) })
    }
    let none = try await store.events(epoch: nil, after: .sequence(0), within: "79")
    #expect(none.through == 40)
    await store.close()
  }

  @Test("what a unit keeps to itself is for who is at home there, and leaves no hole", arguments: Backend.allCases)
  func kept(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    try await store.write { store in
      for note in 0..<12 {
        let unit = (["38", "38/15043", "38/15044"] as [Unit])[note % 3]
        try store.emit(Noted(unit: unit, note: Int64(note), isInternal: note < 6))
      }
    }
    func read(_ unit: Unit?, by caller: Caller?) async throws -> [Int64] {
      let batch = try await store.events(epoch: nil, after: .sequence(0), within: unit, by: caller)
      #expect(batch.through == 12)
      return try notes(batch)
    }
    func caller(_ unit: Unit, former: Set<Unit> = []) -> Caller {
      Caller(account: "reader", unit: unit, office: nil, roles: [.subscriber], former: former)
    }
    #expect(try await read(nil, by: nil) == Array(0..<12))
    #expect(try await read("38", by: nil) == Array(0..<12))
    #expect(try await read("38", by: caller("38")) == [0, 3, 6, 7, 8, 9, 10, 11])
    #expect(try await read("38/15043", by: caller("38")) == [7, 10])
    #expect(try await read("38/15043", by: caller("38/15043")) == [1, 4, 7, 10])
    #expect(try await read("38/15043", by: caller("38/15044", former: ["38/15043"])) == [1, 4, 7, 10])
    await store.close()
  }

  @Test("no more bytes than fit, but always one", arguments: Backend.allCases)
  func bytes(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await filled(place, padding: 60_000)
    let batch = try await store.events(epoch: nil, after: .sequence(0))
    #expect(batch.events.count == 3)
    #expect(batch.through == 3)
    let one = try await store.events(epoch: nil, after: .sequence(5), maxBytes: 10)
    #expect(one.events.count == 1)
    #expect(one.through == 6)
    await store.close()
  }

  @Test("exactly the bytes that were told when they were committed", arguments: Backend.allCases)
  func exactBytes(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await filled(place)
    let rows = try await store.engine.writing { connection throws(StorageError) in
      try OutboxRow.rows(after: 0, on: connection)
    }
    let batch = try await store.events(epoch: nil, after: .sequence(0))
    #expect(rows.map(\.event) == batch.events)
    #expect(rows[1].topic == "plans/38/15043/note.taken")
    #expect(rows[0].topic == "plans/38/00000/note.taken")
    await store.close()
  }

  @Test("another epoch, or beyond the head: begin again", arguments: Backend.allCases)
  func gone(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await filled(place)
    let epoch = UUIDv7()
    await #expect(throws: Refusal(.gone)) { try await store.events(epoch: epoch, after: .sequence(0)) }
    await #expect(throws: Refusal(.gone)) { try await store.events(epoch: store.epoch, after: .sequence(41)) }
    let now = try await store.events(epoch: nil, after: .now)
    #expect(now.through == 40)
    #expect(now.events.isEmpty)
    await store.close()
  }

  @Test("as many as may be asked for, from 1 to 500", arguments: Backend.allCases, [-5, 0, 1000])
  func bounds(backend: Backend, max: Int) async throws {
    let place = try Place(backend)
    let store = try await filled(place)
    let batch = try await store.events(epoch: nil, after: .sequence(0), max: max)
    #expect(batch.events.count == (max < 1 ? 1 : 40))
    await store.close()
  }
}
