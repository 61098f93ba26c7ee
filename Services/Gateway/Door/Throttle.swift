import ZeroMQ

/// So many a second for each key, and no more.
struct Throttle {
  private let limit: Int
  private var second: UInt64 = 0
  private var counts: [PublicKey: Int] = [:]

  init(perSecond limit: Int) { self.limit = limit }

  mutating func allows(_ key: PublicKey) -> Bool {
    let now = PollLoop.now() / 1_000_000_000
    if now != second {
      second = now
      counts.removeAll(keepingCapacity: true)
    }
    counts[key, default: 0] += 1
    return counts[key, default: 0] <= limit
  }
}
