import ZeroMQ

/// Watches a socket, notes its errors, and is slow to close it.
actor Mourner {
  private let loop: PollLoop
  private var socket: Socket?
  nonisolated let errors = Record<ZeroMQError>()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ loop: PollLoop) { self.loop = loop }

  func start(in context: Context) throws {
    let socket = try Socket.open(.dealer, in: context)
    loop.watch(socket) { [weak self] in self?.assumeIsolated { $0.readable() } }
    self.socket = consume socket
  }

  func close() { socket = nil }

  private func readable() {
    do throws(ZeroMQError) { _ = try socket?.receive() } catch { errors.add(error) }
  }
}
