public import Logging
public import ServiceLifecycle
import UnixSignals

extension ServiceLifecycle.Service {
  /// The life of a process that is this service: until SIGTERM or SIGINT, then 3 seconds to stop in order.
  public func runUntilStopped(log: Logger) async throws {
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: self)], gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    try await ServiceGroup(configuration: configuration).run()
  }
}
