public import Bus
import Schema
import Synchronization
public import ZeroMQ

/// The key pairs of one test, by the name of who has them. Who is not named here is a stranger.
public final class Keys: Sendable {
  private let pairs = Mutex<[String: CurveKeys]>([:])

  public init() {}

  /// The same pair whenever the name is the same.
  public subscript(name: String) -> CurveKeys {
    pairs.withLock { pairs in
      if let pair = pairs[name] { return pair }
      let pair = CurveKeys.generate()
      pairs[name] = pair
      return pair
    }
  }

  public func knows(_ key: PublicKey) -> Bool { pairs.withLock { $0.values.contains { $0.publicKey == key } } }

  /// As a client of the server that has a name here.
  public func client(_ name: String, of server: String) -> Security {
    .client(keys: self[name], server: self[server].publicKey)
  }

  public func server(_ name: String) -> Security { .server(keys: self[name], domain: "xaso") }

  /// What a service is told of the others: who is named `gateway…` speaks for people.
  public var peers: Peers {
    _ = (self["gateway"], self["plans"], self["notifications"])
    return Peers(
      pairs.withLock { pairs in
        pairs.reduce(into: [:]) { table, pair in
          table[pair.value.publicKey] = pair.key.hasPrefix("gateway") ? .gateway : .service(.init(pair.key))
        }
      })
  }
}
