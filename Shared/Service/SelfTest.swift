public import ZeroMQ

/// Asks to be let in with a key that nobody knows, and is content only when it is refused.
///
/// libzmq fails open: with an empty ZAP domain, or without enforcing it, a server accepts every key. A process that would do
/// so does not serve.
public actor SelfTest {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private let loop: PollLoop
  private var socket: Socket?
  private var monitor: Monitor?
  private var verdict: CheckedContinuation<Bool, Never>?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// - Parameter kind: What may connect there: libzmq ends a handshake between kinds that do not fit before it asks for
  ///   the key.
  /// - Throws: `Failure` when a random key was let in, or when nothing was said within 5 seconds.
  public static func refusesStrangers(
    at endpoint: String, as kind: Socket.Kind = .dealer, server: PublicKey, in context: Context, on loop: PollLoop
  ) async throws {
    let test = SelfTest(on: loop)
    let refused = try await test.knock(endpoint, kind, server, context)
    guard refused else {
      throw Failure(description: "\(endpoint) lets unknown keys in, or does not answer: not serving")
    }
  }

  private init(on loop: PollLoop) { self.loop = loop }

  private func knock(
    _ endpoint: String, _ kind: Socket.Kind, _ server: PublicKey, _ context: Context
  ) async throws -> Bool {
    let socket = try Socket.open(kind, in: context, security: .client(keys: .generate(), server: server))
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [weak self] event in
      self?.assumeIsolated { $0.observe(event.kind) }
    }
    try socket.connect(endpoint)
    self.socket = consume socket
    let limit = loop.after(.seconds(5)) { [weak self] in self?.assumeIsolated { $0.end(refused: false) } }
    let refused = await withCheckedContinuation { verdict = $0 }
    loop.cancel(limit)
    if let socket = self.socket.take() {
      monitor?.close(socket)
      socket.close()
    }
    return refused
  }

  private func observe(_ event: Monitor.Event.Kind) {
    switch event {
    case .handshakeFailed(.refused(code: 400)): end(refused: true)
    case .handshakeSucceeded: end(refused: false)
    default: break
    }
  }

  private func end(refused: Bool) { verdict.take()?.resume(returning: refused) }
}
