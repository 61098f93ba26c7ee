import Bench
import Testing

@testable import Bus
@testable import ZeroMQ

@Suite("A watermark", .timeLimit(.minutes(60)))
struct WatermarkTests {
  private let loop = PollLoop(name: "test")

  @Test("what is reached already is not waited for") func reached() async {
    let mark = Watermark(5, on: loop)
    await mark.wait(for: 5, atMost: .seconds(3600))
    #expect(mark.value == 5)
  }

  @Test("each waiter goes at its own goal, and not before") func goals() async throws {
    let mark = Watermark(0, on: loop)
    let gone = Record<Int64>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for goal in 1...Int64(500) {
        group.addTask {
          await mark.wait(for: goal, atMost: .seconds(3600))
          #expect(mark.value >= goal)
          gone.add(goal)
        }
      }
      group.addTask { try await gone.wait(count: 500) }
      for value in stride(from: Int64(7), through: 500, by: 7) {
        mark.rise(to: value)
        try await gone.wait { Set($0).isSuperset(of: 1...value) }
      }
      #expect(gone.elements.allSatisfy { $0 <= 497 })
      mark.rise(to: 500)
      try await group.waitForAll()
    }
    #expect(mark.waiting == 0)
  }

  @Test("it never falls by itself") func neverFalls() {
    let mark = Watermark(9, on: loop)
    mark.rise(to: 3)
    #expect(mark.value == 9)
  }

  @Test("who waits in vain goes when the time is up") func timeout() async {
    let mark = Watermark(0, on: loop)
    let start = ContinuousClock.now
    await mark.wait(for: 1, atMost: .milliseconds(50))
    #expect(.now - start >= .milliseconds(50))
    await mark.wait(for: 1, atMost: .zero)
    await mark.wait(for: 1, atMost: .seconds(-1))
    #expect(mark.waiting == 0)
  }

  @Test("time-outs and rises at the same moment let each waiter go once") func race() async {
    let mark = Watermark(0, on: loop)
    for value in 1...Int64(300) {
      async let waits: Void = mark.wait(for: value, atMost: .microseconds(value % 50))
      mark.rise(to: value)
      await waits
    }
    #expect(mark.waiting == 0)
  }

  @Test("after a reset the goal is waited for anew") func reset() async throws {
    let mark = Watermark(10, on: loop)
    mark.reset(to: 0)
    let gone = Record<Int64>()
    async let waits: Void = {
      await mark.wait(for: 10, atMost: .seconds(3600))
      gone.add(mark.value)
    }()
    mark.rise(to: 9)
    #expect(gone.elements.isEmpty)
    mark.rise(to: 11)
    await waits
    #expect(gone.elements == [11])
  }

  @Test("a finished one lets all go, now and later") func finish() async {
    let mark = Watermark(0, on: loop)
    await withTaskGroup(of: Void.self) { group in
      for goal in 1...Int64(100) { group.addTask { await mark.wait(for: goal, atMost: .seconds(3600)) } }
      mark.finish()
      await group.waitForAll()
    }
    await mark.wait(for: 1, atMost: .seconds(3600))
    #expect(mark.isFinished)
    #expect(mark.waiting == 0)
  }

  @Test("what was waited for leaves no timer behind") func timers() async throws {
    let mark = Watermark(0, on: loop)
    for value in 1...Int64(100) {
      async let waits: Void = mark.wait(for: value, atMost: .seconds(3600))
      try await eventually { mark.waiting == 1 }
      mark.rise(to: value)
      await waits
    }
    #expect(loop.deadlineCount == 0, "they would pile up for an hour")
  }
}
