/// The one ZAP handler of a context: says which public keys get in.
///
/// Start it before any server socket is bound, and close it after the last. Without one, a `Security.server` refuses everybody.
public actor Authenticator {
  private static let endpoint = "inproc://zeromq.zap.01"
  private static let questionsPerTurn = 64

  private let loop: PollLoop
  private let admit: @Sendable (PublicKey) -> Admission
  private var socket: Socket?

  /// The loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Starts answering.
  ///
  /// - Parameters:
  ///   - context: where the server sockets are.
  ///   - loop: whose thread asks `admit`.
  ///   - admit: decides, at once: the I/O of no connection goes on meanwhile, but every socket of the loop waits.
  /// - Throws: EADDRINUSE when the context has one already.
  public static func start(
    in context: Context, on loop: PollLoop, admit: @escaping @Sendable (PublicKey) -> Admission
  ) async throws(ZeroMQError) -> Authenticator {
    let authenticator = Authenticator(loop: loop, admit: admit)
    try await authenticator.listen(in: context)
    return authenticator
  }

  private init(loop: PollLoop, admit: @escaping @Sendable (PublicKey) -> Admission) {
    self.loop = loop
    self.admit = admit
  }

  isolated deinit { close() }

  /// Stops answering: who connects from now on is refused, who is connected stays.
  public func close() {
    guard let socket = socket.take() else { return }
    loop.unwatch(socket)
    // Closing alone frees the endpoint a moment later, and another Authenticator could not start at once.
    try? socket.unbind(Self.endpoint)
    socket.close()
  }

  private func listen(in context: Context) throws(ZeroMQError) {
    let socket = try Socket.open(.reply, in: context)
    try socket.bind(Self.endpoint)
    loop.watch(socket) { [weak self] in self?.assumeIsolated { $0.answer() } }
    self.socket = consume socket
  }

  private func answer() {
    do throws(ZeroMQError) {
      for _ in 0..<Self.questionsPerTurn {
        guard let question = try socket?.receive() else { return }
        // A REP must answer before it can receive again; an answer to a peer that has gone is dropped.
        _ = try socket?.send(Handshake.answer(question, admit: admit))
      }
    } catch {
      // Only the end of the context leads here.
      close()
    }
  }
}
