import Synchronization
public import ZeroMQ

/// A sequence that only rises, and those who wait for it: the head of a stream, or how far a subscriber has read.
public final class Watermark: Sendable {
  private struct State {
    var value: Int64
    var finished = false
    var lastWaiter: UInt64 = 0
    var waiters: [UInt64: Waiter] = [:]
  }

  private struct Waiter {
    let goal: Int64
    let continuation: CheckedContinuation<Void, Never>
    let limit: Deadline
  }

  private let state: Mutex<State>
  private let loop: PollLoop

  public init(_ value: Int64, on loop: PollLoop) {
    state = Mutex(State(value: value))
    self.loop = loop
  }

  public var value: Int64 { state.withLock { $0.value } }

  public var isFinished: Bool { state.withLock { $0.finished } }

  public func rise(to value: Int64) { set { $0.value = max($0.value, value) } }

  /// Starts again from a lower value: the stream is another one now.
  public func reset(to value: Int64) { set { $0.value = value } }

  /// Lets all who wait go, now and from here on.
  public func finish() { set { $0.finished = true } }

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Returns when the goal is reached, when the time is up, or when there is nothing to wait for any more.
  public func wait(for goal: Int64, atMost limit: Duration) async {
    await withCheckedContinuation { continuation in
      let registered = state.withLock { state in
        guard state.value < goal, !state.finished, limit > .zero else { return false }
        state.lastWaiter += 1
        let deadline = loop.after(limit) { [weak self, id = state.lastWaiter] in
          self?.state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume()
        }
        state.waiters[state.lastWaiter] = Waiter(goal: goal, continuation: continuation, limit: deadline)
        return true
      }
      if !registered { continuation.resume() }
    }
  }

  private func set(_ change: (inout State) -> Void) {
    let ready = state.withLock { state in
      change(&state)
      let ready = state.waiters.filter { state.finished || $0.value.goal <= state.value }
      for waiter in ready.keys { state.waiters.removeValue(forKey: waiter) }
      return Array(ready.values)
    }
    for waiter in ready {
      loop.cancel(waiter.limit)
      waiter.continuation.resume()
    }
  }
}
