import FoundationEssentials
public import Logging
public import Schema
import Storage
public import ZeroMQ

/// The answering side of a service: a ROUTER whose peers are known, whose methods are a closed set, and which takes on no
/// more than it can carry.
///
/// Frames are looked at on the loop's thread; bodies are decoded and handlers run elsewhere.
public actor Responder<Service: Contract> {
  /// How much is taken on at once; what is beyond is answered 429.
  public struct Limits: Sendable {
    public var inFlight = 512
    /// Long polls wait most of the time: they have a bound of their own.
    public var polls = 512

    public init() {}
  }

  private let loop: PollLoop
  private let handlers: Handlers<Service>
  private let peers: Peers
  private let limits: Limits
  private let log: Logger
  private var socket: Socket?
  private var inFlight = 0
  private var polls = 0
  private var draining = false
  private var idle: CheckedContinuation<Void, Never>?
  private(set) var dropped = 0

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Binds and begins to answer.
  ///
  /// - Returns: The responder, and the endpoint that it is bound to.
  public static func bind(
    _ endpoint: String, _ handlers: Handlers<Service>, peers: Peers, security: Security, limits: Limits = Limits(),
    in context: Context, on loop: PollLoop, log: Logger
  ) async throws -> (Responder, endpoint: String) {
    precondition(handlers.missing.isEmpty, "not handled: \(handlers.missing)")
    let responder = Responder(handlers, peers, limits, loop, log)
    let endpoint = try await responder.open(endpoint, security, context)
    return (responder, endpoint)
  }

  private init(_ handlers: Handlers<Service>, _ peers: Peers, _ limits: Limits, _ loop: PollLoop, _ log: Logger) {
    self.handlers = handlers
    self.peers = peers
    self.limits = limits
    self.loop = loop
    self.log = log
  }

  private func open(_ endpoint: String, _ security: Security, _ context: Context) throws(ZeroMQError) -> String {
    let socket = try Socket.open(.router, in: context, security: security)
    let bound = try socket.bind(endpoint)
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
    return bound
  }

  /// How many requests are being worked on.
  public var load: Int { inFlight + polls }

  /// Takes nothing new, answers 503 instead, and returns when all that was taken on has been answered.
  public func drain() async {
    draining = true
    if inFlight + polls > 0 { await withCheckedContinuation { idle = $0 } }
  }

  public func close() {
    guard let socket = socket.take() else { return }
    loop.unwatch(socket)
    socket.close()
  }

  // MARK: One message

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      receive(message)
    }
  }

  /// ROUTER puts the sender's identity first. A peer's bad message is dropped and counted, or answered; it never costs
  /// the others anything.
  private func receive(_ message: Message) {
    guard message.count == 5 else { return drop("frames", message.count) }
    let sender = message[0]
    let header: RequestHeader
    do {
      header = try message[1].withUnsafeBytes { bytes throws(Header.Fault) in try RequestHeader(bytes) }
    } catch .major(let correlation, let key) {
      let header = RequestHeader(correlation: correlation, key: key, ttl: 0)
      return reply(Answer(Refusal(.upgradeRequired)), to: header, sender)
    } catch {
      return drop("header", message[1].count)
    }
    let request = Incoming(
      sender: sender, header: header, deadline: PollLoop.now() + UInt64(header.ttl) * 1_000_000, frames: message)
    do {
      try admit(request)
    } catch {
      reply(Answer(error), to: header, sender, after: error.status.retry == .after ? 50 : 0)
    }
  }

  private struct Incoming: Sendable {
    let sender: Frame
    let header: RequestHeader
    let deadline: UInt64
    let frames: Message

    var body: Frame { frames[4] }
  }

  private func admit(_ request: Incoming) throws(Refusal) {
    let route = try route(of: request)
    guard let type = Catalogue[route.method], route.method.service == Service.name,
      let handler = handlers[route.method]
    else {
      throw deny(Refusal(.notFound), request, route, nil)
    }
    let caller = try caller(of: request, route, type)
    guard request.body.count <= Limit.body else { throw Refusal(.tooLarge) }
    guard !draining else { throw Refusal(.unavailable) }
    guard request.header.ttl > 0 else { throw Refusal(.timedOut) }

    let isPoll = type is any LongPoll.Type
    guard isPoll ? polls < limits.polls : inFlight < limits.inFlight else { throw Refusal(.tooMany) }
    if isPoll { polls += 1 } else { inFlight += 1 }
    let call = Call(
      caller: caller, unit: route.unit, expected: request.header.expected == 0 ? nil : Int(request.header.expected),
      key: request.header.key, trace: request.header.trace, deadline: request.deadline)
    Task { @concurrent in
      let answer = await handler(Data(request.body.bytes), call)
      self.loop.perform { self.assumeIsolated { $0.finish(answer, request, isPoll: isPoll) } }
    }
  }

  private func finish(_ answer: Answer, _ request: Incoming, isPoll: Bool) {
    if isPoll { polls -= 1 } else { inFlight -= 1 }
    if let fault = answer.fault {
      // What was sent may stand in an error's text: the log has the kind of it, and the route.
      let route = request.frames[2].text ?? ""
      log.error("handler failed", metadata: ["route": "\(route)", "fault": "\(type(of: fault))"])
    }
    reply(answer, to: request.header, request.sender, after: answer.status.retry == .after ? 250 : 0)
    if inFlight + polls == 0 { idle.take()?.resume() }
  }

  private func route(of request: Incoming) throws(Refusal) -> Route {
    guard let text = request.frames[2].text, let route = Route(text) else {
      throw deny(Refusal(.malformed), request, nil, nil)
    }
    return route
  }

  /// Who asks, after all that the peer table and the request's access have to say.
  private func caller(
    of request: Incoming, _ route: Route, _ type: any Request.Type
  ) throws(Refusal) -> Caller {
    // Frame 0 has no metadata after a poll: libzmq 4.3.4 loses it with its prefetch.
    guard let key = request.frames[1].property("User-Id").flatMap(PublicKey.init(z85:)), let peer = peers[key] else {
      throw deny(Refusal(.forbidden), request, route, nil)
    }
    let frame = request.frames[3]
    switch peer {
    case .service(let name):
      guard frame.count == 0, type is any PeerQuery.Type, let account = Caller.Account(name.description) else {
        throw deny(Refusal(.forbidden), request, route, nil)
      }
      return Caller(account: account, unit: nil, office: nil, roles: [])
    case .gateway:
      guard let caller = frame.text.flatMap(Caller.init) else {
        throw deny(Refusal(.malformed), request, route, nil)
      }
      guard type.access.permits(caller, in: route.unit) else {
        throw deny(Refusal(.forbidden), request, route, caller)
      }
      return caller
    }
  }

  // MARK: Answers

  private func reply(_ answer: Answer, to request: RequestHeader, _ sender: Frame, after: UInt32 = 0) {
    let header = ReplyHeader(
      to: request, status: answer.status, afterMilliseconds: after, sequence: UInt64(answer.sequence))
    // A peer that is gone or does not read asks again under the same key.
    _ = try? socket?.send([sender, Frame(header.bytes), Frame(answer.body)])
  }

  private func drop(_ what: String, _ count: Int) {
    dropped += 1
    // A flood of bad messages must not become a flood of log lines.
    guard dropped.isPowerOfTwo else { return }
    log.warning("message dropped", metadata: ["what": "\(what)", "count": "\(count)", "dropped": "\(dropped)"])
  }

  /// What was not allowed is audited, beside and never before the answer.
  private func deny(_ refusal: Refusal, _ request: Incoming, _ route: Route?, _ caller: Caller?) -> Refusal {
    let entry = AuditEntry(
      time: .now, account: caller?.account, unit: route?.unit, office: caller?.office,
      method: route?.method.description ?? "", key: request.header.key, status: refusal.status)
    Task { @concurrent [database = handlers.database] in try? await database.audit(entry) }
    return refusal
  }
}

extension Int {
  fileprivate var isPowerOfTwo: Bool { self > 0 && self & (self - 1) == 0 }
}
