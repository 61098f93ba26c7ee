import Bench
import FoundationEssentials
import Schema
import Storage
import Testing

@testable import Bus
@testable import Service

/// The plans service on a bench of its own, as a process of its own would have it, with handlers that the test gives.
final class Desk: Sendable {
  let bench: Bench
  let database: Database
  let responder: Responder<Plans>
  let requests: String
  let events: String
  let tail: Tail
  let vitals: Vitals
  private let publisher: Publisher

  /// - Parameters:
  ///   - isSwallowed: Rows that the publisher leaves out, as a PUB does with what a subscriber has no room for.
  ///   - register: What is done with a request; without that, all are refused with 404.
  static func open(
    _ place: Place, _ store: String = "plans.sqlite", keys: Keys, requests: String = "tcp://127.0.0.1:*",
    events: String = "tcp://127.0.0.1:*", limits: Responder<Plans>.Limits = .init(),
    swallowing isSwallowed: @escaping @Sendable (OutboxRow) -> Bool = { _ in false },
    register: (inout Handlers<Plans>) -> Void = { _ in }
  ) async throws -> Desk {
    let bench = try await Bench(keys: keys)
    let feed = Feed()
    let database = try await Database.open(
      place.path(store), service: Plans.name, migrations: [], committed: { feed.commit($0) })
    let tail = Tail(at: database.head, on: bench.loop)
    let (publisher, eventsEndpoint) = try await Publisher.bind(
      events, of: Plans.name, epoch: database.epoch, head: database.head, security: keys.server("plans"),
      in: bench.context, on: bench.loop)
    feed.open { rows in
      publisher.publish(rows.filter { !isSwallowed($0) })
      tail.append(rows)
    }
    var handlers = Handlers(for: Plans.self, on: database)
    handlers.refuseAll()
    let meter = Meter()
    let vitals = Vitals(of: Plans.name, database, meter) { [] }
    handlers.registerHealth(vitals)
    handlers.registerBackup(StoreCopier(of: database, to: nil))
    handlers.registerEvents(tail)
    handlers.registerAudit()
    register(&handlers)
    let (responder, endpoint) = try await Responder.bind(
      requests, handlers, peers: keys.peers, security: keys.server("plans"), limits: limits, measured: meter,
      in: bench.context, on: bench.loop, log: bench.log)
    await responder.serve()
    return Desk(bench, database, responder, endpoint, eventsEndpoint, tail, publisher, vitals)
  }

  private init(
    _ bench: Bench, _ database: Database, _ responder: Responder<Plans>, _ requests: String, _ events: String,
    _ tail: Tail, _ publisher: Publisher, _ vitals: Vitals
  ) {
    (self.bench, self.database, self.responder, self.requests, self.events) = (
      bench, database, responder, requests, events
    )
    (self.tail, self.publisher, self.vitals) = (tail, publisher, vitals)
  }

  /// Closes everything at once, as the end of a process does.
  func close() async {
    tail.finish()
    await responder.close()
    await publisher.close()
    await database.close()
    await bench.close()
  }

  /// Says that these notes were taken: one transaction.
  func say(_ events: [Noted]) async throws {
    try await database.write { store in for event in events { try store.emit(event) } }
  }

  func say(_ notes: some Sequence<Int64>) async throws { try await say(notes.map { Noted(note: $0) }) }

  /// A peer that speaks for people.
  func gateway(on bench: Bench) async throws -> RawDealer {
    try await RawDealer.connect(to: requests, bench.keys.client("gateway", of: "plans"), on: bench)
  }
}

extension Handlers<Plans> {
  mutating func refuseAll() { for type in Plans.requests { refuse(type) } }

  private mutating func refuse(_ type: any Request.Type) {
    if let type = type as? any Command.Type { refuse(command: type) }
    if let type = type as? any Query.Type { refuse(query: type) }
  }

  private mutating func refuse<Message: Command>(command: Message.Type) {
    on(Message.self) { _, _, _ in .refused(Refusal(.notFound)) }
  }

  private mutating func refuse<Message: Query>(query: Message.Type) {
    on(Message.self) { _, _ throws in throw Refusal(.notFound) }
  }
}

/// Callers as the gateway writes them.
enum Who {
  static let focal = "lan 38/15043 vh-xh focal"
  static let clerk = "hoa 38/15043 vp clerk"
  static let province = "so 38 so-khcn province"
  static let follower = "may 38/15043 - subscriber"
  static let `operator` = "op - - operator"
}
