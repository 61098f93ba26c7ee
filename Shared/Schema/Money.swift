/// An amount in whole đồng. JSON carries it as an integer.
public struct Money: Hashable, Comparable, Sendable, Codable, ExpressibleByIntegerLiteral {
  /// One amount is no larger: beyond what a whole country spends in a year are zeros too many. One line that is so
  /// wrong must not keep the sums of a province from fitting.
  public static let most: Money = 1_000_000_000_000_000

  public let dong: Int64

  public init(dong: Int64) { self.dong = dong }
  public init(integerLiteral value: Int64) { dong = value }

  public init(from decoder: any Decoder) throws {
    dong = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(dong)
  }

  /// Nil when the sum does not fit: money never wraps and never traps.
  public func adding(_ other: Money) -> Money? {
    let (sum, overflow) = dong.addingReportingOverflow(other.dong)
    return overflow ? nil : Money(dong: sum)
  }

  /// Nil when the difference does not fit.
  public func subtracting(_ other: Money) -> Money? {
    let (difference, overflow) = dong.subtractingReportingOverflow(other.dong)
    return overflow ? nil : Money(dong: difference)
  }

  public static func < (left: Money, right: Money) -> Bool { left.dong < right.dong }

  /// As offices write it, without the unit: `844.000.000`.
  public var written: String {
    var text = ""
    for (index, digit) in String(dong.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(".") }
      text.append(digit)
    }
    return (dong < 0 ? "-" : "") + String(text.reversed())
  }
}
