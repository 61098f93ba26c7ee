import FoundationEssentials
import Glibc
import Schema
import Service
import Storage
import Yams
import ZeroMQ

/// Everything of a stack on one machine, in one folder that its owner alone can read: keys, registry, stores, logs, and
/// the profiles of those who were let in here.
struct Installation {
  let directory: URL

  init(_ path: String) { directory = URL(filePath: path, directoryHint: .isDirectory).absoluteURL }

  /// `XASO_DIR`, or the user's own state folder.
  static var defaultPath: String {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["XASO_DIR"], !path.isEmpty { return path }
    return (environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "") + "/.local/state") + "/xaso"
  }

  static let services = Catalogue.contracts.map { $0.name }.filter { $0 != Gateways.name }
    .map(\.description)
  static let gateway = Gateways.name.description

  func path(_ parts: String...) -> String {
    parts.reduce(directory) { $0.appending(path: $1) }.path
  }

  private var registryPath: String { path("registry.yaml") }
  private func keyPath(_ name: String) -> String { path("keys", "\(name).key") }

  func profilePath(_ account: Caller.Account) -> String { path("profiles", "\(account).yaml") }
  func profileKeyPath(_ account: Caller.Account) -> String { path("profiles", "\(account).key") }

  /// Makes what is not there yet: the folders, a key pair for each process, the registry, and the operator's profile.
  func prepare(port: Int) throws {
    for folder in ["keys", "stores", "backups", "logs", "run", "profiles"] {
      try FileManager.default.createDirectory(
        atPath: path(folder), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    // sun_path holds 108 bytes, its end included.
    guard endpoint("notifications", "requests").utf8.count < 107 else {
      throw SettingsError("\(directory.path): too long for the sockets in it; choose a shorter path with --dir")
    }
    // Besides the gateway of this stack there may be others, and one that takes its place.
    var entries =
      (try? Registry.load(from: registryPath))?.entries.filter { $0.key.hasPrefix("\(Self.gateway)-") } ?? [:]
    for name in Self.services {
      entries[name] = Registry.Entry(
        key: try CurveKeys.loadOrMake(at: keyPath(name)).publicKey, requests: endpoint(name, "requests"),
        events: endpoint(name, "events"))
    }
    entries[Self.gateway] = Registry.Entry(
      key: try CurveKeys.loadOrMake(at: keyPath(Self.gateway)).publicKey, requests: "tcp://127.0.0.1:\(port)")
    try write(try Registry(entries: entries).yaml, to: registryPath)
    if !FileManager.default.fileExists(atPath: profilePath("operator")) {
      _ = try CurveKeys.loadOrMake(at: profileKeyPath("operator"))
      try writeProfile(of: "operator", unit: nil)
    }
    // The port may be another one than before.
    for file in try FileManager.default.contentsOfDirectory(atPath: path("profiles")) where file.hasSuffix(".yaml") {
      guard let account = Caller.Account(String(file.dropLast(5))) else { continue }
      try writeProfile(of: account, unit: try Profile.load(from: profilePath(account)).0.unit)
    }
  }

  /// Of the gateway, as it was started last.
  func port() throws -> Int {
    let endpoint = try Registry.load(from: registryPath)[Gateways.name]?.requests
    return endpoint.flatMap { Int($0.split(separator: ":").last ?? "") } ?? 7400
  }

  /// What one process is told by its environment; the secrets themselves stay in their files.
  func environment(of name: String) throws -> [String: String] {
    var environment = [
      "XASO_STORE": path("stores", "\(name).sqlite"), "XASO_KEY_FILE": keyPath(name),
      "XASO_REGISTRY_FILE": registryPath, "XASO_BACKUP": path("backups"),
    ]
    if name == Self.gateway {
      environment["XASO_LISTEN_REQUESTS"] = try Registry.load(from: registryPath)[Gateways.name]?.requests
    }
    if name == Identity.name.description {
      environment["XASO_FIRST_ADMINISTRATOR"] = try CurveKeys.load(from: profileKeyPath("operator")).publicKey.z85
      environment["XASO_REGISTER_KEYS"] = path("keys", "register.keys")
    }
    return environment
  }

  // MARK: Profiles

  /// The front door as it was started last, for one account.
  func profile(of account: Caller.Account, unit: Unit?) throws -> Profile {
    guard let gateway = try Registry.load(from: registryPath)[Gateways.name], let server = gateway.requests else {
      throw SettingsError("\(registryPath) names no gateway")
    }
    return Profile(server: server, serverKey: gateway.key, keyFile: "\(account).key", unit: unit)
  }

  func writeProfile(of account: Caller.Account, unit: Unit?) throws {
    try profile(of: account, unit: unit).save(to: profilePath(account))
  }

  /// The registry has it from the next `prepare` on.
  func renewKeys(of name: String) throws -> PublicKey {
    let keys = CurveKeys.generate()
    let draft = keyPath(name) + ".next"
    try DurableFile.remove(draft)
    try keys.save(to: draft)
    try DurableFile.put(draft, at: keyPath(name))
    return keys.publicKey
  }

  private func endpoint(_ name: String, _ what: String) -> String { "ipc://" + path("run", "\(name).\(what)") }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
