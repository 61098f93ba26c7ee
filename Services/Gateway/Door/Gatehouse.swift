import Bus
import Logging
import Schema
import Service
import ServiceLifecycle
import Storage
import ZeroMQ

/// Runs the front door: opens it when it knows who may come in, and closes it in order.
struct Gatehouse: ServiceLifecycle.Service {
  private let log: Logger
  private let context = Context()
  private let loop = PollLoop(name: "gateway")
  private let keys: CurveKeys
  private let registry: Registry
  private let directory: Directory
  private let endpoint: String
  private let audit: Database
  private let copier: StoreCopier
  private let settings: Settings
  private let successor: Successor

  init(_ settings: Settings, log: Logger) async throws {
    self.log = log
    self.settings = settings
    keys = try CurveKeys.load(from: try settings.required("key.file", for: "the file with the gateway's secret key"))
    registry = try Registry.load(from: try settings.required("registry.file", for: "the file with the public keys"))
    successor = try Self.successor(settings, registry, own: keys.publicKey)
    directory = Directory(limit: try Self.limit(settings))
    endpoint = try settings.required("listen.requests", for: "the endpoint for clients, such as tcp://0.0.0.0:7400")
    audit = try await Database.open(
      try settings.required("store", for: "the path of the gateway's audit store"), service: Gateways.name,
      migrations: [])
    copier = try StoreCopier(of: audit, named: Gateways.name, settings)
  }

  private static func limit(_ settings: Settings) throws(SettingsError) -> Duration {
    guard let text = settings["directory.limit"] else { return Directory.longestLimit }
    guard let seconds = Int(text), seconds > 0, .seconds(seconds) <= Directory.longestLimit else {
      throw SettingsError("XASO_DIRECTORY_LIMIT: 1 to \(Directory.longestLimit.components.seconds) seconds")
    }
    return .seconds(seconds)
  }

  /// The door that takes the place of this one, with the key that the registry has for it; none where no port is named.
  private static func successor(
    _ settings: Settings, _ registry: Registry, own: PublicKey
  ) throws(SettingsError) -> Successor {
    guard let text = settings["successor.port"], !text.isEmpty else { return Successor() }
    guard let port = Int(text), (1...65_535).contains(port) else {
      throw SettingsError("XASO_SUCCESSOR_PORT: a port, 1 to 65535")
    }
    guard let next = registry.entries[Gateways.successorName] else {
      throw SettingsError(
        "XASO_SUCCESSOR_PORT is set, and the registry names no \(Gateways.successorName): run xaso setup")
    }
    // Both are told the same settings, and it is the other one's place that is taken.
    return next.key == own ? Successor() : Successor(key: Identity.Key(next.key.z85), port: port)
  }

  func run() async throws {
    let authenticator = try await Authenticator.start(in: context, on: loop) { [directory, own = keys.publicKey] key in
      directory.admits(key) || key == own ? .admit : .deny
    }
    let (follower, client) = try await follow()
    let door = Door(directory, audit: audit, copier: copier, successor: successor, in: context, on: loop, log: log)
    log.info("waiting for identity")
    do {
      try await cancelWhenGracefulShutdown { try await follower.begin() }
      try await serve(door, follower, client)
    } catch is CancellationError {
      log.info("stopping before identity was reached")
    }
    await door.close()
    await follower.close()
    await authenticator.close()
    await audit.close()
    loop.stop()
    context.terminateOrExit(log: log)
  }

  private func serve(_ door: Door, _ follower: Follower, _ client: Client) async throws {
    let bound = try await door.open(endpoint, registry, keys: keys)
    try await SelfTest.refusesStrangers(at: bound, server: keys.publicKey, in: context, on: loop)
    try await door.serve()
    log.info("serving", metadata: ["endpoint": "\(bound)"])

    await withTaskGroup(of: Void.self) { group in
      group.addTask { await follower.run() }
      group.addTask { [directory] in await Self.tell(client, of: directory) }
      if let metrics = MetricsFile(of: door.vitals, settings, log: log) { group.addTask { await metrics.run() } }
      try? await gracefulShutdown()
      log.info("stopping")
      await door.drain()
      group.cancelAll()
    }
  }

  /// Lets identity know who came, a while after they did: nobody waits for it.
  private static func tell(_ client: Client, of directory: Directory) async {
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      guard let report = directory.takeSeen() else { continue }
      do throws(Refusal) {
        _ = try await client.send(report, to: nil, ttl: .seconds(5))
      } catch {
        directory.giveBack(report)
      }
    }
  }

  private func follow() async throws -> (Follower, Client) {
    guard let identity = registry[Identity.name], let requests = identity.requests, let events = identity.events else {
      throw SettingsError("the registry does not say where \(Identity.name) is")
    }
    let security = Security.client(keys: keys, server: identity.key)
    let client = Client(to: requests, security: security, in: context, on: loop)
    let follower = try await Follower(
      of: Identity.name, at: .init(events: events, security: security, client: client), into: directory, in: context,
      on: loop, log: log)
    return (follower, client)
  }
}
