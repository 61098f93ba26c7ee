/// What an attempt to deliver came to.
enum Delivery: Hashable, Sendable, CustomStringConvertible {
  case delivered
  /// In the receiver's words, as far as it said any; there may be another attempt.
  case failed(String)

  var isDelivered: Bool { self == .delivered }

  var description: String {
    switch self {
    case .delivered: "delivered"
    case .failed(let reason): String(reason.onOneLine.prefix(300))
    }
  }
}
