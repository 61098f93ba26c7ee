import ArgumentParser
import Bus
import FoundationEssentials
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

  /// Starts what does not run, and returns when all answer. Of what ran before nothing is stopped when that fails.
  ///
  /// - Parameter port: Of the gateway on loopback; 0 for one that is free. A gateway that runs keeps its own.
  func start(port: Int) async throws {
    try installation.prepare(
      port: gatewayRuns ? try installation.port() : port == 0 ? try Self.freePort() : port)
    let stopped = daemons.filter { $0.pid == nil }
    do {
      for daemon in stopped { try daemon.start(environment: try installation.environment(of: daemon.name)) }
      try await ready()
    } catch {
      let words = daemons.filter { $0.pid == nil }.map(\.lastWords)
      for daemon in stopped.reversed() { try await daemon.stop() }
      guard !words.isEmpty else { throw error }
      let said = words.joined(separator: "\n")
      throw Complaint(vi: "Không khởi động được:\n\(said)", en: "Could not start:\n\(said)", code: ExitCode(69))
    }
  }

  /// Starts all processes anew, on another day, which is this process's from now on too. A gateway that ran keeps its port:
  /// profiles elsewhere name it.
  func start(port: Int, on day: Day) async throws {
    let port = gatewayRuns ? try installation.port() : port
    try await stop()
    Rehearsal.begin(on: day)
    try await start(port: port)
  }

  private var gatewayRuns: Bool { daemons.contains { $0.name == Installation.gateway && $0.pid != nil } }

  func stop() async throws {
    for daemon in daemons.reversed() { try await daemon.stop() }
  }

  /// Gives a service another key. All processes must be stopped: each reads the registry, which names it, at its start.
  ///
  /// The gateway's key is another matter: clients have pinned it.
  func rotateKey(of service: String) throws -> PublicKey {
    guard Installation.services.contains(service) else {
      throw Complaint(
        vi: "--service: một trong \(Installation.services.joined(separator: ", ")).",
        en: "--service: one of \(Installation.services.joined(separator: ", ")).", code: ExitCode(64))
    }
    guard daemons.allSatisfy({ $0.pid == nil }) else {
      throw Complaint(
        vi: "Hệ thống đang chạy; hãy dừng trước (xaso down).", en: "The stack is running; stop it first (xaso down).",
        code: ExitCode(1))
    }
    return try installation.renewKeys(of: service)
  }

  /// Returns when every service answers; throws when one has died, or after 10 seconds.
  private func ready() async throws {
    try await Session.with(installation.profilePath("operator")) { session in
      for contract in Catalogue.contracts {
        var waited = 0
        while true {
          do {
            _ = try await session.health(of: contract, ttl: .milliseconds(500))
            break
          } catch {
            waited += 1
            guard waited < 20, daemons.allSatisfy({ $0.pid != nil }) else { throw explained(error) }
          }
        }
      }
    }
  }

  /// The key beside the stores may be another one than they were made with.
  private func explained(_ error: any Error) -> any Error {
    guard (error as? Refusal)?.status == .forbidden else { return error }
    let key = installation.profileKeyPath("operator")
    return Complaint(
      vi: """
        Hệ thống ở \(installation.directory.path) không nhận khóa \(key): đó không phải khóa đã lập nên hệ thống này. Hãy đặt lại \
        đúng tệp khóa (từ bản sao lưu), hoặc chọn thư mục khác (--dir).
        """,
      en: """
        The stack in \(installation.directory.path) does not know the key \(key): it was not made with it. Put the right file \
        back (from a backup), or choose another folder (--dir).
        """)
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
