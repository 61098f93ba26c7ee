import Bus
import FoundationEssentials
import Schema
import Synchronization

@testable import xaso

/// Offices at work, several at a time, and everything that they send written down.
final class Load: Sendable {
  private struct Book {
    var entries: [Entry] = []
    /// Commands begun.
    var begun = 0
    var waiting: (count: Int, CheckedContinuation<Void, Never>)?
    var mayEnd: Bool
    var isOver = false
  }

  let house: House
  private let goal: Int
  /// The keys of what was done before.
  private let known: Set<UUIDv7>
  private let book: Mutex<Book>

  private init(on house: House, commands goal: Int, known: Set<UUIDv7>, mayEnd: Bool) {
    self.house = house
    self.goal = goal
    self.known = known
    book = Mutex(Book(mayEnd: mayEnd))
  }

  /// Lets those in who will work.
  ///
  /// - Parameter mayEnd: False when it is to go on beyond the goal, until `mayEnd` is called.
  static func open(on house: House, commands goal: Int, mayEnd: Bool = true) async throws -> Load {
    try await house.installation.enroll(accounts)
    return Load(on: house, commands: goal, known: try Books.keys(of: house), mayEnd: mayEnd)
  }

  var entries: [Entry] { book.withLock { $0.entries } }

  /// What the services have kept of it until now.
  func books() throws -> Books { try Books(of: house, but: known) }

  /// Works until the goal is reached and it may end; each worker sends one command at a time.
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

  func mayEnd() { book.withLock { $0.mayEnd = true } }

  var isOpen: Bool { book.withLock { $0.begun < goal || !$0.mayEnd } }

  /// Sends a command and writes down what came of it.
  ///
  /// - Parameters:
  ///   - effects: The rows and events that it leaves when it is done, whenever that is.
  ///   - said: The events that it leaves when it is refused with 409 or 422.
  ///   - subject: What its event is about, for commands that are not to overtake each other.
  /// - Returns: The reply; nil when it was refused, or when nobody knows.
  @discardableResult
  func ask<Message: Command>(
    _ request: Message, _ key: UUIDv7 = UUIDv7(), as account: Caller.Account, in unit: Unit, effects: Int,
    said: Int = 0, about subject: String? = nil, _ seed: inout Seed
  ) async throws -> Client.Reply<Message.Reply>? {
    // Some people give up early, so that there is what nobody knows.
    let patience = Int.random(in: 0..<3, using: &seed) == 0 ? Int.random(in: 20...400, using: &seed) : 8000
    var entry = Entry(
      key: key, account: account, unit: unit, method: Message.method, body: Codec.encode(request), effects: effects,
      said: said, subject: subject, outcome: .unknown)
    book.withLock { $0.begun += 1 }
    do {
      let client = try house.client(account)
      let reply = try await client.send(request, to: unit, key: key, ttl: .milliseconds(patience))
      entry.outcome = .ok
      write(entry)
      return reply
    } catch let refusal as Refusal {
      entry.outcome = refusal.status == .outcomeUnknown ? .unknown : .refused(refusal.status)
      write(entry)
      return nil
    }
  }

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
