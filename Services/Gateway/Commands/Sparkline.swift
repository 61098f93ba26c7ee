import Schema

/// A course of values as a row of bars, one a period, the earliest first: `▁▃▅█`.
struct Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  let bars: String
  let first: Observation
  let last: Observation

  /// Nil for fewer than two values. Of what was counted and stands, those of one calendar and of the length of period
  /// that has the most; of two that have as many, the shorter.
  init?(_ observations: [Observation]) {
    let counted = observations.filter { !$0.superseded && $0.estimatedAsOf == nil }
    let groups = Dictionary(grouping: counted) { Length(of: $0.period) }
    let longest = groups.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let group = longest?.value else { return nil }
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

  /// The periods that may be set side by side.
  private struct Length: Hashable, Comparable {
    let months: Int
    let isDecree09: Bool

    init(of period: Period) {
      isDecree09 = period.calendar == .decree09
      months =
        switch period.span {
        case .month: 1
        case .quarter: 3
        case .sixMonths: 6
        case .nineMonths: 9
        case .year: 12
        }
    }

    /// The plain calendar first: it is the one that offices know.
    static func < (left: Length, right: Length) -> Bool {
      (left.months, left.isDecree09 ? 1 : 0) < (right.months, right.isDecree09 ? 1 : 0)
    }
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
