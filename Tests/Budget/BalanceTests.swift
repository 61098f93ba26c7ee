import FoundationEssentials
import Schema
import Seeds
import Synchronization
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("Whatever is entered", .timeLimit(.minutes(30)))
struct BalanceTests {
  /// Entries that all writers ask for together; `XASO_BUDGET_ENTRIES` asks for more.
  private static let asked = ProcessInfo.processInfo.environment["XASO_BUDGET_ENTRIES"].flatMap(Int.init) ?? 4000
  private static let writers = 16

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
      let rows = (1...14).map { number in
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

    await withTaskGroup(of: Void.self) { group in
      for writer in 1...Self.writers {
        let own = seed.split(writer)
        group.addTask {
          var seed = own
          for _ in 1...Self.asked / Self.writers where await enter(using: &seed, in: town, all) {
            tally.accepted.withLock { $0 += 1 }
          }
        }
      }
      group.addTask {
        // A ledger goes on while the plans' stream is read again; a line that is not there yet is not found.
        for _ in 1...3 { try? await town.resync(stream) }
      }
    }
    try await town.resync(stream)

    let shown = try await town.lines()
    #expect(shown.count == all.count)
    var entries = 0
    for line in shown {
      let ledger = try await town.entries(of: line.id)
      entries += ledger.count
      #expect(line.version == ledger.count + 1)
      try check(line, against: ledger)
    }
    #expect(entries >= tally.accepted.withLock { $0 })
    for year in [2026, 2027] { try await checkTotals(of: year, shown, in: town) }
    let said = try await town.said(LineOverspent.self)
    #expect(!said.isEmpty && said.allSatisfy { $0.asked > $0.available })
    #expect(try await town.store.verifyAudit().firstBad == nil)
    print("balanced: \(entries) entries of \(Self.asked) asked for, \(said.count) beyond what was there")
    await town.store.close()
  }

  /// Adds the entries up by themselves: the rules after each, debits and credits, and what the line shows.
  private func check(_ line: LineSummary, against entries: [BudgetEntry]) throws {
    var ledger = Ledger()
    var sides: [BudgetEntry.Account: Int128] = [:]
    for entry in entries {
      let (debit, credit) = (try #require(entry.debit.known), try #require(entry.credit.known))
      try ledger.post(entry.amount, debit: debit, credit: credit)
      #expect(ledger.violation == nil, "\(line.number) at \(entry.id)")
      sides[debit, default: 0] += Int128(entry.amount.dong)
      sides[credit, default: 0] -= Int128(entry.amount.dong)
    }
    #expect(sides.values.reduce(0, +) == 0)
    func side(_ accounts: BudgetEntry.Account...) -> Int64 {
      Int64(accounts.reduce(0) { $0 + sides[$1, default: 0] })
    }
    #expect(line.approved.dong == -side(.funds))
    #expect(line.allocated.dong == side(.available, .advanced, .disbursed, .settled, .carried))
    #expect(line.committed.dong == side(.committed) && line.committed.dong == -side(.commitments))
    #expect(line.advanced.dong == side(.advanced))
    #expect(line.disbursed.dong == side(.disbursed, .settled))
    #expect(line.settled.dong == side(.settled))
    #expect(line.carried.dong == side(.carried))
  }

  private func checkTotals(of year: Int, _ shown: [LineSummary], in town: Town) async throws {
    let totals = try await town.ask(TotalBudget(fiscalYear: year))
    let own = shown.filter { $0.fiscalYear == year }
    #expect(totals.sums == sums(of: own))
    #expect(totals.sources.allSatisfy { item in item.sums == sums(of: own.filter { $0.source == item.source }) })
    #expect(
      totals.leads.allSatisfy { item in item.sums == sums(of: own.filter { Set($0.leads) == Set(item.leads) }) })
    for parts in [totals.sources.map(\.sums), totals.leads.map(\.sums), totals.spenders.map(\.sums)] {
      #expect(parts.reduce(0) { $0 + $1.lines } == own.count)
      #expect(parts.reduce(0) { $0 + $1.disbursed.dong } == totals.sums.disbursed.dong)
      #expect(parts.reduce(0) { $0 + $1.approved.dong } == totals.sums.approved.dong)
    }
  }

  /// One command, sensible or not. - Returns: Whether it was accepted.
  private func enter(using seed: inout Seed, in town: Town, _ lines: [BudgetLine.ID]) async -> Bool {
    guard let line = lines.randomElement(using: &seed), let other = lines.randomElement(using: &seed) else {
      return false
    }
    let amount = Money(dong: Int.random(in: 0...20, using: &seed) == 0 ? .max : .random(in: -1...1000, using: &seed))
    let day = Day(real: 2027, 1, Int.random(in: 1...31, using: &seed))
    let version = Int.random(in: 0...19, using: &seed) == 0 ? Int.random(in: 1...60, using: &seed) : nil
    switch Int.random(in: 0...9, using: &seed) {
    case 0...6:
      let phase: BudgetEntry.Phase =
        [.approve, .approve, .allocate, .allocate, .commit, .advance, .disburse, .disburse, .recover, .settle]
        .randomElement(using: &seed) ?? .approve
      // One amount of .max would leave room for nothing else.
      if phase == .approve, amount > 1_000_000 { return false }
      var request = BookMoney(phase, line, amount, on: day)
      if phase == .approve { request.issuer = Open(.council) }
      return await town.refusal(request, expecting: version) == nil
    case 7...8:
      let stage: MoveMoney.Stage = Bool.random(using: &seed) ? .approved : .allocated
      let from = Int.random(in: 0...3, using: &seed) == 0 ? nil : line
      if from == nil, amount > 1_000_000 { return false }
      return await town.refusal(MoveMoney(from: from, to: other, stage, amount, on: day)) == nil
    default:
      guard let entry = try? await town.ask(ListEntries(line: line)).items.randomElement(using: &seed) else {
        return false
      }
      return await town.refusal(ReverseEntry(entry.id, of: line, on: Day(real: 2027, 1, 31))) == nil
    }
  }

  private func sums(of lines: [LineSummary]) -> MoneySums {
    func sum(_ figure: (LineSummary) -> Money) -> Money { Money(dong: lines.reduce(0) { $0 + figure($1).dong }) }
    return MoneySums(
      lines: lines.count, estimated: sum { $0.estimated }, approved: sum { $0.approved },
      allocated: sum { $0.allocated }, committed: sum { $0.committed }, advanced: sum { $0.advanced },
      disbursed: sum { $0.disbursed }, settled: sum { $0.settled }, carried: sum { $0.carried })
  }
}
