import ArgumentParser
import FoundationEssentials
import Schema
import Service
import Storage
import Yams
import ZeroMQ

/// What the processes of an installation need before their first start, each thing in a folder of its own, so that every
/// process can be given its own secret and no other's:
///
/// | | |
/// |---|---|
/// | `keys/NAME/NAME.key` | a process's secret key, for that process alone; of `gateway-next` too while keys are changed |
/// | `public/registry.yaml` | public keys and endpoints, for all |
/// | `public/identity.yaml` | settings that name the first administrator's public key, for identity |
/// | `operator/profile.yaml`, `operator/profile.key` | the first administrator, for who operates |
///
/// `Installation` is the other form: everything in one folder, for one user.
struct Groundwork {
  /// Where the processes find each other.
  enum Hosts {
    /// Each on a host of its own name, as containers are.
    case named
    /// All on this machine.
    case loopback
  }

  static let processes = Catalogue.contracts.map { $0.name.description }

  let directory: URL

  init(_ path: String) { directory = URL(filePath: path, directoryHint: .isDirectory).absoluteURL }

  /// Makes what is not there yet; a key that is there is kept, and so is an endpoint that was changed by hand.
  ///
  /// - Parameter hasSuccessor: Whether a gateway with another key is to take the place of the one that there is.
  ///
  /// Throws a complaint when there is one and it is not to be any more: those who went to it already know its key alone.
  func lay(at hosts: Hosts, hasSuccessor: Bool = false) throws {
    // Other users pass through the first two to what is theirs.
    for folder in ["keys", "public"] { try make(folder, permissions: 0o755) }
    for folder in Self.processes.map({ "keys/\($0)" }) + ["operator"] { try make(folder, permissions: 0o700) }

    var registry = try self.registry
    if hasSuccessor {
      try make("keys/\(Gateways.successorName)", permissions: 0o700)
      registry.entries[Gateways.successorName] = Registry.Entry(
        key: try CurveKeys.loadOrMake(at: successorKey).publicKey)
    } else if DurableFile.exists(successorKey) {
      throw Complaint(
        vi: """
          Việc đổi khóa cổng vào chưa xong: hãy kết thúc bằng xaso setup --succeed, hoặc đặt lại XASO_SUCCESSOR_PORT.
          """,
        en:
          "The gateway's key is being rotated: finish it with xaso setup --succeed, or set XASO_SUCCESSOR_PORT again.",
        code: ExitCode(78))
    }
    for name in Self.processes {
      let key = try CurveKeys.loadOrMake(at: self.path("keys", name, "\(name).key")).publicKey
      var entry = registry.entries[name] ?? Self.entry(of: name, key, at: hosts)
      entry.key = key
      registry.entries[name] = entry
    }
    try write(registry)
    try foundOperator(registry)
  }

  /// Ends a rotation: the successor's key becomes the gateway's, in whose place it is from the next start on. When it is
  /// interrupted, it can be run again.
  func succeed() throws {
    guard DurableFile.exists(successorKey) else {
      throw Complaint(
        vi: "Không có việc đổi khóa cổng vào nào đang chờ kết thúc.",
        en: "No rotation of the gateway's key is under way.",
        code: ExitCode(1))
    }
    let gateway = Gateways.name.description
    let key = path("keys", gateway, "\(gateway).key")
    try DurableFile.copy(successorKey, to: key)
    var registry = try registry
    registry.entries[Gateways.successorName] = nil
    registry.entries[gateway]?.key = try CurveKeys.load(from: key).publicKey
    try write(registry)
    try foundOperator(registry)
    try DurableFile.remove(successorKey)
  }

  private var successorKey: String {
    path("keys", Gateways.successorName, "\(Gateways.successorName).key")
  }

  private func foundOperator(_ registry: Registry) throws {
    guard let gateway = registry[Gateways.name] else { return }
    let keys = try CurveKeys.loadOrMake(at: path("operator", "profile.key"))
    let profile = Profile(
      server: gateway.requests ?? "tcp://127.0.0.1:\(Self.port(of: Gateways.name.description))",
      serverKey: gateway.key, keyFile: "profile.key", unit: nil)
    try profile.save(to: path("operator", "profile.yaml"))
    let settings = ["xaso": ["first": ["administrator": keys.publicKey.z85]]]
    try write(try YAMLEncoder().encode(settings), to: path("public", "identity.yaml"))
  }

  private var registry: Registry {
    get throws {
      let path = path("public", "registry.yaml")
      return DurableFile.exists(path) ? try Registry.load(from: path) : Registry(entries: [:])
    }
  }

  private func write(_ registry: Registry) throws {
    try write(try registry.yaml, to: path("public", "registry.yaml"))
  }

  // MARK: Where they listen

  private static func entry(of name: String, _ key: PublicKey, at hosts: Hosts) -> Registry.Entry {
    let host =
      switch hosts {
      case .named: name
      case .loopback: "127.0.0.1"
      }
    let port = port(of: name)
    let publishes = Catalogue.contracts.contains { $0.name.description == name && !$0.events.isEmpty }
    return Registry.Entry(
      key: key, requests: "tcp://\(host):\(port)", events: publishes ? "tcp://\(host):\(port + 1)" : nil)
  }

  /// Of requests; the stream is on the next one. The gateway has 7400, the services follow in the catalogue's order.
  private static func port(of name: String) -> Int { 7400 + 10 * (processes.firstIndex(of: name) ?? 0) }

  // MARK: Files

  private func path(_ parts: String...) -> String { parts.reduce(directory) { $0.appending(path: $1) }.path }

  private func make(_ folder: String, permissions: Int) throws {
    try FileManager.default.createDirectory(
      atPath: path(folder), withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
  }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
