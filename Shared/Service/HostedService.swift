public import Bus
import Glibc
public import Logging
public import Schema
public import Storage

/// What makes a service: its contract, its tables, its handlers, and what it does with others' events.
public protocol HostedService: SendableMetatype {
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

  /// What the service does of its own accord, from the time that it serves until it is cancelled.
  static func work(in place: Workplace) async throws
}

/// What a service works with when nobody asks it anything.
public struct Workplace: Sendable {
  public let database: Database
  public let settings: Settings
  public let log: Logger
  /// True when everything that other services have said was read: what is decided by the day would else be decided by
  /// an old state.
  public let isCaughtUp: @Sendable () -> Bool
}

extension HostedService {
  public static func register(in handlers: inout Handlers<Interface>, _ settings: Settings) throws {
    register(in: &handlers)
  }

  public static func options(_ settings: Settings) throws -> Database.Options { Database.Options() }

  public static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {}

  public static var subscriptions: [Subscription] { [] }

  public static func work(in place: Workplace) async throws {}

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
    // A peer that is gone is a failed write, and not the end of the process.
    signal(SIGPIPE, SIG_IGN)
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
