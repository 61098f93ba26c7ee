import Storage
import Synchronization

/// Where commits are told, from the moment that somebody listens: the store is open before anything is served.
final class Feed: Sendable {
  private let listener = Mutex<(@Sendable ([OutboxRow]) -> Void)?>(nil)

  func open(_ listener: @escaping @Sendable ([OutboxRow]) -> Void) {
    self.listener.withLock { $0 = listener }
  }

  func commit(_ rows: [OutboxRow]) {
    listener.withLock { $0 }?(rows)
  }
}
