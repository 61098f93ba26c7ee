import Logging
import Schema
import Service
import ServiceLifecycle
import Storage
import UnixSignals
import ZeroMQ

/// Runs the front door: opens it, takes the accounts again at SIGHUP, and closes it in order.
struct Gatehouse: ServiceLifecycle.Service {
  private let log: Logger
  private let context = Context()
  private let loop = PollLoop(name: "gateway")
  private let keys: CurveKeys
  private let registry: Registry
  private let directory: Directory
  private let endpoint: String
  private let audit: Database

  init(_ settings: Settings, log: Logger) async throws {
    self.log = log
    keys = try CurveKeys.load(from: try settings.required("key.file", for: "the file with the gateway's secret key"))
    registry = try Registry.load(from: try settings.required("registry.file", for: "the file with the public keys"))
    directory = try Directory(path: try settings.required("accounts.file", for: "the file with the accounts"))
    endpoint = try settings.required("listen.requests", for: "the endpoint for clients, such as tcp://0.0.0.0:7400")
    audit = try await Database.open(
      try settings.required("store", for: "the path of the gateway's audit store"), service: Gateways.name,
      migrations: [])
  }

  func run() async throws {
    let authenticator = try await Authenticator.start(in: context, on: loop) { [directory] key in
      directory[key] == nil ? .deny : .admit
    }
    let door = Door(directory, audit: audit, in: context, on: loop, log: log)
    let bound = try await door.open(endpoint, registry, keys: keys)
    try await SelfTest.refusesStrangers(at: bound, server: keys.publicKey, in: context, on: loop)
    try await door.serve()
    log.info("serving", metadata: ["endpoint": "\(bound)"])

    await withTaskGroup(of: Void.self) { group in
      group.addTask { await reloadAtHangup() }
      try? await gracefulShutdown()
      log.info("stopping")
      await door.drain()
      group.cancelAll()
    }
    await door.close()
    await authenticator.close()
    await audit.close()
    loop.stop()
    context.terminateOrExit(log: log)
  }

  private func reloadAtHangup() async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) {
      do {
        try directory.reload()
        log.info("accounts taken again")
      } catch {
        log.error("accounts kept as they were", metadata: ["reason": "\(error)"])
      }
    }
  }
}
