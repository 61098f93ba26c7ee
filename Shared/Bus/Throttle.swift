public import ZeroMQ

/// So many a second for each key, and no more; it counts what it held back.
public struct Throttle {
  private let limit: Int
  private var second: UInt64 = 0
  private var counts: [PublicKey?: Int] = [:]
  private var held: [PublicKey?: Int] = [:]

  public init(perSecond limit: Int) { self.limit = limit }

  /// Nil for one too many; else how many of the key were held back since the last that was let through.
  ///
  /// - Parameter now: In nanoseconds of the monotonic clock.
  public mutating func pass(_ key: PublicKey?, at now: UInt64 = PollLoop.now()) -> Int? {
    let current = now / 1_000_000_000
    if current != second {
      second = current
      counts.removeAll(keepingCapacity: true)
    }
    counts[key, default: 0] += 1
    guard counts[key, default: 0] <= limit else {
      held[key, default: 0] += 1
      return nil
    }
    return held.removeValue(forKey: key) ?? 0
  }
}
