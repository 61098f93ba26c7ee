/// How long something took, counted in fixed buckets: to add one costs the same however many there are.
public struct Histogram: Hashable, Sendable {
  /// The upper ends of the buckets, in microseconds; beyond the last there is one more.
  public static let bounds: [Int64] = [
    50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
    5_000_000, 10_000_000,
  ]

  /// How many there are in each bucket.
  public private(set) var counts = [Int64](repeating: 0, count: bounds.count + 1)
  /// All together, in microseconds.
  public private(set) var sum: Int64 = 0
  /// In microseconds.
  public private(set) var longest: Int64 = 0

  public init() {}

  public var count: Int64 { counts.reduce(0, +) }

  /// - Parameter microseconds: What is below zero is taken as zero.
  public mutating func add(microseconds: Int64) {
    let time = max(0, microseconds)
    counts[Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count] += 1
    sum &+= time
    longest = max(longest, time)
  }

  public mutating func add(_ duration: Duration) { add(microseconds: Int64(duration / .microseconds(1))) }

  /// What so many of a hundred did not exceed, in microseconds: the upper end of their bucket, and never more than the
  /// longest; 0 when there are none.
  public func percentile(_ percent: Int64) -> Int64 {
    let rank = (count * percent + 99) / 100
    var below: Int64 = 0
    for (bound, count) in zip(Self.bounds, counts) {
      below += count
      if below >= rank { return min(bound, longest) }
    }
    return longest
  }
}
