import Schema
import Seeds
import Testing

@testable import xaso_budget

/// The sums of a line as one would keep them on paper, phase by phase, without accounts.
private struct Paper: Equatable {
  var approved: Int128 = 0
  var allocated: Int128 = 0
  var committed: Int128 = 0
  var advanced: Int128 = 0
  var recovered: Int128 = 0
  var disbursed: Int128 = 0
  var settled: Int128 = 0
  var carried: Int128 = 0

  var paid: Int128 { advanced + disbursed - recovered }

  /// With the advances that are not accounted for, which is all that a ledger shows of them.
  var outstanding: Paper {
    var paper = self
    paper.advanced -= recovered
    paper.recovered = 0
    return paper
  }

  /// The rules as the law of the ledger has them.
  var isSound: Bool {
    let figures = [approved, allocated, committed, advanced, recovered, disbursed, settled, carried]
    guard figures.allSatisfy({ $0 >= 0 }), approved <= Int128(Money.most.dong), committed <= Int128(Money.most.dong)
    else {
      return false
    }
    return allocated <= approved && committed <= allocated && paid <= (committed > 0 ? committed : allocated)
      && paid + carried <= allocated && recovered <= advanced && settled <= disbursed
  }
}

@Suite("The ledger against a plain model", .timeLimit(.minutes(10)))
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
        #expect(Self.figures(line) == paper.outstanding)
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
      focal: nil, ledger: Ledger(), opened: nil, isEntered: true, isEnded: false, isClosed: false)
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
    var isAmount = sum > 0
    switch step {
    case .book(let phase): write(phase, sum, on: &paper)
    case .more(let stage): adjust(stage, sum, on: &paper)
    case .less(let stage): adjust(stage, -sum, on: &paper)
    case .carry: paper.carried += sum
    case .reverse(let entry):
      isAmount = true
      let sum = Int128(entry.amount.dong)
      switch (entry.phase.known, entry.debit.known, entry.credit.known) {
      case (.adjust, .funds, let credit): adjust(credit == .available ? .allocated : .approved, sum, on: &paper)
      case (.adjust, let debit, _): adjust(debit == .available ? .allocated : .approved, -sum, on: &paper)
      case (.carryOver, _, _): paper.carried -= sum
      case (let phase?, _, _): write(phase, -sum, on: &paper)
      case (nil, _, _): isAmount = false
      }
    }
    return (paper, isAmount && paper.isSound)
  }

  private static func adjust(_ stage: MoveMoney.Stage, _ sum: Int128, on paper: inout Paper) {
    paper.approved += sum
    if stage == .allocated { paper.allocated += sum }
  }

  private static func write(_ phase: BudgetEntry.Phase, _ sum: Int128, on paper: inout Paper) {
    switch phase {
    case .approve: paper.approved += sum
    case .allocate: paper.allocated += sum
    case .commit: paper.committed += sum
    case .advance: paper.advanced += sum
    case .recover: paper.recovered += sum
    case .disburse: paper.disbursed += sum
    case .settle: paper.settled += sum
    case .estimate, .adjust, .carryOver: break
    }
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

  private static func figures(_ line: LineRecord) -> Paper {
    let summary = line.summary
    return Paper(
      approved: Int128(summary.approved.dong), allocated: Int128(summary.allocated.dong),
      committed: Int128(summary.committed.dong), advanced: Int128(summary.advanced.dong), recovered: 0,
      disbursed: Int128(summary.disbursed.dong), settled: Int128(summary.settled.dong),
      carried: Int128(summary.carried.dong))
  }
}
