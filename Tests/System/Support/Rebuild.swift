import Bus
import FoundationEssentials
import GRDB
import Glibc
import Schema
import Service
import ZeroMQ

@testable import xaso

extension House {
  /// What notifications has made of the stream, and what another store makes of it that reads it from its first event.
  struct Comparison {
    var kept: [String: [[DatabaseValue]]]
    var rebuilt: [String: [[DatabaseValue]]]
    var notices: Int { kept["notice"]?.count ?? 0 }
  }

  /// Runs a second notifications process on an empty store, until it has read all that there is.
  func rebuild() async throws -> Comparison {
    let folder = Installation(installation.path("rebuild-\(UUIDv7().low % 10_000)"))
    for name in ["run", "logs", "stores"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    let endpoint = "ipc://" + folder.path("run", "requests")
    let store = folder.path("stores", "notifications.sqlite")
    var environment = try installation.environment(of: House.notifications)
    environment["XASO_STORE"] = store
    environment["XASO_LISTEN_REQUESTS"] = endpoint
    let daemon = Daemon(House.notifications, in: folder)
    try daemon.start(environment: environment)
    defer {
      if let pid = daemon.pid {
        Glibc.kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
      }
    }
    try await reach(try await health(of: House.plans).head, at: endpoint)
    let tables = { (path: String) in try StoreFile(path).dump("plan", "task", "notice") }
    return Comparison(kept: try tables(self.store(House.notifications)), rebuilt: try tables(store))
  }

  /// Asks as the plans service, which is a peer: this process is not the one behind the gateway.
  private func reach(_ sequence: Int64, at endpoint: String) async throws {
    let registry = try Registry.load(from: installation.path("registry.yaml"))
    guard let server = registry[Notifications.name]?.key else { throw CallFailure("no notifications in the registry") }
    let keys = try CurveKeys.load(from: installation.path("keys", "plans.key"))
    let client = Client(
      to: endpoint, security: .client(keys: keys, server: server), in: House.context, on: House.loop)
    let request = Reached<Notifications>(stream: Plans.name, seq: sequence)
    let result: Result<StreamPosition, any Error>
    do {
      result = .success(try await client.send(request, to: nil, ttl: .seconds(30)).value)
    } catch {
      result = .failure(error)
    }
    await client.close()
    let position = try result.get()
    guard position.cursor >= sequence, position.parked == 0 else { throw CallFailure("not rebuilt: \(position)") }
  }
}
