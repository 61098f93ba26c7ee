/// How long to wait before the next attempt: twice as long each time, less a random part, so that letters that failed
/// together do not come back together.
struct Pace: Sendable {
  /// Milliseconds before the second attempt, at most.
  var first: Int64 = 60_000
  /// Milliseconds between two attempts, at most.
  var longest: Int64
  /// Attempts before a letter is given up.
  var attempts: Int

  /// - Parameter failed: Attempts so far.
  /// - Returns: Milliseconds; nil when there is no further attempt.
  func wait(after failed: Int, using random: inout some RandomNumberGenerator) -> Int64? {
    guard failed < attempts else { return nil }
    let most = min(longest, first << Int64(min(failed - 1, 20)))
    return Int64.random(in: most / 2...most, using: &random)
  }
}
