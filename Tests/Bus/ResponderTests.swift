import Bench
import Dispatch
import Foundation
import Schema
import Storage
import Testing

@testable import Bus
@testable import ZeroMQ

@Suite("A responder", .timeLimit(.minutes(60)))
struct ResponderTests {
  private static let discard = Codec.encode(DiscardPlan(plan: Plan.ID()))
  private static let show = Codec.encode(ShowPlan(plan: Plan.ID()))

  /// A desk, and a gateway that speaks to it.
  private func withDesk(
    limits: Responder<Plans>.Limits = .init(), _ register: (inout Handlers<Plans>) -> Void = { _ in },
    _ body: (Desk, RawDealer) async throws -> Void
  ) async throws {
    let keys = Keys()
    let place = try Place()
    try await withBench(keys: keys) { bench in
      let desk = try await Desk.open(place, keys: keys, limits: limits, register: register)
      let gateway = try await desk.gateway(on: bench)
      try await body(desk, gateway)
      await gateway.close()
      await desk.close()
    }
  }

  @Test("what nothing handles is named before anybody is let in") func missing() async throws {
    let place = try Place()
    let database = try await Database.open(place.path("store"), service: Plans.name, migrations: [])
    var handlers = Handlers(for: Plans.self, on: database)
    #expect(Set(handlers.missing) == Set(Plans.all.map { $0.method }))
    handlers.refuseAll()
    let common = ["health", "backup", "events", "audit.list", "audit.verify"].map { "plans.\($0)" }
    #expect(handlers.missing.map(\.description).sorted() == common.sorted())
    await database.close()
  }

  @Test("a handler knows who asks, about which unit, having seen which version") func call() async throws {
    let calls = Record<Call>()
    try await withDesk {
      $0.on(ShowPlan.self) { _, call throws in
        calls.add(call)
        throw Refusal(.notFound)
      }
    } _: { _, gateway in
      let header = RequestHeader.sample(ttl: 10_000, expected: 4)
      _ = try await gateway.ask("plans.show 38/15043", by: Who.province, Self.show, header: header)
      _ = try await gateway.ask("plans.show 38/15043", by: Who.focal, Self.show)
      let call = try #require(calls.elements.first)
      #expect(call.caller.description == Who.province)
      #expect(call.unit == "38/15043")
      #expect(call.expected == 4)
      #expect(call.left < .seconds(10), "the time for the way back is taken off")
      #expect(calls.elements.last?.expected == nil)
    }
  }

  @Test("what was answered under a key is answered again, byte for byte, and ran once") func replay() async throws {
    let runs = Record<UUIDv7>()
    try await withDesk {
      $0.on(DiscardPlan.self) { _, call, _ in
        runs.add(call.key)
        return .accepted(.sample(title: "\(UUIDv7())"), events: [Noted(note: 1)])
      }
    } _: { desk, gateway in
      let key = UUIDv7()
      let first = try await gateway.ask(
        "plans.discard 38/15043", by: Who.focal, Self.discard, header: .sample(key: key))
      for _ in 0..<3 {
        let again = try await gateway.ask(
          "plans.discard 38/15043", by: Who.focal, Self.discard, header: .sample(key: key))
        #expect(again.body == first.body)
        #expect(again.header.sequence == first.header.sequence)
        #expect(again.status == .ok)
      }
      let other = Codec.encode(DiscardPlan(plan: Plan.ID()))
      let mixed = try await gateway.ask("plans.discard 38/15043", by: Who.focal, other, header: .sample(key: key))
      #expect(mixed.status == .invalid)
      #expect(runs.elements == [key])
      #expect(desk.database.head == 1)
      #expect(first.header.sequence == 1)
    }
  }

  @Test("beyond the bound it is answered 429, and long polls have a bound of their own") func bound() async throws {
    let entered = Record<Int>()
    let release = Record<Bool>()
    var limits = Responder<Plans>.Limits()
    (limits.inFlight, limits.polls) = (3, 2)
    try await withDesk(limits: limits) {
      $0.on(ShowPlan.self) { _, _ throws in
        entered.add(1)
        try await release.wait(for: true)
        throw Refusal(.notFound)
      }
    } _: { desk, gateway in
      let poll = Codec.encode(ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000))
      var shows: [RequestHeader] = []
      var polls: [RequestHeader] = []
      for _ in 0..<3 { shows.append(await gateway.begin("plans.show 38/15043", by: Who.focal, Self.show)) }
      for _ in 0..<2 { polls.append(await gateway.begin("plans.events 38/15043", by: Who.follower, poll)) }
      try await entered.wait(count: 3)

      let refused = try await gateway.ask("plans.show 38/15043", by: Who.focal, Self.show)
      #expect(refused.status == .tooMany)
      #expect(refused.header.afterMilliseconds > 0)
      #expect(try await gateway.ask("plans.events 38/15043", by: Who.follower, poll).status == .tooMany)

      release.add(true)
      for header in shows { #expect(try await gateway.reply(to: header).status == .notFound) }
      #expect(try await gateway.ask("plans.show 38/15043", by: Who.focal, Self.show).status == .notFound)
      #expect(try await gateway.ask("plans.events 38/15043", by: Who.follower, poll).status == .tooMany)
      try await desk.say([1])
      for header in polls { #expect(try await gateway.reply(to: header).status == .ok) }
    }
  }

  @Test("draining, it takes nothing new and ends when all is answered") func drain() async throws {
    let entered = Record<Int>()
    let release = Record<Bool>()
    try await withDesk {
      $0.on(ShowPlan.self) { _, _ throws in
        entered.add(1)
        try await release.wait(for: true)
        throw Refusal(.notFound)
      }
    } _: { desk, gateway in
      let under = await gateway.begin("plans.show 38/15043", by: Who.focal, Self.show)
      try await entered.wait(count: 1)
      let drained = Record<Bool>()
      async let drain: Void = {
        await desk.responder.drain()
        drained.add(true)
      }()
      var refused = try await gateway.ask("plans.list 38/15043", by: Who.focal, Data("{}".utf8))
      // The first may have come before it began to drain.
      while refused.status == .notFound {
        refused = try await gateway.ask("plans.list 38/15043", by: Who.focal, Data("{}".utf8))
      }
      #expect(refused.status == .unavailable)
      #expect(refused.header.afterMilliseconds > 0)
      #expect(drained.elements.isEmpty)
      release.add(true)
      await drain
      #expect(try await gateway.reply(to: under).status == .notFound)
      await desk.responder.drain()
    }
  }

  @Test("what came too late is answered 408, and nothing ran") func tooLate() async throws {
    let runs = Record<String>()
    try await withDesk {
      $0.on(DiscardPlan.self) { _, _, _ in
        runs.add("discard")
        return .accepted(.sample())
      }
      $0.on(
        ShowPlan.self,
        read: { _, _, _ in
          runs.add("show")
          throw Refusal(.notFound)
        })
    } _: { desk, gateway in
      let dead = try await gateway.ask("plans.discard 38/15043", by: Who.focal, Self.discard, header: .sample(ttl: 0))
      #expect(dead.status == .timedOut)

      // Taken on in time, but the writer is busy until the deadline has passed.
      let isFree = DispatchSemaphore(value: 0)
      let isBusy = Record<Bool>()
      async let busy: Void = desk.database.write { _ in
        isBusy.add(true)
        isFree.wait()
      }
      try await isBusy.wait(for: true)
      let header = RequestHeader.sample(ttl: 50)
      _ = await gateway.begin("plans.discard 38/15043", by: Who.focal, Self.discard, header: header)
      let passed = Record<Bool>()
      _ = desk.bench.loop.after(.milliseconds(200)) { passed.add(true) }
      try await passed.wait(for: true)
      isFree.signal()
      try await busy
      #expect(try await gateway.reply(to: header).status == .timedOut)
      #expect(runs.elements.isEmpty)

      let again = try await gateway.ask(
        "plans.discard 38/15043", by: Who.focal, Self.discard, header: .sample(key: header.key))
      #expect(again.status == .ok, "408 is not remembered under the key")
    }
  }

  @Test("a handler that fails is answered 500 and logged, without what the error says") func fault() async throws {
    try await withDesk {
      $0.on(DiscardPlan.self) { _, _, _ in throw Broken() }
      $0.on(ShowPlan.self) { _, _ throws in throw Broken() }
    } _: { desk, gateway in
      for (route, body) in [("plans.discard 38/15043", Self.discard), ("plans.show 38/15043", Self.show)] {
        let reply = try await gateway.ask(route, by: Who.focal, body)
        #expect(reply.status == .failed)
        #expect(reply.refusal?.text == Status.failed.text)
        let line = try await desk.bench.lines.lines.first { $0.contains(route) }
        #expect(line == "error handler failed fault=Broken route=\(route)")
      }
      #expect(!desk.bench.lines.lines.elements.contains { $0.contains("\(Broken())") })
    }
  }

  @Test("an answer too large for the wire is told, not swallowed: what was carried out is said to be, each time")
  func largeAnswer() async throws {
    let runs = Record<UUIDv7>()
    try await withDesk {
      $0.on(DiscardPlan.self) { _, call, _ in
        runs.add(call.key)
        return .accepted(.sample(title: String(repeating: "x", count: 300_000)), events: [Noted(note: 1)])
      }
    } _: { desk, gateway in
      let key = UUIDv7()
      for _ in 0..<2 {
        let reply = try await gateway.ask(
          "plans.discard 38/15043", by: Who.focal, Self.discard, header: .sample(key: key))
        #expect(reply.status == .tooLarge)
        #expect(reply.header.sequence == 1)
        let text = try Codec.decode(RefusalBody.self, from: reply.body).text
        #expect(text.vi.contains("đã thực hiện xong") && text.en.contains("was carried out"))
      }
      #expect(runs.elements == [key])
      _ = try await desk.bench.lines.lines.first { $0.hasPrefix("error reply too large") }
    }
  }

  @Test("a body beyond the limit is refused; a frame beyond the limit costs its sender the connection alone")
  func oversize() async throws {
    let runs = Record<Int>()
    try await withDesk {
      $0.on(DiscardPlan.self) { _, _, _ in
        runs.add(1)
        return .accepted(.sample())
      }
    } _: { desk, gateway in
      let body = Data(repeating: UInt8(ascii: " "), count: Limit.body + 1)
      #expect(try await gateway.ask("plans.discard 38/15043", by: Who.focal, body).status == .tooLarge)
      let padded = Self.discard + Data(repeating: UInt8(ascii: " "), count: Limit.body - Self.discard.count)
      #expect(try await gateway.ask("plans.discard 38/15043", by: Who.focal, padded).status == .ok)

      try await withBench(keys: desk.bench.keys) { bench in
        var options = SocketOptions()
        options.maxFrameSize = 10_000_000
        let rude = try await RawDealer.connect(
          to: desk.requests, bench.keys.client("gateway", of: "plans"), on: bench, options: options)
        let frames = ["plans.discard 38/15043", Who.focal].map { Frame($0) }
        await rude.send([Frame(RequestHeader.sample().bytes)] + frames + [Frame(Data(count: 1_000_000))])
        try await rude.events.wait(for: .disconnected)
        await rude.close()
      }
      #expect(try await gateway.ask("plans.discard 38/15043", by: Who.focal, Self.discard).status == .ok)
      #expect(runs.elements.count == 2)
    }
  }

  @Test("messages that are none are dropped and counted, and cost the others nothing") func malformed() async throws {
    try await withDesk { desk, gateway in
      let header = Frame(RequestHeader.sample().bytes)
      let parts = [header, Frame("plans.list 38/15043"), Frame(Who.focal), Frame("{}")]
      let counts = [0, 1, 2, 3, 5, 6, 300]
      for count in counts {
        await gateway.send(count == 0 ? [.empty] : (0..<count).map { parts[$0 % parts.count] })
      }
      for size in [0, 1, 47, 49] {
        await gateway.send([Frame([UInt8](repeating: 0x58, count: size))] + parts.dropFirst())
      }
      for place in [0, 1, 2, 4] {
        var bytes = RequestHeader.sample().bytes
        bytes[place] ^= 0x40
        await gateway.send([Frame(bytes)] + parts.dropFirst())
      }
      let next = try await gateway.ask("plans.list 38/15043", by: Who.focal, Data("{}".utf8))
      #expect(next.status == .notFound)
      #expect(gateway.received.elements.count == 1)
      #expect(desk.bench.lines.lines.elements.count == 4, "one line each time that the count has doubled")
    }
  }

  @Test("another major version is answered 426, so that its user knows") func major() async throws {
    try await withDesk { _, gateway in
      let header = RequestHeader.sample()
      var bytes = header.bytes
      bytes[3] = 2
      await gateway.send([Frame(bytes), Frame("?"), .empty, .empty])
      let reply = try await gateway.reply(to: header)
      #expect(reply.status == .upgradeRequired)
      #expect(reply.header.key == header.key)
    }
  }

  @Test("what may not be is refused and audited; services ask each other little, and never as somebody")
  func peers() async throws {
    let keys = Keys()
    let place = try Place()
    try await withBench(keys: keys) { bench in
      let desk = try await Desk.open(place, keys: keys)
      let gateway = try await desk.gateway(on: bench)
      let service = try await RawDealer.connect(to: desk.requests, keys.client("notifications", of: "plans"), on: bench)
      let empty = Data("{}".utf8)
      let events = Codec.encode(ReadEvents<Plans>(epoch: nil, after: .sequence(0)))
      let cells: [(RawDealer, String, String, Data, Status)] = [
        (gateway, "plans.list 38/15043", "", empty, .malformed),
        (gateway, "plans.list 38/15043", "lan 38/15043 vh-xh king", empty, .malformed),
        (gateway, "plans.list 38/15044", Who.focal, empty, .forbidden),
        (gateway, "plans.nothing 38/15043", Who.focal, empty, .notFound),
        (gateway, "notifications.inbox 38/15043", Who.focal, empty, .notFound),
        (gateway, "plans", Who.focal, empty, .malformed),
        (service, "plans.discard 38/15043", "", Self.discard, .forbidden),
        (service, "plans.list 38/15043", "", empty, .forbidden),
        (service, "plans.health -", Who.operator, empty, .forbidden),
        (service, "plans.events -", Who.follower, events, .forbidden),
      ]
      for (dealer, route, caller, body, status) in cells {
        #expect(try await dealer.ask(route, by: caller, body).status == status, "\(route) by \(caller)")
      }
      #expect(try await service.ask("plans.health -", empty).status == .ok)
      #expect(try await service.ask("plans.events -", events).status == .ok)

      // Audited beside the answer, not before it.
      var audits: [AuditEntry] = []
      try await eventually {
        audits = try await desk.database.audits()
        return audits.count >= cells.count
      }
      #expect(audits.map(\.status.rawValue).sorted() == cells.map(\.4.rawValue).sorted())
      await gateway.close()
      await service.close()
      await desk.close()
    }
  }

  @Test("a service serves while one peer floods it") func flood() async throws {
    try await withDesk { desk, gateway in
      try await withBench(keys: desk.bench.keys) { bench in
        let rude = try await desk.gateway(on: bench)
        for _ in 0..<20_000 { await rude.send([Frame("x"), Frame("y")]) }
        let reply = try await gateway.ask("plans.list 38/15043", by: Who.focal, Data("{}".utf8))
        #expect(reply.status == .notFound)
        await rude.close()
      }
    }
  }
}

extension PlanSummary {
  static func sample(title: String = "Kế hoạch") -> PlanSummary {
    PlanSummary(
      id: Plan.ID(), unit: "38/15043", status: Open(.discarded), version: 2, year: 2026, title: title,
      rows: RowCounts(tasks: 0, targets: 0), expected: RowCounts(tasks: 0, targets: 0), numericTargets: 0, lines: 0,
      planned: 0)
  }
}
