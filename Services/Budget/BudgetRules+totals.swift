import Schema

/// What lines add up to.
extension BudgetRules {
  /// Of the lines of one fiscal year, in a unit and below it.
  static func totals(
    _ lines: [LineMoney], unfunded: Int, of unit: Unit, in fiscalYear: Int
  ) throws(Refusal) -> BudgetTotals {
    var sums = MoneySums()
    var units: [Unit: MoneySums] = [:]
    var sources: [Open<FundSource>: MoneySums] = [:]
    var leads: [[Office.Code]: MoneySums] = [:]
    var spenders: [Office.Code?: MoneySums] = [:]
    var pillars: [Open<Pillar>?: MoneySums] = [:]
    for line in lines {
      try sums.add(line.sums)
      try units[line.unit, default: MoneySums()].add(line.sums)
      try sources[line.source, default: MoneySums()].add(line.sums)
      try leads[Set(line.leads).sorted(), default: MoneySums()].add(line.sums)
      try spenders[line.spender, default: MoneySums()].add(line.sums)
      try pillars[line.pillar, default: MoneySums()].add(line.sums)
    }
    return BudgetTotals(
      unit: unit, fiscalYear: fiscalYear, sums: sums, unfunded: unfunded,
      units: unit.commune != nil
        ? [] : units.map { .init(unit: $0, sums: $1) }.sorted { $0.unit.topic < $1.unit.topic },
      sources: sources.map { .init(source: $0, sums: $1) }.sorted { $0.source.word < $1.source.word },
      leads: leads.map { .init(leads: $0, sums: $1) }.sorted { $0.leads.lexicographicallyPrecedes($1.leads) },
      spenders: spenders.map { .init(spender: $0, sums: $1) }
        .sorted { ($0.spender?.description ?? "~") < ($1.spender?.description ?? "~") },
      pillars: pillars.map { .init(pillar: $0, sums: $1) }
        .sorted { ($0.pillar?.word ?? "~~") < ($1.pillar?.word ?? "~~") })
  }
}

extension MoneySums {
  mutating func add(_ other: MoneySums) throws(Refusal) {
    guard let estimated = estimated.adding(other.estimated), let approved = approved.adding(other.approved),
      let allocated = allocated.adding(other.allocated), let committed = committed.adding(other.committed),
      let advanced = advanced.adding(other.advanced), let disbursed = disbursed.adding(other.disbursed),
      let settled = settled.adding(other.settled), let carried = carried.adding(other.carried)
    else {
      throw Refusal(
        .conflict, vi: "Tổng kinh phí quá lớn; hãy kiểm tra từng dòng.",
        en: "The total of the money is too large; look at the lines.")
    }
    self = MoneySums(
      lines: lines + other.lines, estimated: estimated, approved: approved, allocated: allocated, committed: committed,
      advanced: advanced, disbursed: disbursed, settled: settled, carried: carried)
  }
}

extension Open {
  /// In the order of the vocabulary's own words; those of a newer program come last.
  fileprivate var word: String {
    switch self {
    case .known(let word): word.rawValue
    case .unknown(let text): "~" + text
    }
  }
}
