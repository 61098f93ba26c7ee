/// A province or a commune-level unit by its official code (Decision 19/2025/QĐ-TTg: two digits, five digits).
///
/// Written `38` for a province and `38/15043` for a commune: the form that routes and topics carry.
public struct Unit: Hashable, Sendable, CodedAsText, ExpressibleByStringLiteral {
  /// Two digits.
  public let province: String
  /// Five digits; nil for the province itself.
  public let commune: String?

  public init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts[0].utf8.count == 2, parts.count == 1 || parts[1].utf8.count == 5,
      parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }), parts.count == 1 || parts[1] != "00000"
    else { return nil }
    province = String(parts[0])
    commune = parts.count == 2 ? String(parts[1]) : nil
  }

  public init(stringLiteral value: String) {
    guard let unit = Unit(value) else { preconditionFailure("not a unit: \(value)") }
    self = unit
  }

  public var description: String { commune.map { "\(province)/\($0)" } ?? province }

  /// Province and commune as topics write them: fixed width, so that a prefix never matches half a code.
  public var topic: String { "\(province)/\(commune ?? "00000")" }

  /// The province a commune belongs to; a province is its own.
  public var provinceUnit: Unit { Unit(stringLiteral: province) }

  /// True for the unit itself and, of a province, for each of its communes.
  public func contains(_ other: Unit) -> Bool {
    province == other.province && (commune == nil || commune == other.commune)
  }
}
