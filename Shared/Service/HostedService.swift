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

  /// The same for a service whose handlers need more than the store; that of before is then not asked.
  static func register(in handlers: inout Handlers<Interface>, _ settings: Settings) throws

  /// How the store is run.
  static func options(_ settings: Settings) throws -> Database.Options

  /// What has to be in the store before anything is served.
  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws

  /// One for each stream that the contract follows.
  static var subscriptions: [Subscription] { get }
}

extension HostedService {
  public static func register(in handlers: inout Handlers<Interface>, _ settings: Settings) throws {
    register(in: &handlers)
  }

  public static func options(_ settings: Settings) throws -> Database.Options { Database.Options() }

  public static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {}

  public static var subscriptions: [Subscription] { [] }

  /// `xaso-NAME` is the whole life of the process, until SIGTERM or SIGINT; `xaso-NAME health` asks it how it is.
  @concurrent public static func main() async {
    switch Array(CommandLine.arguments.dropFirst()) {
    case []: await serve()
    case ["health"]: exit(await HealthCheck.run(of: Interface.self))
    default:
      log.critical("takes no argument but health; its settings come from the environment")
      exit(64)
    }
  }

  private static func serve() async {
    keepToOurselves()
    do {
      let settings = try await Settings.load()
      var log = log
      log.logLevel = settings.logLevel
      try await Host<Self>(settings, log: log).runUntilStopped(log: log)
    } catch {
      log.critical("cannot serve", metadata: ["reason": "\(error)"])
      exit(1)
    }
  }

  private static var log: Logger { Logger.standard("xaso-\(Interface.name)", level: .info) }
}
