import FoundationEssentials
import Schema
import Synchronization
import Testing

@testable import Storage

@Suite("Commands", .timeLimit(.minutes(60)))
struct CommandTests {
  private static let reply = Data(#"{"done":true}"#.utf8)

  /// Takes the next note and says so.
  private static let take: @Sendable (borrowing Transaction) throws -> Outcome<Data> = { store in
    let id: Int64 = try store.row("SELECT COALESCE(MAX(id), 0) + 1 AS id FROM note")?["id"] ?? 1
    try store.take(note: id)
    return .accepted(reply, events: [Noted(note: id)])
  }

  @Test("state, event, audit and record stand together", arguments: Backend.allCases)
  func accepted(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    let answer = try await store.perform(ticket, Self.take)
    #expect(answer.status == .ok)
    #expect(answer.body == Self.reply)
    #expect(answer.sequence == 1)
    #expect(try await store.notes() == [1])
    let audit = try await store.audits()
    #expect(audit.map(\.key) == [ticket.key])
    #expect(audit.map(\.status) == [.ok])
    #expect(audit.map(\.account) == ["lan"])

    let batch = try await store.events(epoch: store.epoch, after: .sequence(0))
    let event = try Codec.decode(CloudEvent<Noted>.self, from: batch.events[0])
    #expect(event.data == Noted(note: 1))
    #expect(event.sequence == "00000000000000000001")
    #expect(event.correlationid == ticket.key)
    let trace = ticket.key.description.filter { $0 != "-" }
    #expect(event.traceparent == "00-\(trace)-0000000000000007-01")
    await store.close()
  }

  @Test("the same command twice at once: one effect, the same reply", arguments: Backend.allCases)
  func twiceAtOnce(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
      for _ in 0..<50 { group.addTask { try await store.perform(ticket, Self.take) } }
      return try await group.reduce(into: [Answer]()) { $0.append($1) }
    }
    #expect(answers.filter { !$0.replayed }.count == 1)
    #expect(answers.allSatisfy { $0.body == Self.reply && $0.status == .ok && $0.sequence == 1 })
    #expect(try await store.notes() == [1])
    #expect(store.head == 1)
    #expect(try await store.count("audit") == 1)
    await store.close()
  }

  @Test("the same command after the store was opened again", arguments: Backend.allCases)
  func afterReopening(backend: Backend) async throws {
    let place = try Place(backend)
    let ticket = Ticket.sample()
    let first = try await place.open()
    _ = try await first.perform(ticket, Self.take)
    await first.close()
    let store = try await place.open()
    let answer = try await store.perform(ticket) { _ in throw Broken() }
    #expect(answer.replayed)
    #expect(answer.body == Self.reply)
    #expect(try await store.notes() == [1])
    await store.close()
  }

  @Test(
    "the same key for something else is refused, audited, and changes nothing that was recorded",
    arguments: Backend.allCases)
  func otherBody(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let key = UUIDv7()
    _ = try await store.perform(.sample(key: key), Self.take)
    for other in [Ticket.sample(key: key, body: #"{"a":1}"#), .sample(key: key, expected: 2)] {
      let answer = try await store.perform(other, Self.take)
      #expect(answer.status == .invalid)
      #expect(!answer.replayed)
    }
    #expect(try await store.perform(.sample(key: key), Self.take).replayed)
    #expect(try await store.perform(.sample(key: key, account: "minh"), Self.take).status == .ok)
    #expect(try await store.notes() == [1, 2])
    #expect(try await store.audits().map(\.status) == [.ok, .invalid, .invalid, .ok])
    await store.close()
  }

  @Test("a refusal is remembered with its events, its state is not", arguments: Backend.allCases)
  func refused(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    let refusal = Refusal(.conflict, vi: "Đã ban hành.", en: "Issued already.", at: "plan")
    let answer = try await store.perform(ticket) { store in
      try store.take(note: 1)
      return .refused(refusal, events: [Noted(note: 1)])
    }
    #expect(answer.status == .conflict)
    #expect(answer.sequence == 1)
    #expect(answer.body == Codec.encode(RefusalBody(refusal)))
    #expect(try await store.notes().isEmpty)
    #expect(store.head == 1)
    let again = try await store.perform(ticket, Self.take)
    #expect(again.replayed)
    #expect(again.body == answer.body)
    #expect(again.status == .conflict)
    #expect(try await store.audits().map(\.status) == [.conflict])
    await store.close()
  }

  @Test("a thrown refusal is one without events", arguments: Backend.allCases)
  func thrown(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    for replayed in [false, true] {
      let answer = try await store.perform(ticket) { store in
        try store.take(note: 1)
        throw Refusal(.notFound)
      }
      #expect(answer.status == .notFound)
      #expect(answer.replayed == replayed)
    }
    #expect(try await store.notes().isEmpty)
    await store.close()
  }

  @Test(
    "what says nothing about the request is audited, not remembered",
    arguments: Backend.allCases, Status.allCases.filter(\.isTransient))
  func transient(backend: Backend, status: Status) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    let answer = try await store.perform(ticket) { _ in .refused(Refusal(status)) }
    #expect(answer.status == status)
    #expect(try await store.perform(ticket, Self.take).status == .ok)
    #expect(try await store.audits().map(\.status) == [status, .ok])
    await store.close()
  }

  @Test("a fault is answered 500 without its words, audited, not remembered", arguments: Backend.allCases)
  func fault(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let ticket = Ticket.sample()
    let answer = try await store.perform(ticket) { store in
      try store.take(note: 1)
      throw Broken()
    }
    #expect(answer.status == .failed)
    #expect(answer.fault is Broken)
    #expect(answer.body == Codec.encode(RefusalBody(Refusal(.failed))))
    #expect(try await store.notes().isEmpty)
    #expect(try await store.audits().map(\.note) == ["Broken"])

    let broken = try await store.perform(ticket) { store in
      try store.take(note: 1)
      try store.take(note: 1)
      return .accepted(Self.reply)
    }
    #expect(broken.status == .failed)
    #expect(try await store.perform(ticket, Self.take).status == .ok)
    await store.close()
  }

  @Test("an event that is too large refuses the command", arguments: Backend.allCases)
  func largeEvent(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    let large = Noted(note: 1, padding: String(repeating: "x", count: 70_000))
    let answer = try await store.perform(.sample()) { store in
      try store.take(note: 1)
      return .accepted(Self.reply, events: [Noted(note: 1), large])
    }
    #expect(answer.status == .invalid)
    let refused = try await store.perform(.sample()) { _ in .refused(Refusal(.conflict), events: [large]) }
    #expect(refused.status == .failed)
    #expect(refused.fault is Refusal)
    #expect(try await store.notes().isEmpty)
    #expect(store.head == 0)
    await store.close()
  }

  @Test("an outcome's reply can be made into another")
  func mapped() throws {
    guard case .accepted(let reply, let events) = Outcome.accepted(2, events: [Noted(note: 1)]).map({ $0 + 1 }) else {
      Issue.record("it was accepted")
      return
    }
    #expect(reply == 3)
    #expect(events.count == 1)
  }
}
