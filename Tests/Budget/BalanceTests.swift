import FoundationEssentials
import MoneyModel
import Schema
import Seeds
import Synchronization
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("Whatever is entered", .timeLimit(.minutes(120)))
struct BalanceTests {
  /// Entries that all writers ask for together; `XASO_BUDGET_ENTRIES` asks for more.
  private static let asked = ProcessInfo.processInfo.environment["XASO_BUDGET_ENTRIES"].flatMap(Int.init) ?? 4000
  private static let writers = 16
  /// A commune's 14 lines; more where more is asked for, so that none has thousands of entries.
  private static let rows = max(14, asked / 400)

  private final class Tally: Sendable {
    let accepted = Mutex(0)
  }

  @Test("many write at once: after each entry the rules hold, and what is shown is what the entries come to")
  func balanced() async throws {
    var seed = Seed("balanced")
    let town = try await Town()
    var plans = PlanStream()
    let sources: [FundSource] = [.commune, .several, .other]
    let offices: [Office.Code] = ["vh-xh", "kinh-te", "van-phong"]
    var lines: [BudgetLine.ID] = []
    for year in [2026, 2027] {
      let rows = (1...Self.rows).map { number in
        PlanStream.Row(
          number: "\(number)", cost: Money(dong: .random(in: 0...1_000_000_000, using: &seed)),
          source: sources.randomElement(using: &seed) ?? .commune,
          leads: offices.filter { _ in Bool.random(using: &seed) })
      }
      lines += try plans.issue(rows, for: year)
    }
    try await town.follow(plans)
    town.turn(to: Day(real: 2027, 1, 31))
    let (stream, all) = (plans, lines)
    let tally = Tally()

    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 1...Self.writers {
        let own = MoneyWriter(seed.split(writer), on: all, days: Day(real: 2027, 1, 1)...Day(real: 2027, 1, 31))
        group.addTask {
          var writer = own
          for _ in 1...Self.asked / Self.writers where try await enter(&writer, in: town) {
            tally.accepted.withLock { $0 += 1 }
          }
        }
      }
      group.addTask {
        // A ledger goes on while the plans' stream is read again; a line that is not there yet is not found.
        for _ in 1...3 { try? await town.resync(stream) }
      }
      try await group.waitForAll()
    }
    try await town.resync(stream)

    let shown = try await town.lines()
    #expect(shown.count == all.count)
    var entries = 0
    for line in shown {
      let ledger = try await town.entries(of: line.id)
      entries += ledger.count
      #expect(line.fault(in: ledger) == nil)
    }
    #expect(entries >= tally.accepted.withLock { $0 })
    for year in [2026, 2027] {
      #expect(try await town.ask(TotalBudget(fiscalYear: year)).fault(in: shown) == nil)
    }
    let said = try await town.said(LineOverspent.self)
    #expect(!said.isEmpty && said.allSatisfy { $0.asked > $0.available })
    #expect(try await town.store.verifyAudit().firstBad == nil)
    print("balanced: \(entries) entries of \(Self.asked) asked for, \(said.count) beyond what was there")
    await town.store.close()
  }

  /// Sends what one wishes for. - Returns: Whether it was accepted.
  private func enter(_ writer: inout MoneyWriter, in town: Town) async throws -> Bool {
    let key = UUIDv7()
    let wish = try await writer.next(key) { line in
      // While the plans' stream is read again, a line is not there.
      (try? await town.ask(ListEntries(line: line)).items) ?? []
    }
    switch wish {
    case .book(let request): return await town.refusal(request, key: key) == nil
    case .move(let request): return await town.refusal(request, key: key) == nil
    case .reverse(let request): return await town.refusal(request, key: key) == nil
    case nil: return false
    }
  }
}
