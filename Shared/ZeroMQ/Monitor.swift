import CZeroMQ
import Synchronization

/// Tells what happens on the connections of one socket: above all, why nobody answers.
///
/// Open and close it on the loop, beside the socket. It need not be held: it lives until `close(_:)`, or until the socket closes.
public actor Monitor {
  private static let eventsPerTurn = 64
  private static let count = Atomic<UInt64>(0)

  private let loop: PollLoop
  private let handler: @Sendable (Event) -> Void
  private var pair: Socket?

  /// The loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Starts telling. Loop only. A socket has one monitor; a second one ends the first.
  ///
  /// - Parameters:
  ///   - socket: the socket, before it connects or binds, or its first events are missed.
  ///   - context: the socket's context.
  ///   - loop: the loop that watches the socket.
  ///   - handler: runs on the loop.
  @discardableResult
  public static func open(
    on socket: borrowing Socket, in context: Context, loop: PollLoop, _ handler: @escaping @Sendable (Event) -> Void
  ) throws(ZeroMQError) -> Monitor {
    loop.checkIsolated()
    let endpoint = "inproc://monitor-\(count.add(1, ordering: .relaxed).newValue)"
    // libzmq writes events from its I/O thread, blocking: that thread must never wait for this one.
    var options = SocketOptions()
    options.receiveHighWater = 0
    let pair = try Socket.open(.pair, in: context, options: options)
    guard zmq_socket_monitor(socket.raw, endpoint, ZMQ_EVENT_ALL) == 0 else { throw .last("zmq_socket_monitor") }
    do throws(ZeroMQError) {
      try pair.connect(endpoint)
    } catch {
      zmq_socket_monitor(socket.raw, nil, 0)
      throw error
    }
    let monitor = Monitor(pair: pair, loop: loop, handler: handler)
    monitor.assumeIsolated { $0.start() }
    return monitor
  }

  private init(pair: consuming Socket, loop: PollLoop, handler: @escaping @Sendable (Event) -> Void) {
    self.pair = consume pair
    self.loop = loop
    self.handler = handler
  }

  /// Ends it. Loop only. `socket` is the one it was opened on, still open: libzmq has to let go first, since it would wait for
  /// ever to write an event that nobody reads.
  public nonisolated func close(_ socket: borrowing Socket) {
    loop.checkIsolated()
    zmq_socket_monitor(socket.raw, nil, 0)
    assumeIsolated { $0.end() }
  }

  private func start() {
    guard let pair = pair.take() else { return }
    // Strong: the pair must be read for as long as libzmq writes to it. `end` breaks the cycle.
    loop.watch(pair) { self.assumeIsolated { $0.readable() } }
    self.pair = consume pair
  }

  private func readable() {
    do throws(ZeroMQError) {
      for _ in 0..<Self.eventsPerTurn {
        guard let message = try pair?.receive() else { return }
        guard let event = Event(message) else { continue }
        if event.kind == .stopped { return end() }
        handler(event)
      }
    } catch {
      end()
    }
  }

  private func end() {
    guard let pair = pair.take() else { return }
    loop.unwatch(pair)
    pair.close()
  }
}
