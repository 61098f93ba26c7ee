/// A share as it was counted: so many of so many. Never a percentage, so that units can be added up.
public struct Ratio: Hashable, Sendable, Codable {
  public let numerator: Int64
  public let denominator: Int64

  /// Nil unless the denominator is positive and the numerator is not negative.
  public init?(_ numerator: Int64, of denominator: Int64) {
    guard denominator > 0, numerator >= 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  private enum CodingKeys: CodingKey { case numerator, denominator }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let numerator = try container.decode(Int64.self, forKey: .numerator)
    guard let ratio = Ratio(numerator, of: try container.decode(Int64.self, forKey: .denominator)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .denominator, in: container, debugDescription: "Ratio: denominator > 0, numerator >= 0")
    }
    self = ratio
  }

  /// The share of both together: numerators and denominators are added apart. Nil when a sum does not fit.
  public func combined(with other: Ratio) -> Ratio? {
    let (top, topOverflow) = numerator.addingReportingOverflow(other.numerator)
    let (bottom, bottomOverflow) = denominator.addingReportingOverflow(other.denominator)
    return topOverflow || bottomOverflow ? nil : Ratio(top, of: bottom)
  }

  /// Compares `numerator/denominator × 100` with a target in percent, exactly.
  public func percentCompared(to target: Quantity) -> Order {
    let left = numerator.multipliedFullWidth(by: 100 * target.scale)
    let right = target.mantissa.multipliedFullWidth(by: denominator)
    if left.high != right.high { return left.high < right.high ? .below : .above }
    return left.low == right.low ? .equal : (left.low < right.low ? .below : .above)
  }

  public enum Order: Sendable { case below, equal, above }

  /// As offices write it, with one decimal: `85,0 %`. Rounded down, so that 99,96 % is never shown as reached.
  public var percentWritten: String {
    let tenths = Int128(numerator) * 1000 / Int128(denominator)
    return "\(tenths / 10),\(tenths % 10) %"
  }
}
