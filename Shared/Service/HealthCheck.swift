import Bus
import FoundationEssentials
import Logging
public import Schema
import ZeroMQ

/// Asks a process on this machine how it is, by the real request and with that process's own key: what watches a
/// container has no other, and what is answered under it can only be that process.
public enum HealthCheck {
  /// Prints the answer as JSON, or logs why there is none.
  ///
  /// - Returns: The exit code: 0 when the process serves, else 1.
  @concurrent public static func run<S: Contract>(of contract: S.Type) async -> Int32 {
    do {
      let health = try await ask(contract, try await Settings.load())
      print(String(decoding: Codec.encode(health), as: UTF8.self))
      return 0
    } catch {
      let reason = (error as? Refusal)?.text(.english) ?? "\(error)"
      Logger.standard("xaso-\(S.name)", level: .info).error("not healthy", metadata: ["reason": "\(reason)"])
      return 1
    }
  }

  private static func ask<S: Contract>(_ contract: S.Type, _ settings: Settings) async throws -> ServiceHealth {
    let keys = try CurveKeys.load(from: try settings.required("key.file", for: "the file with the process's own key"))
    let client = Client(
      to: reachable(try endpoint(of: S.name, settings)), security: .client(keys: keys, server: keys.publicKey),
      in: Context(), on: PollLoop(name: "health"))
    return try await client.send(Health<S>(), to: nil, ttl: .seconds(3)).value
  }

  private static func endpoint(of name: ServiceName, _ settings: Settings) throws -> String {
    if let endpoint = settings["listen.requests"] { return endpoint }
    let path = try settings.required("registry.file", for: "the file with the public keys and endpoints")
    guard let endpoint = try Registry.load(from: path)[name]?.requests else {
      throw SettingsError("XASO_LISTEN_REQUESTS is not set, and the registry names no endpoint for \(name)")
    }
    return endpoint
  }

  /// What is bound to every address is asked on loopback.
  private static func reachable(_ endpoint: String) -> String {
    endpoint.replacing("//*:", with: "//127.0.0.1:").replacing("//0.0.0.0:", with: "//127.0.0.1:")
  }
}
