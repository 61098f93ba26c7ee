import Schema

/// When a line's money was there to be spent: what the entries of each day brought to `available`, and took from it.
///
/// Entries do not come in the order of their days: what is allocated in May and entered first pays nothing in March. What
/// was taken back counts on the day of the wrong entry, as if neither had been.
struct LedgerDays {
  private var changes: [Day: Int128] = [:]

  mutating func add(_ change: Int128, on day: Day) { changes[day, default: 0] += change }

  /// The least that there is at the end of a day or of any later one: so much can still be taken on that day.
  func least(from day: Day) -> Int128 {
    var (sum, least): (Int128, Int128) = (0, .max)
    for (next, change) in changes.sorted(by: { $0.key < $1.key }) {
      if next > day { least = min(least, sum) }
      sum += change
    }
    return min(least, sum)
  }
}
