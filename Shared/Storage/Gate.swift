import Synchronization

/// Counts who is inside, lets nobody in once it is closed, and tells when the last one has left.
final class Gate: Sendable {
  private struct State {
    var inside = 0
    var isClosed = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// False once the gate is closed.
  func enter() -> Bool {
    state.withLock { state in
      if !state.isClosed { state.inside += 1 }
      return !state.isClosed
    }
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  func leave() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.inside -= 1
      return state.inside == 0 ? state.waiting.take() : nil
    }
    waiting?.resume()
  }

  /// False when it was closed before.
  func close() -> Bool {
    state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
  }

  /// Returns when nobody is inside. For the one that closed it.
  func emptied() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if state.inside > 0 { state.waiting = continuation }
        return state.inside == 0
      }
      if isEmpty { continuation.resume() }
    }
  }
}
