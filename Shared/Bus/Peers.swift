public import Schema
public import ZeroMQ

/// Who may speak to a service, by CURVE key: gateways for people, services for each other.
public struct Peers: Sendable {
  /// What a key stands for.
  public enum Peer: Hashable, Sendable {
    /// Sends any method, always with the caller for whom it speaks.
    case gateway
    /// Sends `events`, `reached` and `health`, never with a caller.
    case service(ServiceName)
  }

  private let table: [PublicKey: Peer]

  public init(_ table: [PublicKey: Peer]) { self.table = table }

  public subscript(key: PublicKey) -> Peer? { table[key] }

  /// For the process's ZAP handler: nobody else gets through the handshake.
  public func admits(_ key: PublicKey) -> Bool { table[key] != nil }
}
