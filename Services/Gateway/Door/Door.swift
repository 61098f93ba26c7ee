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
  /// Requests under way for one account; what is beyond is answered 429.
  private static let perAccount = 128

  private struct Visit {
    let client: Frame
    let header: RequestHeader
    let key: PublicKey
    let account: Caller.Account
    let route: Route
    let isPoll: Bool
    var timer: Deadline
  }

  private let loop: PollLoop
  private let directory: Directory
  private let audit: Database
  private let log: Logger
  private let started = ContinuousClock.now
  private var socket: Socket?
  private var monitor: Monitor?
  private var links: [ServiceName: Link] = [:]
  private var visits: [UInt64: Visit] = [:]
  private var perAccount: [Caller.Account: Int] = [:]
  private var lastCorrelation: UInt64 = 0
  private var draining = false
  private var empty: CheckedContinuation<Void, Never>?
  private var refusals = Throttle(perSecond: 10)
  private var strangers = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ directory: Directory, audit: Database, on loop: PollLoop, log: Logger) {
    self.directory = directory
    self.audit = audit
    self.loop = loop
    self.log = log
  }

  /// Connects to the services and begins to let people in.
  ///
  /// - Returns: The endpoint that it is bound to.
  func open(_ endpoint: String, _ registry: Registry, keys: CurveKeys, in context: Context) throws -> String {
    for contract in Catalogue.contracts where contract.name != Gateways.name {
      guard let entry = registry[contract.name], let requests = entry.requests else {
        throw SettingsError("the registry does not say where \(contract.name) is")
      }
      let service = contract.name
      let link = Link(on: loop) { [weak self] event in self?.assumeIsolated { $0.observe(event, from: service) } }
      let security = Security.client(keys: keys, server: entry.key)
      try link.assumeIsolated { try $0.connect(to: requests, security: security, in: context) }
      links[service] = link
    }
    let socket = try Socket.open(.router, in: context, security: .server(keys: keys, domain: "xaso"))
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [weak self] event in
      self?.assumeIsolated { $0.watch(event) }
    }
    let bound = try socket.bind(endpoint)
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
    return bound
  }

  /// Takes nothing new, and returns when everything under way is answered. Long polls are answered at once by services
  /// that stop; others are told to come again.
  func drain() async {
    draining = true
    for (correlation, visit) in visits where visit.isPoll {
      answer(Refusal(.unavailable), to: visit.header, visit.client, after: 250)
      leave(correlation)
    }
    if !visits.isEmpty { await withCheckedContinuation { empty = $0 } }
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
    guard message.count == 5 else { return }
    let client = message[0]
    let header: RequestHeader
    do {
      header = try message[1].withUnsafeBytes { bytes throws(Header.Fault) in try RequestHeader(bytes) }
    } catch .major(let correlation, let key) {
      let header = RequestHeader(correlation: correlation, key: key, ttl: 0)
      return answer(Refusal(.upgradeRequired), to: header, client)
    } catch {
      return
    }
    do {
      try pass(message, header, from: client)
    } catch {
      answer(error, to: header, client, after: error.status.retry == .after ? 100 : 0)
    }
  }

  private func pass(_ message: Message, _ header: RequestHeader, from client: Frame) throws(Refusal) {
    // Frame 0 has no metadata after a poll: libzmq 4.3.4 loses it with its prefetch.
    guard let key = message[1].property("User-Id").flatMap(PublicKey.init(z85:)) else { throw Refusal(.forbidden) }
    guard let caller = directory[key] else { throw deny(Refusal(.forbidden), header, key, nil, nil) }
    guard message[2].count <= Limit.text, let route = message[2].text.flatMap(Route.init) else {
      throw deny(Refusal(.malformed), header, key, caller, nil)
    }
    guard message[3].count == 0 else {
      let refusal = Refusal(
        .malformed, vi: "Khách không được tự khai người gọi.", en: "A client does not say who the caller is.")
      throw deny(refusal, header, key, caller, route)
    }
    guard let type = Catalogue[route.method] else { throw deny(Refusal(.notFound), header, key, caller, route) }
    guard type.access.permits(caller, in: route.unit) else {
      throw deny(Refusal(.forbidden), header, key, caller, route)
    }
    guard message[4].count <= Limit.body else { throw Refusal(.tooLarge) }
    guard header.ttl > 0 else { throw Refusal(.timedOut) }
    guard !draining else { throw Refusal(.unavailable) }
    guard perAccount[caller.account, default: 0] < Self.perAccount else { throw Refusal(.tooMany) }
    if route.method.service == Gateways.name {
      return answerHealth(to: header, client)
    }

    lastCorrelation += 1
    let correlation = lastCorrelation
    var forwarded = header
    forwarded.correlation = correlation
    let frames = [Frame(forwarded.bytes), message[2], Frame(caller.description), message[4]]
    guard let link = links[route.method.service], link.assumeIsolated({ $0.isUp && $0.send(frames) }) else {
      throw Refusal(.unavailable)
    }
    let timer = loop.after(.milliseconds(Int64(header.ttl))) { [weak self] in
      self?.assumeIsolated { $0.leave(correlation) }
    }
    visits[correlation] = Visit(
      client: client, header: header, key: key, account: caller.account, route: route,
      isPoll: type is any LongPoll.Type, timer: timer)
    perAccount[caller.account, default: 0] += 1
  }

  // MARK: Out

  private func observe(_ event: Link.Event, from service: ServiceName) {
    switch event {
    case .received(let message): pass(back: message)
    case .up: log.info("service is there", metadata: ["service": "\(service)"])
    case .down:
      log.notice("service went away", metadata: ["service": "\(service)"])
      // What was under way may have been done: only the same key can tell.
      for (correlation, visit) in visits where visit.route.method.service == service {
        answer(Refusal(.outcomeUnknown), to: visit.header, visit.client)
        leave(correlation)
      }
    case .refused, .mistrusted:
      log.error("service does not take our key, or is not who it should be", metadata: ["service": "\(service)"])
    }
  }

  private func pass(back message: Message) {
    guard message.count == 2,
      var header = try? message[0].withUnsafeBytes({ bytes throws(Header.Fault) in try ReplyHeader(bytes) }),
      let visit = visits[header.correlation], visit.header.key == header.key
    else { return }
    leave(header.correlation)
    // A long poll may have waited while the account was withdrawn.
    if visit.isPoll {
      let caller = directory[visit.key]
      guard let caller, Catalogue[visit.route.method]?.access.permits(caller, in: visit.route.unit) == true else {
        return answer(
          deny(Refusal(.forbidden), visit.header, visit.key, caller, visit.route), to: visit.header, visit.client)
      }
    }
    header.correlation = visit.header.correlation
    _ = try? socket?.send([visit.client, Frame(header.bytes), message[1]])
  }

  private func leave(_ correlation: UInt64) {
    guard let visit = visits.removeValue(forKey: correlation) else { return }
    loop.cancel(visit.timer)
    let left = perAccount[visit.account, default: 1] - 1
    perAccount[visit.account] = left == 0 ? nil : left
    if visits.isEmpty { empty.take()?.resume() }
  }

  private func answer(_ refusal: Refusal, to request: RequestHeader, _ client: Frame, after: UInt32 = 0) {
    let header = ReplyHeader(to: request, status: refusal.status, afterMilliseconds: after)
    _ = try? socket?.send([client, Frame(header.bytes), Frame(Codec.encode(RefusalBody(refusal)))])
  }

  private func answerHealth(to request: RequestHeader, _ client: Frame) {
    let health = ServiceHealth(
      service: Gateways.name, version: version, uptimeSeconds: Int((.now - started) / .seconds(1)),
      epoch: audit.epoch, head: audit.head, storeBytes: audit.sizeInBytes, streams: [])
    let header = ReplyHeader(to: request, status: .ok)
    _ = try? socket?.send([client, Frame(header.bytes), Frame(health.json)])
  }

  // MARK: What is refused

  /// Audited beside the answer, never before it; a flood from one key is written down in part.
  private func deny(
    _ refusal: Refusal, _ header: RequestHeader, _ key: PublicKey, _ caller: Caller?, _ route: Route?
  ) -> Refusal {
    guard refusals.allows(key) else { return refusal }
    let entry = AuditEntry(
      time: .now, account: caller?.account, unit: route?.unit, office: caller?.office,
      method: route?.method.description ?? "", key: header.key, status: refusal.status)
    Task { @concurrent [audit] in try? await audit.audit(entry) }
    return refusal
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
