import Synchronization

/// What happened, in order, written by the loop and awaited by a test: an event instead of a sleep.
final class Record<Element: Sendable>: Sendable {
  private struct Waiter {
    let condition: @Sendable ([Element]) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }
  private struct State {
    var elements: [Element] = []
    var waiters: [Waiter] = []
  }
  private let state = Mutex(State())

  var elements: [Element] { state.withLock { $0.elements } }

  func add(_ element: Element) {
    let met = state.withLock { state in
      state.elements.append(element)
      let elements = state.elements
      let met = state.waiters.filter { $0.condition(elements) }
      state.waiters.removeAll { $0.condition(elements) }
      return met
    }
    for waiter in met { waiter.continuation.resume() }
  }

  func wait(until condition: @escaping @Sendable ([Element]) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isMet = state.withLock { state in
        if condition(state.elements) { return true }
        state.waiters.append(Waiter(condition: condition, continuation: continuation))
        return false
      }
      if isMet { continuation.resume() }
    }
  }
}

extension Record where Element: Equatable {
  func wait(for element: Element) async { await wait { $0.contains(element) } }
}
