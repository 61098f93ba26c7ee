import Bus
import FoundationEssentials
import MoneyModel
import Schema
import Seeds
import Storage
import Synchronization
import Testing

@testable import xaso
@testable import xaso_budget

extension SystemTests {
  /// A ledger that many write to while its process is killed.
  @Suite("Money and kill -9", .timeLimit(.minutes(60)))
  struct MoneyTests {
    /// Entries that all writers ask for together; `XASO_BUDGET_ENTRIES` asks for more.
    private static let asked = ProcessInfo.processInfo.environment["XASO_BUDGET_ENTRIES"].flatMap(Int.init) ?? 3000
    private static let writers = 24
    /// A commune's 14 lines; more where more is asked for, so that none has thousands of entries.
    private static let rows = max(14, asked / 400)

    @Test("what was answered stands once, each entry leaves a sound line, and the totals are what the entries come to")
    func killed() async throws {
      var seed = Seeds.Seed("money and kill -9")
      try await House.open { house in
        let unit = House.communes[0]
        let people = (1...4).map { Slug(stringLiteral: "ke-toan-\($0)") }
        try await house.installation.enroll(
          people.map {
            .init(account: $0, unit: unit, office: Office(code: "kt", name: "Phòng Kinh tế"), roles: [.finance])
          })
        _ = try await house.issue("Kế hoạch năm", rows: Self.rows, in: unit)
        try await house.caughtUp()
        let client = try house.client(people[0])
        let lines: [LineSummary] = try await client.all(in: unit) { ListLines(after: $0) }
        let today = Timestamp.now.day
        let first = try #require(Day(2026, 1, 1))
        let days = first...max(first, min(today, Day(2026, 12, 31) ?? today))
        let tally = Tally(nextKill: .random(in: 50...400, using: &seed))

        try await withThrowingTaskGroup(of: Void.self) { group in
          for index in 1...Self.writers {
            let writer = MoneyWriter(seed.split(index), on: lines.map(\.id), days: days)
            let client = try house.client(people[index % people.count])
            let luck = seed.split(Self.writers + index)
            group.addTask {
              var (writer, luck) = (writer, luck)
              for _ in 1...Self.asked / Self.writers {
                try await Self.enter(&writer, client, in: unit, tally)
                guard tally.isTimeToKill() else { continue }
                try house.kill([House.budget])
                try house.start(House.budget)
                tally.killed(next: .random(in: 50...max(400, Self.asked / 50), using: &luck))
              }
            }
          }
          try await group.waitForAll()
        }
        try await house.health(of: House.budget)
        try await Self.check(client, in: unit, tally.end)
        #expect(try await house.terminate(House.budget).status == 0)
        let store = try await Database.open(
          house.store(House.budget), service: Budget.name, migrations: BudgetMigrations.all)
        #expect(try await store.verifyAudit().firstBad == nil)
        await store.close()
      }
    }

    /// Asks under one key until it is answered for good.
    private static func enter(
      _ writer: inout MoneyWriter, _ client: Client, in unit: Schema.Unit, _ tally: Tally
    ) async throws {
      let key = UUIDv7()
      let wish = try await writer.next(key) {
        try await client.send(ListEntries(line: $0), to: unit, ttl: .seconds(60)).value.items
      }
      while true {
        do throws(Refusal) {
          switch wish {
          case .book(let request): _ = try await client.send(request, to: unit, key: key, ttl: .seconds(60))
          case .move(let request): _ = try await client.send(request, to: unit, key: key, ttl: .seconds(60))
          case .reverse(let request): _ = try await client.send(request, to: unit, key: key, ttl: .seconds(60))
          case nil: return
          }
          return tally.answered(key, wish)
        } catch {
          guard error.status.isTransient || error.status == .outcomeUnknown else { return tally.refused() }
        }
      }
    }

    /// All that is shown, against the entries; and the entries, against what was answered.
    private static func check(_ client: Client, in unit: Schema.Unit, _ end: Tally.End) async throws {
      let lines: [LineSummary] = try await client.all(in: unit) { ListLines(after: $0) }
      var found: [UUIDv7: Int] = [:]
      var (count, unmarked) = (0, 0)
      for line in lines {
        let entries: [BudgetEntry] = try await client.all(in: unit) { ListEntries(line: line.id, after: $0) }
        #expect(line.fault(in: entries) == nil)
        count += entries.count
        for entry in entries { if let wish = entry.wish { found[wish, default: 0] += 1 } else { unmarked += 1 } }
      }
      let lost = end.accepted.filter { key, sides in !(sides.contains(found[key] ?? 0)) }
      #expect(lost.isEmpty, "lost or doubled: \(lost.keys.prefix(5))")
      #expect(found.keys.allSatisfy { end.accepted[$0] != nil }, "an entry that nobody was told of")
      #expect(unmarked == end.unmarked)
      let totals = try await client.send(TotalBudget(fiscalYear: 2026), to: unit).value
      #expect(totals.fault(in: lines) == nil)
      #expect(end.kills > 0 && end.refused > 0 && count > 0)
      print("money: \(count) entries, \(end.refused) refusals, \(end.kills) times kill -9")
    }
  }
}

/// What the writers were told.
private final class Tally: Sendable {
  struct End {
    /// Of each wish that was granted, how many entries it may have left.
    var accepted: [UUIDv7: ClosedRange<Int>] = [:]
    /// Entries that name no key.
    var unmarked = 0
    var refused = 0
    var kills = 0
  }

  private struct State {
    var end = End()
    var answers = 0
    var nextKill: Int
  }

  private let state: Mutex<State>

  init(nextKill: Int) { state = Mutex(State(nextKill: nextKill)) }

  var end: End { state.withLock { $0.end } }

  func answered(_ key: UUIDv7, _ wish: MoneyWriter.Wish?) {
    state.withLock { state in
      state.answers += 1
      switch wish {
      case .book(let request) where request.document == nil && request.reference != "\(key)": state.end.unmarked += 1
      case .book: state.end.accepted[key] = 1...1
      case .move(let request): state.end.accepted[key] = request.from == nil ? 1...1 : 2...2
      case .reverse: state.end.accepted[key] = 1...2
      case nil: break
      }
    }
  }

  func refused() {
    state.withLock { state in
      state.answers += 1
      state.end.refused += 1
    }
  }

  /// True for the one whose answer was the last before the next kill.
  func isTimeToKill() -> Bool {
    state.withLock { state in
      guard state.answers >= state.nextKill else { return false }
      state.nextKill = .max
      return true
    }
  }

  func killed(next: Int) {
    state.withLock { state in
      state.end.kills += 1
      state.nextKill = state.answers + next
    }
  }
}

extension Client {
  /// Every item of a list.
  fileprivate func all<Item, Message: Request>(
    in unit: Schema.Unit, _ page: (String?) -> Message
  ) async throws -> [Item] where Message.Reply == Page<Item> {
    var (items, after): ([Item], String?) = ([], nil)
    repeat {
      let reply = try await send(page(after), to: unit, ttl: .seconds(60)).value
      items += reply.items
      after = reply.next
    } while after != nil
    return items
  }
}
