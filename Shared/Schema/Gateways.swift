/// The gateway itself: it answers for its own health, and passes everything else on.
public enum Gateways: Contract {
  public static let name: ServiceName = "gateway"
  public static let requests: [any Request.Type] = []
  public static let events: [any Event.Type] = []
  public static let follows: [ServiceName] = []
}
