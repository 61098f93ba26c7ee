public import FoundationEssentials
public import Schema
import Synchronization
public import ZeroMQ

/// The asking side: sends typed requests, waits for their replies until the deadline, and tries again under the same key
/// for as long as that may help.
public actor Client {
  /// A reply with what the header says of it.
  public struct Reply<Value: Sendable>: Sendable {
    public let value: Value
    /// The last outbox sequence that the command wrote; 0 for none.
    public let sequence: Int64
  }

  private struct Pending {
    var header: RequestHeader
    let route: Frame
    let body: Frame
    /// Nanoseconds of the loop's clock.
    let deadline: UInt64
    let continuation: CheckedContinuation<Result<(Data, Int64), Refusal>, Never>
    /// Ends it at the deadline.
    var timer: Deadline?
    /// Sends it again.
    var retry: Deadline?
    var state = State.waiting
    /// True from the moment that an attempt was sent and will not be answered: it may have been carried out.
    var inDoubt = false
    let cancellation: Cancellation
    /// The last answer that said to try again.
    var lastRefusal: Refusal?
  }

  /// A caller may be cancelled before its request has reached the loop.
  private final class Cancellation: Sendable {
    let happened = Atomic(false)
  }

  private enum State { case waiting, sent, resting }

  private let loop: PollLoop
  private let context: Context
  private let endpoint: String
  private let security: Security
  private var link: Link?
  private var pending: [UInt64: Pending] = [:]
  private var closed = false
  private nonisolated let lastCorrelation = Atomic<UInt64>(0)

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Requests that wait for their reply.
  var outstanding: Int { pending.count }

  /// Connects when the first request is sent.
  public init(to endpoint: String, security: Security, in context: Context, on loop: PollLoop) {
    self.loop = loop
    self.context = context
    self.endpoint = endpoint
    self.security = security
  }

  /// Sends a request and waits for its reply.
  ///
  /// Never isolated: a continuation that is awaited inside an actor resumes on the global pool and only then hops back, so
  /// the caller waits outside, and two closures cross to the loop and back.
  ///
  /// - Parameters:
  ///   - unit: The unit that it is about.
  ///   - key: The idempotency key. Give the same one to ask again about the same command.
  ///   - expecting: The version of the entity that was seen; another one is answered 409.
  ///   - ttl: How long to go on trying.
  public nonisolated func send<Message: Request>(
    _ request: Message, to unit: Unit?, key: UUIDv7 = UUIDv7(), expecting: Int? = nil, ttl: Duration = .seconds(10)
  ) async throws(Refusal) -> Reply<Message.Reply> {
    let route = Route(Message.method, unit)
    let (body, sequence) = try await exchange(
      route, Codec.encode(request), key: key, expecting: expecting, ttl: ttl)
    return Reply(value: try Message.Reply(json: body), sequence: sequence)
  }

  /// The same with a body that is already JSON, for callers that know no message types.
  public nonisolated func exchange(
    _ route: Route, _ body: Data, key: UUIDv7 = UUIDv7(), expecting: Int? = nil, ttl: Duration = .seconds(10)
  ) async throws(Refusal) -> (Data, Int64) {
    guard body.count <= Limit.body else { throw Refusal(.tooLarge) }
    let correlation = lastCorrelation.wrappingAdd(1, ordering: .relaxed).newValue
    let header = RequestHeader(
      correlation: correlation, key: key, ttl: 0, expected: UInt32(clamping: expecting ?? 0))
    let cancellation = Cancellation()
    let result: Result<(Data, Int64), Refusal> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let request = Pending(
          header: header, route: Frame(route.description), body: Frame(body), deadline: Self.deadline(after: ttl),
          continuation: continuation, cancellation: cancellation)
        loop.perform { self.assumeIsolated { $0.begin(request) } }
      }
    } onCancel: {
      cancellation.happened.store(true, ordering: .releasing)
      loop.perform { self.assumeIsolated { $0.give(up: correlation) } }
    }
    return try result.get()
  }

  /// A header has room for 49 days.
  private static func deadline(after ttl: Duration) -> UInt64 {
    let limit = min(max(ttl, .zero), .milliseconds(Int64(UInt32.max)))
    return PollLoop.now() + UInt64(limit / .nanoseconds(1))
  }

  public func close() {
    closed = true
    for correlation in Array(pending.keys) { finish(correlation, .failure(Self.unanswered(pending[correlation]))) }
    if let link { link.assumeIsolated { $0.close() } }
    link = nil
  }

  // MARK: A request's life

  private func begin(_ request: Pending) {
    let correlation = request.header.correlation
    guard !closed else { return request.continuation.resume(returning: .failure(Refusal(.unavailable))) }
    pending[correlation] = request
    let left = Duration.nanoseconds(Int64(clamping: request.deadline) - Int64(clamping: PollLoop.now()))
    pending[correlation]?.timer = loop.after(max(.zero, left)) { [weak self] in
      self?.assumeIsolated { $0.expire(correlation) }
    }
    guard !request.cancellation.happened.load(ordering: .acquiring) else { return give(up: correlation) }
    connect()
    send(correlation)
  }

  private func connect() {
    guard link == nil else { return }
    let link = Link(on: loop) { [weak self] event in self?.assumeIsolated { $0.observe(event) } }
    self.link = link
    do {
      try link.assumeIsolated { try $0.connect(to: endpoint, security: security, in: context) }
    } catch {
      failAll(
        Refusal(
          .unavailable, vi: "Địa chỉ máy chủ không dùng được: \(endpoint) (\(error)).",
          en: "The server address cannot be used: \(endpoint) (\(error))."))
    }
  }

  private func send(_ correlation: UInt64) {
    guard var request = pending[correlation], let link else { return }
    let now = PollLoop.now()
    guard request.deadline > now else { return }
    request.header.ttl = UInt32(clamping: (request.deadline - now) / 1_000_000)
    let message = [Frame(request.header.bytes), request.route, Frame.empty, request.body]
    let (isUp, sent) = link.assumeIsolated { ($0.isUp, $0.isUp && $0.send(message)) }
    request.state = sent ? .sent : .waiting
    pending[correlation] = request
    if isUp, !sent {
      // The queue is full, or libzmq has not yet told this thread of the connection: it looks at most once a millisecond.
      sendAgain(correlation, after: .milliseconds(2))
    }
  }

  /// One timer for each request, however often its connection breaks.
  private func sendAgain(_ correlation: UInt64, after delay: Duration) {
    pending[correlation]?.retry.map(loop.cancel)
    pending[correlation]?.retry = loop.after(delay) { [weak self] in
      self?.assumeIsolated { if $0.pending[correlation]?.state != .sent { $0.send(correlation) } }
    }
  }

  private func observe(_ event: Link.Event) {
    switch event {
    case .received(let message): receive(message)
    case .up:
      for (correlation, request) in pending where request.state == .waiting { send(correlation) }
    case .down:
      // What was under way may have been done or not: the same key tells the other side.
      for (correlation, request) in pending where request.state == .sent {
        pending[correlation]?.state = .waiting
        pending[correlation]?.inDoubt = true
        pending[correlation]?.header.attempt &+= 1
      }
    case .refused:
      failAll(
        Refusal(
          .forbidden, vi: "Máy chủ không nhận khóa của tài khoản này; hãy hỏi người quản trị.",
          en: "The server does not accept this account's key; ask the administrator."))
    case .mistrusted:
      failAll(
        Refusal(
          .unavailable,
          vi: "Không bắt tay được với \(endpoint): khóa của máy chủ không đúng, hoặc đó không phải là xaso.",
          en: "No handshake with \(endpoint): the server's key is not the one expected, or it is not xaso."))
    }
  }

  private func receive(_ message: Message) {
    guard message.count == 2,
      let header = try? message[0].withUnsafeBytes({ bytes throws(Header.Fault) in try ReplyHeader(bytes) }),
      let request = pending[header.correlation], request.header.key == header.key
    else { return }
    let body = Data(message[1].bytes)
    guard header.status != .ok else {
      return finish(header.correlation, .success((body, Int64(clamping: header.sequence))))
    }
    let said = try? Codec.decode(RefusalBody.self, from: body)
    let refusal = Refusal(header.status, said?.text, at: said?.place)
    if header.status == .outcomeUnknown { pending[header.correlation]?.inDoubt = true }
    guard header.status.isTransient, header.status != .timedOut else {
      // An earlier attempt may have been in time.
      let isSure = header.status != .timedOut || !request.inDoubt
      return finish(header.correlation, .failure(isSure ? refusal : Refusal(.outcomeUnknown)))
    }
    rest(header.correlation, refusal, atLeast: .milliseconds(Int64(header.afterMilliseconds)))
  }

  /// Waits with full jitter, then tries again; 0.2 s doubled at each attempt, 5 s at most.
  private func rest(_ correlation: UInt64, _ refusal: Refusal, atLeast: Duration) {
    guard var request = pending[correlation] else { return }
    let ceiling = min(5000, 200 << Int(min(request.header.attempt, 5)))
    let delay = atLeast + .milliseconds(Int.random(in: 0...ceiling))
    request.lastRefusal = refusal
    request.header.attempt &+= 1
    request.state = .resting
    pending[correlation] = request
    sendAgain(correlation, after: delay)
  }

  private func expire(_ correlation: UInt64) {
    guard let request = pending[correlation] else { return }
    finish(correlation, .failure(Self.unanswered(request)))
  }

  private func give(up correlation: UInt64) {
    finish(correlation, .failure(Self.unanswered(pending[correlation])))
  }

  /// What can be said of a request that got no answer: that it never left, what the last answer was, or nothing.
  private static func unanswered(_ request: Pending?) -> Refusal {
    guard let request else { return Refusal(.unavailable) }
    guard request.state != .sent, !request.inDoubt else { return Refusal(.outcomeUnknown) }
    return request.lastRefusal
      ?? Refusal(
        .unavailable, vi: "Không kết nối được tới máy chủ, chưa có gì được gửi; hãy kiểm tra địa chỉ và mạng.",
        en: "The server cannot be reached and nothing was sent; check the address and the network.")
  }

  private func finish(_ correlation: UInt64, _ result: Result<(Data, Int64), Refusal>) {
    guard let request = pending.removeValue(forKey: correlation) else { return }
    request.timer.map(loop.cancel)
    request.retry.map(loop.cancel)
    request.continuation.resume(returning: result)
  }

  /// The connection will not come about by waiting; the next request opens a new one.
  private func failAll(_ refusal: Refusal) {
    for (correlation, request) in pending {
      finish(correlation, .failure(request.inDoubt ? Refusal(.outcomeUnknown) : refusal))
    }
    if let link { link.assumeIsolated { $0.close() } }
    link = nil
  }
}
