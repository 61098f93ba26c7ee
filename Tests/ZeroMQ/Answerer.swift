import ZeroMQ

/// A ROUTER that answers each question with the same frames, after the key of who asked.
actor Answerer {
  private let loop: PollLoop
  private var socket: Socket?
  private var monitor: Monitor?
  private(set) var served = 0
  private(set) var endpoint = ""
  nonisolated let events = Record<Monitor.Event.Kind>()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  static func bind(
    _ endpoint: String, in context: Context, on loop: PollLoop, security: Security = .none
  ) async throws -> Answerer {
    let answerer = Answerer(loop: loop)
    try await answerer.start(endpoint, context, security)
    return answerer
  }

  private init(loop: PollLoop) { self.loop = loop }

  private func start(_ endpoint: String, _ context: Context, _ security: Security) throws {
    let socket = try Socket.open(.router, in: context, security: security)
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [events] in events.add($0.kind) }
    self.endpoint = try socket.bind(endpoint)
    loop.watch(socket) { [weak self] in self?.assumeIsolated { $0.readable() } }
    self.socket = consume socket
  }

  func close() {
    guard let socket = socket.take() else { return }
    monitor?.close(socket)
    monitor = nil
    loop.unwatch(socket)
    socket.close()
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      guard message.count >= 2 else { continue }
      served += 1
      let user = Frame(message[1].property("User-Id") ?? "")
      _ = try? socket?.send([message[0], message[1], user] + message.dropFirst(2))
    }
  }
}
