import Schema
import Seeds
import Synchronization
import Testing

@testable import Storage
@testable import xaso_budget

@Suite("Whatever is entered", .timeLimit(.minutes(5)))
struct BalanceTests {
  /// What the accepted commands add up to, kept apart from the service.
  private final class Tally: Sendable {
    struct Sums: Equatable {
      var allocated: Int64 = 0
      var disbursed: Int64 = 0
      var entries = 0
    }

    let sums = Mutex<[BudgetLine.ID: Sums]>([:])
    let overspent = Mutex<[Money]>([])
  }

  @Test("what the lines show is what the entries add up to, and what was accepted")
  func balanced() async throws {
    var seed = Seed("balanced")
    let town = try await Town()
    var plans = PlanStream()
    let sources: [FundSource] = [.central, .province, .commune, .several]
    let offices: [Office.Code] = ["vh-xh", "kinh-te", "van-phong"]
    var lines: [BudgetLine.ID] = []
    for year in [2026, 2027] {
      let rows = (1...7).map { number in
        PlanStream.Row(
          number: "\(number)", cost: Money(dong: .random(in: 0...1_000_000_000, using: &seed)),
          source: sources.randomElement(using: &seed) ?? .commune,
          leads: offices.filter { _ in Bool.random(using: &seed) })
      }
      lines += try plans.issue(rows, for: year)
    }
    try await town.follow(plans)
    let (stream, all, tally) = (plans, lines, Tally())

    await withTaskGroup(of: Void.self) { group in
      for writer in 1...4 {
        let own = seed.split(writer)
        group.addTask {
          var seed = own
          for _ in 1...500 { await enter(using: &seed, in: town, all, tally) }
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
    for line in shown {
      let entries = try await town.entries(of: line.id)
      func sum(_ phase: BudgetEntry.Phase) -> Int64 {
        entries.filter { $0.phase == phase }.reduce(0) { $0 + $1.amount.dong }
      }
      #expect(line.allocated.dong == sum(.allocate))
      #expect(line.disbursed.dong == sum(.disburse))
      #expect(line.version == entries.count + 1)
      let expected = tally.sums.withLock { $0[line.id] ?? .init() }
      #expect(
        expected == .init(allocated: line.allocated.dong, disbursed: line.disbursed.dong, entries: entries.count))
    }
    for year in [2026, 2027] {
      let totals = try await town.ask(TotalBudget(fiscalYear: year))
      let own = shown.filter { $0.fiscalYear == year }
      #expect(totals.sums == sums(of: own))
      #expect(totals.sources.allSatisfy { item in item.sums == sums(of: own.filter { $0.source == item.source }) })
      #expect(
        totals.leads.allSatisfy { item in item.sums == sums(of: own.filter { Set($0.leads) == Set(item.leads) }) })
      #expect(totals.sources.reduce(0) { $0 + $1.sums.lines } == own.count)
      #expect(totals.leads.reduce(0) { $0 + $1.sums.lines } == own.count)
    }
    let said = try await town.said(LineAllocated.self)
    #expect(said.reduce(0) { $0 + $1.amount.dong } == shown.reduce(0) { $0 + $1.allocated.dong })
    let spent = try await town.said(LineDisbursed.self)
    #expect(spent.reduce(0) { $0 + $1.amount.dong } == shown.reduce(0) { $0 + $1.disbursed.dong })
    let refused = try await town.said(LineOverspent.self)
    #expect(!spent.isEmpty && !refused.isEmpty)
    #expect(refused.allSatisfy { $0.asked > $0.available })
    #expect(refused.map(\.asked).sorted() == tally.overspent.withLock { $0 }.sorted())
    #expect(try await town.store.verifyAudit().firstBad == nil)
    await town.store.close()
  }

  /// One command, sensible or not.
  private func enter(
    using seed: inout Seed, in town: Town, _ lines: [BudgetLine.ID], _ tally: Tally
  ) async {
    guard let line = lines.randomElement(using: &seed) else { return }
    let amount = Money(
      dong: [.random(in: 1...1000, using: &seed), .random(in: -2...2, using: &seed), .max].randomElement(using: &seed)
        ?? 1)
    let version = Int.random(in: 0...9, using: &seed) == 0 ? Int.random(in: 1...60, using: &seed) : nil
    // One amount of .max would leave room for nothing else.
    let allocates = Bool.random(using: &seed) && amount < 1_000_000
    let result = await reply(to: line, amount, allocates, version, in: town)
    switch result {
    case .success(let after):
      #expect(after.disbursed <= after.allocated)
      tally.sums.withLock { sums in
        sums[line, default: .init()].allocated += allocates ? amount.dong : 0
        sums[line, default: .init()].disbursed += allocates ? 0 : amount.dong
        sums[line, default: .init()].entries += 1
      }
    case .failure(let refusal):
      if refusal.status == .conflict, refusal.place == "amount" { tally.overspent.withLock { $0.append(amount) } }
    }
  }

  private func reply(
    to line: BudgetLine.ID, _ amount: Money, _ allocates: Bool, _ version: Int?, in town: Town
  ) async -> Result<LineSummary, Refusal> {
    do throws(Refusal) {
      if allocates { return .success(try await town.ask(AllocateMoney(line, amount), expecting: version)) }
      return .success(try await town.ask(DisburseMoney(line, amount), expecting: version))
    } catch {
      return .failure(error)
    }
  }

  private func sums(of lines: [LineSummary]) -> MoneySums {
    MoneySums(
      lines: lines.count, estimated: Money(dong: lines.reduce(0) { $0 + $1.estimated.dong }),
      allocated: Money(dong: lines.reduce(0) { $0 + $1.allocated.dong }),
      disbursed: Money(dong: lines.reduce(0) { $0 + $1.disbursed.dong }))
  }
}
