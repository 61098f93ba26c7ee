/// Adds a key to one's own account: the first step of leaving an old one. Asked for again, with the old key or with the
/// new one, it gives the same answer: so the new key is tried before the old one goes.
public struct AddKey: Command, Hashable {
  public typealias Reply = AccountSummary
  public static let method: Method = "identity.key.add"
  public static let access: Access = .oneself

  /// The public half of one's own new pair.
  public var key: Identity.Key

  public init(key: Identity.Key) { self.key = key }
}

/// Gives up a key of one's own account, never the last one.
public struct WithdrawKey: Command, Hashable {
  public typealias Reply = AccountSummary
  public static let method: Method = "identity.key.withdraw"
  public static let access: Access = .oneself

  public var key: Identity.Key

  public init(key: Identity.Key) { self.key = key }
}

/// Asks a front door whether another one, with another key, takes its place: a client that has pinned this door's key is
/// told in a session with that very key, and so need not believe anybody else.
public struct ReadSuccessor: Query, Hashable {
  public typealias Reply = Successor
  public static let method: Method = "gateway.successor"
  public static let access: Access = .oneself

  public init() {}
}

/// Where to go from now on; nothing of it while the door stays.
public struct Successor: Body, Codable, Hashable {
  /// The public key of the other door.
  public var key: Identity.Key?
  /// Its port, on the same host as this one.
  public var port: Int?
  /// The unit of who asks, where others were merged into it.
  public var unit: Unit?
  /// Those others: what is meant for them goes to `unit` from now on.
  public var former: [Unit]?

  public init(key: Identity.Key? = nil, port: Int? = nil, unit: Unit? = nil, former: [Unit]? = nil) {
    self.key = key
    self.port = port
    self.unit = unit
    self.former = former
  }
}
