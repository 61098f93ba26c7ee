import Bus
import FoundationEssentials
import Schema
import Synchronization

/// Offices at work: plans drafted, issued and carried out, several at a time, and everything written down.
final class Load: Sendable {
  private struct Book {
    var entries: [Entry] = []
    /// Commands begun.
    var begun = 0
    var waiting: (count: Int, CheckedContinuation<Void, Never>)?
    var isOver = false
  }

  private let house: House
  private let goal: Int
  private let book = Mutex(Book())

  init(on house: House, commands goal: Int) {
    self.house = house
    self.goal = goal
  }

  var entries: [Entry] { book.withLock { $0.entries } }

  /// Works until the goal is reached; each worker sends one command at a time.
  func run(workers: Int, _ seed: Seed) async throws {
    defer { finish() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<workers {
        group.addTask {
          var seed = seed.split(worker)
          while self.isOpen { try await self.carryOut(in: House.communes[worker % House.communes.count], &seed) }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Returns when so many more commands have an outcome; false when the work is over.
  func progress(by count: Int) async -> Bool {
    await withCheckedContinuation { continuation in
      let isOver = book.withLock { book in
        if !book.isOver { book.waiting = (book.entries.count + count, continuation) }
        return book.isOver
      }
      if isOver { continuation.resume() }
    }
    return book.withLock { !$0.isOver }
  }

  // MARK: What an office does

  /// One plan, from its draft to its tasks' progress. An outcome that is not known ends the plan.
  private func carryOut(in unit: Unit, _ seed: inout Seed) async throws {
    let (focal, clerk) = (House.focal(unit), House.clerk(unit))
    let parts = (0..<Int.random(in: 1...2, using: &seed)).map { _ in Int.random(in: 1...3, using: &seed) }
    let tasks = parts.reduce(0, +)
    let (key, expected) = (UUIDv7(), RowCounts(tasks: tasks, targets: parts.count))
    let draft = DraftPlan(head: Sample.head("\(key)"), expected: expected)
    guard let plan = try await ask(draft, key, as: focal, in: unit, effects: 1, &seed) else { return }
    let issue = house.issuing(plan)
    // Before the rows are there: refused, and remembered as refused.
    if Bool.random(using: &seed) { _ = try await ask(issue, as: clerk, in: unit, effects: 1, &seed) }
    for count in parts {
      let key = UUIDv7()
      let rows = (0..<count).map { _ in Sample.task("\(key)") }
      let part = DraftRows(plan: plan.id, tasks: rows, targets: [Sample.target("\(key)")])
      guard try await ask(part, key, as: focal, in: unit, effects: count, &seed) != nil else { return }
    }
    let events = 1 + 2 * tasks + parts.count
    guard try await ask(issue, as: clerk, in: unit, effects: events, &seed) != nil else { return }
    guard let rows = try? await house.tasks(of: plan) else { return }
    for _ in 0..<Int.random(in: 8...24, using: &seed) {
      guard isOpen, let task = rows.randomElement(using: &seed) else { return }
      let key = UUIDv7()
      // One in thirty is beyond 100: refused.
      let percent = Int.random(in: 0...103, using: &seed)
      let progress = RecordProgress(task: task.id, percent: percent, note: "\(key)")
      _ = try await ask(progress, key, as: focal, in: unit, effects: 1, about: task.id, &seed)
    }
  }

  /// - Returns: The reply; nil when it was refused, or when nobody knows.
  private func ask<Message: Command>(
    _ request: Message, _ key: UUIDv7 = UUIDv7(), as account: Caller.Account, in unit: Unit, effects: Int,
    about task: PlanTask.ID? = nil, _ seed: inout Seed
  ) async throws -> Message.Reply? {
    // Some people give up early, so that there is what nobody knows.
    let patience = Int.random(in: 0..<3, using: &seed) == 0 ? Int.random(in: 20...400, using: &seed) : 8000
    var entry = Entry(
      key: key, account: account, unit: unit, method: Message.method, body: Codec.encode(request), effects: effects,
      task: task, outcome: .unknown)
    book.withLock { $0.begun += 1 }
    do {
      let client = try house.client(account)
      let reply = try await client.send(request, to: unit, key: key, ttl: .milliseconds(patience)).value
      entry.outcome = .ok
      write(entry)
      return reply
    } catch let refusal as Refusal {
      entry.outcome = refusal.status == .outcomeUnknown ? .unknown : .refused(refusal.status)
      write(entry)
      return nil
    }
  }

  // MARK: The book

  private var isOpen: Bool { book.withLock { $0.begun < goal } }

  private func write(_ entry: Entry) {
    let ready = book.withLock { book -> CheckedContinuation<Void, Never>? in
      book.entries.append(entry)
      guard let (count, continuation) = book.waiting, book.entries.count >= count else { return nil }
      book.waiting = nil
      return continuation
    }
    ready?.resume()
  }

  private func finish() {
    book.withLock { book in
      book.isOver = true
      defer { book.waiting = nil }
      return book.waiting?.1
    }?.resume()
  }
}
