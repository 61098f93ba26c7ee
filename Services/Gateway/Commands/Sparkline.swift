import Schema

/// A course of values as a row of bars, one a period, the earliest first: `▁▃▅█`.
struct Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  let bars: String
  let first: Observation
  let last: Observation

  /// Nil for fewer than two values. Of what was counted and stands, those of the length of period that has the most.
  init?(_ observations: [Observation]) {
    let counted = observations.filter { !$0.superseded && $0.estimatedAsOf == nil }
    let groups = Dictionary(grouping: counted) {
      $0.period.days.upperBound.number - $0.period.days.lowerBound.number > 31
    }
    guard let group = groups.values.max(by: { $0.count < $1.count }) else { return nil }
    let course = group.sorted { $0.period.days.upperBound < $1.period.days.upperBound }.suffix(40)
    guard course.count > 1, let first = course.first, let last = course.last else { return nil }
    let heights = course.map(\.figure.height)
    let (lowest, highest) = (heights.min() ?? 0, heights.max() ?? 0)
    bars = String(
      heights.map { height in
        guard highest > lowest else { return Self.bars[3] }
        return Self.bars[Int((height - lowest) * Int128(Self.bars.count - 1) / (highest - lowest))]
      })
    (self.first, self.last) = (first, last)
  }

  /// With its first and last value.
  var text: String {
    func written(_ observation: Observation) -> String {
      "\(observation.period) \(observation.figure.ratio?.percentWritten ?? observation.figure.written)"
    }
    return "\(bars)  \(written(first)) → \(written(last))"
  }
}

extension Figure {
  /// Millionths of a share, or of a count.
  fileprivate var height: Int128 { Int128(numerator) * 1_000_000 / Int128(denominator ?? 1) }
}
