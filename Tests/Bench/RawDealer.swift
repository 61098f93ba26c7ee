public import Bus
public import FoundationEssentials
public import Schema
public import ZeroMQ

/// A reply as it came over the wire.
public struct RawReply: Sendable {
  public let header: ReplyHeader
  public let body: Data

  init?(_ message: Message) {
    guard message.count == 2, let header = try? ReplyHeader(message[0].bytes) else { return nil }
    self.header = header
    body = Data(message[1].bytes)
  }

  public var status: Status { header.status }
  public var refusal: RefusalBody? { try? Codec.decode(RefusalBody.self, from: body) }
}

/// A DEALER that sends whatever frames it is given, right or wrong, and keeps what comes back.
public actor RawDealer {
  private let loop: PollLoop
  private var socket: Socket?
  private var monitor: Monitor?
  private var outbox: [Message] = []
  public nonisolated let received = Record<Message>()
  public nonisolated let events = Record<Monitor.Event.Kind>()

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  public static func connect(
    to endpoint: String, _ security: Security, on bench: Bench, options: SocketOptions = SocketOptions()
  ) async throws -> RawDealer {
    let dealer = RawDealer(bench.loop)
    try await dealer.start(endpoint, security, bench.context, options)
    return dealer
  }

  private init(_ loop: PollLoop) { self.loop = loop }

  private func start(_ endpoint: String, _ security: Security, _ context: Context, _ options: SocketOptions) throws {
    let socket = try Socket.open(.dealer, in: context, security: security, options: options)
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [events] in events.add($0.kind) }
    try socket.connect(endpoint)
    loop.watch(
      socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } },
      writable: { [weak self] in self?.assumeIsolated { $0.flush() } })
    self.socket = consume socket
  }

  public func send(_ message: Message) {
    outbox.append(message)
    flush()
  }

  /// Sends a request as a gateway does, or as a client does when nobody is named.
  @discardableResult
  public func begin(
    _ route: String, by caller: String = "", _ body: Data = Data(), header: RequestHeader = .sample()
  ) -> RequestHeader {
    send([Frame(header.bytes), Frame(route), Frame(caller), Frame(body)])
    return header
  }

  /// Sends it and waits for its reply.
  public func ask(
    _ route: String, by caller: String = "", _ body: Data = Data(), header: RequestHeader = .sample()
  ) async throws -> RawReply {
    try await reply(to: begin(route, by: caller, body, header: header))
  }

  public func reply(to header: RequestHeader) async throws -> RawReply {
    let message = try await received.first { message in
      RawReply(message)?.header.correlation == header.correlation
    }
    guard let reply = RawReply(message) else { throw CancellationError() }
    return reply
  }

  public func close() {
    guard let socket = socket.take() else { return }
    monitor?.close(socket)
    monitor = nil
    loop.unwatch(socket)
    socket.close()
  }

  private func flush() {
    while let message = outbox.first, (try? socket?.send(message)) == true { outbox.removeFirst() }
    let isWaiting = !outbox.isEmpty
    if let socket = socket.take() {
      loop.wantsWrite(socket, isWaiting)
      self.socket = consume socket
    }
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      received.add(message)
    }
  }
}

extension RequestHeader {
  /// One that no other request of the test has, with more time than a starved machine needs.
  public static func sample(key: UUIDv7 = UUIDv7(), ttl: UInt32 = 3_600_000, expected: UInt32 = 0) -> RequestHeader {
    RequestHeader(correlation: .random(in: 1 ... .max), key: key, ttl: ttl, expected: expected)
  }
}
