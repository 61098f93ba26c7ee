public import Schema

/// The second frame of a request: the method, and the unit that it is about. `plans.issue 38/15043`, `plans.health -`.
public struct Route: Hashable, Sendable, LosslessStringConvertible {
  public let method: Method
  public let unit: Unit?

  public init(_ method: Method, _ unit: Unit?) {
    self.method = method
    self.unit = unit
  }

  public init?(_ description: String) {
    let parts = description.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let method = Method(String(parts[0])) else { return nil }
    let unit = Unit(String(parts[1]))
    guard unit != nil || parts[1] == "-" else { return nil }
    self.init(method, unit)
  }

  public var description: String { "\(method) \(unit?.description ?? "-")" }
}
