import Schema

/// Adding up over communes.
extension IndicatorsRules {
  /// The one indicator that is meant: by its whole name, else by a part that is in no other.
  static func choose(
    _ request: RollUpIndicator, among names: [IndicatorName], by catalogue: UnitCatalogue = .shipped
  ) throws(Refusal) -> IndicatorName {
    let asked = request.name.folded
    var found = names.filter { $0.folded == asked }
    if found.isEmpty { found = names.filter { catalogue.everyFolded($0).contains(asked) } }
    if found.isEmpty, !asked.isEmpty {
      found = names.filter { catalogue.everyFolded($0).contains { $0.contains(asked) } }
    }
    guard Set(found.map(\.folded)).count <= 1 else {
      let some = found.prefix(5).map { "«\($0.name)»" }.joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Có nhiều chỉ tiêu mang tên như vậy; hãy ghi rõ hơn: \(some)",
        en: "Several indicators are called so; be more precise: \(some)", at: "name")
    }
    if let measure = request.measure {
      let key = IndicatorName(name: "", measure: measure).foldedMeasure
      found.removeAll { $0.foldedMeasure != key }
    }
    guard Set(found.map(\.foldedMeasure)).count <= 1 else {
      let some = found.prefix(5).map { "«\($0.measure ?? "")»" }.joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Chỉ tiêu này có nhiều đơn vị tính; hãy nêu đơn vị tính: \(some)",
        en: "This indicator is measured in several ways; name the measure: \(some)", at: "measure")
    }
    guard let name = found.first else {
      throw Refusal(
        .notFound, vi: "Không có chỉ tiêu «\(request.name)» trong đơn vị này.",
        en: "There is no indicator “\(request.name)” in this unit.", at: "name")
    }
    return name
  }

  /// Two communes of the province that merges them.
  static func check(_ merger: Merger, in province: Unit) throws(Refusal) {
    guard province.commune == nil, merger.from != merger.into,
      [merger.from, merger.into].allSatisfy({ $0.commune != nil && province.contains($0) })
    else {
      throw Refusal(
        .invalid, vi: "Sáp nhập phải nêu hai xã khác nhau của tỉnh này.",
        en: "A merger names two different communes of this province.", at: "merger")
    }
  }

  /// What a commune has to add to a sum: nil when it has not reported, which is not zero.
  struct Part {
    var unit: Unit
    var figure: Figure?
    /// Of one that has not reported: the denominator that it last had for any period.
    var lastDenominator: Int64?
    /// Of one whose value is a sum over some of its villages.
    var isPartial = false
  }

  /// - Parameters:
  ///   - parts: Of all communes that promise the indicator, by their codes.
  ///   - units: How they add up by the catalogue; nil where it does not know.
  static func rollUp(
    _ name: IndicatorName, for period: Period, of parts: [Part], over units: Indicator.OverUnits? = nil
  ) throws(Refusal) -> RollUp {
    let shares = parts.compactMap { part in part.figure.map { RollUp.Share(unit: part.unit, figure: $0) } }
    let ratios = shares.compactMap(\.figure.ratio)
    let isAddable = ratios.count == shares.count
    let total = isAddable && units != Indicator.OverUnits.none ? try sum(ratios) : nil
    let partial = parts.filter { $0.figure != nil && $0.isPartial }.map(\.unit)
    let sorted = shares.sorted { one, other in
      isAddable ? one.figure.isLessShare(than: other.figure) : one.figure.numerator < other.figure.numerator
    }
    return RollUp(
      name: name.name, measure: name.measure, period: period, reported: shares.count, expected: parts.count,
      missing: parts.filter { $0.figure == nil }.map(\.unit),
      partial: partial.isEmpty ? nil : partial, total: total, range: range(of: total, with: parts),
      lowest: sorted.first, median: sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2], highest: sorted.last,
      sum: units == .sum && ratios.isEmpty && !shares.isEmpty ? shares.reduce(0) { $0 + $1.figure.numerator } : nil)
  }

  private static func sum(_ ratios: [Ratio]) throws(Refusal) -> Ratio? {
    var total: Ratio?
    for ratio in ratios {
      guard let sum = total.map({ $0.combined(with: ratio) }) ?? ratio else {
        throw Refusal(.invalid, vi: "Tổng số liệu quá lớn.", en: "The sum of the figures is too large.")
      }
      total = sum
    }
    return total
  }

  /// Nil where nothing is missing, and where a missing one has never said what its shares are of.
  private static func range(of total: Ratio?, with parts: [Part]) -> RollUp.Range? {
    let missing = parts.filter { $0.figure == nil }
    let denominators = missing.compactMap(\.lastDenominator)
    guard let total, !missing.isEmpty, denominators.count == missing.count else { return nil }
    let rest = denominators.reduce(0, +)
    guard let lowest = Ratio(total.numerator, of: total.denominator + rest),
      let highest = Ratio(total.numerator + rest, of: total.denominator + rest),
      let covered = Ratio(total.denominator, of: total.denominator + rest)
    else { return nil }
    return RollUp.Range(lowest: lowest, highest: highest, covered: covered)
  }
}

extension Figure {
  /// Compares two shares exactly, crosswise.
  fileprivate func isLessShare(than other: Figure) -> Bool {
    Int128(numerator) * Int128(other.denominator ?? 1) < Int128(other.numerator) * Int128(denominator ?? 1)
  }
}
