import Bench
import Foundation
import Schema
import Seeds
import Testing

@testable import Bus
@testable import ZeroMQ

/// The asking side, against servers that answer late, wrongly, or not at all.
@Suite("A client", .timeLimit(.minutes(60)))
struct ClientTests {
  private static let health = Route("plans.health", nil)

  /// A client on a bench of its own, towards a server on another.
  private func withClient(
    answer: @escaping @Sendable (RawRequest, _ number: Int) -> Status? = { _, _ in nil },
    _ body: (Client, RawRouter) async throws -> Void
  ) async throws {
    let keys = Keys()
    try await withBench(keys: keys) { server in
      let router = try await RawRouter.bind(on: server, answer: answer)
      try await withBench(keys: keys) { bench in
        let client = Client(
          to: await router.endpoint, security: keys.client("gateway", of: "plans"), in: bench.context, on: bench.loop)
        try await body(client, router)
        await client.close()
        #expect(await client.outstanding == 0)
        #expect(bench.loop.deadlineCount == 0, "a timer was left behind")
      }
      await router.close()
    }
  }

  private func refusal(
    of client: Client, _ body: Data = Data(), key: UUIDv7 = UUIDv7(), ttl: Duration = .seconds(10)
  ) async -> Refusal? {
    do throws(Refusal) {
      _ = try await client.exchange(Self.health, body, key: key, ttl: ttl)
      return nil
    } catch {
      return error
    }
  }

  @Test("sends what it is given, and hands over what comes back") func exchange() async throws {
    try await withClient { client, router in
      let key = UUIDv7()
      async let reply = client.exchange(Route("plans.show", "38/15043"), Data("{1}".utf8), key: key, expecting: 7)
      let request = try await router.requests.first { _ in true }
      #expect(request.route == "plans.show 38/15043")
      #expect(request.caller.isEmpty)
      #expect(request.body == Data("{1}".utf8))
      #expect(request.header.key == key)
      #expect(request.header.expected == 7)
      #expect(request.header.attempt == 0)
      #expect((9_000...10_000).contains(request.header.ttl))
      await router.reply(to: request, .ok, Data("{2}".utf8))
      #expect(try await reply.0 == Data("{2}".utf8))
    }
  }

  @Test("without a reply the outcome is not known, and not before the deadline") func deadline() async throws {
    try await withClient { client, router in
      let start = ContinuousClock.now
      #expect(await refusal(of: client, ttl: .milliseconds(300))?.status == .outcomeUnknown)
      #expect(.now - start >= .milliseconds(300))
      #expect(router.requests.elements.count == 1)
    }
  }

  @Test("what never left is told as such") func nobody() async throws {
    try await withBench { bench in
      let client = Client(
        to: "tcp://127.0.0.1:1", security: bench.keys.client("gateway", of: "plans"), in: bench.context, on: bench.loop)
      let refusal = await refusal(of: client, ttl: .milliseconds(300))
      #expect(refusal?.status == .unavailable)
      #expect(refusal?.text.en.contains("nothing was sent") == true)
      await client.close()
    }
  }

  @Test(
    "a deadline beyond all bounds, or in the past, is a deadline still",
    arguments: [Duration.seconds(Int64.max), .seconds(-1)])
  func bounds(_ ttl: Duration) async throws {
    try await withClient(answer: { _, _ in .ok }) { client, _ in
      let refusal = await refusal(of: client, ttl: ttl)
      #expect(refusal?.status == (ttl < .zero ? .unavailable : nil))
    }
  }

  @Test("asks again under the same key, and counts") func retry() async throws {
    let answers: [Status] = [.unavailable, .tooMany, .failed, .ok]
    try await withClient(answer: { _, number in answers[number] }) { client, router in
      #expect(await refusal(of: client) == nil)
      let requests = router.requests.elements
      #expect(requests.map(\.header.attempt) == [0, 1, 2, 3])
      #expect(Set(requests.map(\.header.key)).count == 1)
      #expect(requests.map(\.header.ttl) == requests.map(\.header.ttl).sorted(by: >))
    }
  }

  @Test("waits as long as it is told before it asks again") func after() async throws {
    try await withClient { client, router in
      async let outcome = refusal(of: client)
      let first = try await router.requests.first { _ in true }
      let start = ContinuousClock.now
      await router.reply(to: first, .tooMany, afterMilliseconds: 400)
      let second = try await router.requests.first { $0.header.attempt == 1 }
      #expect(.now - start >= .milliseconds(400))
      await router.reply(to: second, .ok)
      #expect(await outcome == nil)
    }
  }

  @Test(
    "a last word is not asked about", arguments: Status.allCases.filter { !$0.isTransient && $0 != .ok } + [.timedOut])
  func lastWord(_ status: Status) async throws {
    try await withClient(answer: { _, _ in status }) { client, router in
      #expect(await refusal(of: client)?.status == status)
      #expect(router.requests.elements.count == 1)
    }
  }

  @Test("turned away until the end, the last answer is told") func turnedAway() async throws {
    try await withClient(answer: { _, _ in .unavailable }) { client, router in
      #expect(await refusal(of: client, ttl: .seconds(1))?.status == .unavailable)
      #expect(router.requests.elements.count > 1)
    }
  }

  @Test("turned away once and then not answered, the outcome is not known") func thenSilence() async throws {
    try await withClient(answer: { _, number in number == 0 ? .unavailable : nil }) { client, router in
      #expect(await refusal(of: client, ttl: .seconds(1))?.status == .outcomeUnknown)
      #expect(router.requests.elements.count == 2)
    }
  }

  @Test(
    "once it may have been carried out, no later answer but a last word makes that certain",
    arguments: [Status.unavailable, .tooMany, .timedOut])
  func uncertain(_ later: Status) async throws {
    try await withClient(answer: { _, number in number == 0 ? .outcomeUnknown : later }) { client, router in
      #expect(await refusal(of: client, ttl: .seconds(1))?.status == .outcomeUnknown)
      #expect(router.requests.elements.count > 1)
    }
  }

  @Test("after a restart of the server it asks again under the same key") func restart() async throws {
    let keys = Keys()
    try await withBench(keys: keys) { bench in
      let first = try await Bench(keys: keys)
      let old = try await RawRouter.bind(on: first)
      let endpoint = await old.endpoint
      let client = Client(
        to: endpoint, security: keys.client("gateway", of: "plans"), in: bench.context, on: bench.loop)
      async let outcomes = withTaskGroup(of: Refusal?.self, returning: [Refusal?].self) { group in
        for _ in 0..<20 { group.addTask { await refusal(of: client, ttl: .seconds(30)) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      try await old.requests.wait(count: 20)
      await old.close()
      await first.close()

      let second = try await Bench(keys: keys)
      let new = try await RawRouter.bind(endpoint, on: second) { _, _ in .ok }
      #expect(await outcomes.allSatisfy { $0 == nil })
      #expect(Set(new.requests.elements.map(\.header.key)) == Set(old.requests.elements.map(\.header.key)))
      #expect(new.requests.elements.count == 20)
      #expect(new.requests.elements.allSatisfy { $0.header.attempt == 1 })
      await client.close()
      await new.close()
      await second.close()
    }
  }

  @Test("a connection that breaks and does not come back leaves the outcome unknown") func broken() async throws {
    let keys = Keys()
    try await withBench(keys: keys) { bench in
      let first = try await Bench(keys: keys)
      let router = try await RawRouter.bind(on: first)
      let client = Client(
        to: await router.endpoint, security: keys.client("gateway", of: "plans"), in: bench.context, on: bench.loop)
      async let outcome = refusal(of: client, ttl: .seconds(2))
      try await router.requests.wait(count: 1)
      await router.close()
      await first.close()
      #expect(await outcome?.status == .outcomeUnknown)
      await client.close()
    }
  }

  @Test("2,000 asks, half of them cancelled at any point, leave nothing behind") func cancellation() async throws {
    try await withClient(answer: { request, _ in request.header.correlation.isMultiple(of: 3) ? nil : .ok }) {
      client, _ in
      var random = Seed("cancellation")
      let ended = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<2000 {
          let delay = Duration.microseconds(Int.random(in: 0...20_000, using: &random))
          let isCancelled = number.isMultiple(of: 2)
          group.addTask {
            let ask = Task { await refusal(of: client, ttl: .seconds(2)) }
            if isCancelled {
              try? await Task.sleep(for: delay)
              ask.cancel()
            }
            _ = await ask.value
            return true
          }
        }
        return await group.reduce(0) { $1 ? $0 + 1 : $0 }
      }
      #expect(ended == 2000)
      #expect(await client.outstanding == 0)
      #expect(await refusal(of: client, ttl: .seconds(1))?.status != .unavailable, "the client serves on")
    }
  }

  @Test("who is cancelled before asking sends nothing") func cancelledBefore() async throws {
    try await withClient(answer: { _, _ in .ok }) { client, router in
      #expect(await refusal(of: client) == nil)
      let ask = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await refusal(of: client)
      }
      #expect(await ask.value?.status == .unavailable)
      #expect(await refusal(of: client) == nil)
      #expect(router.requests.elements.count == 2)
    }
  }

  @Test("a key that the server does not know is told so at once") func unknownKey() async throws {
    try await withBench { bench in
      let router = try await RawRouter.bind(on: bench)
      let stranger = Security.client(keys: .generate(), server: bench.keys["plans"].publicKey)
      let client = Client(to: await router.endpoint, security: stranger, in: bench.context, on: bench.loop)
      // A second time too: after ZAP 400 a socket never tries again, so that each needs a new one.
      for _ in 0..<2 {
        let refusal = await refusal(of: client, ttl: .seconds(7200))
        #expect(refusal?.status == .forbidden)
        #expect(refusal?.text.en.contains("does not accept this account's key") == true)
      }
      #expect(router.requests.elements.isEmpty)
      await client.close()
      await router.close()
    }
  }

  @Test("a server with another key than expected is told so at once") func wrongServer() async throws {
    try await withBench { bench in
      let router = try await RawRouter.bind(on: bench)
      let security = Security.client(keys: bench.keys["gateway"], server: CurveKeys.generate().publicKey)
      let client = Client(to: await router.endpoint, security: security, in: bench.context, on: bench.loop)
      let refusal = await refusal(of: client, ttl: .seconds(7200))
      #expect(refusal?.status == .unavailable)
      #expect(refusal?.text.en.contains("the server's key is not the one expected") == true)
      #expect(router.requests.elements.isEmpty)
      await client.close()
      await router.close()
    }
  }

  @Test(
    "an address that is none is told at once, and harms nobody else on the loop",
    arguments: ["", "nonsense", "tcp://", "tcp://127.0.0.1", "http://127.0.0.1:80"])
  func noAddress(_ endpoint: String) async throws {
    try await withClient(answer: { _, _ in .ok }) { client, _ in
      let bench = try await Bench()
      let lost = Client(
        to: endpoint, security: bench.keys.client("gateway", of: "plans"), in: bench.context, on: bench.loop)
      for _ in 0..<3 {
        let refusal = await refusal(of: lost, ttl: .seconds(30))
        #expect(refusal?.status == .unavailable)
        #expect(refusal?.text.en.contains("cannot be used") == true)
      }
      await lost.close()
      await bench.close()
      #expect(await refusal(of: client) == nil)
    }
  }

  @Test("a body that is too large stays here") func oversize() async throws {
    try await withClient(answer: { _, _ in .ok }) { client, router in
      #expect(await refusal(of: client, Data(count: Limit.body + 1))?.status == .tooLarge)
      #expect(await refusal(of: client, Data(count: Limit.body)) == nil)
      #expect(router.requests.elements.count == 1)
    }
  }

  @Test("more than the queue of a socket holds is sent when there is room") func crowd() async throws {
    try await withClient(answer: { _, _ in .ok }) { client, router in
      let refused = await withTaskGroup(of: Refusal?.self) { group in
        for _ in 0..<5000 { group.addTask { await refusal(of: client, Data(count: 1000), ttl: .seconds(50)) } }
        return await group.reduce(0) { $1 == nil ? $0 : $0 + 1 }
      }
      #expect(refused == 0)
      #expect(router.requests.elements.count == 5000)
    }
  }

  @Test("closing it ends what is under way, and refuses the rest") func close() async throws {
    try await withClient { client, router in
      async let first = refusal(of: client)
      try await router.requests.wait(count: 1)
      await client.close()
      #expect(await first?.status == .outcomeUnknown)
      #expect(await refusal(of: client)?.status == .unavailable)
    }
  }

  @Test("replies that are none of ours are passed over") func strangeReplies() async throws {
    try await withClient { client, router in
      async let outcome = refusal(of: client)
      let request = try await router.requests.first { _ in true }
      var other = request.header
      other.correlation += 1
      await router.send(Frame(ReplyHeader(to: other, status: .ok).bytes), Frame("{}"), to: request)
      other = request.header
      other.key = UUIDv7()
      await router.send(Frame(ReplyHeader(to: other, status: .ok).bytes), Frame("{}"), to: request)
      await router.send(Frame(ReplyHeader(to: request.header, status: .ok).bytes), to: request)
      await router.send(Frame("XSB"), Frame("{}"), to: request)
      await router.send(Frame(request.header.bytes), Frame("{}"), to: request)
      await router.reply(to: request, .invalid)
      #expect(await outcome?.status == .invalid)
    }
  }
}
