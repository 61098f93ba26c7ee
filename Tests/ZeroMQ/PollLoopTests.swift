import Glibc
import Synchronization
import Testing
import ZeroMQ

@Suite("A poll loop", .timeLimit(.minutes(60)))
struct PollLoopTests {
  @Test("runs its actors on its own thread, and their deinit too")
  func isolation() async throws {
    try await withBench { _, loop in
      let ended = Record<Bool>()
      do {
        let guest = Guest(loop, ended)
        #expect(await guest.isOnLoop())
        #expect(!loop.isCurrent)
      }
      await ended.wait(for: true)
    }
  }

  @Test("gives each of many callers its own answer", arguments: ["inproc://many", "ipc://@xaso-many-\(getpid())"])
  func manyCallers(endpoint: String) async throws {
    try await withBench { context, loop in
      let answerer = try await Answerer.bind(endpoint, in: context, on: loop)
      let asker = try await Asker.connect(endpoint, in: context, on: loop)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<1000 {
          group.addTask {
            let question = Frame("question \(number)")
            let answer = try await asker.ask([question])
            #expect(answer == [.empty, question])
          }
        }
        try await group.waitForAll()
      }
      #expect(await asker.remembered == 0)
      await asker.close()
      await answerer.close()
    }
  }

  @Test("2,000 questions, half of them cancelled, leave nothing behind")
  func cancellation() async throws {
    try await withBench { context, loop in
      let answerer = try await Answerer.bind("inproc://cancel", in: context, on: loop)
      let asker = try await Asker.connect("inproc://cancel", in: context, on: loop)
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<2000 {
          group.addTask {
            let question = Frame("\(number)")
            let task = Task { try await asker.ask([question]) }
            if number % 4 == 0 { task.cancel() }
            if number % 4 == 1 {
              await Task.yield()
              task.cancel()
            }
            switch await task.result {
            case .success(let answer): #expect(answer == [.empty, question])
            case .failure(let error): #expect(number % 4 < 2 && error as? Asker.Failure == .cancelled)
            }
          }
        }
      }
      #expect(await asker.remembered == 0)
      await asker.close()
      await answerer.close()
    }
  }

  @Test("a flood of closures that post themselves starves neither sockets nor deadlines")
  func fairness() async throws {
    try await withBench { context, loop in
      let isOver = Flag()
      for _ in 0..<1000 { flood(loop, until: isOver) }
      let answerer = try await Answerer.bind("inproc://fair", in: context, on: loop)
      let asker = try await Asker.connect("inproc://fair", in: context, on: loop)
      for number in 0..<100 {
        let answer = try await asker.ask([Frame("\(number)")])
        #expect(answer.last?.text == "\(number)")
      }
      let fired = Record<Bool>()
      _ = loop.after(.milliseconds(5)) { fired.add(true) }
      await fired.wait(for: true)
      isOver.value.store(true, ordering: .relaxed)
      await asker.close()
      await answerer.close()
    }
  }

  @Test("deadlines fire in the order of their instants, on the loop, and not early")
  func deadlines() async throws {
    try await withBench { _, loop in
      let fired = Record<Int>()
      let start = PollLoop.now()
      for delay in [40, 10, 30, 20, 0] {
        _ = loop.after(.milliseconds(delay)) {
          #expect(loop.isCurrent)
          #expect(PollLoop.now() - start >= UInt64(delay) * 1_000_000)
          fired.add(delay)
        }
      }
      await fired.wait { $0.count == 5 }
      #expect(fired.elements == [0, 10, 20, 30, 40])
    }
  }

  @Test("a deadline may cancel the next one, due at the same time")
  func cancelInDeadline() async throws {
    try await withBench { _, loop in
      let fired = Record<Int>()
      let second = Slot<Deadline>()
      loop.perform {
        _ = loop.after(.zero) {
          fired.add(1)
          if let deadline = second.value.withLock({ $0 }) { loop.cancel(deadline) }
        }
        let deadline = loop.after(.zero) { fired.add(2) }
        second.value.withLock { $0 = deadline }
        _ = loop.after(.milliseconds(1)) { fired.add(3) }
      }
      await fired.wait { $0.contains(3) }
      #expect(fired.elements == [1, 3])
    }
  }

  @Test("what is posted after the stop still runs, one at a time, on a thread of the loop")
  func afterStop() async throws {
    let loop = PollLoop(name: "late")
    let ended = Record<Bool>()
    let done = Record<Int>()
    do {
      let guest = Guest(loop, ended)
      loop.perform { done.add(1) }
      loop.stop()
      await done.wait { !$0.isEmpty }
      for number in 2...100 {
        #expect(await guest.isOnLoop())
        loop.perform { done.add(number) }
      }
      await done.wait { $0.count == 100 }
      #expect(done.elements == Array(1...100))
    }
    await ended.wait(for: true)
  }

  @Test("a stopped loop lets go of its deadlines, and takes no more")
  func deadlinesAfterStop() async throws {
    let loop = PollLoop(name: "late")
    let ended = Record<Bool>()
    do {
      let guest = Guest(loop, ended)
      _ = loop.after(.seconds(3600)) { withExtendedLifetime(guest) {} }
      loop.stop()
      _ = loop.after(.zero) { withExtendedLifetime(guest) { _ = Issue.record("fired after the stop") } }
    }
    await ended.wait(for: true)
  }

  @Test("a socket can still be closed after the stop")
  func closeAfterStop() async throws {
    let context = Context()
    let loop = PollLoop(name: "late")
    let answerer = try await Answerer.bind("inproc://late", in: context, on: loop)
    loop.stop()
    await answerer.close()
    #expect(context.terminate())
  }

  @Test("no handler of a socket runs once it is unwatched, not even in the same turn")
  func unwatch() async throws {
    try await withBench { context, loop in
      let twins = Twins(loop)
      try await twins.start(in: context)
      await twins.told.wait { !$0.isEmpty }
      await twins.turn()
      #expect(twins.told.elements.count == 1)
    }
  }

  @Test("sockets of an ended context are told once, and the loop does not spin")
  func endedContext() async throws {
    let context = Context()
    let loop = PollLoop(name: "ended")
    let mourner = Mourner(loop)
    try await mourner.start(in: context)
    // The loop goes on watching a socket that its owner does not close at once.
    #expect(!context.terminate(within: .milliseconds(50)))
    #expect(mourner.errors.elements.count == 1)
    #expect(mourner.errors.elements.first?.isTermination == true)
    #expect(throws: ZeroMQError.self) { try Socket.open(.pair, in: context).close() }
    await mourner.close()
    loop.stop()
  }

  private func flood(_ loop: PollLoop, until isOver: Flag) {
    loop.perform { if !isOver.value.load(ordering: .relaxed) { flood(loop, until: isOver) } }
  }
}

private final class Flag: Sendable { let value = Atomic(false) }

private final class Slot<Value: Sendable>: Sendable { let value = Mutex<Value?>(nil) }
