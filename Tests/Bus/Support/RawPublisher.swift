import Bench
import Bus
import ZeroMQ

/// A PUB that sends whatever frames it is given.
actor RawPublisher {
  private let loop: PollLoop
  private var socket: Socket?
  private(set) var endpoint = ""

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  static func bind(as name: String = "plans", on bench: Bench) async throws -> RawPublisher {
    let publisher = RawPublisher(bench.loop)
    try await publisher.open(bench.keys.server(name), bench.context)
    return publisher
  }

  private init(_ loop: PollLoop) { self.loop = loop }

  private func open(_ security: Security, _ context: Context) throws {
    let socket = try Socket.open(.publisher, in: context, security: security)
    endpoint = try socket.bind("tcp://127.0.0.1:*")
    self.socket = consume socket
  }

  func send(_ message: Message) { _ = try? socket?.send(message) }

  func close() { socket.take()?.close() }
}
