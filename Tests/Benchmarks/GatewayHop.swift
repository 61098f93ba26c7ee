import Bus
import Foundation
import Logging
import Schema
import Service
import Storage
import ZeroMQ

/// The real gateway as a process of its own, with this process as its client and as the service behind it.
struct GatewayHop {
  enum Form { case bytes, json }

  private let directory: URL
  private let process = Process()
  private let identity = Process()
  private let context = Context()
  private let clientLoop = PollLoop(name: "client")
  private let serviceLoop = PollLoop(name: "service")
  private let authenticator: Authenticator
  private let client: Client
  private let echo: Echo
  private let responder: Responder<Notifications>
  private let database: Database
  private let unit: Schema.Unit = "38/15043"

  init() async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "xaso-bench-\(getpid())")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let keys = CurveKeys.generate()
    let plans = CurveKeys.generate()
    let notifications = CurveKeys.generate()
    let people = CurveKeys.generate()
    let administrator = CurveKeys.generate()
    let gateway = CurveKeys.generate()
    try people.save(to: directory.appending(path: "identity.key").path)
    try gateway.save(to: directory.appending(path: "gateway.key").path)

    // Plans is echoed without a look at its bodies, notifications answers with JSON both ways.
    var registry = Registry(entries: [
      "plans": .init(key: plans.publicKey, requests: "ipc://\(directory.path)/plans"),
      "notifications": .init(key: notifications.publicKey, requests: "ipc://\(directory.path)/notifications"),
      "identity": .init(
        key: people.publicKey, requests: "ipc://\(directory.path)/identity",
        events: "ipc://\(directory.path)/identity-events"),
      "gateway": .init(key: gateway.publicKey),
    ])
    for name in Catalogue.contracts.map({ $0.name.description }) where registry.entries[name] == nil {
      // The others are not asked, and not there.
      let requests = "ipc://\(directory.path)/\(name)"
      registry.entries[name] = Registry.Entry(key: CurveKeys.generate().publicKey, requests: requests)
    }
    try Data(registry.yaml.utf8).write(to: directory.appending(path: "registry.yaml"))
    let peers = registry.peers
    authenticator = try await Authenticator.start(in: context, on: serviceLoop) { peers.admits($0) ? .admit : .deny }
    echo = try await Echo.bind(
      "ipc://\(directory.path)/plans", .server(keys: plans, domain: "xaso"), in: context, on: serviceLoop)
    database = try await Database.open(
      directory.appending(path: "bench.sqlite").path, service: Notifications.name, migrations: [])
    (responder, _) = try await Responder.bind(
      "ipc://\(directory.path)/notifications", Self.handlers(on: database), peers: peers,
      security: .server(keys: notifications, domain: "xaso"),
      in: context, on: serviceLoop, log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })

    await responder.serve()

    let endpoint = "ipc://\(directory.path)/gateway"
    let common = ["PATH": "/usr/bin", "XASO_REGISTRY_FILE": directory.appending(path: "registry.yaml").path]
    identity.executableURL = try executable("xaso-identity")
    identity.environment = common.merging([
      "XASO_STORE": directory.appending(path: "identity.sqlite").path,
      "XASO_KEY_FILE": directory.appending(path: "identity.key").path,
      "XASO_FIRST_ADMINISTRATOR": administrator.publicKey.z85, "XASO_LOG_LEVEL": "critical",
    ]) { $1 }
    try identity.run()
    process.executableURL = try executable("xaso")
    process.arguments = ["serve"]
    process.environment = common.merging([
      "XASO_STORE": directory.appending(path: "gateway.sqlite").path,
      "XASO_KEY_FILE": directory.appending(path: "gateway.key").path, "XASO_LISTEN_REQUESTS": endpoint,
      "XASO_LOG_LEVEL": "critical",
    ]) { $1 }
    try process.run()
    let connection = { [context, clientLoop] (keys: CurveKeys) in
      Client(to: endpoint, security: .client(keys: keys, server: gateway.publicKey), in: context, on: clientLoop)
    }
    try await Self.enroll(keys, in: unit, by: connection(administrator), with: connection)
    client = connection(keys)
    for _ in 0..<500 { try await ask(.json) }
  }

  func microseconds(_ form: Form, inFlight: Int, count: Int = 20_000) async throws -> Double {
    try await timed(count: count, inFlight: inFlight) { _ in try await ask(form) }
  }

  func stop() async {
    await client.close()
    await echo.close()
    await responder.close()
    await authenticator.close()
    await database.close()
    for process in [process, identity] {
      process.terminate()
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: directory)
  }

  private static func enroll(
    _ keys: CurveKeys, in unit: Schema.Unit, by administrator: Client, with client: (CurveKeys) -> Client
  ) async throws {
    let invitation = CurveKeys.generate()
    guard let key = Identity.Key(invitation.publicKey.z85), let own = Identity.Key(keys.publicKey.z85) else { return }
    let invite = Invite(
      key: key, account: "bench", office: Office(code: "vp", name: "Văn phòng"), roles: [Open(.entry), Open(.focal)],
      expires: Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000))
    _ = try await administrator.send(invite, to: unit, ttl: .seconds(30))
    await administrator.close()
    let invited = client(invitation)
    _ = try await invited.send(Join(key: own), to: nil, ttl: .seconds(30))
    await invited.close()
  }

  private func ask(_ form: Form) async throws {
    switch form {
    case .bytes:
      _ = try await client.exchange(Route("plans.list", unit), Self.bytes, ttl: .seconds(30))
    case .json:
      _ = try await client.send(ReadInbox(after: Self.padding), to: unit, ttl: .seconds(30))
    }
  }

  private static let bytes = Data(repeating: 7, count: 1024)
  private static let padding = String(repeating: "x", count: 1000)

  private static func handlers(on database: Database) -> Handlers<Notifications> {
    let notice = NoticeSummary(
      id: Notice.ID(), office: "vp", time: .now, text: Text(vi: padding, en: "one kilobyte"))
    var handlers = Handlers(for: Notifications.self, on: database)
    handlers.on(ReadInbox.self, answer: { _, _ in Page(items: [notice], next: nil) })
    handlers.on(Health<Notifications>.self, answer: { _, _ in throw Refusal(.notFound) })
    handlers.on(Reached<Notifications>.self, answer: { _, _ in throw Refusal(.notFound) })
    handlers.on(ListParked<Notifications>.self, answer: { _, _ in throw Refusal(.notFound) })
    handlers.on(RetryParked<Notifications>.self, do: { _, _, _ in .refused(Refusal(.notFound)) })
    handlers.on(DropParked<Notifications>.self, do: { _, _, _ in .refused(Refusal(.notFound)) })
    return handlers
  }
}

/// Answers every request with its own body, unread.
actor Echo {
  private let loop: PollLoop
  private var socket: Socket?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  static func bind(
    _ endpoint: String, _ security: Security, in context: Context, on loop: PollLoop
  ) async throws -> Echo {
    let echo = Echo(on: loop)
    try await echo.open(endpoint, security, context)
    return echo
  }

  private init(on loop: PollLoop) { self.loop = loop }

  private func open(_ endpoint: String, _ security: Security, _ context: Context) throws {
    let socket = try Socket.open(.router, in: context, security: security)
    try socket.bind(endpoint)
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
  }

  func close() {
    guard let socket = socket.take() else { return }
    loop.unwatch(socket)
    socket.close()
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive(), message.count == 5,
        let header = try? message[1].withUnsafeBytes({ bytes throws(Header.Fault) in try RequestHeader(bytes) })
      else { return }
      let reply = ReplyHeader(to: header, status: .ok)
      _ = try? socket?.send([message[0], Frame(reply.bytes), message[4]])
    }
  }
}
