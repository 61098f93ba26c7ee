import ArgumentParser
public import Schema

// The words of the budget, as people read and type them.

extension FundSource: Named {
  public static let allCases: [FundSource] = [
    .central, .province, .commune, .programme, .blended, .socialised, .enterprise, .other, .state, .several, .unstated,
  ]

  var text: Text {
    switch self {
    case .central: Text(vi: "trung ương", en: "central")
    case .province: Text(vi: "tỉnh", en: "province")
    case .commune: Text(vi: "xã", en: "commune")
    case .programme: Text(vi: "chương trình mục tiêu", en: "target programme")
    case .blended: Text(vi: "lồng ghép", en: "blended")
    case .socialised: Text(vi: "xã hội hóa", en: "socialised")
    case .enterprise: Text(vi: "doanh nghiệp", en: "enterprise")
    case .other: Text(vi: "khác", en: "other")
    case .state: Text(vi: "nhà nước, không ghi cấp", en: "state, level unstated")
    case .several: Text(vi: "nhiều nguồn", en: "several")
    case .unstated: Text(vi: "không ghi", en: "unstated")
    }
  }
}

extension BudgetEntry.Phase {
  var text: Text {
    switch self {
    case .estimate: Text(vi: "lập dự toán", en: "estimate")
    case .approve: Text(vi: "giao dự toán", en: "approve")
    case .allocate: Text(vi: "phân bổ", en: "allocate")
    case .adjust: Text(vi: "điều chỉnh", en: "adjust")
    case .commit: Text(vi: "cam kết chi", en: "commit")
    case .advance: Text(vi: "tạm ứng", en: "advance")
    case .disburse: Text(vi: "giải ngân", en: "disburse")
    case .recover: Text(vi: "thu hồi tạm ứng", en: "recover")
    case .settle: Text(vi: "quyết toán", en: "settle")
    case .carryOver: Text(vi: "chuyển nguồn", en: "carry-over")
    }
  }
}

extension BudgetEntry.Account {
  var text: Text {
    switch self {
    case .funds: Text(vi: "nguồn", en: "funds")
    case .unallocated: Text(vi: "chưa phân bổ", en: "unallocated")
    case .available: Text(vi: "chưa chi", en: "available")
    case .advanced: Text(vi: "tạm ứng", en: "advanced")
    case .disbursed: Text(vi: "đã chi", en: "disbursed")
    case .settled: Text(vi: "đã quyết toán", en: "settled")
    case .carried: Text(vi: "đã chuyển nguồn", en: "carried")
    case .committed: Text(vi: "cam kết", en: "committed")
    case .commitments: Text(vi: "đối ứng cam kết", en: "commitments")
    case .estimated: Text(vi: "dự toán", en: "estimated")
    case .proposals: Text(vi: "đối ứng dự toán", en: "proposals")
    }
  }
}

extension BudgetEntry.Issuer {
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

/// A word of a vocabulary that has one in each language.
protocol Named: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  var text: Text { get }
}

extension BudgetEntry.Phase: Named {}
extension BudgetEntry.Account: Named {}
extension BudgetEntry.Issuer: Named {}
extension Pillar: Named {}

extension Open where Word: Named {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(let word): word.text(lang)
    case .unknown(let word): word
    }
  }
}

/// A word as people type it, in either language, with accents or without: `tạm ứng`, `tam-ung`, `advance`.
struct WordArgument<Word: Named>: ExpressibleByArgument {
  let word: Word

  init?(argument: String) {
    let typed = argument.folded
    let found = Word.allCases.first { word in
      [word.rawValue.folded, word.text.vi.folded, word.text.en.folded].contains(typed)
    }
    guard let found else { return nil }
    word = found
  }

  /// All words, for help.
  static var list: String { Word.allCases.map { $0.text.vi.folded.replacing(" ", with: "-") }.joined(separator: ", ") }
}

typealias PhaseWord = WordArgument<BudgetEntry.Phase>
typealias IssuerWord = WordArgument<BudgetEntry.Issuer>
