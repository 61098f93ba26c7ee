import Bus
import FoundationEssentials
import Logging
import Schema
import Service
import Storage
import ZeroMQ

/// The front door: the one port that clients see. It knows who they are, says what they may ask, and passes it on.
///
/// Of a request it reads header and route alone; a body goes through without being copied. No request depends on which
/// door took the last one: several may run.
actor Door {
  /// Under way for one account; what is beyond is answered 429. Long polls wait most of the time: they count apart.
  private static let perAccount = (requests: 128, polls: 16)
  /// A client may not keep a place for longer, in milliseconds.
  private static let longestWait: UInt32 = 60_000

  private struct Visit {
    let request: Incoming
    let key: PublicKey
    let account: Caller.Account
    let route: Route
    let isPoll: Bool
    /// By the loop's clock.
    let arrival: UInt64
    let timer: Deadline
    /// A reply that tells of a change in the directory, until our copy shows it.
    var held: (header: ReplyHeader, body: Frame)?
  }

  /// What one account has under way.
  private struct Load {
    var requests = 0
    var polls = 0
  }

  private let loop: PollLoop
  private let context: Context
  private let directory: Directory
  private let porter: Porter
  private let meter: Meter
  private let log: Logger
  private var refusals: Refusals
  private var socket: Socket?
  private var monitor: Monitor?
  private var targets: [ServiceName: (endpoint: String, security: Security)] = [:]
  private var links: [ServiceName: Link] = [:]
  private var ownKey: PublicKey?
  private var visits: [UInt64: Visit] = [:]
  private var loads: [Caller.Account: Load] = [:]
  private var lastCorrelation: UInt64 = 0
  private var draining = false
  private var empty: CheckedContinuation<Void, Never>?
  private var strangers = 0

  nonisolated var vitals: Vitals { porter.vitals }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(
    _ directory: Directory, audit: Database, copier: StoreCopier, successor: Successor = Successor(),
    in context: Context, on loop: PollLoop, log: Logger
  ) {
    self.directory = directory
    let meter = Meter()
    self.meter = meter
    let vitals = Vitals(of: Gateways.name, audit, meter) {
      let sequence = directory.sequence
      return [StreamPosition(stream: Identity.name, cursor: sequence, head: sequence, parked: 0)]
    }
    porter = Porter(vitals: vitals, copier: copier, audit: audit, successor: successor)
    self.context = context
    self.loop = loop
    self.log = log
    refusals = Refusals(into: audit, log: log)
  }

  /// Connects to the services and binds. Nobody is let in before `serve`, so that the endpoint can be tested first.
  ///
  /// - Returns: The endpoint that it is bound to.
  func open(_ endpoint: String, _ registry: Registry, keys: CurveKeys) throws -> String {
    for contract in Catalogue.contracts where contract.name != Gateways.name {
      guard let entry = registry[contract.name], let requests = entry.requests else {
        throw SettingsError("the registry does not say where \(contract.name) is")
      }
      targets[contract.name] = (requests, .client(keys: keys, server: entry.key))
      try connect(to: contract.name)
    }
    ownKey = keys.publicKey
    directory.listen { [weak self, loop] in
      loop.perform { self?.assumeIsolated { $0.directoryChanged() } }
    }
    let socket = try Socket.open(
      .router, in: context, security: .server(keys: keys, domain: "xaso"), options: .answering)
    let bound = try socket.bind(endpoint)
    self.socket = consume socket
    return bound
  }

  /// Begins to let people in.
  func serve() throws {
    guard let socket = socket.take() else { return }
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [weak self] event in
      self?.assumeIsolated { $0.watch(event) }
    }
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
  }

  /// Takes nothing new, and returns when everything under way is answered, or when the time is up: what is left then is
  /// answered 504, to be asked for again under the same key. Long polls are answered empty, at once.
  func drain(atMost limit: Duration = .milliseconds(1500)) async {
    draining = true
    for (correlation, visit) in visits where visit.isPoll {
      leave(correlation)
      if let nothing = EventBatch(nothingFor: visit.request.body) {
        reply(ReplyHeader(to: visit.request.header, status: .ok), nothing.json, to: visit.request.sender)
      } else {
        answer(Refusal(.unavailable), to: visit.request.header, visit.request.sender)
      }
    }
    guard !visits.isEmpty else { return }
    let alarm = loop.after(limit) { [weak self] in self?.assumeIsolated { $0.abandon() } }
    await withCheckedContinuation { empty = $0 }
    loop.cancel(alarm)
  }

  private func abandon(of service: ServiceName? = nil) {
    for (correlation, visit) in visits where service == nil || visit.route.method.service == service {
      answer(Refusal(.outcomeUnknown), to: visit.request.header, visit.request.sender)
      leave(correlation)
    }
  }

  func close() {
    for link in links.values { link.assumeIsolated { $0.close() } }
    guard let socket = socket.take() else { return }
    monitor?.close(socket)
    loop.unwatch(socket)
    socket.close()
  }

  // MARK: In

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      receive(message)
    }
  }

  private func receive(_ message: Message) {
    let request: Incoming
    do {
      request = try Incoming(message)
    } catch .version(let header, let sender) {
      return answer(Refusal(.upgradeRequired), to: header, sender)
    } catch {
      meter.drop()
      return refusals.count(error)
    }
    var caller: Caller?
    var route: Route?
    do throws(Refusal) {
      route = try request.route()
      guard !asksItself(request.key, route) else { return answer(request, Health<Gateways>.self, in: nil, nil) }
      let known = try directory.caller(request.key)
      caller = known
      try pass(request, route, known)
    } catch {
      meter.count(route.flatMap { Catalogue[$0.method] == nil ? nil : $0.method }, error.status)
      refusals.write(error, request, route, caller)
      answer(error, to: request.header, request.sender)
    }
  }

  /// With the gateway's own key its process may be asked how it is, by what watches it; that key may nothing else.
  private func asksItself(_ key: PublicKey?, _ route: Route?) -> Bool {
    key == ownKey && route == Route(Health<Gateways>.method, nil)
  }

  private func pass(_ request: Incoming, _ route: Route?, _ caller: Caller) throws(Refusal) {
    guard let key = request.key else { throw Refusal(.forbidden) }
    guard request.caller.count == 0 else {
      throw Refusal(
        .malformed, vi: "Khách không được tự khai người gọi.", en: "A client does not say who the caller is.")
    }
    guard let route, let type = Catalogue[route.method] else { throw Refusal(.notFound) }
    guard type.access.permits(caller, in: route.unit) else { throw Refusal(.forbidden) }
    guard request.body.count <= Limit.body else { throw Refusal(.tooLarge) }
    let ttl = min(request.header.ttl, Self.longestWait)
    guard ttl > 0 else { throw Refusal(.timedOut) }
    guard !draining else { throw Refusal(.unavailable) }
    let isPoll = type is any LongPoll.Type
    let load = loads[caller.account] ?? Load()
    guard isPoll ? load.polls < Self.perAccount.polls : load.requests < Self.perAccount.requests else {
      throw Refusal(.tooMany)
    }
    let service = route.method.service
    guard service != Gateways.name else { return answer(request, type, in: route.unit, caller) }

    lastCorrelation += 1
    let correlation = lastCorrelation
    let message = request.forwarded(as: correlation, ttl: ttl, for: caller)
    guard let link = links[service], link.assumeIsolated({ $0.isUp && $0.send(message) }) else {
      throw Refusal(
        .unavailable, vi: "Dịch vụ \(service) tạm thời không sẵn sàng; hãy gửi lại sau.",
        en: "The service \(service) is not available now; send it again later.")
    }
    let timer = loop.after(.milliseconds(Int64(ttl))) { [weak self] in self?.assumeIsolated { $0.leave(correlation) } }
    visits[correlation] = Visit(
      request: request, key: key, account: caller.account, route: route, isPoll: isPoll, arrival: PollLoop.now(),
      timer: timer)
    count(1, for: caller.account, isPoll: isPoll)
  }

  /// What is asked of the door itself.
  private func answer(_ request: Incoming, _ type: any Request.Type, in unit: Unit?, _ caller: Caller?) {
    Task { @concurrent [loop, porter] in
      let answer = await porter.answer(type, in: unit, Data(request.body.bytes), caller)
      loop.perform {
        self.assumeIsolated {
          $0.reply(ReplyHeader(to: request.header, status: answer.status), answer.body, to: request.sender)
        }
      }
    }
  }

  private func count(_ one: Int, for account: Caller.Account, isPoll: Bool) {
    var load = loads[account] ?? Load()
    if isPoll { load.polls += one } else { load.requests += one }
    loads[account] = load.polls + load.requests == 0 ? nil : load
  }

  // MARK: Out

  private func connect(to service: ServiceName) throws {
    guard let (endpoint, security) = targets[service] else { return }
    let link = Link(on: loop) { [weak self] event in self?.assumeIsolated { $0.observe(event, from: service) } }
    try link.assumeIsolated { [context] in try $0.connect(to: endpoint, security: security, in: context) }
    links[service] = link
  }

  private func observe(_ event: Link.Event, from service: ServiceName) {
    switch event {
    case .received(let message): pass(back: message)
    case .up: log.info("service is there", metadata: ["service": "\(service)"])
    case .down:
      log.notice("service went away", metadata: ["service": "\(service)"])
      // What was under way may have been done: only the same key can tell.
      abandon(of: service)
    case .refused:
      // libzmq does not try a refused handshake again; the service may be told of our key meanwhile.
      log.error("service does not take the gateway's key", metadata: ["service": "\(service)"])
      _ = loop.after(.seconds(1)) { [weak self] in self?.assumeIsolated { $0.reconnect(to: service) } }
    case .mistrusted:
      log.error("service is not who the registry says", metadata: ["service": "\(service)"])
    }
  }

  private func reconnect(to service: ServiceName) {
    guard socket != nil else { return }
    if let link = links.removeValue(forKey: service) { link.assumeIsolated { $0.close() } }
    do {
      try connect(to: service)
    } catch {
      log.error("service cannot be connected", metadata: ["service": "\(service)", "reason": "\(error)"])
    }
  }

  private func pass(back message: Message) {
    guard message.count == 2,
      var header = try? message[0].withUnsafeBytes({ bytes throws(Header.Fault) in try ReplyHeader(bytes) }),
      let visit = visits[header.correlation], visit.request.header.key == header.key
    else { return }
    guard stillPermits(header.correlation, visit) else { return }
    let correlation = header.correlation
    header.correlation = visit.request.header.correlation
    visits[correlation]?.held = (header, message[1])
    handOver(correlation)
  }

  /// A long poll may have waited while the account was shut out: it is refused, at once.
  private func stillPermits(_ correlation: UInt64, _ visit: Visit) -> Bool {
    guard visit.isPoll else { return true }
    var caller: Caller?
    do throws(Refusal) {
      let known = try directory.caller(visit.key)
      caller = known
      guard Catalogue[visit.route.method]?.access.permits(known, in: visit.route.unit) == true else {
        throw Refusal(.forbidden)
      }
      return true
    } catch {
      leave(correlation)
      refusals.write(error, visit.request, visit.route, caller)
      answer(error, to: visit.request.header, visit.request.sender)
      return false
    }
  }

  /// Passes a reply on, unless it tells of a change in the directory that our own copy does not show yet: whoever hears
  /// of it may rely on it here.
  private func handOver(_ correlation: UInt64) {
    guard let visit = visits[correlation], let (header, body) = visit.held else { return }
    let isAhead = Int64(clamping: header.sequence) > directory.sequence
    guard visit.route.method.service != Identity.name || !isAhead else { return }
    leave(correlation)
    meter.count(
      visit.route.method, header.status, took: visit.isPoll ? nil : PollLoop.now() - visit.arrival)
    _ = try? socket?.send([visit.request.sender, Frame(header.bytes), body])
  }

  private func directoryChanged() {
    for (correlation, visit) in visits where stillPermits(correlation, visit) { handOver(correlation) }
  }

  private func leave(_ correlation: UInt64) {
    guard let visit = visits.removeValue(forKey: correlation) else { return }
    loop.cancel(visit.timer)
    count(-1, for: visit.account, isPoll: visit.isPoll)
    if visits.isEmpty { empty.take()?.resume() }
  }

  private func answer(_ refusal: Refusal, to request: RequestHeader, _ client: Frame) {
    let after: UInt32 = refusal.status.retry == .after ? 100 : 0
    reply(
      ReplyHeader(to: request, status: refusal.status, afterMilliseconds: after),
      Codec.encode(RefusalBody(refusal)), to: client)
  }

  private func reply(_ header: ReplyHeader, _ body: Data, to client: Frame) {
    _ = try? socket?.send([client, Frame(header.bytes), Frame(body)])
  }

  private func watch(_ event: Monitor.Event) {
    guard case .handshakeFailed(let failure) = event.kind else { return }
    strangers += 1
    guard strangers & (strangers - 1) == 0 else { return }
    log.notice(
      "a client was not let in",
      metadata: ["reason": "\(failure)", "endpoint": "\(event.endpoint)", "count": "\(strangers)"])
  }
}

extension EventBatch {
  /// The answer to a poll of a stream that waited for nothing; nil for another body, or for a first poll.
  fileprivate init?(nothingFor body: Frame) {
    // `events` has the same body for every service.
    guard let request = try? Codec.decodeStrictly(ReadEvents<Plans>.self, from: Data(body.bytes)),
      let epoch = request.epoch, case .sequence(let sequence) = request.after
    else { return nil }
    self.init(epoch: epoch, through: sequence, head: sequence, events: [])
  }
}
