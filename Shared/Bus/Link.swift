public import ZeroMQ

/// One connection to a ROUTER: a DEALER that knows whether the other side is there.
///
/// It lives on the loop and is used from there alone: its owner is an actor on the same loop.
public actor Link {
  /// What the owner is told, on the loop.
  public enum Event: Sendable {
    case received(Message)
    /// The handshake succeeded: what is sent now arrives, unless the connection breaks.
    case up
    /// The connection broke: what was sent and not answered may or may not have arrived.
    case down
    /// The other side does not take our key (ZAP 400): it will not be asked again.
    case refused
    /// The handshake fails without a word, again and again: the server's key is not the one that we expect.
    case mistrusted
  }

  private let loop: PollLoop
  private let deliver: @Sendable (Event) -> Void
  private var socket: Socket?
  private var monitor: Monitor?
  private var silentFailures = 0
  /// True from the handshake to the break.
  public private(set) var isUp = false

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// - Parameter deliver: Called on the loop.
  public init(on loop: PollLoop, deliver: @escaping @Sendable (Event) -> Void) {
    self.loop = loop
    self.deliver = deliver
  }

  public func connect(to endpoint: String, security: Security, in context: Context) throws(ZeroMQError) {
    let socket = try Socket.open(.dealer, in: context, security: security)
    let monitor = try Monitor.open(on: socket, in: context, loop: loop) { [weak self] event in
      self?.assumeIsolated { $0.observe(event.kind) }
    }
    do throws(ZeroMQError) {
      try socket.connect(endpoint)
    } catch {
      monitor.close(socket)
      throw error
    }
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.monitor = monitor
    self.socket = consume socket
  }

  /// False when nobody is there to take it, or the queue is full. Nothing is kept: with IMMEDIATE set, no stale request
  /// is delivered to a server that comes back.
  public func send(_ message: Message) -> Bool {
    (try? socket?.send(message)) ?? false
  }

  public func close() {
    guard let socket = socket.take() else { return }
    monitor?.close(socket)
    monitor = nil
    loop.unwatch(socket)
    socket.close()
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      deliver(.received(message))
    }
  }

  private func observe(_ event: Monitor.Event.Kind) {
    switch event {
    case .handshakeSucceeded:
      silentFailures = 0
      isUp = true
      deliver(.up)
    case .disconnected:
      guard isUp else { return }
      isUp = false
      deliver(.down)
    case .handshakeFailed(.refused(code: 400)):
      deliver(.refused)
    case .handshakeFailed(.noDetail), .handshakeFailed(.protocolBroken):
      silentFailures += 1
      if silentFailures == 3 { deliver(.mistrusted) }
    default: break
    }
  }
}
