/// All that one service answers, says and follows. Dispatch goes through these closed lists and nothing else.
public protocol Contract: Sendable {
  static var name: ServiceName { get }
  /// Its own requests; what every service answers is in `Catalogue`.
  static var requests: [any Request.Type] { get }
  static var events: [any Event.Type] { get }
  /// The services whose events it applies, along the chain identity → plans → budget → indicators → notifications.
  static var follows: [ServiceName] { get }
  /// Who may follow its stream from outside.
  static var audience: Access { get }
}

extension Contract {
  public static var audience: Access { .follow }

  /// Everything that may be sent to this service.
  public static var all: [any Request.Type] {
    var all =
      requests
      + [Health<Self>.self, BackUp<Self>.self, ListAudit<Self>.self, VerifyAudit<Self>.self] as [any Request.Type]
    if !events.isEmpty { all.append(ReadEvents<Self>.self) }
    if !follows.isEmpty {
      all += [Reached<Self>.self, ListParked<Self>.self, RetryParked<Self>.self, DropParked<Self>.self]
    }
    return all
  }
}

/// The closed set of requests: what is not in it is answered 404, by the gateway and by the services.
public enum Catalogue {
  public static let contracts: [any Contract.Type] = [
    Gateways.self, Identity.self, Plans.self, Budget.self, Indicators.self, Notifications.self,
  ]

  private static let requests: [Method: any Request.Type] = Dictionary(
    uniqueKeysWithValues: contracts.flatMap { $0.all }.map { ($0.method, $0) })

  public static subscript(method: Method) -> (any Request.Type)? { requests[method] }

  /// Every request of every service.
  public static var all: [any Request.Type] { contracts.flatMap { $0.all } }
}
