import Schema

/// Where the money of one line is: what its entries come to, account by account.
///
/// Each entry debits one account and credits another, so that all accounts together are always zero. What may not be is
/// said by one function, `violation`, whatever the entries were.
struct Ledger: Hashable {
  typealias Account = BudgetEntry.Account

  private var balances: [Account: Int64] = [:]

  init() {}

  /// A ledger as it was kept: the outside accounts follow from the others.
  init(kept balance: (Account) throws -> Money) rethrows {
    for account in Self.kept { balances[account] = try balance(account).dong }
    balances[.funds] = -Self.stages.reduce(0) { $0 + self[$1].dong }
    balances[.commitments] = -self[.committed].dong
    balances[.proposals] = -self[.estimated].dong
  }

  subscript(account: Account) -> Money { Money(dong: balances[account, default: 0]) }

  /// The accounts that money which was approved can be in.
  static let stages: [Account] = [.unallocated, .available, .advanced, .disbursed, .settled, .carried]
  /// Those that are never below zero; the rest follows from them.
  static let kept: [Account] = stages + [.committed, .estimated]

  /// Moves money. Nothing is moved when an account would come to more than any amount may be.
  mutating func post(_ amount: Money, debit: Account, credit: Account) throws(Refusal) {
    guard let more = self[debit].adding(amount), let less = self[credit].subtracting(amount), more <= .most,
      less.dong >= -Money.most.dong
    else {
      throw Refusal(
        .invalid, vi: "Số tiền quá lớn: dòng này sẽ vượt \(Money.most.written) đồng, hãy kiểm tra lại.",
        en: "The amount is too large: the line would come to more than \(Money.most.written) đồng, look again.",
        at: "amount")
    }
    balances[debit] = more.dong
    balances[credit] = less.dong
  }

  // MARK: What it comes to

  var approved: Money { Money(dong: -self[.funds].dong) }
  var allocated: Money { Money(dong: approved.dong - self[.unallocated].dong) }
  var disbursed: Money { Money(dong: self[.disbursed].dong + self[.settled].dong) }
  /// Advances that are not accounted for, and all other payments.
  var paid: Money { Money(dong: self[.advanced].dong + disbursed.dong) }
  /// What may be paid yet.
  var room: Money {
    guard self[.committed] > 0 else { return self[.available] }
    return min(self[.available], Money(dong: self[.committed].dong - paid.dong))
  }

  // MARK: What may not be

  /// A rule that does not hold.
  enum Violation: Hashable {
    /// More was taken from an account than was in it.
    case below(Account)
    /// More is committed than is allocated.
    case commitment
    /// More is paid than is committed.
    case payment
  }

  /// Nil while all rules hold: allocated ≤ approved with its adjustments, committed ≤ allocated, and what is advanced
  /// and disbursed less what is recovered ≤ committed where there is a commitment, else ≤ allocated. With that no more
  /// is recovered than was advanced, settled than was disbursed, carried over than was left.
  var violation: Violation? {
    if let account = Self.kept.first(where: { self[$0] < 0 }) { return .below(account) }
    if self[.committed] > allocated { return .commitment }
    if self[.committed] > 0, paid > self[.committed] { return .payment }
    return nil
  }

  /// Zero for a ledger of double entries.
  var difference: Int128 { balances.values.reduce(0) { $0 + Int128($1) } }
}
