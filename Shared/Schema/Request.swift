/// The name of a request on the wire: `plans.issue`, `plans.draft.rows`.
public struct Method: Hashable, Sendable, LosslessStringConvertible, ExpressibleByStringLiteral {
  public let description: String

  /// Nil unless it is 2 to 4 groups of lower-case letters, parted by dots, 64 bytes at most.
  public init?(_ description: String) {
    let groups = description.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard description.utf8.count <= 64, (2...4).contains(groups.count),
      groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (97...122).contains($0) } })
    else { return nil }
    self.description = description
  }

  public init(stringLiteral value: String) {
    guard let method = Method(value) else { preconditionFailure("not a method: \(value)") }
    self = method
  }

  /// The service that answers it.
  public var service: ServiceName { ServiceName(String(description.prefix { $0 != "." })) }
}

/// The name of a service, such as `plans`: the first part of its methods, the source of its events.
public struct ServiceName: Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
  public init(stringLiteral value: String) { description = value }

  public init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A message that asks a service for something and is answered with a `Reply`.
///
/// The type carries its name and who may send it, so that sending, handling and authorising are typed by it.
public protocol Request: Codable, Sendable {
  associatedtype Reply: Body

  static var method: Method { get }
  static var access: Access { get }
}

/// A request that changes something: it runs once under its key, and its outcome is remembered for good.
public protocol Command: Request {
  /// What the audit says it was about: which account, office or record, and why. Kept for ever: no personal data.
  var about: String? { get }
}

extension Command {
  public var about: String? { nil }
}

/// A command that holds personal numbers by its nature. In any other they are refused: what is written there is shown to
/// others, sent on and kept.
public protocol ConfidentialCommand: Command {}

/// A request that only reads. It is not remembered.
public protocol Query: Request {}

/// A query that the services may send to each other, without a caller.
public protocol PeerQuery: Query {}

/// A query that a gateway may send for itself, without a caller.
public protocol GatewayQuery: Query {}

/// A query that may wait for something to happen. It is bounded apart from the others, and released at shutdown.
public protocol LongPoll: Query {}

/// The reply to a command with nothing to tell.
public struct Done: Body, Codable, Hashable {
  public init() {}
}

/// A part of a list. Ask again with `next` as `after` for what follows.
public struct Page<Item: Codable & Sendable & Hashable>: Body, Codable, Hashable {
  public var items: [Item]
  /// Nil at the end of the list.
  public var next: String?

  public init(items: [Item], next: String?) {
    self.items = items
    self.next = next
  }
}
