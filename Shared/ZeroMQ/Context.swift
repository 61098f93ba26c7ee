import CZeroMQ
import Glibc
import Synchronization

/// The one ZeroMQ context of a process: it owns the I/O thread and the inproc endpoints.
///
/// It is safe from any thread. Every `Socket` keeps its context alive. Close all sockets, each on its own thread, and then
/// call `terminate()`.
public final class Context: Sendable {
  /// libzmq promises that a context may be used from any thread.
  private nonisolated(unsafe) let raw: UnsafeMutableRawPointer
  private let isOpen = Mutex(true)
  private let outcome = Mutex<Bool?>(nil)

  /// A context with one I/O thread.
  ///
  /// - Parameter maxSockets: how many sockets may be open at once. A monitor takes two.
  public init(maxSockets: Int32 = 1023) {
    guard let raw = zmq_ctx_new() else { preconditionFailure(ZeroMQError.last("zmq_ctx_new").description) }
    self.raw = raw
    zmq_ctx_set(raw, ZMQ_BLOCKY, 0)
    zmq_ctx_set(raw, ZMQ_IO_THREADS, 1)
    zmq_ctx_set(raw, ZMQ_MAX_SOCKETS, maxSockets)
  }

  deinit { terminate() }

  /// Opens a raw socket. The lock keeps `terminate()` from freeing the context in the meantime.
  func open(_ type: Int32) throws(ZeroMQError) -> UnsafeMutableRawPointer {
    let opened: UInt? = isOpen.withLock { isOpen in isOpen ? UInt(bitPattern: zmq_socket(raw, type)) : nil }
    guard let opened else { throw ZeroMQError(call: "zmq_socket", code: czmq_eterm) }
    guard let socket = UnsafeMutableRawPointer(bitPattern: opened) else { throw .last("zmq_socket") }
    return socket
  }

  /// Ends the context. It closes nothing itself: a socket that is still open sees `isTermination`, and should close.
  ///
  /// It blocks the calling thread, so call it where a process ends. Later calls repeat the first answer.
  ///
  /// - Parameter limit: how long to wait for sockets that are still open. The wait has been seen to hang in libzmq itself:
  ///   after `false`, leave the process with `_exit`.
  /// - Returns: whether it ended in time.
  @discardableResult
  public func terminate(within limit: Duration = .seconds(2)) -> Bool {
    outcome.withLock { outcome in
      if let outcome { return outcome }
      isOpen.withLock { $0 = false }
      let ended = terminated(within: limit)
      outcome = ended
      return ended
    }
  }

  private func terminated(within limit: Duration) -> Bool {
    let signal = eventfd(0, CInt(EFD_CLOEXEC))
    precondition(signal >= 0, "eventfd: \(String(cString: strerror(errno)))")
    nonisolated(unsafe) let raw = raw
    Thread.start(named: "zmq-term") {
      while zmq_ctx_term(raw) != 0, zmq_errno() == EINTR {}
      eventfd_write(signal, 1)
    }
    let end = PollLoop.now() + limit.nanoseconds
    var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
    while true {
      let now = PollLoop.now()
      let ready = poll(&descriptor, 1, end > now ? Int32(clamping: (end - now) / 1_000_000 + 1) : 0)
      if ready < 0, errno == EINTR { continue }
      // On a time-out the descriptor stays open: the thread may still write to it.
      if ready > 0 { close(signal) }
      return ready > 0
    }
  }
}
