import CZeroMQ
import Glibc

/// Starting a thread of the system, for what must not block a thread of Swift's pool.
enum Thread {
  private final class Start {
    let name: String
    let body: @Sendable () -> Void
    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Runs `body` on a detached thread. Linux shows the first 15 bytes of `name`.
  static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    let status = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        czmq_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    precondition(status == 0, "pthread_create: \(String(cString: strerror(status)))")
    pthread_detach(handle)
  }
}
