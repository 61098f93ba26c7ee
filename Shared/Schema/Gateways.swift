/// The gateway itself: it answers for its own health and for who takes its place, and passes everything else on.
public enum Gateways: Contract {
  public static let name: ServiceName = "gateway"
  public static let requests: [any Request.Type] = [ReadSuccessor.self]
  public static let events: [any Event.Type] = []
  public static let follows: [ServiceName] = []

  /// In the registry, the gateway that takes the place of this one while the key that clients have pinned is changed.
  public static let successorName = "gateway-next"
}
