import Schema

/// Khoảng: the two numbers that something is to be kept between, as plans print it: `từ 80 % đến 90 %`, `80–90 %`,
/// `60 % - 70 %`, `trong khoảng 5 đến 7 ngày`.
struct Bounds: Hashable {
  let lower: Quantity
  let upper: Quantity
  let unit: String?

  /// Nil where the whole text is not such a range. A unit stands once, behind the upper number, or behind both.
  init?(written text: String) {
    var words = text.split(separator: " ")
    if let lead = Self.leads.first(where: { words.map(\.folded).starts(with: $0) }) { words.removeFirst(lead.count) }
    let (lower, rest) = Numeral.leading(words.joined(separator: " "))
    guard let lower = lower.flatMap(Quantity.init) else { return nil }
    for joint in rest.indices {
      guard let after = Self.afterJoint(rest[joint...]) else { continue }
      let (upper, unit) = Numeral.leading(after)
      let (first, last) = (rest[..<joint].trimmed, unit.trimmed)
      guard let upper = upper.flatMap(Quantity.init), first.isEmpty || first == last,
        last.first.map({ $0.isLetter || "%‰".contains($0) }) ?? true,
        !last.contains(where: { "<>=≤≥".contains($0) || $0.isDigit })
      else { return nil }
      (self.lower, self.upper, self.unit) = (lower, upper, last.isEmpty ? nil : last)
      return
    }
    return nil
  }

  /// What stands behind the `–` or `đến` that a text begins with, where that is a number.
  static func afterJoint(_ text: Substring) -> Substring? {
    let text = text.drop { $0 == " " }
    let after: Substring
    if let first = text.first, "-–—".contains(first) {
      after = text.dropFirst()
    } else {
      let word = text.prefix { $0 != " " }
      guard joints.contains(word.folded) else { return nil }
      after = text[word.endIndex...]
    }
    let number = after.drop { $0 == " " }
    return number.first?.isDigit == true ? number : nil
  }

  /// What leads to a range.
  static let leads: [[String]] = [
    ["trong", "khoang", "tu"], ["trong", "khoang"], ["khoang", "tu"], ["khoang"], ["tu"],
  ]
  static let joints: Set<String> = ["den", "toi"]
}

extension Quantity {
  /// Nil beyond the digits that are kept.
  init?(_ numeral: Numeral) {
    self.init(numeral.whole + (numeral.fraction.isEmpty ? "" : "." + numeral.fraction))
  }
}
