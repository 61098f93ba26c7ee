public import Bus
public import FoundationEssentials
public import Schema
public import ZeroMQ

/// A request as it came over the wire.
public struct RawRequest: Sendable {
  let sender: Frame
  public let header: RequestHeader
  public let route: String
  public let caller: String
  public let body: Data

  init?(_ message: Message) {
    guard message.count == 5, let header = try? RequestHeader(message[1].bytes), let route = message[2].text,
      let caller = message[3].text
    else { return nil }
    sender = message[0]
    self.header = header
    self.route = route
    self.caller = caller
    body = Data(message[4].bytes)
  }
}

/// A server with faults: it answers what the test says, late, or not at all.
public actor RawRouter {
  private let loop: PollLoop
  private let answer: @Sendable (RawRequest, _ number: Int) -> Status?
  private var socket: Socket?
  private var count = 0
  public nonisolated let requests = Record<RawRequest>()
  public private(set) var endpoint = ""

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// - Parameter answer: Says what the nth request is answered, from 0; nil for nothing.
  public static func bind(
    _ endpoint: String = "tcp://127.0.0.1:*", as name: String = "plans", security: Security? = nil, on bench: Bench,
    answer: @escaping @Sendable (RawRequest, _ number: Int) -> Status? = { _, _ in nil }
  ) async throws -> RawRouter {
    let router = RawRouter(bench.loop, answer)
    try await router.open(endpoint, security ?? bench.keys.server(name), bench.context)
    return router
  }

  private init(_ loop: PollLoop, _ answer: @escaping @Sendable (RawRequest, Int) -> Status?) {
    self.loop = loop
    self.answer = answer
  }

  private func open(_ endpoint: String, _ security: Security, _ context: Context) throws {
    let socket = try Socket.open(.router, in: context, security: security)
    self.endpoint = try socket.bind(endpoint)
    loop.watch(socket) { [weak self] in self?.assumeIsolated { $0.readable() } }
    self.socket = consume socket
  }

  public func reply(
    to request: RawRequest, _ status: Status, _ body: Data? = nil, afterMilliseconds: UInt32 = 0, sequence: UInt64 = 0
  ) {
    let header = ReplyHeader(
      to: request.header, status: status, afterMilliseconds: afterMilliseconds, sequence: sequence)
    let body = body ?? (status == .ok ? Data("{}".utf8) : Codec.encode(RefusalBody(Refusal(status))))
    _ = try? socket?.send([request.sender, Frame(header.bytes), Frame(body)])
  }

  /// Whatever these frames are.
  public func send(_ frames: Frame..., to request: RawRequest) { _ = try? socket?.send([request.sender] + frames) }

  public func close() {
    guard let socket = socket.take() else { return }
    loop.unwatch(socket)
    socket.close()
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      guard let request = RawRequest(message) else { continue }
      requests.add(request)
      if let status = answer(request, count) { reply(to: request, status) }
      count += 1
    }
  }
}
