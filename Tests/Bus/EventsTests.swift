import Bench
import FoundationEssentials
import Schema
import Storage
import Testing

@testable import Bus

/// `events`: a part of the stream, or the wait for one.
@Suite("A long poll", .timeLimit(.minutes(60)))
struct EventsTests {
  private func withDesk(_ body: (Desk, RawDealer) async throws -> Void) async throws {
    let keys = Keys()
    let place = try Place()
    try await withBench(keys: keys) { bench in
      let desk = try await Desk.open(place, keys: keys)
      let gateway = try await desk.gateway(on: bench)
      try await body(desk, gateway)
      await gateway.close()
      await desk.close()
    }
  }

  private func ask(
    _ gateway: RawDealer, _ request: ReadEvents<Plans>, in unit: Unit = "38/15043", ttl: UInt32 = 30_000
  ) async throws -> RawReply {
    let home = unit.commune == nil ? Who.province : "may \(unit) - subscriber"
    return try await gateway.ask(
      "plans.events \(unit)", by: home, Codec.encode(request), header: .sample(ttl: ttl))
  }

  private func notes(_ batch: EventBatch) throws -> [Int64] {
    try batch.events.map { try Codec.decode(CloudEvent<Noted>.self, from: $0).data.note }
  }

  @Test("what is there is answered at once, byte for byte as it is stored") func atOnce() async throws {
    try await withDesk { desk, gateway in
      try await desk.say(1...3)
      let reply = try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(1), waitms: 30_000))
      let batch = try EventBatch(json: reply.body)
      #expect(try notes(batch) == [2, 3])
      #expect((batch.through, batch.head) == (3, 3))
      #expect(batch.epoch == desk.database.epoch)
      let stored: [Data] = try await desk.database.read { store in
        try store.rows("SELECT event FROM outbox WHERE seq > 1 ORDER BY seq").map { row in try row["event"] }
      }
      #expect(batch.events.map { Data($0) } == stored)
    }
  }

  @Test("nothing there and no wish to wait is answered at once too") func noWait() async throws {
    try await withDesk { _, gateway in
      let batch = try EventBatch(json: try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(0))).body)
      #expect(batch.events.isEmpty)
      #expect((batch.through, batch.head) == (0, 0))
    }
  }

  @Test(
    "it ends when its time is up: its own, or what is left of the caller's", arguments: [(100, 30_000), (30_000, 500)])
  func timeUp(_ waitms: Int, _ ttl: UInt32) async throws {
    try await withDesk { _, gateway in
      let start = ContinuousClock.now
      let reply = try await ask(gateway, ReadEvents(epoch: nil, after: .now, waitms: waitms), ttl: ttl)
      #expect(reply.status == .ok)
      #expect(try EventBatch(json: reply.body).events.isEmpty)
      #expect(.now - start >= .milliseconds(100))
    }
  }

  @Test("a commit in its subtree wakes it, those of others do not end it", arguments: ["38/15043", "38"] as [Unit])
  func woken(_ unit: Unit) async throws {
    try await withDesk { desk, gateway in
      let request = ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000)
      let home = unit.commune == nil ? Who.province : Who.follower
      let header = await gateway.begin("plans.events \(unit)", by: home, Codec.encode(request))
      try await eventually { desk.tail.waiting != 0 }
      for note in 1...Int64(20) {
        try await desk.say([Noted(unit: unit.commune == nil ? "40/17000" : "38/15046", note: note)])
      }
      #expect(gateway.received.elements.isEmpty)
      try await desk.say([Noted(unit: "38/15043", note: 21)])
      let batch = try EventBatch(json: try await gateway.reply(to: header).body)
      #expect(try notes(batch) == [21])
      #expect((batch.through, batch.head) == (21, 21))
    }
  }

  @Test("what a commune keeps to itself neither wakes its province nor is told to it") func kept() async throws {
    try await withDesk { desk, gateway in
      let request = ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000)
      let above = await gateway.begin("plans.events 38", by: Who.province, Codec.encode(request))
      let home = await gateway.begin("plans.events 38/15043", by: Who.follower, Codec.encode(request))
      try await eventually { desk.tail.waiting == 2 }
      try await desk.say([Noted(unit: "38/15043", note: 1, isInternal: true)])
      #expect(try notes(EventBatch(json: try await gateway.reply(to: home).body)) == [1])
      #expect(desk.tail.waiting == 1)
      try await desk.say([Noted(unit: "38/15043", note: 2)])
      let batch = try EventBatch(json: try await gateway.reply(to: above).body)
      #expect(try notes(batch) == [2] && batch.through == 2)
    }
  }

  @Test("of others' events it tells how far it has looked, so that there is no hole") func filtered() async throws {
    try await withDesk { desk, gateway in
      try await desk.say([
        Noted(unit: "38/15043", note: 1), Noted(unit: "38/15046", note: 2), Noted(unit: "40/17000", note: 3),
        Noted(unit: "38", note: 4),
      ])
      let commune = try EventBatch(json: try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(0))).body)
      #expect(try notes(commune) == [1])
      #expect(commune.through == 4)
      let province = try EventBatch(
        json: try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(0)), in: "38").body)
      #expect(try notes(province) == [1, 2, 4])
    }
  }

  @Test("it is answered empty when the service stops") func drain() async throws {
    try await withDesk { desk, gateway in
      let request = ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000)
      let headers = await withTaskGroup(of: RequestHeader.self, returning: [RequestHeader].self) { group in
        for _ in 0..<50 {
          group.addTask { await gateway.begin("plans.events 38/15043", by: Who.follower, Codec.encode(request)) }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      try await eventually { desk.tail.waiting >= 50 }
      desk.tail.finish()
      await desk.responder.drain()
      for header in headers {
        let reply = try await gateway.reply(to: header)
        #expect(reply.status == .ok)
        #expect(try EventBatch(json: reply.body).events.isEmpty)
      }
    }
  }

  @Test("from now on means from now on") func now() async throws {
    try await withDesk { desk, gateway in
      try await desk.say(1...5)
      let request = ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000)
      let header = await gateway.begin("plans.events 38/15043", by: Who.follower, Codec.encode(request))
      try await eventually { desk.tail.waiting != 0 }
      try await desk.say([6])
      #expect(try notes(EventBatch(json: try await gateway.reply(to: header).body)) == [6])
    }
  }

  @Test("parts keep to what was asked for, and to the size of a message; together they are the stream")
  func parts() async throws {
    try await withDesk { desk, gateway in
      try await desk.say((1...40).map { Noted(note: $0, padding: String(repeating: "x", count: 40_000)) })
      for (max, most) in [(1, 1), (3, 3), (0, 1), (-5, 1), (Int.max, 5)] {
        var (after, all): (Int64, [Int64]) = (0, [])
        while after < 40 {
          let reply = try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(after), max: max))
          let batch = try EventBatch(json: reply.body)
          #expect((1...most).contains(batch.events.count))
          #expect(reply.body.count <= Limit.body)
          #expect(batch.through > after)
          all += try notes(batch)
          after = batch.through
        }
        #expect(all == Array(1...40))
      }
      try await desk.say((41...700).map { Noted(note: $0) })
      let batch = try EventBatch(
        json: try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(40), max: 10_000)).body)
      #expect((400...500).contains(batch.events.count))
    }
  }

  @Test("another epoch, or a position beyond the head, is answered 410: read from the start") func gone() async throws {
    try await withDesk { desk, gateway in
      try await desk.say(1...3)
      let own = desk.database.epoch
      for (epoch, after) in [(UUIDv7(), 0), (UUIDv7(), 3), (own, 4), (nil, 4)] as [(UUIDv7?, Int64)] {
        let reply = try await ask(gateway, ReadEvents(epoch: epoch, after: .sequence(after), waitms: 30_000))
        #expect(reply.status == .gone)
        #expect(reply.status.retry == .resync)
      }
      let reply = try await ask(gateway, ReadEvents(epoch: own, after: .sequence(3)))
      #expect(reply.status == .ok)
    }
  }

  @Test("no event is missed by many readers that poll while many write") func storm() async throws {
    try await withDesk { desk, gateway in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            var (after, all): (Int64, [Int64]) = (0, [])
            while all.count < 200 {
              let reply = try await ask(gateway, ReadEvents(epoch: nil, after: .sequence(after), waitms: 30_000))
              let batch = try EventBatch(json: reply.body)
              all += try notes(batch)
              after = batch.through
            }
            #expect(all.sorted() == Array(1...200))
          }
        }
        for writer in 0..<4 {
          group.addTask { for step in 1...Int64(50) { try await desk.say([Int64(writer) * 50 + step]) } }
        }
        try await group.waitForAll()
      }
      #expect(desk.tail.waiting == 0)
    }
  }
}
