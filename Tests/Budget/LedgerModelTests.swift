import MoneyModel
import Schema
import Seeds
import Testing

@testable import xaso_budget

@Suite("The ledger against a plain model", .timeLimit(.minutes(60)))
struct LedgerModelTests {
  private enum Step {
    case book(BudgetEntry.Phase)
    case more(MoveMoney.Stage)
    case less(MoveMoney.Stage)
    case carry
    case reverse(BudgetEntry)
  }

  private static let day = Day(real: 2026, 6, 30)
  private static let hand = BudgetRules.Hand(account: "ke-toan", time: Timestamp(milliseconds: 1_798_700_000_000))

  @Test("240,000 random entries: taken if and only if the paper's rules hold with them, and both come to the same")
  func entries() throws {
    var seed = Seed("ledger model")
    var (taken, refused) = (0, 0)
    for _ in 1...600 {
      var line = Self.line()
      var paper = Paper()
      var booked: [BudgetEntry] = []
      for _ in 1...400 {
        let step = Self.step(booked, using: &seed)
        let amount = Money(
          dong: Int.random(in: 0...60, using: &seed) == 0 ? .max : .random(in: -1...40, using: &seed))
        let (expected, isSound) = Self.written(step, amount, on: paper)
        let entry = try? Self.take(step, amount, on: &line)
        #expect((entry != nil) == isSound, "\(step) \(amount) \(paper)")
        guard (entry != nil) == isSound else { return }
        if let entry {
          paper = expected
          if entry.reverses == nil { booked.append(entry) } else { booked.removeAll { $0.id == entry.reverses } }
          taken += 1
        } else {
          refused += 1
        }
        #expect(line.ledger.violation == nil && line.ledger.difference == 0 && paper.isSound)
        #expect(Paper(line.summary) == paper.outstanding)
      }
    }
    print("ledger model: \(taken) taken, \(refused) refused")
    #expect(taken > 50_000 && refused > 50_000)
  }

  private static func line(in year: Int = 2026) -> LineRecord {
    LineRecord(
      summary: LineSummary(
        id: BudgetLine.ID(), unit: Town.commune, version: 1, number: "1", name: "Nhiệm vụ", fiscalYear: year,
        source: Open(.commune), leads: [], estimated: 0, allocated: 0, disbursed: 0),
      focal: nil, ledger: Ledger(), isEntered: true, isEnded: false, isClosed: false)
  }

  private static func step(_ booked: [BudgetEntry], using seed: inout Seed) -> Step {
    switch Int.random(in: 0...19, using: &seed) {
    case 0...1: .more(.approved)
    case 2: .more(.allocated)
    case 3: .less(.approved)
    case 4: .less(.allocated)
    case 5: .carry
    case 6...8:
      if let entry = booked.randomElement(using: &seed) { .reverse(entry) } else { .book(.approve) }
    default:
      .book(
        [.approve, .allocate, .allocate, .commit, .advance, .disburse, .disburse, .recover, .settle]
          .randomElement(using: &seed) ?? .approve)
    }
  }

  /// What the paper comes to with a step, and whether that may be.
  private static func written(_ step: Step, _ amount: Money, on paper: Paper) -> (Paper, Bool) {
    var paper = paper
    let sum = Int128(amount.dong)
    switch step {
    case .book(let phase): paper.write(phase, sum)
    case .more(let stage): paper.adjust(stage, sum)
    case .less(let stage): paper.adjust(stage, -sum)
    case .carry: paper.carried += sum
    case .reverse(var entry):
      (entry.debit, entry.credit, entry.reverses) = (entry.credit, entry.debit, entry.id)
      paper.write(entry)
      return (paper, paper.isSound)
    }
    return (paper, sum > 0 && paper.isSound)
  }

  private static func take(
    _ step: Step, _ amount: Money, on line: inout LineRecord
  ) throws -> BudgetEntry {
    func move(_ from: BudgetLine.ID?, _ to: BudgetLine.ID?, _ stage: MoveMoney.Stage) -> MoveMoney {
      MoveMoney(from: from, to: to, stage, amount, on: Self.day)
    }
    let id = line.summary.id
    var (from, to): (LineRecord?, LineRecord?) = (line, nil)
    switch step {
    case .book(let phase): return try BudgetRules.book(BookMoney(phase, id, amount, on: Self.day), on: &line, by: hand)
    case .more(let stage):
      (from, to) = (nil, line)
      let entry = try BudgetRules.move(move(nil, id, stage), from: &from, to: &to, by: hand)[0]
      line = try #require(to)
      return entry
    case .less(let stage):
      let entry = try BudgetRules.move(move(id, nil, stage), from: &from, to: &to, by: hand)[0]
      line = try #require(from)
      return entry
    case .carry:
      to = Self.line(in: 2027)
      let entry = try BudgetRules.move(move(id, to?.summary.id, .allocated), from: &from, to: &to, by: hand)[0]
      line = try #require(from)
      return entry
    case .reverse(let entry):
      return try BudgetRules.reverse(
        entry, isReversed: false, as: BudgetEntry.ID(), counterpart: nil,
        ReverseEntry(entry.id, of: id, on: Self.day), on: &line, by: hand)
    }
  }
}
