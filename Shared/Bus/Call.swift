public import Schema
import ZeroMQ

/// What a handler knows of a request besides its body. No body names its unit: it comes from the route, and the access
/// of the request has been checked against it.
public struct Call: Sendable {
  public var caller: Caller
  /// The unit of the route; nil where a request is about none.
  public var unit: Unit?
  /// The version of the entity that the caller has seen, if it says so.
  public var expected: Int?

  let key: UUIDv7
  let trace: UInt64
  /// Nanoseconds of the loop's clock.
  let deadline: UInt64

  /// The unit that the request is about; 404 for one that names none.
  public func home() throws(Refusal) -> Unit {
    guard let unit else { throw Refusal(.notFound) }
    return unit
  }

  /// Refuses a change to what is not what the caller has seen.
  public func expects(_ version: Int) throws(Refusal) {
    guard let expected, expected != version else { return }
    throw Refusal(
      .conflict, vi: "Đã có thay đổi mới hơn (bản \(version), không phải bản \(expected)); hãy xem lại rồi làm lại.",
      en: "It has changed since (version \(version), not \(expected)); look again, then repeat.")
  }

  /// The time until the caller stops waiting, less what the reply needs to get there.
  public var left: Duration {
    let now = PollLoop.now()
    return deadline > now ? max(.zero, .nanoseconds(Int64(clamping: deadline - now)) - .milliseconds(200)) : .zero
  }

  /// Refuses what has waited too long, before anything is done about it.
  func inTime() throws(Refusal) {
    guard PollLoop.now() < deadline else { throw Refusal(.timedOut) }
  }
}
