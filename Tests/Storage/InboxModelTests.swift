import FoundationEssentials
import Schema
import Seeds
import Synchronization
import Testing

@testable import Storage

@Suite("The inbox against a model", .timeLimit(.minutes(60)))
struct InboxModelTests {
  /// What an inbox is, without a database: what was applied in which order, and what waits.
  struct Model {
    var applied: [Int64] = []
    var identities: Set<UUIDv7> = []
    var cursor: Int64 = 0
    var waiting: [(event: IncomingEvent, attempts: Int)] = []

    func isPoisoned(_ event: IncomingEvent, _ poison: Set<Int64>) -> Bool {
      poison.contains(event.sequence) && !identities.contains(event.id)
    }

    mutating func take(_ event: IncomingEvent) {
      if identities.insert(event.id).inserted { applied.append(event.sequence) }
    }

    mutating func apply(_ events: [IncomingEvent], _ poison: Set<Int64>) {
      for event in events where event.sequence > cursor {
        cursor = event.sequence
        if waiting.contains(where: { $0.event.partition == event.partition }) {
          waiting.append((event, 0))
        } else if isPoisoned(event, poison) {
          waiting.append((event, 1))
        } else {
          take(event)
        }
      }
    }

    mutating func retry(_ partitions: [String], _ poison: Set<Int64>) {
      for partition in partitions {
        while let index = waiting.firstIndex(where: { $0.event.partition == partition }) {
          if isPoisoned(waiting[index].event, poison) {
            waiting[index].attempts += 1
            break
          }
          take(waiting.remove(at: index).event)
        }
      }
    }

    var blocked: [String] {
      waiting.reduce(into: []) { blocked, next in
        if !blocked.contains(next.event.partition) { blocked.append(next.event.partition) }
      }
    }
  }

  @Test("whatever comes, comes twice, fails, is tried again or dropped", arguments: Backend.allCases)
  func random(backend: Backend) async throws {
    var seed = Seed("inbox")
    for _ in 0..<8 {
      let place = try Place(backend)
      let epoch = UUIDv7()
      var store = try await place.open(service: "budget", migrations: [.journal])
      let poison = Mutex<Set<Int64>>([])
      let handler: Database.EventHandler = { event, store in
        try store.execute("INSERT INTO journal (place, seq) SELECT COUNT(*), ? FROM journal", event.sequence)
        if poison.withLock({ $0.contains(event.sequence) }) { throw Broken() }
      }
      var stream: [IncomingEvent] = []
      var model = Model()
      for _ in 0..<60 {
        switch Int.random(in: 0..<10, using: &seed) {
        case 0..<5:
          for _ in 0..<Int.random(in: 0...6, using: &seed) {
            let again = Int.random(in: 0..<10, using: &seed) == 0 ? stream.randomElement(using: &seed)?.id : nil
            let partition = ["a", "b", "c", "d"].randomElement(using: &seed) ?? "a"
            stream.append(try incoming(Int64(stream.count + 1), partition, id: again ?? UUIDv7()))
          }
          poison.withLock { poison in
            poison = Set(stream.map(\.sequence).filter { _ in Int.random(in: 0..<6, using: &seed) == 0 })
          }
          let events = Array(stream.dropFirst(Int.random(in: 0...Int(model.cursor), using: &seed)))
          let through = Int64(stream.count)
          let cursor = try await store.apply(events, of: "plans", epoch: epoch, through: through, handler: handler)
          model.apply(events, poison.withLock { $0 })
          #expect(cursor.sequence == model.cursor)
          #expect(cursor.parked == model.waiting.count)
        case 5..<7:
          let before = model.applied.count
          model.retry(model.blocked, poison.withLock { $0 })
          _ = try await store.retryParked("plans", .all, handler: handler)
          #expect(model.applied.count >= before)
        case 7:
          guard let one = model.waiting.randomElement(using: &seed)?.event else { continue }
          model.retry([one.partition], poison.withLock { $0 })
          _ = try await store.retryParked("plans", .sequence(one.sequence), handler: handler)
        case 8:
          guard let index = model.waiting.indices.randomElement(using: &seed) else { continue }
          let sequence = model.waiting.remove(at: index).event.sequence
          try await store.write { store in try store.dropParked("plans", sequence, reason: "random") }
        default:
          await store.close()
          store = try await place.open(service: "budget", migrations: [.journal])
        }
        let applied: [Int64] = try await store.read { store in
          try store.rows("SELECT seq FROM journal ORDER BY place").map { row in try row["seq"] }
        }
        #expect(applied == model.applied)
        let parked = try await store.parked(limit: 1000).items
        #expect(parked.map(\.sequence) == model.waiting.map(\.event.sequence))
        #expect(parked.map(\.attempts) == model.waiting.map(\.attempts))
        let due = try await store.nextRetry("plans")
        #expect((due == nil) == model.waiting.isEmpty)
      }
      await store.close()
    }
  }
}

extension Migration {
  fileprivate static let journal = Migration(
    "journal-1", ["CREATE TABLE journal (place BIGINT PRIMARY KEY, seq BIGINT NOT NULL)"])
}
