import Schema

/// The rules of public money that entries follow, as data.
///
/// None of the texts was at hand: they are from memory of the State Budget Law (83/2015/QH13, articles 50 to 64, and its
/// successor 89/2025/QH15), to be checked before anybody relies on them. Each stands in one place here.
enum LedgerRules {
  typealias Phase = BudgetEntry.Phase
  typealias Issuer = BudgetEntry.Issuer

  /// What an entry of a phase debits and credits; nil for what `MoveMoney` books, which says itself where money goes.
  static func accounts(of phase: Phase) -> (debit: BudgetEntry.Account, credit: BudgetEntry.Account)? {
    switch phase {
    case .estimate: (.estimated, .proposals)
    case .approve: (.unallocated, .funds)
    case .allocate: (.available, .unallocated)
    case .commit: (.committed, .commitments)
    case .advance: (.advanced, .available)
    case .disburse: (.disbursed, .available)
    case .recover: (.available, .advanced)
    case .settle: (.settled, .disbursed)
    case .adjust, .carryOver: nil
    }
  }

  /// Who decides it. What the commune's own council grants is its resolution; upper funds come by the decision that gives
  /// them; what is no budget's money comes from its giver.
  static func issuers(of phase: Phase, from source: Open<FundSource>) -> [Issuer] {
    switch phase {
    case .estimate: [.committee, .council, .superior, .giver]
    case .approve: grantors(of: source)
    case .allocate: [.committee]
    case .adjust: [.committee, .council, .superior, .giver]
    case .commit, .advance, .disburse, .recover: [.spender]
    case .settle: [.council, .committee]
    case .carryOver: [.committee, .superior]
    }
  }

  private static func grantors(of source: Open<FundSource>) -> [Issuer] {
    switch source.known {
    case .commune: [.council]
    case .central, .province, .programme: [.superior]
    case .socialised, .enterprise: [.giver]
    case .blended, .state, .several, .other, .unstated, nil: [.council, .superior, .giver]
    }
  }

  /// Entries that a decision makes; the others are payments, each with its reference at the treasury.
  static func isDecided(_ phase: Phase) -> Bool {
    switch phase {
    case .estimate, .approve, .allocate, .adjust, .settle, .carryOver: true
    case .commit, .advance, .disburse, .recover: false
    }
  }

  /// A line of a plan that is no more may only be wound up.
  static func windsUp(_ phase: Phase) -> Bool { [.recover, .settle, .carryOver].contains(phase) }

  /// Thời gian chỉnh lý quyết toán: until then payments are booked to the year before.
  static func correctionEnds(of fiscalYear: Int) -> Day? { Day(fiscalYear + 1, 1, 31) }

  /// The days on which an entry of a fiscal year may take effect: a decision from the year before on, a payment in the
  /// year itself, both to the end of the correction period; the settlement and what is carried over in the year after.
  static func days(of phase: Phase, in fiscalYear: Int) -> ClosedRange<Day>? {
    let last = [.settle, .carryOver].contains(phase) ? Day(fiscalYear + 1, 12, 31) : correctionEnds(of: fiscalYear)
    guard let first = Day(isDecided(phase) ? fiscalYear - 1 : fiscalYear, 1, 1), let last else { return nil }
    return first...last
  }

  /// Years that people plan for.
  static let years = 2021...2100
}
