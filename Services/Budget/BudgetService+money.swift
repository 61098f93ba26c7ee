import Bus
import Schema
import Storage

/// What moves money. Whatever is refused is said, and moves nothing.
extension BudgetService {
  static func registerMoney(in handlers: inout Handlers<Budget>) {
    handlers.on(AllocateMoney.self) { request, call, transaction in
      let entry = BookMoney(
        line: request.line, phase: Open(.allocate), amount: request.amount, day: request.day, document: request.document
      )
      return try book(entry, call, transaction, as: AllocateMoney.method)
    }
    handlers.on(DisburseMoney.self) { request, call, transaction in
      let entry = BookMoney(
        line: request.line, phase: Open(.disburse), amount: request.amount, day: request.day,
        reference: request.reference)
      return try book(entry, call, transaction, as: DisburseMoney.method)
    }
    handlers.on(BookMoney.self) { request, call, transaction in
      try book(request, call, transaction, as: BookMoney.method)
    }
    handlers.on(MoveMoney.self) { request, call, transaction in
      let subject = request.from ?? request.to ?? BudgetLine.ID()
      return try saying(subject, request.amount, MoveMoney.method, call) {
        try move(request, call, transaction)
      }
    }
    handlers.on(ReverseEntry.self) { request, call, transaction in
      try saying(request.line, nil, ReverseEntry.method, call) { try reverse(request, call, transaction) }
    }
  }

  private static func book(
    _ request: BookMoney, _ call: Call, _ transaction: borrowing Transaction, as method: Schema.Method
  ) throws -> Outcome<LineSummary> {
    try saying(request.line, request.amount, method, call) {
      var line = try BudgetStore.line(request.line, in: try call.home(), transaction)
      try call.expects(line.summary.version)
      if let reference = request.reference,
        let earlier = try BudgetStore.entry(of: reference, request.phase, on: request.line, transaction)
      {
        throw BudgetRules.known(reference, earlier, on: line.summary)
      }
      let entry: BudgetEntry
      do throws(Refusal) {
        entry = try BudgetRules.book(request, on: &line, by: hand(call, transaction))
      } catch {
        guard let event = BudgetRules.event(of: error, request, on: line) else { throw error }
        return .refused(error, events: [event])
      }
      if entry.phase.known.map(LedgerRules.isDecided) == true,
        let earlier = try BudgetStore.entry(like: entry, on: request.line, with: nil, transaction)
      {
        throw BudgetRules.decided(earlier, on: line.summary)
      }
      return try keep([(line, entry)], transaction) { line.summary }
    }
  }

  private static func move(
    _ request: MoveMoney, _ call: Call, _ transaction: borrowing Transaction
  ) throws -> Outcome<MoneyMoved> {
    let unit = try call.home()
    var from = try request.from.map { try BudgetStore.line($0, in: unit, transaction) }
    var to = try request.to.map { try BudgetStore.line($0, in: unit, transaction) }
    if let seen = from ?? to { try call.expects(seen.summary.version) }
    let entries = try BudgetRules.move(request, from: &from, to: &to, by: hand(call, transaction))
    let lines = [from, to].compactMap(\.self)
    let other = lines.count > 1 ? lines[1].summary.id : nil
    if let earlier = try BudgetStore.entry(like: entries[0], on: lines[0].summary.id, with: other, transaction) {
      throw BudgetRules.decided(earlier, on: lines[0].summary)
    }
    return try keep(Array(zip(lines, entries)), transaction) { MoneyMoved(lines: lines.map(\.summary)) }
  }

  private static func reverse(
    _ request: ReverseEntry, _ call: Call, _ transaction: borrowing Transaction
  ) throws -> Outcome<MoneyMoved> {
    let unit = try call.home()
    var line = try BudgetStore.line(request.line, in: unit, transaction)
    try call.expects(line.summary.version)
    let entry = try BudgetStore.entry(request.entry, of: request.line, transaction)
    let hand = hand(call, transaction)
    let (id, other) = (BudgetEntry.ID(), BudgetEntry.ID())
    var booked: [(line: LineRecord, entry: BudgetEntry)] = []
    let back = try BudgetRules.reverse(
      entry, isReversed: try BudgetStore.isReversed(entry.id, transaction), as: id,
      counterpart: entry.counterpart == nil ? nil : other, request, on: &line, by: hand)
    booked.append((line, back))
    if let counterpart = entry.counterpart, let second = try BudgetStore.line(of: counterpart, transaction) {
      var line = try BudgetStore.line(second, in: unit, transaction)
      let entry = try BudgetStore.entry(counterpart, of: second, transaction)
      let back = try BudgetRules.reverse(
        entry, isReversed: false, as: other, counterpart: id, request, on: &line, by: hand)
      booked.append((line, back))
    }
    return try keep(booked, transaction) { MoneyMoved(lines: booked.map(\.line.summary)) }
  }

  private static func hand(_ call: Call, _ transaction: borrowing Transaction) -> BudgetRules.Hand {
    BudgetRules.Hand(account: call.caller.account, time: transaction.time)
  }

  /// Writes entries, each with its line as it stands with it, and says them.
  private static func keep<Reply>(
    _ booked: [(line: LineRecord, entry: BudgetEntry)], _ transaction: borrowing Transaction,
    answered reply: () -> Reply
  ) throws -> Outcome<Reply> {
    for (line, entry) in booked { try BudgetStore.book(entry, on: line, transaction) }
    return .accepted(reply(), events: booked.map { BudgetRules.event(of: $0.entry, on: $0.line.summary) })
  }

  /// Says what is refused, even of a line that is not there.
  private static func saying<Reply>(
    _ line: BudgetLine.ID, _ amount: Money?, _ method: Schema.Method, _ call: Call, _ body: () throws -> Outcome<Reply>
  ) throws -> Outcome<Reply> {
    do {
      return try body()
    } catch let refusal as Refusal {
      let event = EntryRefused(
        unit: try call.home(), line: line, method: method.description, amount: amount,
        code: Int(refusal.status.rawValue), reason: refusal.text, account: call.caller.account)
      return .refused(refusal, events: [event])
    }
  }
}
