import Schema

/// Mức phấn đấu: comparator, number and unit in one readable line, such as `≥ 90 %`, `từ 99 % trở lên`, `80–90 %`,
/// `báo cáo`.
struct Promise: Hashable {
  let comparator: TargetRow.Comparator
  /// Of a range the lower number.
  let value: Quantity?
  let upper: Quantity?
  let unit: String?

  init(written text: String) throws(PlanProblem.Reason) {
    guard text.folded != "bao cao" else {
      self.init(comparator: .report, value: nil, unit: nil)
      return
    }
    if let bounds = Bounds(written: text) {
      self.init(comparator: .range, value: bounds.lower, upper: bounds.upper, unit: bounds.unit)
      return
    }
    let (comparator, amount) = Self.comparator(text)
    let (numeral, rest) = Numeral.leading(amount)
    let unit = rest.trimmed
    guard let numeral else {
      if comparator == .maintain, amount.isEmpty {
        self.init(comparator: .maintain, value: nil, unit: nil)
        return
      }
      throw comparator == nil || amount.contains(where: \.isDigit)
        ? .notATarget(text.shown) : .targetWithoutNumber(text.shown)
    }
    // `90 % = 5` promises two things.
    guard let value = Quantity(numeral), unit.first.map({ $0.isLetter || "%‰".contains($0) }) ?? true,
      !unit.contains(where: { "<>=≤≥".contains($0) || unit.first == "%" && $0.isDigit })
    else { throw .notATarget(text.shown) }
    self.init(comparator: comparator ?? .exactly, value: value, unit: unit.isEmpty ? nil : unit)
  }

  private init(comparator: TargetRow.Comparator, value: Quantity?, upper: Quantity? = nil, unit: String?) {
    self.comparator = comparator
    self.value = value
    self.upper = upper
    self.unit = unit
  }

  /// What the text begins or ends with, nil for a bare number, and what is left of it.
  private static func comparator(_ text: String) -> (TargetRow.Comparator?, String) {
    for (sign, comparator) in signs where text.hasPrefix(sign) {
      return (comparator, text.dropFirst(sign.count).trimmed)
    }
    var words = text.split(separator: " ")
    var found: TargetRow.Comparator?
    for (phrase, comparator) in phrases where words.map(\.folded).starts(with: phrase) {
      found = comparator
      words.removeFirst(phrase.count)
      break
    }
    for (phrase, comparator) in endings where words.map(\.folded).suffix(2) == phrase {
      found = comparator
      words.removeLast(phrase.count)
    }
    return (found, words.joined(separator: " "))
  }

  private static let signs: [(String, TargetRow.Comparator)] = [
    ("≥", .atLeast), (">=", .atLeast), ("≤", .atMost), ("<=", .atMost), (">", .above), ("<", .below), ("=", .exactly),
  ]

  private static let phrases: [([String], TargetRow.Comparator)] = [
    (["khong", "duoi"], .atLeast), (["khong", "it", "hon"], .atLeast), (["khong", "thap", "hon"], .atLeast),
    (["tren"], .above), (["duoi"], .below), (["it", "nhat"], .atLeast), (["toi", "thieu"], .atLeast),
    (["tu"], .atLeast), (["toi", "da"], .atMost), (["khong", "qua"], .atMost), (["duy", "tri"], .maintain),
  ]

  private static let endings: [(ArraySlice<String>, TargetRow.Comparator)] = [
    (["tro", "len"], .atLeast), (["tro", "xuong"], .atMost),
  ]
}
