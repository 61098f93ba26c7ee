import Logging
import Schema
import Storage
import WorkingDays

/// Brings letters out: off the thread that writes and off the socket's, several at a time, each as often as it takes.
///
/// At least once: what an attempt came to is written when it is over, and a process that is killed before that tries
/// again under the same id.
struct Courier: Sendable {
  typealias Deliver = @Sendable (Envelope) async -> Delivery

  let database: Database
  let days: WorkingDays
  let standards: @Sendable () -> Standards
  var firstWait: Int64 = 60_000
  let log: Logger

  /// Letters on their way at the same time.
  static let atOnce = 8

  /// Tries each letter that is due at this moment once.
  ///
  /// - Returns: How many there were.
  @discardableResult
  func deliver(at now: Timestamp, by deliver: @escaping Deliver) async throws -> Int {
    let longestWait = standards().book.longestWait
    let due = try await database.read { store in
      try NotificationsStore.dueLetters(at: now, longestWait: longestWait, limit: Self.atOnce, store)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for letter in due { group.addTask { try await self.deliver(letter, at: now, by: deliver) } }
      try await group.waitForAll()
    }
    return due.count
  }

  private func deliver(_ letter: LetterSummary.ID, at now: Timestamp, by deliver: Deliver) async throws {
    let (book, days) = (standards().book, days)
    let envelope = try await database.read { store in
      try NotificationsStore.envelope(letter, on: now.day, book, days, store)
    }
    guard let envelope else {
      return try await database.write { store in
        try NotificationsStore.withdraw(letter, on: now.day, book, days, store)
      }
    }
    let outcome = await deliver(envelope)
    // Whoever stops us has not refused the letter: it stays due.
    guard !Task.isCancelled || outcome.isDelivered else { return }
    let pace = Pace(first: firstWait, longest: Int64(book.longestWait) * 60_000, attempts: book.attempts)
    var random = SystemRandomNumberGenerator()
    let wait = pace.wait(after: envelope.attempts + 1, using: &random)
    try await database.write { store in
      try NotificationsStore.record(
        outcome, of: envelope, next: wait.map { Timestamp(milliseconds: now.milliseconds + $0) }, store)
    }
    if !outcome.isDelivered {
      log.warning(
        wait == nil ? "letter given up" : "letter not delivered",
        metadata: [
          "letter": "\(letter)", "channel": "\(envelope.channel.rawValue)", "attempt": "\(envelope.attempts + 1)",
          "reason": "\(outcome)",
        ])
    }
  }
}
