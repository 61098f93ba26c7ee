public import Bus
import Glibc
public import Logging
public import Schema
public import Storage

/// What makes a service: its contract, its tables, its handlers, and what it does with others' events.
public protocol HostedService {
  associatedtype Interface: Contract

  static var migrations: [Migration] { get }

  /// Says what is done with each of the contract's own requests.
  static func register(in handlers: inout Handlers<Interface>)

  /// What has to be in the store before anything is served.
  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws

  /// One for each stream that the contract follows.
  static var subscriptions: [Subscription] { get }
}

extension HostedService {
  public static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {}

  public static var subscriptions: [Subscription] { [] }

  /// The whole life of the process, until SIGTERM or SIGINT.
  @concurrent public static func main() async {
    let name = Interface.name.description
    keepToOurselves()
    do {
      let settings = try await Settings.load()
      let log = Logger.standard("xaso-\(name)", level: settings.logLevel)
      try await Host<Self>(settings, log: log).runUntilStopped(log: log)
    } catch {
      Logger.standard("xaso-\(name)", level: .info).critical("cannot serve", metadata: ["reason": "\(error)"])
      exit(1)
    }
  }
}
