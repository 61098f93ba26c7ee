/// Số liệu: what was counted, so many, or so many of so many. Never a percentage, so that units can be added up.
public struct Figure: Codable, Hashable, Sendable {
  /// Tử số
  public var numerator: Int64
  /// Mẫu số; nil for a plain count.
  public var denominator: Int64?

  public init(_ numerator: Int64, of denominator: Int64? = nil) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Nil for a plain count.
  public var ratio: Ratio? { denominator.flatMap { Ratio(numerator, of: $0) } }

  /// As offices write it: `85/100`, `1.250`.
  public var written: String {
    let top = Money(dong: numerator).written
    return denominator.map { "\(top)/\(Money(dong: $0).written)" } ?? top
  }

  /// With the percentage, or what was counted, beside it: `85/100 (85,0 %)`, `12 thôn`.
  public func written(in measure: String?) -> String {
    guard measure == Indicator.percent, let ratio else { return written + (measure.map { " \($0)" } ?? "") }
    return "\(written) (\(ratio.percentWritten))"
  }
}
