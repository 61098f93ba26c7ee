import Bus
import Schema
import ZeroMQ

/// A front door that says what it is told to say, whatever it is asked.
actor ScriptedDoor {
  private let script: [Status]
  private var asked = 0
  private var socket: Socket?
  private var authenticator: Authenticator?

  nonisolated var unownedExecutor: UnownedSerialExecutor { House.loop.asUnownedSerialExecutor() }

  /// - Parameter script: An answer for each attempt; the last one goes on.
  init(_ script: [Status]) { self.script = script }

  /// - Returns: A client of it.
  func open() async throws -> Client {
    let (server, client) = (CurveKeys.generate(), CurveKeys.generate())
    authenticator = try await Authenticator.start(in: House.context, on: House.loop) { _ in .admit }
    let security = Security.server(keys: server, domain: "xaso")
    let socket = try Socket.open(.router, in: House.context, security: security)
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    House.loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.answer() } })
    self.socket = consume socket
    return Client(
      to: endpoint, security: .client(keys: client, server: server.publicKey), in: House.context, on: House.loop)
  }

  func close() async {
    if let socket = socket.take() {
      House.loop.unwatch(socket)
      socket.close()
    }
    await authenticator?.close()
  }

  private func answer() {
    while let message = try? socket?.receive(), let header = try? RequestHeader(message[1].bytes) {
      let status = script[min(asked, script.count - 1)]
      asked += 1
      let reply = ReplyHeader(to: header, status: status)
      let body = Frame(Codec.encode(RefusalBody(Refusal(status))))
      _ = try? socket?.send([message[0], Frame(reply.bytes), body])
    }
  }
}
