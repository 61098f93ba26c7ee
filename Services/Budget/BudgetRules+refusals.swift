import Schema

/// Why money may not move, in words that say what to do, and the events that tell of it.
extension BudgetRules {
  static func check(_ amount: Money) throws(Refusal) {
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

  static func check(
    _ day: Day, of phase: BudgetEntry.Phase, _ line: LineRecord, today: Day
  ) throws(Refusal) {
    let year = line.summary.fiscalYear
    guard day <= today else {
      throw Refusal(
        .invalid, vi: "Ngày \(day.written) chưa đến; chỉ ghi việc đã xảy ra.",
        en: "The day \(day) has not come; only what has happened is entered.", at: "day")
    }
    guard let days = LedgerRules.days(of: phase, in: year), days.contains(day) else {
      throw Refusal(
        .invalid, vi: "Ngày \(day.written) không thuộc năm ngân sách \(year), kể cả thời gian chỉnh lý quyết toán.",
        en: "The day \(day) is not of the fiscal year \(year), its correction period included.", at: "day")
    }
  }

  /// Money is there from the day that allocates it, whenever that is entered.
  static func check(
    _ entry: BudgetEntry, _ day: Day, against least: Int128, on line: LineSummary
  ) throws(Refusal) {
    guard least < Int128(entry.amount.dong) else { return }
    let (asked, left) = (entry.amount.written, Money(dong: Int64(clamping: max(0, least))).written)
    throw Refusal(
      .conflict,
      vi: "\(asked) đồng nhiều hơn số có thể chi của \(line.number) vào ngày \(day.written), theo ngày phân bổ và các "
        + "khoản đã chi từ ngày đó: \(left) đồng. Hãy xem lại ngày của bút toán này và ngày phân bổ.",
      en:
        "\(asked) đồng is more than could be spent of \(line.number) on \(day), by the days of its allocations and with "
        + "what was paid from then on: \(left) đồng. Look again at the day of this entry and that of the allocation.",
      at: "day")
  }

  static func splitOff(_ line: LineSummary) -> Refusal {
    Refusal(
      .conflict, vi: "Một phần dự toán của \(line.number) đã được tách; không thể đảo dự toán này.",
      en: "Parts of \(line.number) were split off its estimate; it cannot be taken back.", at: "entry")
  }

  static func closed(_ year: Int) -> Refusal {
    Refusal(
      .conflict, vi: "Năm ngân sách \(year) đã khóa sổ; muốn ghi phải mở sổ lại bằng văn bản của UBND xã.",
      en: "The fiscal year \(year) is closed; a document of the commune's UBND has to reopen it.", at: "fiscalYear")
  }

  /// One paper pays a line once: who types a payment again, not knowing that it was taken, would pay twice.
  static func known(_ reference: String, _ earlier: BudgetEntry, on line: LineSummary) -> Refusal {
    let (amount, day) = (earlier.amount.written, earlier.day)
    return Refusal(
      .conflict,
      vi:
        "Chứng từ \(reference) đã được ghi cho \(line.number): \(amount) đồng, ngày \(day.written). Nếu là khoản khác, "
        + "hãy ghi đúng số chứng từ của nó; nếu khoản đã ghi là sai, hãy đảo bút toán đó trước.",
      en: "The paper \(reference) is entered for \(line.number) already: \(amount) đồng on \(day). If this is another "
        + "payment, give its own reference; if the one entered is wrong, reverse it first.", at: "reference")
  }

  /// One document decides a thing once: the same day, the same sum, the same lines.
  static func decided(_ earlier: BudgetEntry, on line: LineSummary) -> Refusal {
    let (document, amount) = (earlier.document?.description ?? "", earlier.amount.written)
    return Refusal(
      .conflict,
      vi:
        "Văn bản \(document) đã được ghi cho \(line.number): \(amount) đồng, ngày \(earlier.day.written). Nếu khoản đã ghi "
        + "là sai, hoặc văn bản quyết định nhiều hơn số đó, hãy đảo bút toán đó rồi ghi cả số đúng.",
      en:
        "The document \(document) is entered for \(line.number) already: \(amount) đồng on \(earlier.day). If that is "
        + "wrong, or the document decides on more, reverse that entry and enter the whole sum.", at: "document")
  }

  static func refusal(_ violation: Ledger.Violation, of entry: BudgetEntry, on line: LineRecord) -> Refusal {
    let (ledger, number, asked) = (line.ledger, line.summary.number, entry.amount.written)
    let text: Text =
      switch violation {
      case .below(.available) where isPayment(entry), .payment where isPayment(entry): overspent(line, asked: asked)
      case .below(.unallocated):
        Text(
          vi: "\(asked) đồng vượt dự toán được giao chưa phân bổ của \(number): \(ledger[.unallocated].written) đồng. "
            + "Dự toán phải được giao hoặc điều chỉnh tăng trước.",
          en: "\(asked) đồng is more than what is approved and not allocated of \(number): "
            + "\(ledger[.unallocated].written) đồng. More has to be approved first.")
      case .commitment:
        Text(
          vi: "Cam kết chi không được vượt kinh phí đã phân bổ của \(number): \(ledger.allocated.written) đồng.",
          en: "No more is committed than is allocated to \(number): \(ledger.allocated.written) đồng.")
      case .payment:
        Text(
          vi: "Đã chi \(ledger.paid.written) đồng, cam kết chi không được ít hơn số đã chi.",
          en: "\(ledger.paid.written) đồng is paid; no less can be committed.")
      case .below(let account):
        Text(
          vi: "\(asked) đồng nhiều hơn số đang có ở mục «\(account.text.vi)» của \(number): "
            + "\(ledger[account].written) đồng.",
          en: "\(asked) đồng is more than there is of \(number) that is \(account.text.en): "
            + "\(ledger[account].written) đồng.")
      }
    return Refusal(.conflict, text, at: "amount")
  }

  private static func overspent(_ line: LineRecord, asked: String) -> Text {
    let (summary, room, paid) = (line.summary, line.ledger.room.written, line.ledger.paid.written)
    let committed = summary.committed > 0 ? summary.committed.written : nil
    return Text(
      vi: "Chi \(asked) đồng vượt kinh phí còn lại của nhiệm vụ \(summary.number): \(room) đồng "
        + "(đã phân bổ \(summary.allocated.written), \(committed.map { "đã cam kết \($0), " } ?? "")đã chi \(paid)). "
        + "Phải được \(committed == nil ? "phân bổ" : "phân bổ, cam kết") thêm trước khi chi.",
      en: "\(asked) đồng is more than what is left of task \(summary.number): \(room) đồng "
        + "(\(summary.allocated.written) allocated, \(committed.map { "\($0) committed, " } ?? "")\(paid) paid). "
        + "More has to be \(committed == nil ? "allocated" : "allocated or committed") before it is spent.")
  }

  private static func isPayment(_ entry: BudgetEntry) -> Bool {
    entry.reverses == nil && (entry.phase == .advance || entry.phase == .disburse)
  }

  // MARK: Events

  /// What tells of an entry.
  static func event(of entry: BudgetEntry, on line: LineSummary) -> any Event {
    if entry.phase == .disburse, entry.reverses == nil {
      return LineDisbursed(
        unit: line.unit, line: line.id, plan: line.plan, task: line.task, fiscalYear: line.fiscalYear,
        leads: line.leads, amount: entry.amount, allocated: line.allocated, disbursed: line.disbursed, day: entry.day)
    }
    if entry.phase == .allocate, entry.reverses == nil, let document = entry.document {
      return LineAllocated(
        unit: line.unit, line: line.id, plan: line.plan, task: line.task, number: line.number, name: line.name,
        fiscalYear: line.fiscalYear, leads: line.leads, amount: entry.amount, allocated: line.allocated,
        document: document, day: entry.day)
    }
    return EntryBooked(
      unit: line.unit, line: line.id, fiscalYear: line.fiscalYear, leads: line.leads, entry: entry,
      approved: line.approved, allocated: line.allocated, disbursed: line.disbursed)
  }

  /// What tells of a refusal: a payment beyond what is there concerns those who answer for the line.
  static func event(of refusal: Refusal, _ request: BookMoney, on line: LineRecord) -> (any Event)? {
    let pays = request.phase == .disburse || request.phase == .advance
    guard pays, refusal.status == .conflict, refusal.place == "amount" else { return nil }
    let summary = line.summary
    return LineOverspent(
      unit: summary.unit, line: summary.id, plan: summary.plan, task: summary.task, number: summary.number,
      name: summary.name, fiscalYear: summary.fiscalYear, leads: summary.leads, focal: line.focal,
      asked: request.amount, available: line.ledger.room)
  }
}

extension BudgetEntry.Account {
  /// What money in it is.
  var text: Text {
    switch self {
    case .funds: Text(vi: "nguồn kinh phí", en: "outside")
    case .unallocated: Text(vi: "đã giao, chưa phân bổ", en: "approved, not allocated")
    case .available: Text(vi: "đã phân bổ, chưa chi", en: "allocated, not paid")
    case .advanced: Text(vi: "tạm ứng chưa thu hồi", en: "advanced")
    case .disbursed: Text(vi: "đã chi, chưa quyết toán", en: "disbursed, not settled")
    case .settled: Text(vi: "đã quyết toán", en: "settled")
    case .carried: Text(vi: "đã chuyển nguồn", en: "carried over")
    case .committed, .commitments: Text(vi: "cam kết chi", en: "committed")
    case .estimated, .proposals: Text(vi: "dự toán", en: "estimated")
    }
  }
}

extension BudgetEntry.Issuer {
  /// As people name it to the command line, too.
  var text: Text {
    switch self {
    case .council: Text(vi: "HĐND", en: "council")
    case .committee: Text(vi: "UBND", en: "committee")
    case .superior: Text(vi: "cấp trên", en: "superior")
    case .spender: Text(vi: "đơn vị chi", en: "spender")
    case .giver: Text(vi: "nhà tài trợ", en: "giver")
    }
  }
}
