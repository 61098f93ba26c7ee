import Bench
import Bus
import Foundation
import Schema
import Storage
import Synchronization
import Testing
import ZeroMQ

@testable import xaso

/// The front door with real connections on both sides; the services behind it are played by the test.
@Suite("The front door", .timeLimit(.minutes(60)))
struct DoorTests {
  private let keys = Keys()
  private let place: Place
  private static let list = Data("{}".utf8)
  private static let follow = Codec.encode(ReadEvents<Plans>(epoch: UUIDv7(), after: .sequence(7), waitms: 30_000))

  init() throws { place = try Place() }

  /// A door, both services behind it, and a bench for the visitors.
  private func withHouse(
    answer: @escaping @Sendable (RawRequest, _ number: Int) -> Status? = { _, _ in nil },
    _ body: (House, _ plans: RawRouter, _ visitors: Bench) async throws -> Void
  ) async throws {
    let services = try await Bench(keys: keys)
    let plans = try await RawRouter.bind(as: "plans", on: services, answer: answer)
    let notifications = try await RawRouter.bind(as: "notifications", on: services) { _, _ in .ok }
    let house = try await House.open(
      place, keys: keys, plans: await plans.endpoint, notifications: await notifications.endpoint)
    try await house.wait(for: "service is there", times: 2)
    try await withBench(keys: keys) { visitors in try await body(house, plans, visitors) }
    await house.close()
    await plans.close()
    await notifications.close()
    await services.close()
  }

  @Test("writes the caller in, passes the rest on as it is") func stamped() async throws {
    try await withHouse { house, plans, visitors in
      let lan = try await house.visitor("lan", on: visitors)
      var header = RequestHeader.sample(ttl: 20_000, expected: 9)
      (header.attempt, header.trace) = (3, 77)
      let body = Data("{ \"year\" : 2026 }".utf8)
      await lan.begin("plans.list 38/15043", body, header: header)
      let request = try await plans.requests.first { _ in true }
      #expect(request.caller == "lan 38/15043 vh-xh focal")
      #expect(request.route == "plans.list 38/15043")
      #expect(request.body == body)
      #expect(request.header.key == header.key)
      #expect(request.header.expected == 9)
      #expect((request.header.attempt, request.header.trace) == (3, 77))
      #expect((1...20_000).contains(request.header.ttl))

      await plans.reply(to: request, .ok, Data("{\"items\":[]}".utf8), afterMilliseconds: 5)
      let reply = try await lan.reply(to: header)
      #expect(reply.body == Data("{\"items\":[]}".utf8))
      #expect(reply.header.key == header.key)
      #expect(reply.header.afterMilliseconds == 5)
      await lan.close()
    }
  }

  @Test("clients may use the same correlations: each gets its own reply, in whatever order") func correlations()
    async throws
  {
    try await withHouse { house, plans, visitors in
      let (lan, hoa) = (try await house.visitor("lan", on: visitors), try await house.visitor("hoa", on: visitors))
      let headers = (1...50).map { RequestHeader(correlation: $0, key: UUIDv7(), ttl: 30_000) }
      for header in headers {
        await lan.begin("plans.list 38/15043", Self.list, header: header)
        await hoa.begin("plans.list 38/15043", Self.list, header: header)
      }
      try await plans.requests.wait(count: 100)
      let requests = plans.requests.elements
      #expect(Set(requests.map(\.header.correlation)).count == 100)
      for request in requests.shuffled() { await plans.reply(to: request, .ok, Data(request.caller.utf8)) }
      for header in headers {
        #expect(try await lan.reply(to: header).body == Data("lan 38/15043 vh-xh focal".utf8))
        #expect(try await hoa.reply(to: header).body == Data("hoa 38/15043 vp clerk".utf8))
      }
      #expect(lan.received.elements.count == 50)
      await lan.close()
      await hoa.close()
    }
  }

  @Test("a reply that no request waits for goes to nobody") func strangeReplies() async throws {
    try await withHouse { house, plans, visitors in
      let lan = try await house.visitor("lan", on: visitors)
      let header = await lan.begin("plans.list 38/15043", Self.list)
      let request = try await plans.requests.first { _ in true }
      var other = request.header
      other.correlation += 1
      await plans.send(Frame(ReplyHeader(to: other, status: .ok).bytes), Frame("{}"), to: request)
      other = request.header
      other.key = UUIDv7()
      await plans.send(Frame(ReplyHeader(to: other, status: .ok).bytes), Frame("{}"), to: request)
      for frames in [["x"], ["x", "y"], ["x", "y", "z"]] {
        for frame in frames { await plans.send(Frame(frame), to: request) }
      }
      await plans.reply(to: request, .conflict)
      await plans.reply(to: request, .ok)
      #expect(try await lan.reply(to: header).status == .conflict)
      let health = try await house.visitor("op", on: visitors)
      #expect(try await health.ask("gateway.health -").status == .ok)
      #expect(lan.received.elements.count == 1)
      await lan.close()
      await health.close()
    }
  }

  @Test("an account that is shut out is told at once, while its long poll still waits") func toldAtOnce() async throws {
    try await withHouse { house, plans, visitors in
      let machine = try await house.visitor("may", on: visitors)
      let header = await machine.begin("plans.events 38/15043", Self.follow)
      try await plans.requests.wait(count: 1)
      try house.withdraw("may")
      #expect(try await machine.reply(to: header).status == .forbidden)
      await machine.close()
    }
  }

  @Test("a reply that tells of a change in the directory waits until the door knows of it") func held() async throws {
    let services = try await Bench(keys: keys)
    let identity = try await RawRouter.bind(as: "identity", on: services)
    let house = try await House.open(
      place, keys: keys, plans: "ipc://" + place.path("p.sock"), notifications: "ipc://" + place.path("n.sock"),
      identity: await identity.endpoint)
    try await house.wait(for: "service is there")
    try await withBench(keys: keys) { visitors in
      let minh = try await house.visitor("minh", on: visitors)
      let body = Codec.encode(Revoke(account: "lan", reason: "left"))
      let header = await minh.begin("identity.revoke 38/15043", body)
      let request = try await identity.requests.first { _ in true }
      await identity.reply(to: request, .ok, sequence: UInt64(house.directory.sequence) + 1)
      #expect(try await minh.ask("gateway.health -").status == .forbidden, "what is asked meanwhile is answered")
      #expect(minh.received.elements.count == 1)
      try house.withdraw("lan")
      #expect(try await minh.reply(to: header).status == .ok)
      await minh.close()
    }
    await house.close()
    await identity.close()
    await services.close()
  }

  @Test("with identity away for too long nobody is served, on open connections either") func stale() async throws {
    let now = Mutex(ContinuousClock.now)
    let house = try await House.open(
      place, keys: keys, plans: "ipc://" + place.path("p.sock"), notifications: "ipc://" + place.path("n.sock"),
      clock: { now.withLock { $0 } })
    try await withBench(keys: keys) { visitors in
      let op = try await house.visitor("op", on: visitors)
      #expect(try await op.ask("gateway.health -").status == .ok)
      now.withLock { $0 += .seconds(301) }
      let reply = try await op.ask("gateway.health -")
      #expect(reply.status == .unavailable)
      #expect(reply.refusal?.text.en.contains("identity") == true)
      house.directory.confirm(.zero)
      #expect(try await op.ask("gateway.health -").status == .ok)
      await op.close()
    }
    await house.close()
  }

  @Test("its own key may ask how it is, and nothing else") func ownKey() async throws {
    try await withHouse { house, plans, visitors in
      let own = try await house.visitor("gateway", on: visitors)
      #expect(try await own.ask("gateway.health -").status == .ok)
      for route in ["plans.health -", "plans.list 38/15043", "gateway.health 38/15043", "identity.directory -"] {
        #expect(try await own.ask(route, Self.list).status == .forbidden, "\(route)")
      }
      #expect(plans.requests.elements.isEmpty)
      await own.close()
    }
  }

  @Test("an account that is withdrawn during its long poll gets nothing, and the attempt is audited")
  func withdrawn() async throws {
    try await withHouse { house, plans, visitors in
      let machine = try await house.visitor("may", on: visitors)
      let header = await machine.begin("plans.events 38/15043", Self.follow)
      let request = try await plans.requests.first { _ in true }
      try house.withdraw("may")
      await plans.reply(to: request, .ok, Data("{\"secret\":1}".utf8))
      let reply = try await machine.reply(to: header)
      #expect(reply.status == .forbidden)
      #expect(!String(decoding: reply.body, as: UTF8.self).contains("secret"))
      #expect(try await machine.ask("plans.events 38/15043", Self.follow).status == .forbidden)
      try await eventually { try await house.audit.audits().count >= 2 }
      #expect(try await house.audit.audits().allSatisfy { $0.status == .forbidden && $0.method == "plans.events" })
      #expect(plans.requests.elements.count == 1)
      await machine.close()
    }
  }

  @Test("one account's requests are bounded, its long polls apart, and the others are served") func bound() async throws
  {
    try await withHouse { house, plans, visitors in
      let (lan, hoa) = (try await house.visitor("lan", on: visitors), try await house.visitor("hoa", on: visitors))
      for _ in 0..<128 { await lan.begin("plans.list 38/15043", Self.list) }
      try await plans.requests.wait(count: 128)
      let refused = try await lan.ask("plans.list 38/15043", Self.list)
      #expect(refused.status == .tooMany)
      #expect(refused.header.afterMilliseconds > 0)
      #expect(plans.requests.elements.count == 128)

      let header = await hoa.begin("plans.list 38/15043", Self.list)
      let request = try await plans.requests.first { $0.caller.hasPrefix("hoa") }
      await plans.reply(to: request, .ok)
      #expect(try await hoa.reply(to: header).status == .ok)

      let first = try #require(plans.requests.elements.first)
      await plans.reply(to: first, .ok)
      try await lan.received.wait(count: 2)
      await lan.begin("plans.list 38/15043", Self.list)
      try await plans.requests.wait(count: 130)

      let machine = try await house.visitor("may", on: visitors)
      var polls = 0
      while machine.received.elements.isEmpty, polls < 200 {
        polls += 1
        await machine.begin("plans.events 38/15043", Self.follow)
        let count = 130 + polls
        try await eventually { plans.requests.elements.count == count || !machine.received.elements.isEmpty }
      }
      #expect((2...128).contains(polls), "long polls have a bound")
      await lan.close()
      await hoa.close()
      await machine.close()
    }
  }

  @Test("a request that is not answered in time leaves its place, and a late reply goes to nobody") func late()
    async throws
  {
    try await withHouse { house, plans, visitors in
      let lan = try await house.visitor("lan", on: visitors)
      let header = await lan.begin("plans.list 38/15043", Self.list, header: .sample(ttl: 50))
      let request = try await plans.requests.first { _ in true }
      let passed = Record<Bool>()
      _ = house.bench.loop.after(.milliseconds(200)) { passed.add(true) }
      try await passed.wait(for: true)
      await plans.reply(to: request, .ok)
      let next = await lan.begin("plans.list 38/15043", Self.list)
      await plans.reply(to: try await plans.requests.first { $0.header.key == next.key }, .ok)
      #expect(try await lan.reply(to: next).status == .ok)
      #expect(lan.received.elements.count == 1)
      #expect(header.correlation != next.correlation)
      await lan.close()
    }
  }

  @Test("a service that is away is answered 503, and served again when it is back") func away() async throws {
    let endpoint = "ipc://" + place.path("plans.sock")
    let house = try await House.open(place, keys: keys, plans: endpoint, notifications: "ipc://" + place.path("n.sock"))
    try await withBench(keys: keys) { visitors in
      let lan = try await house.visitor("lan", on: visitors)
      let refused = try await lan.ask("plans.list 38/15043", Self.list)
      #expect(refused.status == .unavailable)
      #expect(refused.header.afterMilliseconds > 0)
      for round in 1...2 {
        let bench = try await Bench(keys: keys)
        let plans = try await RawRouter.bind(endpoint, on: bench) { _, _ in .ok }
        try await house.wait(for: "service is there", times: round)
        #expect(try await lan.ask("plans.list 38/15043", Self.list).status == .ok)
        await plans.close()
        await bench.close()
        try await house.wait(for: "service went away", times: round)
        #expect(try await lan.ask("plans.list 38/15043", Self.list).status == .unavailable)
      }
      await lan.close()
    }
    await house.close()
  }

  @Test("a service that dies with requests under way leaves them unknown: 504, at once") func dies() async throws {
    let endpoint = "ipc://" + place.path("plans.sock")
    let house = try await House.open(place, keys: keys, plans: endpoint, notifications: "ipc://" + place.path("n.sock"))
    try await withBench(keys: keys) { visitors in
      let bench = try await Bench(keys: keys)
      let plans = try await RawRouter.bind(endpoint, on: bench)
      try await house.wait(for: "service is there")
      let lan = try await house.visitor("lan", on: visitors)
      var headers: [RequestHeader] = []
      for _ in 0..<20 { headers.append(await lan.begin("plans.list 38/15043", Self.list)) }
      try await plans.requests.wait(count: 20)
      await plans.close()
      await bench.close()
      for header in headers {
        let reply = try await lan.reply(to: header)
        #expect(reply.status == .outcomeUnknown)
        #expect(reply.status.retry == .sameKey)
      }
      await lan.close()
    }
    await house.close()
  }

  @Test("a service that did not know our key is asked again, and served when it does") func enrolledLater() async throws
  {
    let house = try await House.open(
      place, keys: keys, plans: "ipc://" + place.path("plans.sock"), notifications: "ipc://" + place.path("n.sock"))
    // These keys know nobody else: the service's own admit no gateway.
    let others = Keys()
    let strict = try await Bench(keys: others)
    let refusing = try await RawRouter.bind(
      "ipc://" + place.path("plans.sock"), security: keys.server("plans"), on: strict)
    try await house.wait(for: "does not take")
    await refusing.close()
    await strict.close()
    let bench = try await Bench(keys: keys)
    let plans = try await RawRouter.bind("ipc://" + place.path("plans.sock"), on: bench) { _, _ in .ok }
    try await house.wait(for: "service is there")
    await house.close()
    await plans.close()
    await bench.close()
  }

  @Test("at the end it takes nothing new, lets long polls go empty, and waits for the rest") func drain() async throws {
    try await withHouse { house, plans, visitors in
      let (lan, machine) = (try await house.visitor("lan", on: visitors), try await house.visitor("may", on: visitors))
      let under = await lan.begin("plans.list 38/15043", Self.list)
      let poll = await machine.begin("plans.events 38/15043", Self.follow)
      try await plans.requests.wait(count: 2)
      let drained = Record<Bool>()
      async let drain: Void = {
        await house.door.drain(atMost: .seconds(30))
        drained.add(true)
      }()
      let ended = try await machine.reply(to: poll)
      #expect(ended.status == .ok)
      let batch = try EventBatch(json: ended.body)
      #expect(batch.events.isEmpty)
      #expect(batch.through == 7, "where the reader was")
      #expect(try await lan.ask("plans.list 38/15043", Self.list).status == .unavailable)
      #expect(drained.elements.isEmpty)
      await plans.reply(to: try await plans.requests.first { $0.caller.hasPrefix("lan") }, .ok)
      await drain
      #expect(try await lan.reply(to: under).status == .ok)
      #expect(plans.requests.elements.count == 2)
      await lan.close()
      await machine.close()
    }
  }

  @Test("what is not answered by the end is told as unknown") func drainInVain() async throws {
    try await withHouse { house, plans, visitors in
      let lan = try await house.visitor("lan", on: visitors)
      let header = await lan.begin("plans.list 38/15043", Self.list)
      try await plans.requests.wait(count: 1)
      await house.door.drain(atMost: .milliseconds(100))
      #expect(try await lan.reply(to: header).status == .outcomeUnknown)
      await lan.close()
    }
  }

  @Test("who is no account is refused at the handshake, and one that is withdrawn at its next request")
  func strangers() async throws {
    try await withHouse(answer: { _, _ in .ok }) { house, plans, visitors in
      let lan = try await house.visitor("lan", on: visitors)
      #expect(try await lan.ask("plans.list 38/15043", Self.list).status == .ok)
      try house.withdraw("lan")
      #expect(try await lan.ask("plans.list 38/15043", Self.list).status == .forbidden)
      #expect(plans.requests.elements.count == 1)
      let stranger = try await RawDealer.connect(
        to: house.endpoint, .client(keys: .generate(), server: keys["gateway"].publicKey), on: visitors)
      await stranger.begin("plans.list 38/15043", Self.list)
      try await stranger.events.wait(for: .handshakeFailed(.refused(code: 400)))
      try await house.wait(for: "a client was not let in")
      await lan.close()
      await stranger.close()
    }
  }
}
