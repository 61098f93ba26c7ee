import Synchronization

/// What happened, in order, written from anywhere and awaited by a test: an event instead of a sleep.
public final class Record<Element: Sendable>: Sendable {
  private struct Waiter {
    let condition: @Sendable ([Element]) -> Bool
    let continuation: CheckedContinuation<Void, any Error>
  }
  private struct State {
    var elements: [Element] = []
    var waiters: [Int: Waiter] = [:]
    var lastWaiter = 0
  }
  private let state = Mutex(State())

  public init() {}

  public var elements: [Element] { state.withLock { $0.elements } }

  public func add(_ element: Element) {
    let met = state.withLock { state in
      state.elements.append(element)
      let elements = state.elements
      let met = state.waiters.filter { $1.condition(elements) }
      for id in met.keys { state.waiters.removeValue(forKey: id) }
      return met.values.map(\.continuation)
    }
    for continuation in met { continuation.resume() }
  }

  /// Returns when the condition holds; throws when the test is out of time.
  public func wait(until condition: @escaping @Sendable ([Element]) -> Bool) async throws {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isMet = state.withLock { state in
          if condition(state.elements) || Task.isCancelled { return true }
          state.waiters[id] = Waiter(condition: condition, continuation: continuation)
          return false
        }
        if isMet { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
    }
    try Task.checkCancellation()
  }

  /// The first that is meant, when it is there.
  public func first(where isMeant: @escaping @Sendable (Element) -> Bool) async throws -> Element {
    try await wait { $0.contains(where: isMeant) }
    guard let element = elements.first(where: isMeant) else { throw CancellationError() }
    return element
  }

  /// Returns when there are so many.
  public func wait(count: Int) async throws { try await wait { $0.count >= count } }
}

extension Record where Element: Equatable {
  public func wait(for element: Element) async throws { try await wait { $0.contains(element) } }
}
