import Bus
import Glibc
import Schema
import Service
import ZeroMQ

/// The whole stack on one machine, without containers.
struct Stack {
  let installation: Installation
  private let daemons: [Daemon]

  /// Services before the gateway; they stop in the opposite order.
  init(in installation: Installation) {
    self.installation = installation
    daemons = (Installation.services + [Installation.gateway]).map { Daemon($0, in: installation) }
  }

  var isRunning: Bool { daemons.contains { $0.pid != nil } }

  /// Starts what does not run, and returns when all answer.
  ///
  /// - Parameter port: Of the gateway on loopback; 0 for one that is free.
  func start(port: Int) async throws {
    try installation.prepare(port: port == 0 ? try Self.freePort() : port)
    for daemon in daemons { try daemon.start(environment: try installation.environment(of: daemon.name)) }
    do {
      try await withOperator { session throws(Refusal) in
        _ = try await session.ask(Health<Plans>(), in: nil)
        _ = try await session.ask(Health<Notifications>(), in: nil)
      }
    } catch {
      let words = daemons.filter { $0.pid == nil }.map { "\($0.name): \($0.lastWords)" }.joined(separator: "\n")
      try await stop()
      throw SettingsError("the stack does not answer: \(error)\n\(words)")
    }
  }

  func stop() async throws {
    for daemon in daemons.reversed() { try await daemon.stop() }
  }

  private func withOperator(_ body: (Session) async throws(Refusal) -> Void) async throws {
    let (profile, keys) = try Profile.load(from: installation.profilePath("operator"))
    let session = Session(profile, keys, in: Context(), on: PollLoop(name: "client"))
    do {
      try await body(session)
    } catch {
      await session.close()
      throw error
    }
    await session.close()
  }

  /// A port that nobody listens on now.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
      }
    }
    guard status else { throw SettingsError("no free port on loopback: \(String(cString: strerror(errno)))") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
