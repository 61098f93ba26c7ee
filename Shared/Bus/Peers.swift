public import Schema
public import ZeroMQ

/// Who may speak to a service, by CURVE key: gateways for people, services for each other.
public struct Peers: Sendable {
  /// What a key stands for.
  public enum Peer: Hashable, Sendable {
    /// Sends any method, with the caller for whom it speaks; for itself a `GatewayQuery`.
    case gateway
    /// Sends a `PeerQuery`, never with a caller: `events`, `reached`, `health`.
    case service(ServiceName)
  }

  /// Who asks.
  public enum Speaker: Hashable, Sendable {
    /// A person or a machine, vouched for by a gateway: what they may do is to be checked.
    case caller(Caller)
    /// The process itself, which may ask this.
    case itself(Caller)

    public var caller: Caller {
      switch self {
      case .caller(let caller), .itself(let caller): caller
      }
    }
  }

  private let table: [PublicKey: Peer]

  public init(_ table: [PublicKey: Peer]) { self.table = table }

  public subscript(key: PublicKey) -> Peer? { table[key] }

  /// The one decision on who asks: by the key of the connection, and by what stands in the caller frame.
  ///
  /// - Parameter caller: The frame as text; empty where no caller is named.
  /// - Returns: Throws `Refusal` for whom nobody vouches for, and for what a process may not ask for itself.
  public func speaker(
    _ key: PublicKey?, _ caller: String, sending type: any Request.Type
  ) throws(Refusal) -> Speaker {
    switch key.flatMap({ table[$0] }) {
    case nil: throw Refusal(.forbidden)
    case .service(let name)?:
      guard caller.isEmpty, type is any PeerQuery.Type else { throw Refusal(.forbidden) }
      return .itself(try Self.process(name))
    case .gateway?:
      if caller.isEmpty, type is any GatewayQuery.Type { return .itself(try Self.process(Gateways.name)) }
      guard let caller = Caller(caller) else { throw Refusal(.malformed) }
      return .caller(caller)
    }
  }

  private static func process(_ name: ServiceName) throws(Refusal) -> Caller {
    guard let account = Caller.Account(name.description) else { throw Refusal(.forbidden) }
    return Caller(account: account, unit: nil, office: nil, roles: [])
  }

  /// For the process's ZAP handler: nobody else gets through the handshake.
  public func admits(_ key: PublicKey) -> Bool { table[key] != nil }
}
