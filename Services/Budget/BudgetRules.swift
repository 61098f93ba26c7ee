import Schema

/// What may happen to a line's money. No I/O: a rule gets what it decides on, and says yes or why not.
enum BudgetRules {
  /// Made of what the line is for: when the plans' stream is read again, each line finds its ledger.
  static func line(of task: PlanTask.ID, in fiscalYear: Int) -> BudgetLine.ID {
    BudgetLine.ID(UUIDv7(high: task.uuid.high, low: task.uuid.low ^ UInt64(truncatingIfNeeded: fiscalYear)))
  }

  /// Who enters, and when: the entry's own day may be earlier, never later.
  struct Hand {
    var account: Caller.Account
    var time: Timestamp
  }

  // MARK: One line

  /// Books an entry on a line, or refuses it and leaves the line as it was.
  static func book(_ request: BookMoney, on line: inout LineRecord, by hand: Hand) throws(Refusal) -> BudgetEntry {
    guard let phase = request.phase.known, let accounts = LedgerRules.accounts(of: phase) else {
      throw Refusal(
        .invalid, vi: "Điều chỉnh và chuyển nguồn ghi bằng lệnh chuyển kinh phí.",
        en: "Adjustments and carry-overs are moves of money.", at: "phase")
    }
    if phase == .estimate, !line.isEntered || line.summary.partOf != nil {
      throw Refusal(
        .conflict, vi: "Dự toán của dòng này theo kế hoạch; muốn đổi phải điều chỉnh kế hoạch.",
        en: "The estimate of this line is its plan's; it changes with the plan.", at: "phase")
    }
    let issuer = try issuer(request.issuer, of: phase, line)
    if LedgerRules.isDecided(phase) {
      guard request.document != nil else {
        throw Refusal(
          .invalid, vi: "Phải nêu số, ký hiệu văn bản quyết định.", en: "Name the document that decides it.",
          at: "document")
      }
    } else {
      try (request.reference ?? "").check(atMost: 100, at: "reference")
    }
    if let reference = request.reference { try reference.check(atMost: 100, at: "reference") }
    let entry = BudgetEntry(
      id: BudgetEntry.ID(), phase: request.phase, debit: Open(accounts.debit), credit: Open(accounts.credit),
      amount: request.amount, day: request.day, document: request.document, issuer: Open(issuer),
      reference: request.reference, account: hand.account, time: hand.time)
    try post(entry, phase, to: &line, today: hand.time.day)
    return entry
  }

  private static func issuer(
    _ named: Open<BudgetEntry.Issuer>?, of phase: BudgetEntry.Phase, _ line: LineRecord
  ) throws(Refusal) -> BudgetEntry.Issuer {
    let possible = LedgerRules.issuers(of: phase, from: line.summary.source)
    if named == nil, possible.count == 1 { return possible[0] }
    guard let issuer = named?.known, possible.contains(issuer) else {
      let (vi, en) = (possible.map(\.text.vi), possible.map(\.text.en))
      throw Refusal(
        .invalid, vi: "Cơ quan ban hành phải là một trong: \(vi.joined(separator: ", ")).",
        en: "The issuer has to be one of: \(en.joined(separator: ", ")).", at: "issuer")
    }
    return issuer
  }

  /// Whatever brings money into a line or takes it out: the year, the day, the amount, the line itself, the ledger.
  ///
  /// - Parameter since: The day from which it counts, where that is not the entry's own.
  private static func post(
    _ entry: BudgetEntry, _ phase: BudgetEntry.Phase, to line: inout LineRecord, since: Day? = nil, today: Day
  ) throws(Refusal) {
    guard let debit = entry.debit.known, let credit = entry.credit.known else { throw Refusal(.malformed) }
    try check(entry.amount)
    try check(entry.day, of: phase, line, today: today)
    if line.isClosed { throw closed(line.summary.fiscalYear) }
    let leaves = entry.reverses != nil || debit == .funds || LedgerRules.windsUp(phase)
    if line.isEnded, !leaves {
      throw Refusal(
        .conflict,
        vi: "Kế hoạch của nhiệm vụ \(line.summary.number) đã được thay thế hoặc bãi bỏ; chỉ còn thu hồi, quyết toán, "
          + "điều chỉnh giảm.",
        en: "The plan of task \(line.summary.number) was replaced or withdrawn; its money may only be wound up.",
        at: "line")
    }
    // What is not there is said so, however much it would come to on the other side.
    if Ledger.kept.contains(credit), line.ledger[credit] < entry.amount {
      throw refusal(.below(credit), of: entry, on: line)
    }
    var ledger = line.ledger
    try ledger.post(entry.amount, debit: debit, credit: credit)
    if let violation = ledger.violation { throw refusal(violation, of: entry, on: line) }
    let since = since ?? entry.day
    if credit == .available { try check(entry, since, against: line.days.least(from: since), on: line.summary) }
    var summary = line.summary
    let planned = Money(dong: summary.estimated.dong - line.ledger[.estimated].dong)
    try summary.show(ledger, planned: planned)
    if credit == .estimated, summary.estimated < 0 { throw splitOff(summary) }
    summary.version += 1
    line.summary = summary
    line.ledger = ledger
    if debit == .available { line.days.add(Int128(entry.amount.dong), on: since) }
    if credit == .available { line.days.add(-Int128(entry.amount.dong), on: since) }
  }

  // MARK: Between lines

  /// Books a move: an entry on each line that it touches, of the same amount and document.
  static func move(
    _ request: MoveMoney, from: inout LineRecord?, to: inout LineRecord?, by hand: Hand
  ) throws(Refusal) -> [BudgetEntry] {
    let phase = try phase(of: request, from, to)
    let held: BudgetEntry.Account = request.stage == .allocated ? .available : .unallocated
    let ids = (BudgetEntry.ID(), BudgetEntry.ID())
    let isPair = from != nil && to != nil
    var entries: [BudgetEntry] = []
    func entry(_ id: BudgetEntry.ID, _ debit: BudgetEntry.Account, _ credit: BudgetEntry.Account) -> BudgetEntry {
      BudgetEntry(
        id: id, phase: Open(phase), debit: Open(debit), credit: Open(credit), amount: request.amount, day: request.day,
        document: request.document, issuer: request.issuer,
        counterpart: isPair ? (id == ids.0 ? ids.1 : ids.0) : nil, account: hand.account, time: hand.time)
    }
    if var line = from {
      _ = try issuer(request.issuer, of: phase, line)
      let out = entry(ids.0, phase == .carryOver ? .carried : .funds, held)
      try post(out, phase, to: &line, today: hand.time.day)
      from = line
      entries.append(out)
    }
    if var line = to {
      _ = try issuer(request.issuer, of: phase, line)
      let into = entry(ids.1, held, .funds)
      // What the next year is given is decided in it.
      try post(into, phase == .carryOver ? .adjust : phase, to: &line, today: hand.time.day)
      to = line
      entries.append(into)
    }
    return entries
  }

  private static func phase(
    of request: MoveMoney, _ from: LineRecord?, _ to: LineRecord?
  ) throws(Refusal) -> BudgetEntry.Phase {
    guard from != nil || to != nil, request.from != request.to else {
      throw Refusal(
        .invalid, vi: "Phải nêu dòng chuyển đi hoặc dòng nhận, và hai dòng phải khác nhau.",
        en: "Name the line that gives or the one that gets, and not the same twice.", at: "to")
    }
    guard let from, let to else { return .adjust }
    switch to.summary.fiscalYear - from.summary.fiscalYear {
    case 0: return .adjust
    case 1 where request.stage == .allocated: return .carryOver
    case 1:
      throw Refusal(
        .invalid, vi: "Chỉ chuyển nguồn kinh phí đã phân bổ chưa chi; phần chưa phân bổ thì điều chỉnh giảm.",
        en: "Only what is allocated and not spent is carried over; take back what was never allocated.", at: "stage")
    default:
      throw Refusal(
        .invalid, vi: "Chỉ chuyển trong cùng năm, hoặc chuyển nguồn sang năm kế tiếp.",
        en: "Money moves within a year, or into the next one.", at: "to")
    }
  }

  // MARK: Back

  /// The entry that takes one back.
  ///
  /// - Parameter isReversed: Whether that was done before.
  static func reverse(
    _ entry: BudgetEntry, isReversed: Bool, as id: BudgetEntry.ID, counterpart: BudgetEntry.ID?,
    _ request: ReverseEntry,
    on line: inout LineRecord, by hand: Hand
  ) throws(Refusal) -> BudgetEntry {
    try request.reason.check(atMost: 1000, at: "reason")
    guard entry.reverses == nil, !isReversed, let phase = entry.phase.known else {
      throw Refusal(
        .conflict, vi: "Bút toán này đã được đảo, hoặc chính nó là bút toán đảo; hãy ghi bút toán mới.",
        en: "This entry was reversed, or is itself a reversal; make a new entry.", at: "entry")
    }
    guard request.day >= entry.day else {
      throw Refusal(
        .invalid, vi: "Ngày đảo không thể trước ngày của bút toán \(entry.day.written).",
        en: "An entry of \(entry.day) is not reversed before that day.", at: "day")
    }
    let reversal = BudgetEntry(
      id: id, phase: entry.phase, debit: entry.credit, credit: entry.debit, amount: entry.amount, day: request.day,
      document: request.document, issuer: entry.issuer, reference: entry.reference, note: request.reason,
      reverses: entry.id, counterpart: counterpart, account: hand.account, time: hand.time)
    try post(reversal, phase, to: &line, since: entry.day, today: hand.time.day)
    return reversal
  }
}
