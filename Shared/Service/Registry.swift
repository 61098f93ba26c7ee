public import Bus
import Foundation
public import Schema
import Yams
public import ZeroMQ

/// Who is who on this installation: each service's public key and where it listens, and the gateways' keys.
///
/// One read-only file for all processes; it holds nothing secret.
/// ```yaml
/// plans: {key: "…40 characters…", requests: "tcp://plans:7411", events: "tcp://plans:7412"}
/// gateway: {key: "…"}
/// ```
public struct Registry: Codable, Sendable {
  public struct Entry: Codable, Sendable {
    public var key: PublicKey
    /// Where requests are taken.
    public var requests: String?
    /// Where the service's stream is published.
    public var events: String?

    public init(key: PublicKey, requests: String? = nil, events: String? = nil) {
      self.key = key
      self.requests = requests
      self.events = events
    }
  }

  public var entries: [String: Entry]

  public init(entries: [String: Entry]) { self.entries = entries }

  public init(from decoder: any Decoder) throws {
    entries = try decoder.singleValueContainer().decode([String: Entry].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries)
  }

  public static func load(from path: String) throws -> Registry {
    let registry: Registry
    do {
      registry = try YAMLDecoder().decode(Registry.self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw SettingsError("the registry \(path) cannot be read: \(error)")
    }
    guard Set(registry.entries.values.map(\.key)).count == registry.entries.count else {
      throw SettingsError("the registry \(path) gives one key to two processes")
    }
    return registry
  }

  public var yaml: String {
    get throws { try YAMLEncoder().encode(self) }
  }

  public subscript(service: ServiceName) -> Entry? { entries[service.description] }

  /// Every entry named `gateway…` speaks for people; every other one is a service.
  public var peers: Peers {
    var table: [PublicKey: Peers.Peer] = [:]
    for (name, entry) in entries {
      table[entry.key] = name.hasPrefix("gateway") ? .gateway : .service(ServiceName(name))
    }
    return Peers(table)
  }
}
