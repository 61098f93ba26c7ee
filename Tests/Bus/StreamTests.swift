import Bench
import Foundation
import Schema
import Storage
import Synchronization
import Testing

@testable import Bus
@testable import ZeroMQ

/// Publisher and subscriber: whatever the fast path loses, the tables have every event once and in order.
@Suite("A stream", .timeLimit(.minutes(60)))
struct StreamTests {
  private let keys = Keys()
  private let place: Place

  init() throws { place = try Place() }

  private func expectAll(_ reader: Reader, _ count: Int64, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let lines = try await reader.lines()
    #expect(lines.map(\.sequence) == Array(1...count), sourceLocation: sourceLocation)
    #expect(lines.allSatisfy { $0.times == 1 }, sourceLocation: sourceLocation)
  }

  @Test("live events are applied as they are published, without being asked for") func live() async throws {
    let asked = Record<Int>()
    let desk = try await Desk.open(place, keys: keys, register: { $0.countReads(in: asked) })
    let reader = try await Reader.open(place, of: desk)
    // The first is asked for, or comes by the socket: who subscribes late has missed what was said before.
    try await desk.say([1])
    try await reader.reach(1)
    let before = asked.elements.count
    for note in 2...Int64(100) {
      try await desk.say([note])
      try await reader.reach(note)
    }
    try await expectAll(reader, 100)
    #expect(asked.elements.count <= before + 2)
    await reader.close()
    await desk.close()
  }

  @Test("publications that are dropped are asked for", arguments: [3, 1]) func dropped(_ every: Int64) async throws {
    // At 1 every one is dropped: then the head that is told each second shows the hole.
    let desk = try await Desk.open(place, keys: keys, swallowing: { $0.sequence.isMultiple(of: every) })
    let reader = try await Reader.open(place, of: desk)
    try await desk.say([1])
    try await reader.reach(1)
    for note in 2...Int64(50) { try await desk.say([note]) }
    try await reader.reach(50)
    try await expectAll(reader, 50)
    await reader.close()
    await desk.close()
  }

  @Test("without the fast path at all it asks by itself") func cutOff() async throws {
    let desk = try await Desk.open(place, keys: keys)
    let reader = try await Reader.open(place, keys: keys, requests: desk.requests, events: "tcp://127.0.0.1:1")
    try await desk.say([1])
    try await reader.reach(1)
    try await desk.say(2...50)
    try await reader.reach(50)
    try await expectAll(reader, 50)
    await reader.close()
    await desk.close()
  }

  @Test("10,000 events that were said before are caught up with, in order, while more are said")
  func catchUp() async throws {
    let desk = try await Desk.open(place, keys: keys)
    for start in stride(from: Int64(1), to: 10_000, by: 500) { try await desk.say(start..<start + 500) }
    let order = Mutex<[Int64]>([])
    let reader = try await Reader.open(place, of: desk) { event in order.withLock { $0.append(event.data.note) } }
    for start in stride(from: Int64(10_001), to: 11_000, by: 50) { try await desk.say(start..<start + 50) }
    try await reader.reach(11_000)
    try await expectAll(reader, 11_000)
    #expect(order.withLock { $0 } == Array(1...11_000))
    await reader.close()
    await desk.close()
  }

  @Test("an event that fails parks its partition key and no other; when it succeeds the key goes on in order")
  func poison() async throws {
    let isCured = Record<Bool>()
    let order = Record<Int64>()
    let desk = try await Desk.open(place, keys: keys)
    let reader = try await Reader.open(place, of: desk) { event in
      if event.data.note == 3, isCured.elements.isEmpty { throw Broken() }
      order.add(event.data.note)
    }
    try await desk.say((1...12).map { Noted(note: $0, partition: $0 % 3 == 0 ? "sick" : "well") })
    try await reader.reach(12)
    #expect(try await reader.notes() == [1, 2, 4, 5, 7, 8, 10, 11])
    let parked = try await reader.database.parked().items
    #expect(parked.map(\.sequence) == [3, 6, 9, 12])
    #expect(parked.map { $0.reason != nil } == [true, false, false, false])

    isCured.add(true)
    try await reader.database.write { store in try store.hastenParked("plans", 9) }
    reader.subscriber.wake()
    try await order.wait(for: 12)
    #expect(order.elements.filter { $0 % 3 == 0 } == [3, 6, 9, 12])
    try await eventually { try await reader.database.cursor(of: "plans").parked <= 0 }
    try await expectAll(reader, 12)
    await reader.close()
    await desk.close()
  }

  @Test("a parked key is tried again by itself when its time has come") func retry() async throws {
    let attempts = Record<Int64>()
    let desk = try await Desk.open(place, keys: keys)
    let reader = try await Reader.open(place, of: desk) { event in
      guard event.data.note == 1 else { return }
      attempts.add(event.data.note)
      if attempts.elements.count == 1 { throw Broken() }
    }
    try await desk.say([1, 2])
    try await attempts.wait(count: 2)
    try await eventually { try await reader.database.cursor(of: "plans").parked <= 0 }
    try await expectAll(reader, 2)
    await reader.close()
    await desk.close()
  }

  @Test("a poison event outlives a restart, is dropped for a reason, and lets the others go") func drop() async throws {
    let desk = try await Desk.open(place, keys: keys)
    let poison: @Sendable (CloudEvent<Noted>) throws -> Void = { if $0.data.note == 2 { throw Broken() } }
    let first = try await Reader.open(place, of: desk, poison)
    try await desk.say(1...4)
    try await first.reach(4)
    #expect(try await first.notes() == [1])
    await first.close()

    let second = try await Reader.open(place, of: desk, poison)
    try await desk.say([5])
    try await second.reach(5)
    #expect(try await second.database.parked().items.map(\.sequence) == [2, 3, 4, 5])
    try await second.database.write { store in try store.dropParked("plans", 2, reason: "viết sai") }
    second.subscriber.wake()
    try await eventually { try await second.database.cursor(of: "plans").parked <= 0 }
    #expect(try await second.notes() == [1, 3, 4, 5])
    let audits = try await second.database.audits()
    #expect(audits.contains { $0.method == "parked.drop" && $0.note?.contains("viết sai") == true })
    await second.close()
    await desk.close()
  }

  @Test("another store on the same endpoints is read from its start, and gives what a rebuild gives")
  func newEpoch() async throws {
    let old = try await Desk.open(place, "old.sqlite", keys: keys)
    let (requests, events) = (old.requests, old.events)
    let reader = try await Reader.open(place, of: old) { event in if event.data.note == 7 { throw Broken() } }
    try await old.say(1...10)
    try await reader.reach(10)
    #expect(try await reader.database.cursor(of: "plans").parked > 0)
    await old.close()

    let new = try await Desk.open(place, "new.sqlite", keys: keys, requests: requests, events: events)
    try await new.say(101...104)
    try await eventually { try await reader.database.cursor(of: "plans").epoch == new.database.epoch }
    try await reader.reach(4)
    #expect(try await reader.notes() == [101, 102, 103, 104])
    #expect(try await reader.database.cursor(of: "plans").parked == 0)
    #expect(try await reader.database.audits().contains { $0.method == "store.resync" })

    let rebuilt = try await Reader.open(place, "rebuilt.sqlite", of: new)
    try await rebuilt.reach(4)
    #expect(try await rebuilt.lines() == reader.lines())
    await rebuilt.close()
    await reader.close()
    await new.close()
  }

  @Test("a stream that ends before the cursor is an older copy, even under its old epoch") func olderCopy() async throws
  {
    let old = try await Desk.open(place, keys: keys)
    let (requests, events, epoch) = (old.requests, old.events, old.database.epoch)
    try await old.say(1...5)
    await old.close()
    // Both files will be written over with what they hold now, beside the same lock, so that the store itself cannot tell.
    let kept = try ["plans.sqlite", "plans.sqlite.mark"].map { file in
      (path: place.path(file), content: try Data(contentsOf: URL(filePath: place.path(file))))
    }

    let lost = try await Desk.open(place, keys: keys, requests: requests, events: events)
    let reader = try await Reader.open(place, of: lost)
    try await lost.say(6...20)
    try await reader.reach(20)
    await lost.close()
    for (path, content) in kept { try content.write(to: URL(filePath: path)) }
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.path("plans.sqlite" + suffix)) }

    let restored = try await Desk.open(place, keys: keys, requests: requests, events: events)
    try #require(restored.database.epoch == epoch)
    try #require(restored.database.head == 5)
    try await eventually { try await reader.notes() == Array(1...5) }
    try await restored.say([66])
    try await eventually { try await reader.notes() == Array(1...5) + [66] }
    #expect(try await reader.lines().allSatisfy { $0.times == 1 })
    await reader.close()
    await restored.close()
  }

  @Test("the publishing service restarted again and again loses nothing") func publisherRestarts() async throws {
    var desk = try await Desk.open(place, keys: keys)
    let (requests, events) = (desk.requests, desk.events)
    let reader = try await Reader.open(place, of: desk)
    for round in 0..<Int64(5) {
      try await desk.say(round * 20 + 1...round * 20 + 20)
      await desk.close()
      desk = try await Desk.open(place, keys: keys, requests: requests, events: events)
    }
    try await reader.reach(100)
    try await expectAll(reader, 100)
    await reader.close()
    await desk.close()
  }

  @Test("the subscriber's own store closed and opened again in the middle: nothing twice, nothing missing")
  func subscriberRestarts() async throws {
    let desk = try await Desk.open(place, keys: keys)
    let writing = Task { for note in 1...Int64(1500) { try await desk.say([note]) } }
    for stop in stride(from: Int64(100), through: 1400, by: 260) {
      let reader = try await Reader.open(place, of: desk)
      try await reader.reach(stop)
      // Under the subscriber's feet, then all of it.
      await reader.database.close()
      await reader.close()
    }
    try await writing.value
    let reader = try await Reader.open(place, of: desk)
    try await reader.reach(1500)
    try await expectAll(reader, 1500)
    await reader.close()
    await desk.close()
  }

  @Test("a store that cannot take the events asks for them with pauses, however much is published")
  func fullStore() async throws {
    let asked = Record<Int>()
    let desk = try await Desk.open(place, keys: keys, register: { $0.countReads(in: asked) })
    let isFull = Record<Bool>()
    let reader = try await Reader.open(place, of: desk) { event in
      if event.data.note > 1, isFull.elements.isEmpty { throw StorageError(.full, "no room") }
    }
    try await desk.say([1])
    try await reader.reach(1)
    let start = ContinuousClock.now
    for note in 2...Int64(500) { try await desk.say([note]) }
    let pauses = (.now - start) / .milliseconds(50)
    #expect(Double(asked.elements.count) <= pauses + 10)
    #expect(try await reader.database.cursor(of: "plans").parked == 0, "a full disk is nobody's fault")
    isFull.add(false)
    try await reader.reach(500)
    try await expectAll(reader, 500)
    await reader.close()
    await desk.close()
  }

  @Test("publications that are none of XSB are passed over") func strangers() async throws {
    try await withBench(keys: keys) { bench in
      let inlet = Inlet(on: bench.loop)
      let publisher = try await RawPublisher.bind(on: bench)
      try await inlet.connect(
        to: await publisher.endpoint, of: "plans", security: keys.client("notifications", of: "plans"),
        in: bench.context)
      let epoch = UUIDv7()
      let event = Frame(EventHeader(sequence: 1, epoch: epoch).bytes)
      let head = Frame(EventHeader(isHead: true, sequence: 2, epoch: epoch).bytes)
      let topic = Frame("plans/38/15043/note.taken")
      while inlet.head == nil {
        for bad in [[topic], [topic, event], [topic, Frame("XSB"), Frame("{}")], [topic, event, event, event]] {
          await publisher.send(bad)
        }
        await publisher.send([Frame("head/plans"), head, .empty])
        await inlet.wait(atMost: .milliseconds(20))
      }
      #expect(inlet.head?.sequence == 2)
      #expect(inlet.take(after: 0, epoch: epoch) == nil)
      await publisher.close()
      await inlet.close()
    }
  }

  @Test("what has not been looked at is bounded, and a hole in it is a hole") func inletIsBounded() async throws {
    try await withBench(keys: keys) { bench in
      let inlet = Inlet(on: bench.loop)
      let publisher = try await RawPublisher.bind(on: bench)
      try await inlet.connect(
        to: await publisher.endpoint, of: "plans", security: keys.client("notifications", of: "plans"),
        in: bench.context)
      let epoch = UUIDv7()
      let topic = Frame("plans/38/15043/note.taken")
      while inlet.head == nil {
        await publisher.send([
          Frame("head/plans"), Frame(EventHeader(isHead: true, sequence: 1, epoch: epoch).bytes), .empty,
        ])
        await inlet.wait(atMost: .milliseconds(20))
      }
      for sequence in 1...Int64(5000) {
        await publisher.send([topic, Frame(EventHeader(sequence: sequence, epoch: epoch).bytes), Frame("{}")])
        while inlet.head?.sequence != sequence { await inlet.wait(atMost: .milliseconds(20)) }
      }
      #expect(inlet.take(after: 4999, epoch: UUIDv7()) == nil, "of another epoch there is nothing")
      var taken: Int64 = 0
      while let run = inlet.take(after: taken, epoch: epoch) { taken += Int64(run.count) }
      #expect(taken < 2000, "the rest was dropped, and is to be asked for")
      await publisher.close()
      await inlet.close()
    }
  }

  @Test("a wake-up that comes before the wait is not lost; a cancelled wait ends") func wakeUps() async throws {
    try await withBench(keys: keys) { bench in
      let inlet = Inlet(on: bench.loop)
      inlet.wake()
      await inlet.wait(atMost: nil)
      let waiting = Task { await inlet.wait(atMost: nil) }
      waiting.cancel()
      await waiting.value
      for _ in 0..<500 {
        async let wait: Void = inlet.wait(atMost: .seconds(3600))
        inlet.wake()
        await wait
      }
      await inlet.wait(atMost: .milliseconds(1))
      await inlet.close()
      #expect(bench.loop.deadlineCount == 0)
    }
  }
}

extension Handlers<Plans> {
  /// How often the stream was asked for.
  fileprivate mutating func countReads(in asked: Record<Int>) {
    on(ReadEvents<Plans>.self) { [database] request, call throws in
      asked.add(1)
      return try await database.events(epoch: request.epoch, after: request.after, max: request.max)
    }
  }
}
