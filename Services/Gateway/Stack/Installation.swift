import FoundationEssentials
import Glibc
import Schema
import Service
import Yams
import ZeroMQ

/// Everything of a stack on one machine, in one folder that its owner alone can read: keys, registry, accounts, stores,
/// logs.
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
  private var accountsPath: String { path("accounts.yaml") }
  private func keyPath(_ name: String) -> String { path("keys", "\(name).key") }

  func profilePath(_ account: Caller.Account) -> String { path("profiles", "\(account).yaml") }

  /// Makes what is not there yet: the folders, a key pair for each process, the registry, and the operator's account.
  func prepare(port: Int) throws {
    for folder in ["keys", "stores", "logs", "run", "profiles"] {
      try FileManager.default.createDirectory(
        atPath: path(folder), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    // sun_path holds 108 bytes, its end included.
    guard endpoint("notifications", "requests").utf8.count < 107 else {
      throw SettingsError("\(directory.path): too long for the sockets in it; choose a shorter path with --dir")
    }
    var entries: [String: Registry.Entry] = [:]
    for name in Self.services {
      entries[name] = Registry.Entry(
        key: try keys(of: name).publicKey, requests: endpoint(name, "requests"), events: endpoint(name, "events"))
    }
    entries[Self.gateway] = Registry.Entry(
      key: try keys(of: Self.gateway).publicKey, requests: "tcp://127.0.0.1:\(port)")
    try write(try Registry(entries: entries).yaml, to: registryPath)
    if !FileManager.default.fileExists(atPath: accountsPath) {
      try enroll(Enrolment(account: "operator", unit: nil, office: nil, roles: [.operator]))
    } else {
      for name in try enrolled().map(\.account) { try writeProfile(of: name) }
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
      "XASO_REGISTRY_FILE": registryPath,
    ]
    if name == Self.gateway {
      environment["XASO_ACCOUNTS_FILE"] = accountsPath
      environment["XASO_LISTEN_REQUESTS"] = try Registry.load(from: registryPath)[Gateways.name]?.requests
    }
    return environment
  }

  // MARK: Accounts

  /// An account as the accounts file has it.
  struct Enrolment: Codable {
    var account: Caller.Account
    var keys: [PublicKey] = []
    var unit: Unit?
    var office: Office.Code?
    var roles: [Role]
  }

  /// Makes a key pair and a profile for each, and lets them in from the next start or SIGHUP on.
  func enroll(_ enrolments: Enrolment...) throws { try enroll(enrolments) }

  func enroll(_ enrolments: [Enrolment]) throws {
    var all = try enrolled()
    for var enrolment in enrolments {
      let keys = CurveKeys.generate()
      try keys.save(to: path("profiles", "\(enrolment.account).key"))
      enrolment.keys = [keys.publicKey]
      all.append(enrolment)
    }
    try write(try YAMLEncoder().encode(all), to: accountsPath)
    for enrolment in enrolments { try writeProfile(of: enrolment.account) }
  }

  private func enrolled() throws -> [Enrolment] {
    guard FileManager.default.fileExists(atPath: accountsPath) else { return [] }
    return try YAMLDecoder().decode([Enrolment].self, from: Data(contentsOf: URL(filePath: accountsPath)))
  }

  private func writeProfile(of account: Caller.Account) throws {
    guard let gateway = try Registry.load(from: registryPath)[Gateways.name], let server = gateway.requests
    else { return }
    let unit = try enrolled().first { $0.account == account }?.unit
    let profile = Profile(server: server, serverKey: gateway.key, keyFile: "\(account).key", unit: unit)
    try profile.save(to: profilePath(account))
  }

  private func keys(of name: String) throws -> CurveKeys {
    if FileManager.default.fileExists(atPath: keyPath(name)) { return try CurveKeys.load(from: keyPath(name)) }
    let keys = CurveKeys.generate()
    try keys.save(to: keyPath(name))
    return keys
  }

  private func endpoint(_ name: String, _ what: String) -> String { "ipc://" + path("run", "\(name).\(what)") }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
