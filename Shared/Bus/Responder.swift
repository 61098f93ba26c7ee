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
  private let meter: Meter
  private var refusals: Refusals
  private var socket: Socket?
  private var inFlight = 0
  private var polls = 0
  private var draining = false
  private var idle: CheckedContinuation<Void, Never>?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Binds. Nothing is answered before `serve`, so that the endpoint can be tested first.
  ///
  /// - Returns: The responder, and the endpoint that it is bound to.
  public static func bind(
    _ endpoint: String, _ handlers: Handlers<Service>, peers: Peers, security: Security, limits: Limits = Limits(),
    measured meter: Meter = Meter(), in context: Context, on loop: PollLoop, log: Logger
  ) async throws -> (Responder, endpoint: String) {
    precondition(handlers.missing.isEmpty, "not handled: \(handlers.missing)")
    let responder = Responder(handlers, peers, limits, meter, loop, log)
    let endpoint = try await responder.open(endpoint, security, context)
    return (responder, endpoint)
  }

  private init(
    _ handlers: Handlers<Service>, _ peers: Peers, _ limits: Limits, _ meter: Meter, _ loop: PollLoop, _ log: Logger
  ) {
    self.handlers = handlers
    self.peers = peers
    self.limits = limits
    self.meter = meter
    self.loop = loop
    self.log = log
    refusals = Refusals(into: handlers.database, log: log)
  }

  private func open(_ endpoint: String, _ security: Security, _ context: Context) throws(ZeroMQError) -> String {
    let socket = try Socket.open(.router, in: context, security: security, options: .answering)
    let bound = try socket.bind(endpoint)
    self.socket = consume socket
    return bound
  }

  /// Begins to answer.
  public func serve() {
    guard let socket = socket.take() else { return }
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
  }

  /// Takes nothing new, answers 503 instead, and returns when all that was taken on has been answered, or when the time is
  /// up: what is still under way then commits or not, and its sender asks again under the same key.
  public func drain(atMost limit: Duration = .milliseconds(1500)) async {
    draining = true
    guard inFlight + polls > 0 else { return }
    let alarm = loop.after(limit) { [weak self] in self?.assumeIsolated { $0.idle.take()?.resume() } }
    await withCheckedContinuation { idle = $0 }
    loop.cancel(alarm)
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

  /// A peer's bad message is dropped and counted, or answered; it never costs the others anything.
  private func receive(_ message: Message) {
    let request: Incoming
    do {
      request = try Incoming(message)
    } catch .version(let header, let sender) {
      return reply(Answer(Refusal(.upgradeRequired)), to: header, sender)
    } catch {
      meter.drop()
      return refusals.count(error)
    }
    var route: Route?
    var caller: Caller?
    do throws(Refusal) {
      route = try request.route()
      try admit(request, route, &caller)
    } catch {
      meter.count(route.flatMap { handlers[$0.method] == nil ? nil : $0.method }, error.status)
      refusals.write(error, request, route, caller, who: request.key.flatMap { peers[$0] }.map { "\($0)" })
      reply(Answer(error), to: request.header, request.sender, after: error.status.retry == .after ? 50 : 0)
    }
  }

  private func admit(_ request: Incoming, _ route: Route?, _ known: inout Caller?) throws(Refusal) {
    guard let route, let type = Catalogue[route.method], let handler = handlers[route.method] else {
      throw Refusal(.notFound)
    }
    guard request.caller.count <= Limit.text, let text = request.caller.text else { throw Refusal(.malformed) }
    let speaker = try peers.speaker(request.key, text, sending: type)
    if case .caller(let caller) = speaker {
      known = caller
      guard type.access.permits(caller, in: route.unit) else { throw Refusal(.forbidden) }
    }
    guard request.body.count <= Limit.body else { throw Refusal(.tooLarge) }
    guard !draining else { throw Refusal(.unavailable) }
    guard request.header.ttl > 0 else { throw Refusal(.timedOut) }

    let isPoll = type is any LongPoll.Type
    guard isPoll ? polls < limits.polls : inFlight < limits.inFlight else { throw Refusal(.tooMany) }
    if isPoll { polls += 1 } else { inFlight += 1 }
    let arrival = PollLoop.now()
    let call = Call(
      caller: speaker.caller, unit: route.unit,
      expected: request.header.expected == 0 ? nil : Int(request.header.expected),
      key: request.header.key, trace: request.header.trace,
      deadline: arrival + UInt64(request.header.ttl) * 1_000_000)
    Task { @concurrent [meter] in
      let answer = await handler(Data(request.body.bytes), call)
      meter.count(route.method, answer.status, took: isPoll ? nil : PollLoop.now() - arrival)
      self.loop.perform { self.assumeIsolated { $0.finish(answer, request, route, isPoll: isPoll) } }
    }
  }

  // MARK: Answers

  private func finish(_ answer: Answer, _ request: Incoming, _ route: Route, isPoll: Bool) {
    if isPoll { polls -= 1 } else { inFlight -= 1 }
    if let fault = answer.fault {
      // What was sent may stand in an error's text: the log has the kind of it, and the route.
      log.error("handler failed", metadata: ["route": "\(route)", "fault": "\(type(of: fault))"])
    }
    var answer = answer
    if answer.body.count > Limit.body {
      log.error("reply too large", metadata: ["route": "\(route)", "bytes": "\(answer.body.count)"])
      answer = .tooLarge(answer, isCommand: Catalogue[route.method] is any Command.Type)
    }
    reply(answer, to: request.header, request.sender, after: answer.status.retry == .after ? 250 : 0)
    if inFlight + polls == 0 { idle.take()?.resume() }
  }

  private func reply(_ answer: Answer, to request: RequestHeader, _ sender: Frame, after: UInt32 = 0) {
    let header = ReplyHeader(
      to: request, status: answer.status, afterMilliseconds: after, sequence: UInt64(answer.sequence))
    // A peer that is gone or does not read asks again under the same key.
    _ = try? socket?.send([sender, Frame(header.bytes), Frame(answer.body)])
  }
}

extension Answer {
  /// In place of a reply that does not fit. A command was carried out all the same, and each repetition hears so again.
  fileprivate static func tooLarge(_ answer: Answer, isCommand: Bool) -> Answer {
    let refusal =
      isCommand && answer.status == .ok
      ? Refusal(
        .tooLarge,
        vi:
          "Lệnh đã thực hiện xong và đã lưu, nhưng kết quả quá dài để gửi; đừng gửi lại, hãy xem kết quả bằng lệnh xem.",
        en:
          "The command was carried out and is kept, but its result is too long to send; do not send it again, look at "
          + "what came of it instead.")
      : Refusal(
        .tooLarge, vi: "Kết quả quá dài để gửi; hãy hỏi từng phần nhỏ hơn.",
        en: "The result is too long to send; ask for a smaller part of it.")
    return Answer(refusal, sequence: answer.sequence)
  }
}
