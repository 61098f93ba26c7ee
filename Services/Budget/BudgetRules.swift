import Schema

/// What may happen to a line's money, and what lines add up to. No I/O: a rule gets what it decides on, and says yes or
/// why not.
enum BudgetRules {
  /// Made of what the line is for: when the plans' stream is read again, each line finds its ledger.
  static func line(of task: PlanTask.ID, in fiscalYear: Int) -> BudgetLine.ID {
    BudgetLine.ID(UUIDv7(high: task.uuid.high, low: task.uuid.low ^ UInt64(truncatingIfNeeded: fiscalYear)))
  }

  // MARK: The ledger

  /// What an entry brings: itself, and the event that tells of it.
  typealias Booking = (entry: BudgetEntry, event: any Event)

  static func allocate(
    _ line: inout LineSummary, _ request: AllocateMoney, by account: Caller.Account, at time: Timestamp
  ) throws(Refusal) -> Booking {
    try check(request.amount)
    try check(request.day, in: line.fiscalYear)
    guard let allocated = line.allocated.adding(request.amount) else {
      throw Refusal(
        .invalid, vi: "Tổng kinh phí phân bổ của dòng này quá lớn.",
        en: "What is allocated to this line would be too large.", at: "amount")
    }
    line.allocated = allocated
    line.version += 1
    let entry = BudgetEntry(
      id: BudgetEntry.ID(), phase: Open(.allocate), amount: request.amount, day: request.day,
      document: request.document, account: account, time: time)
    let event = LineAllocated(
      unit: line.unit, line: line.id, plan: line.plan, task: line.task, number: line.number, name: line.name,
      fiscalYear: line.fiscalYear, leads: line.leads, amount: request.amount, allocated: allocated,
      document: request.document, day: request.day)
    return (entry, event)
  }

  /// - Returns: Nil for more than is allocated and left: `overspent` says it.
  static func disburse(
    _ line: inout LineSummary, _ request: DisburseMoney, by account: Caller.Account, at time: Timestamp
  ) throws(Refusal) -> Booking? {
    try check(request.amount)
    try check(request.day, in: line.fiscalYear)
    try request.reference.check(atMost: 100, at: "reference")
    guard let disbursed = line.disbursed.adding(request.amount), disbursed <= line.allocated else { return nil }
    line.disbursed = disbursed
    line.version += 1
    let entry = BudgetEntry(
      id: BudgetEntry.ID(), phase: Open(.disburse), amount: request.amount, day: request.day,
      reference: request.reference, account: account, time: time)
    let event = LineDisbursed(
      unit: line.unit, line: line.id, plan: line.plan, task: line.task, fiscalYear: line.fiscalYear, leads: line.leads,
      amount: request.amount, allocated: line.allocated, disbursed: disbursed, day: request.day)
    return (entry, event)
  }

  /// Why so much cannot be spent, and the event that tells those who answer for the line.
  static func overspent(_ line: LineRecord, asked: Money) -> (refusal: Refusal, event: LineOverspent) {
    let summary = line.summary
    let available = Money(dong: summary.allocated.dong - summary.disbursed.dong)
    let refusal = Refusal(
      .conflict,
      vi: "Chi \(asked.written) đồng vượt kinh phí còn lại của nhiệm vụ \(summary.number): \(available.written) đồng "
        + "(đã phân bổ \(summary.allocated.written), đã giải ngân \(summary.disbursed.written)). "
        + "Phải được phân bổ thêm trước khi chi.",
      en: "\(asked.written) đồng is more than what is left of task \(summary.number): \(available.written) đồng "
        + "(\(summary.allocated.written) allocated, \(summary.disbursed.written) disbursed). "
        + "More has to be allocated before it is spent.",
      at: "amount")
    let event = LineOverspent(
      unit: summary.unit, line: summary.id, plan: summary.plan, task: summary.task, number: summary.number,
      name: summary.name, fiscalYear: summary.fiscalYear, leads: summary.leads, focal: line.focal, asked: asked,
      available: available)
    return (refusal, event)
  }

  private static func check(_ amount: Money) throws(Refusal) {
    guard amount > 0 else {
      throw Refusal(
        .invalid, vi: "Số tiền phải lớn hơn 0.", en: "The amount has to be above zero.", at: "amount")
    }
    guard amount <= .most else {
      throw Refusal(
        .invalid, vi: "Số tiền quá lớn, hãy kiểm tra lại: nhiều nhất \(Money.most.written) đồng.",
        en: "The amount is too large, look again: \(Money.most.written) đồng at most.", at: "amount")
    }
  }

  /// A year is decided upon before it begins, and paid out after it has ended.
  private static func check(_ day: Day, in fiscalYear: Int) throws(Refusal) {
    guard (fiscalYear - 1...fiscalYear + 1).contains(day.components.year) else {
      throw Refusal(
        .invalid, vi: "Ngày \(day.written) không thuộc năm ngân sách \(fiscalYear).",
        en: "The day \(day) has nothing to do with the fiscal year \(fiscalYear).", at: "day")
    }
  }

  // MARK: Totals

  /// Of the lines of one fiscal year, in a unit and below it.
  static func totals(_ lines: [LineMoney], of unit: Unit, in fiscalYear: Int) throws(Refusal) -> BudgetTotals {
    var sums = MoneySums()
    var units: [Unit: MoneySums] = [:]
    var sources: [Open<FundSource>: MoneySums] = [:]
    var leads: [[Office.Code]: MoneySums] = [:]
    for line in lines {
      try sums.add(line)
      try units[line.unit, default: MoneySums()].add(line)
      try sources[line.source, default: MoneySums()].add(line)
      try leads[Set(line.leads).sorted(), default: MoneySums()].add(line)
    }
    return BudgetTotals(
      unit: unit, fiscalYear: fiscalYear, sums: sums,
      units: unit.commune != nil
        ? [] : units.map { .init(unit: $0, sums: $1) }.sorted { $0.unit.topic < $1.unit.topic },
      sources: sources.map { .init(source: $0, sums: $1) }.sorted { $0.source.word < $1.source.word },
      leads: leads.map { .init(leads: $0, sums: $1) }.sorted { $0.leads.lexicographicallyPrecedes($1.leads) })
  }
}

extension MoneySums {
  fileprivate mutating func add(_ line: LineMoney) throws(Refusal) {
    guard let estimated = estimated.adding(line.estimated), let allocated = allocated.adding(line.allocated),
      let disbursed = disbursed.adding(line.disbursed)
    else {
      throw Refusal(
        .conflict, vi: "Tổng kinh phí quá lớn; hãy kiểm tra từng dòng.",
        en: "The total of the money is too large; look at the lines.")
    }
    self = MoneySums(lines: lines + 1, estimated: estimated, allocated: allocated, disbursed: disbursed)
  }
}

extension Open<FundSource> {
  /// In the order of the vocabulary; words of a newer program come last.
  fileprivate var word: String {
    switch self {
    case .known(let source): source.rawValue
    case .unknown(let text): "~" + text
    }
  }
}
