public import Schema

/// The sums of a line as one would keep them on paper, phase by phase, without accounts: what the ledger is compared with.
public struct Paper: Hashable, Sendable {
  public var approved: Int128 = 0
  public var allocated: Int128 = 0
  public var committed: Int128 = 0
  public var advanced: Int128 = 0
  public var recovered: Int128 = 0
  public var disbursed: Int128 = 0
  public var settled: Int128 = 0
  public var carried: Int128 = 0

  public init() {}

  private var paid: Int128 { advanced + disbursed - recovered }

  /// The rules as the law of public money has them.
  public var isSound: Bool {
    let figures = [approved, allocated, committed, advanced, recovered, disbursed, settled, carried]
    let most = Int128(Money.most.dong)
    guard figures.allSatisfy({ $0 >= 0 }), approved <= most, committed <= most else { return false }
    return allocated <= approved && committed <= allocated && paid <= (committed > 0 ? committed : allocated)
      && paid + carried <= allocated && recovered <= advanced && settled <= disbursed
  }

  /// With the advances that are not accounted for, which is all that a ledger shows of them.
  public var outstanding: Paper {
    var paper = self
    paper.advanced -= recovered
    paper.recovered = 0
    return paper
  }

  // MARK: Writing

  public mutating func write(_ phase: BudgetEntry.Phase, _ sum: Int128) {
    switch phase {
    case .approve: approved += sum
    case .allocate: allocated += sum
    case .commit: committed += sum
    case .advance: advanced += sum
    case .recover: recovered += sum
    case .disburse: disbursed += sum
    case .settle: settled += sum
    case .carryOver: carried += sum
    case .estimate, .adjust: break
    }
  }

  /// More, or less where the sum is below zero.
  public mutating func adjust(_ stage: MoveMoney.Stage, _ sum: Int128) {
    approved += sum
    if stage == .allocated { allocated += sum }
  }

  /// Writes an entry of a ledger; a reversal takes away what its entry brought.
  public mutating func write(_ entry: BudgetEntry) {
    let sum = Int128(entry.amount.dong)
    switch (entry.debit.known, entry.credit.known) {
    case (.funds, let stage): adjust(stage == .available ? .allocated : .approved, -sum)
    case (let stage, .funds): adjust(stage == .available ? .allocated : .approved, sum)
    default: entry.phase.known.map { write($0, entry.reverses == nil ? sum : -sum) }
    }
  }

  /// What a line shows.
  public init(_ line: LineSummary) {
    approved = Int128(line.approved.dong)
    allocated = Int128(line.allocated.dong)
    committed = Int128(line.committed.dong)
    advanced = Int128(line.advanced.dong)
    disbursed = Int128(line.disbursed.dong)
    settled = Int128(line.settled.dong)
    carried = Int128(line.carried.dong)
  }
}

extension LineSummary {
  /// What is wrong with the line, its entries added up by themselves: each has to leave a sound line, and all of them what
  /// the line shows, one entry a version, every đồng debited as often as it is credited.
  public func fault(in entries: [BudgetEntry]) -> String? {
    var paper = Paper()
    var sides: [Open<BudgetEntry.Account>: Int128] = [:]
    if let day = firstOverdrawn(by: entries) { return "line \(id): more is spent by \(day) than was allocated by then" }
    for entry in entries {
      paper.write(entry)
      sides[entry.debit, default: 0] += Int128(entry.amount.dong)
      sides[entry.credit, default: 0] -= Int128(entry.amount.dong)
      guard paper.isSound else { return "line \(id): \(entry.id) leaves \(paper)" }
    }
    guard sides.values.reduce(0, +) == 0 else { return "line \(id): debits are not credits" }
    guard Paper(self) == paper.outstanding else { return "line \(id): shows \(Paper(self)), its entries make \(paper)" }
    return version == entries.count + 1 ? nil : "line \(id): version \(version) of \(entries.count) entries"
  }

  /// The first day by which more was spent than allocated; what was taken back was never there.
  private func firstOverdrawn(by entries: [BudgetEntry]) -> Day? {
    let wrong = Set(entries.compactMap(\.reverses))
    var left: Int128 = 0
    let days = Dictionary(grouping: entries.filter { $0.reverses == nil && !wrong.contains($0.id) }, by: \.day)
    for (day, entries) in days.sorted(by: { $0.key < $1.key }) {
      for entry in entries {
        if entry.debit == .available { left += Int128(entry.amount.dong) }
        if entry.credit == .available { left -= Int128(entry.amount.dong) }
      }
      if left < 0 { return day }
    }
    return nil
  }
}

extension BudgetTotals {
  /// What is wrong with a year's totals, its lines added up one by one.
  public func fault(in lines: [LineSummary]) -> String? {
    let own = lines.filter { $0.fiscalYear == fiscalYear }
    guard sums == MoneySums(of: own) else { return "\(fiscalYear): \(sums) of \(MoneySums(of: own))" }
    for item in sources where item.sums != MoneySums(of: own.filter { $0.source == item.source }) {
      return "\(fiscalYear): source \(item)"
    }
    for item in leads where item.sums != MoneySums(of: own.filter { Set($0.leads) == Set(item.leads) }) {
      return "\(fiscalYear): leads \(item)"
    }
    for item in spenders where item.sums != MoneySums(of: own.filter { $0.detail.spender == item.spender }) {
      return "\(fiscalYear): spender \(item)"
    }
    for item in pillars where item.sums != MoneySums(of: own.filter { $0.detail.pillar == item.pillar }) {
      return "\(fiscalYear): pillar \(item)"
    }
    for parts in [sources.map(\.sums), leads.map(\.sums), spenders.map(\.sums), pillars.map(\.sums)] {
      guard parts.reduce(0, { $0 + $1.lines }) == own.count else {
        return "\(fiscalYear): a line is left out, or twice"
      }
    }
    return nil
  }
}

extension MoneySums {
  public init(of lines: [LineSummary]) {
    func sum(_ figure: (LineSummary) -> Money) -> Money { Money(dong: lines.reduce(0) { $0 + figure($1).dong }) }
    self.init(
      lines: lines.count, estimated: sum { $0.estimated }, approved: sum { $0.approved },
      allocated: sum { $0.allocated }, committed: sum { $0.committed }, advanced: sum { $0.advanced },
      disbursed: sum { $0.disbursed }, settled: sum { $0.settled }, carried: sum { $0.carried })
  }
}
