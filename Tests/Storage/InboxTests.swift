import FoundationEssentials
import Schema
import Synchronization
import Testing

@testable import Storage

@Suite("Applying another service's events", .timeLimit(.minutes(60)))
struct InboxTests {
  private let epoch = UUIDv7()
  private let clock = Clock()
  private let place: Place
  private let store: Database
  /// Sequences at which the handler throws.
  private let poison = Poison()

  final class Poison: Sendable {
    let sequences = Mutex<Set<Int64>>([])

    func set(_ sequences: Set<Int64>) { self.sequences.withLock { $0 = sequences } }
  }

  init() async throws {
    place = try Place()
    store = try await place.open(service: "budget", clock: clock)
  }

  private var handler: Database.EventHandler {
    { [poison] event, store in
      try store.take(note: event.sequence)
      if poison.sequences.withLock({ $0.contains(event.sequence) }) { throw Broken() }
    }
  }

  @discardableResult
  private func apply(_ events: [IncomingEvent]) async throws -> StreamCursor {
    try await store.apply(
      events, of: "plans", epoch: epoch, through: events.last?.sequence ?? 0, handler: handler)
  }

  @Test("in order, each once, however often they come")
  func once() async throws {
    let events = try (1...5).map { try incoming($0) }
    #expect(try await store.cursor(of: "plans") == StreamCursor(epoch: nil, sequence: 0))
    #expect(try await apply(Array(events[0..<3])) == StreamCursor(epoch: epoch, sequence: 3))
    #expect(try await apply(events) == StreamCursor(epoch: epoch, sequence: 5))
    try await apply(events)
    #expect(try await store.notes() == [1, 2, 3, 4, 5])
    #expect(try await store.cursor(of: "plans") == StreamCursor(epoch: epoch, sequence: 5))
    await store.close()
  }

  @Test("an event that comes again under a new sequence has no second effect")
  func sameIdentity() async throws {
    let id = UUIDv7()
    try await apply([try incoming(1, id: id), try incoming(2, id: id), try incoming(3)])
    #expect(try await store.notes() == [1, 3])
    #expect(try await store.cursor(of: "plans").sequence == 3)
    await store.close()
  }

  @Test("a hole is an error, and nothing is applied")
  func hole() async throws {
    let events = [try incoming(1), try incoming(3)]
    await #expect(throws: StreamError.hole(cursor: 1, next: 3)) { try await apply(events) }
    await #expect(throws: StreamError.hole(cursor: 1, next: 2)) {
      try await store.apply([events[0]], of: "plans", epoch: epoch, through: 2, handler: handler)
    }
    #expect(try await store.notes().isEmpty)
    #expect(try await store.cursor(of: "plans").sequence == 0)
    await store.close()
  }

  @Test("another epoch is an error until the stream is read again from its start")
  func otherEpoch() async throws {
    try await apply([try incoming(1), try incoming(2)])
    let other = UUIDv7()
    let event = try incoming(1)
    await #expect(throws: StreamError.otherEpoch(other)) {
      try await store.apply([event], of: "plans", epoch: other, through: 1, handler: handler)
    }
    try await store.resync("plans", epoch: other) { store in _ = try store.execute("DELETE FROM note") }
    #expect(try await store.cursor(of: "plans") == StreamCursor(epoch: other, sequence: 0))
    let cursor = try await store.apply([event], of: "plans", epoch: other, through: 1, handler: handler)
    #expect(cursor == StreamCursor(epoch: other, sequence: 1))
    #expect(try await store.notes() == [1])
    #expect(try await store.audits().map(\.method) == ["store.resync"])
    await store.close()
  }

  @Test("one that fails holds up its own key, and no other")
  func poisoned() async throws {
    poison.set([2])
    let keys = ["a", "b", "b", "c", "b", "a"]
    let events = try keys.enumerated().map { try incoming(Int64($0.offset + 1), $0.element) }
    #expect(try await apply(events) == StreamCursor(epoch: epoch, sequence: 6, parked: 3))
    #expect(try await store.notes() == [1, 4, 6])
    let parked = try await store.parked().items
    #expect(parked.map(\.sequence) == [2, 3, 5])
    #expect(parked.map(\.attempts) == [1, 0, 0])
    #expect(parked.map(\.reason) == ["Broken()", nil, nil])
    // A later batch waits too.
    try await apply([try incoming(7, "b"), try incoming(8, "a")])
    #expect(try await store.parked().items.map(\.sequence) == [2, 3, 5, 7])
    #expect(try await store.notes() == [1, 4, 6, 8])
    await store.close()
  }

  @Test("tried again when it is due, and what waited follows in order")
  func retried() async throws {
    poison.set([1])
    try await apply(try (1...4).map { try incoming($0) })
    let start = clock.time
    #expect(try await store.nextRetry("plans") == Timestamp(milliseconds: start.milliseconds + 1000))
    #expect(try await store.retryParked("plans", .due(clock.time), handler: handler) == 0)
    #expect(try await store.parked().items.map(\.attempts) == [1, 0, 0, 0])

    var attempts = 1
    for wait: Int64 in [1, 5, 30, 300, 3600, 3600] {
      let due = try await store.nextRetry("plans")
      #expect(due == Timestamp(milliseconds: clock.time.milliseconds + wait * 1000))
      clock.advance(seconds: wait)
      #expect(try await store.retryParked("plans", .due(clock.time), handler: handler) == 0)
      attempts += 1
      #expect(try await store.parked().items.map(\.attempts) == [attempts, 0, 0, 0])
    }

    poison.set([3])
    #expect(try await store.retryParked("plans", .all, handler: handler) == 2)
    #expect(try await store.notes() == [1, 2])
    #expect(try await store.parked().items.map(\.attempts) == [1, 0])
    poison.set([])
    #expect(try await store.retryParked("plans", .sequence(4), handler: handler) == 2)
    #expect(try await store.notes() == [1, 2, 3, 4])
    #expect(try await store.nextRetry("plans") == nil)
    #expect(try await store.cursor(of: "plans") == StreamCursor(epoch: epoch, sequence: 4))
    try await apply([try incoming(5)])
    #expect(try await store.notes() == [1, 2, 3, 4, 5])
    await store.close()
  }

  @Test("a long queue is worked off in parts")
  func longQueue() async throws {
    poison.set([1])
    try await apply(try (1...300).map { try incoming($0) })
    poison.set([])
    clock.advance(seconds: 1)
    #expect(try await store.retryParked("plans", .due(clock.time), handler: handler) == 300)
    #expect(try await store.notes() == Array(1...300))
    await store.close()
  }

  @Test("a queue that cannot be worked off to its end stays due")
  func interruptedQueue() async throws {
    poison.set([1])
    try await apply(try (1...100).map { try incoming($0) })
    await #expect(throws: StorageError(.busy, "")) {
      try await store.retryParked("plans", .all) { event, _ in
        if event.sequence == 80 { throw StorageError(.busy, "") }
      }
    }
    #expect(try await store.parked().items.first?.sequence == 65)
    #expect(try await store.nextRetry("plans") == clock.time)
    await store.close()
  }

  @Test("one that is dropped is audited with the reason, and what waited is due")
  func dropped() async throws {
    poison.set([1])
    try await apply(try (1...3).map { try incoming($0) })
    let ticket = Ticket.sample()
    let answer = try await store.perform(ticket) { store in
      try store.dropParked("plans", 1, reason: "a test event")
      return .accepted(Data("{}".utf8))
    }
    #expect(answer.status == .ok)
    #expect(try await store.nextRetry("plans") == clock.time)
    #expect(try await store.retryParked("plans", .due(clock.time), handler: handler) == 2)
    #expect(try await store.notes() == [2, 3])
    let audit = try await store.audits()
    #expect(audit.map(\.note) == ["plans 1: a test event", nil])
    #expect(audit.map(\.key) == [ticket.key, ticket.key])
    let unknown = try await store.perform(.sample()) { store in
      try store.dropParked("plans", 1, reason: "again")
      return .accepted(Data())
    }
    #expect(unknown.status == .notFound)
    await store.close()
  }

  @Test("one in the middle may be dropped, and the first may be hastened")
  func droppedInTheMiddle() async throws {
    poison.set([1])
    try await apply(try (1...3).map { try incoming($0) })
    try await store.write { store in try store.dropParked("plans", 2, reason: "not wanted") }
    #expect(try await store.nextRetry("plans") != clock.time)
    try await store.write { store in try store.hastenParked("plans", 3) }
    #expect(try await store.nextRetry("plans") == clock.time)
    poison.set([])
    #expect(try await store.retryParked("plans", .due(clock.time), handler: handler) == 2)
    #expect(try await store.notes() == [1, 3])
    await store.close()
  }

  @Test("the list is paged over all streams")
  func listed() async throws {
    poison.set([1])
    try await apply(try (1...5).map { try incoming($0) })
    var pages: [[Int64]] = []
    var after: String?
    repeat {
      let page = try await store.parked(after: after, limit: 2)
      pages.append(page.items.map(\.sequence))
      after = page.next
    } while after != nil
    #expect(pages == [[1, 2], [3, 4], [5]])
    await #expect(throws: Refusal.self) { try await store.parked(after: "nonsense") }
    await store.close()
  }

  @Test("an event that follows from another names it")
  func caused() async throws {
    let key = UUIDv7()
    let cause = UUIDv7()
    let json = Codec.encode(
      CloudEvent(Noted(note: 1), id: cause, time: .now, sequence: 1, correlation: key, traceparent: "00-1-2-01"))
    let event = try IncomingEvent(json, of: "plans")
    struct Spent: Event {
      static let name = "line.spent"
      static let service: ServiceName = "budget"
      var unit: Unit = "38/15043"
      var subject = "line/1"
      var partition = "line/1"
    }
    _ = try await store.apply([event], of: "plans", epoch: epoch, through: 1) { _, store in try store.emit(Spent()) }
    let batch = try await store.events(epoch: nil, after: .sequence(0))
    let spent = try Codec.decode(CloudEvent<Spent>.self, from: batch.events[0])
    #expect(spent.causationid == cause)
    #expect(spent.correlationid == key)
    #expect(spent.traceparent == "00-1-2-01")
    await store.close()
  }

  @Test("what is no event of the stream is refused when it is read")
  func foreign() throws {
    let event = try incoming(1)
    #expect(throws: Refusal.self) { try IncomingEvent(event.json, of: "budget") }
    #expect(throws: Refusal.self) { try IncomingEvent(Data("{}".utf8), of: "plans") }
    let decoded = try event.decoded(Noted.self)
    #expect(decoded.data.note == 1)
  }
}
