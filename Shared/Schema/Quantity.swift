/// An exact decimal number with up to six decimals, such as a target of 99.9. JSON carries it as a string: `"99.9"`.
public struct Quantity: Hashable, Sendable {
  let mantissa: Int64
  let decimals: Int

  /// Ten to the power of the decimals.
  var scale: Int64 { (0..<decimals).reduce(1) { scale, _ in scale * 10 } }

  /// Nil beyond the twelve digits that are read back.
  public init?(_ whole: Int64) {
    guard whole.magnitude < 1_000_000_000_000 else { return nil }
    mantissa = whole
    decimals = 0
  }

  /// The same number as a whole one, so that quantities of different decimals can be added and compared.
  public var millionths: Int64 { (decimals..<6).reduce(mantissa) { value, _ in value * 10 } }

  /// Where a count stands towards this, exactly.
  public func order(of count: Int64) -> Ratio.Order {
    let (scaled, own) = (Int128(count) * Int128(scale), Int128(mantissa))
    return scaled == own ? .equal : (scaled < own ? .below : .above)
  }

  /// As offices write it: `99,9`.
  public var written: String { description.replacing(".", with: ",") }

  /// With the upper number of a range behind it: `80–90`.
  public func written(upTo upper: Quantity?) -> String { upper.map { "\(written)–\($0.written)" } ?? written }
}

extension Quantity: Comparable {
  public static func < (left: Quantity, right: Quantity) -> Bool { left.millionths < right.millionths }
}

extension Quantity: CodedAsText {
  public var description: String {
    guard decimals > 0 else { return String(mantissa) }
    let text = digits(Int(mantissa.magnitude), decimals + 1)
    return (mantissa < 0 ? "-" : "") + text.dropLast(decimals) + "." + text.suffix(decimals)
  }

  public init?(_ description: String) {
    let unsigned = description.hasPrefix("-") ? description.dropFirst() : description[...]
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      parts[0].utf8.count <= 12
    else { return nil }
    var fraction = parts.count == 2 ? parts[1] : ""
    while fraction.last == "0" { fraction.removeLast() }
    guard fraction.utf8.count <= 6, let mantissa = Int64(parts[0] + fraction) else { return nil }
    self.mantissa = description.hasPrefix("-") ? -mantissa : mantissa
    decimals = fraction.utf8.count
  }
}
