import Configuration
public import Logging
import Schema

/// A setting that is missing or cannot be used; the message says which and what to do.
public struct SettingsError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// What an operator may set, by environment or in a YAML file; the environment wins.
///
/// | environment | file | for |
/// |---|---|---|
/// | `XASO_SETTINGS_FILE_PATH` | | the file itself |
/// | `XASO_STORE` | `xaso.store` | path of the service's database |
/// | `XASO_KEY_FILE` | `xaso.key.file` | its secret key, mode 0600 |
/// | `XASO_REGISTRY_FILE` | `xaso.registry.file` | public keys and endpoints |
/// | `XASO_LISTEN_REQUESTS` | `xaso.listen.requests` | where to bind, when it is not what the registry tells others |
/// | `XASO_LISTEN_EVENTS` | `xaso.listen.events` | the same for the stream |
/// | `XASO_FIRST_ADMINISTRATOR` | `xaso.first.administrator` | identity: a public key, let in while there is none |
/// | `XASO_REGISTER_KEYS` | `xaso.register.keys` | identity: file with the keys of the person register, made where there is none |
/// | `XASO_DIRECTORY_LIMIT` | `xaso.directory.limit` | gateway: seconds that its copy is good for, 300 at most |
/// | `XASO_WORKING_DAYS` | `xaso.working.days` | plans, budget, notifications: a CSV of holidays and swapped days, over those that come along |
/// | `XASO_NOTICES` | `xaso.notices` | notifications: folder with rules, texts and channels of one's own |
/// | `XASO_BACKUP` | `xaso.backup` | folder into which the store is copied when an operator asks for a backup |
/// | `XASO_METRICS` | `xaso.metrics` | folder in which node_exporter's textfile collector looks for files |
/// | `XASO_SUCCESSOR_PORT` | `xaso.successor.port` | gateway: port of `gateway-next`, which takes its place, on the same host |
/// | `XASO_TODAY` | | the day that the calendar is set to, for a rehearsal |
/// | `XASO_LOG_LEVEL` | `xaso.log.level` | trace, debug, info, notice, warning, error |
public struct Settings: Sendable {
  private let reader: ConfigReader

  /// Reads the environment, and the file that it names; sets the calendar where the environment says so.
  public static func load() async throws -> Settings {
    try Rehearsal.begin()
    let environment = EnvironmentVariablesProvider()
    let bootstrap = ConfigReader(provider: environment).scoped(to: "xaso.settings")
    guard bootstrap.string(forKey: "filePath") != nil else {
      return Settings(reader: ConfigReader(provider: environment).scoped(to: "xaso"))
    }
    let file = try await FileProvider<YAMLSnapshot>(config: bootstrap)
    return Settings(reader: ConfigReader(providers: [environment, file]).scoped(to: "xaso"))
  }

  /// - Parameters:
  ///   - key: As in the file, without `xaso.`: `key.file`.
  ///   - purpose: What it is for, to say when it is missing.
  public func required(_ key: String, for purpose: String) throws(SettingsError) -> String {
    guard let value = self[key], !value.isEmpty else {
      let name = "XASO_" + key.replacing(".", with: "_").uppercased()
      throw SettingsError("\(name) is not set: \(purpose)")
    }
    return value
  }

  public subscript(key: String) -> String? {
    reader.string(forKey: ConfigKey(key))
  }

  public var logLevel: Logger.Level {
    self["log.level"].flatMap(Logger.Level.init(rawValue:)) ?? .info
  }
}
