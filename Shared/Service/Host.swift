import Bus
import Logging
import Schema
import ServiceLifecycle
import Storage
import ZeroMQ

/// Runs one service: opens its store, answers requests, publishes its outbox, follows other streams, and stops in order.
struct Host<Hosted: HostedService>: ServiceLifecycle.Service {
  private typealias Interface = Hosted.Interface

  private let log: Logger
  private let context = Context()
  private let loop = PollLoop(name: Hosted.Interface.name.description)
  private let database: Database
  private let keys: CurveKeys
  private let registry: Registry
  private let endpoints: (requests: String, events: String?)
  private let tail: Tail
  private let feed: Feed
  private let copier: StoreCopier
  private let meter = Meter()
  private let settings: Settings

  init(_ settings: Settings, log: Logger) async throws {
    self.log = log
    self.settings = settings
    keys = try CurveKeys.load(from: try settings.required("key.file", for: "the file with this service's secret key"))
    registry = try Registry.load(from: try settings.required("registry.file", for: "the file with the public keys"))
    guard let own = registry[Interface.name], own.key == keys.publicKey else {
      throw SettingsError("the registry does not hold this key for \(Interface.name)")
    }
    guard let requests = settings["listen.requests"] ?? own.requests else {
      throw SettingsError("XASO_LISTEN_REQUESTS is not set, and the registry names no endpoint for \(Interface.name)")
    }
    endpoints = (requests, settings["listen.events"] ?? own.events)
    let feed = Feed()
    self.feed = feed
    database = try await Database.open(
      try settings.required("store", for: "the path of this service's database"), service: Interface.name,
      migrations: Hosted.migrations, options: try Hosted.options(settings), committed: { feed.commit($0) })
    try await Hosted.open(database, settings, log: log)
    tail = Tail(at: database.head, on: loop)
    copier = try StoreCopier(of: database, named: Interface.name, settings)
  }

  func run() async throws {
    let peers = registry.peers
    let authenticator = try await Authenticator.start(in: context, on: loop) { peers.admits($0) ? .admit : .deny }
    let server = Security.server(keys: keys, domain: "xaso")
    let subscribers = try await subscribe()
    let publisher = try await publish(server)
    feed.open { [tail] rows in
      publisher?.socket.publish(rows)
      tail.append(rows)
    }

    let vitals = Vitals(of: Interface.name, database, meter) { [database] in
      var positions: [StreamPosition] = []
      for subscriber in subscribers { positions.append(try await database.position(of: subscriber)) }
      return positions
    }
    let (responder, endpoint) = try await Responder.bind(
      endpoints.requests, try handlers(subscribers, vitals), peers: peers, security: server, measured: meter,
      in: context,
      on: loop, log: log)
    try await SelfTest.refusesStrangers(at: endpoint, server: keys.publicKey, in: context, on: loop)
    if let publisher {
      try await SelfTest.refusesStrangers(
        at: publisher.endpoint, as: .subscriber, server: keys.publicKey, in: context, on: loop)
    }
    await responder.serve()
    log.info(
      "serving", metadata: ["endpoint": "\(endpoint)", "epoch": "\(database.epoch)", "head": "\(database.head)"])

    await withTaskGroup(of: Void.self) { group in
      for subscriber in subscribers { group.addTask { await subscriber.run() } }
      group.addTask { await work(subscribers) }
      if let metrics = MetricsFile(of: vitals, settings, log: log) { group.addTask { await metrics.run() } }
      try? await gracefulShutdown()
      log.info("stopping")
      tail.finish()
      for subscriber in subscribers { subscriber.cursor.finish() }
      await responder.drain()
      group.cancelAll()
    }
    await responder.close()
    await publisher?.socket.close()
    await authenticator.close()
    await database.close()
    loop.stop()
    context.terminateOrExit(log: log)
  }

  private func work(_ subscribers: [Subscriber]) async {
    let place = Workplace(database: database, settings: settings, log: log) {
      subscribers.allSatisfy(\.isCaughtUp)
    }
    do {
      try await Hosted.work(in: place)
    } catch {
      if !Task.isCancelled { log.critical("the service's own work has ended", metadata: ["reason": "\(error)"]) }
    }
  }

  private func handlers(_ subscribers: [Subscriber], _ vitals: Vitals) throws -> Handlers<Interface> {
    var handlers = Handlers(for: Interface.self, on: database)
    try Hosted.register(in: &handlers, settings)
    handlers.registerHealth(vitals)
    handlers.registerBackup(copier)
    handlers.registerAudit()
    if !Interface.events.isEmpty { handlers.registerEvents(tail) }
    if !Interface.follows.isEmpty { handlers.registerStreams(subscribers) }
    return handlers
  }

  private func publish(_ security: Security) async throws -> (socket: Publisher, endpoint: String)? {
    guard !Interface.events.isEmpty else { return nil }
    guard let endpoint = endpoints.events else {
      throw SettingsError("XASO_LISTEN_EVENTS is not set, and the registry names none for \(Interface.name)")
    }
    return try await Publisher.bind(
      endpoint, of: Interface.name, epoch: database.epoch, head: database.head, security: security, in: context,
      on: loop)
  }

  private func subscribe() async throws -> [Subscriber] {
    let subscriptions = Hosted.subscriptions
    precondition(Set(subscriptions.map(\.stream)) == Set(Interface.follows), "one subscription for each stream")
    var subscribers: [Subscriber] = []
    for subscription in subscriptions {
      guard let other = registry[subscription.stream], let requests = other.requests, let events = other.events else {
        throw SettingsError("the registry does not say where \(subscription.stream) is")
      }
      let security = Security.client(keys: keys, server: other.key)
      let client = Client(to: requests, security: security, in: context, on: loop)
      let source = Subscriber.Source(events: events, security: security, client: client)
      subscribers.append(
        try await Subscriber(subscription, to: source, into: database, in: context, on: loop, log: log))
    }
    return subscribers
  }
}
