import Glibc
public import Logging
import Schema
public import ServiceLifecycle
import UnixSignals
public import ZeroMQ

/// What the process writes is for its own user alone: stores hold drafts and audit.
public func keepToOurselves() { umask(0o077) }

extension ServiceLifecycle.Service {
  /// The life of a process that is this service: until SIGTERM or SIGINT, then 3 seconds to stop in order.
  public func runUntilStopped(log: Logger) async throws {
    if let day = Rehearsal.day { log.warning("a rehearsal", metadata: ["today": "\(day)"]) }
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: self)], gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    try await ServiceGroup(configuration: configuration).run()
  }
}

extension Context {
  /// Ends the context, and the process when libzmq cannot end it: by now everything that matters is on disk.
  public func terminateOrExit(log: Logger) {
    guard !terminate(within: .milliseconds(800)) else { return }
    log.warning("a socket was left open: leaving without it")
    _exit(0)
  }
}
