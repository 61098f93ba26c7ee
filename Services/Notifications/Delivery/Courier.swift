import Logging
import Schema
import Storage
import Synchronization
import WorkingDays

/// Who takes letters: a webhook, a command, or the one mail server, whatever the address.
struct Lane: Hashable, Sendable {
  var channel: Notice.Channel
  /// Nil for mail.
  var receiver: String?
}

/// The lanes in which letters are on their way.
private final class BusyLanes: Sendable {
  private let lanes = Mutex<Set<Lane>>([])

  /// False when some are already.
  func begin(_ lane: Lane) -> Bool { lanes.withLock { $0.insert(lane).inserted } }

  func end(_ lane: Lane) { lanes.withLock { _ = $0.remove(lane) } }
}

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

  /// Letters on their way to one receiver at the same time.
  static let atOnce = 8

  /// Brings out what is due until it is cancelled, to each receiver apart: one that hangs holds up its own letters alone.
  ///
  /// - Parameters:
  ///   - now: The clock.
  ///   - mayBegin: False while nothing is to go out yet.
  func run(
    by now: @escaping @Sendable () -> Timestamp = { .now }, mayBegin: @Sendable () -> Bool, _ deliver: @escaping Deliver
  ) async {
    let busy = BusyLanes()
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        for lane in mayBegin() ? await lanes(at: now()) : [] {
          guard busy.begin(lane) else { continue }
          group.addTask {
            while await bringOut(lane, at: now(), by: deliver) > 0, !Task.isCancelled {}
            busy.end(lane)
          }
        }
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }

  private func lanes(at now: Timestamp) async -> Set<Lane> {
    do {
      let longestWait = standards().book.longestWait
      return try await database.read { store in
        try NotificationsStore.lanes(at: now, longestWait: longestWait, store)
      }
    } catch {
      log.warning("letters could not be looked for", metadata: ["reason": "\(error)"])
      return []
    }
  }

  private func bringOut(_ lane: Lane, at now: Timestamp, by deliver: @escaping Deliver) async -> Int {
    do {
      return try await self.deliver(in: lane, at: now, by: deliver)
    } catch {
      if !Task.isCancelled { log.warning("letters could not be brought out", metadata: ["reason": "\(error)"]) }
      return 0
    }
  }

  /// Tries letters of one receiver that are due at this moment, each once.
  ///
  /// - Returns: How many there were.
  func deliver(in lane: Lane, at now: Timestamp, by deliver: @escaping Deliver) async throws -> Int {
    let longestWait = standards().book.longestWait
    let due = try await database.read { store in
      try NotificationsStore.dueLetters(in: lane, at: now, longestWait: longestWait, limit: Self.atOnce, store)
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
