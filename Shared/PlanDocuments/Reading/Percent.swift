import Schema

/// The first percentage of a text, with the words and signs that compare; two that are the ends of a range are one.
struct Percent: Hashable {
  let range: Range<String.Index>
  let comparator: TargetRow.Comparator
  /// Of a range the lower number.
  let value: Quantity
  let upper: Quantity?

  init?(in text: String) {
    guard let sign = text.firstIndex(of: "%") else { return nil }
    var start = sign
    while start > text.startIndex, text[text.index(before: start)] == " " { start = text.index(before: start) }
    let end = start
    while start > text.startIndex,
      text[text.index(before: start)].isDigit || ".,".contains(text[text.index(before: start)])
    {
      start = text.index(before: start)
    }
    guard let value = Numeral(text[start..<end]).flatMap(Quantity.init) else {
      // `% người dân hài lòng` is a manner of speaking: look further.
      guard let rest = Percent(in: String(text[text.index(after: sign)...])) else { return nil }
      let offset = text.distance(from: text.startIndex, to: text.index(after: sign))
      let tail = String(text[text.index(after: sign)...])
      let lower = text.index(
        text.startIndex, offsetBy: offset + tail.distance(from: tail.startIndex, to: rest.range.lowerBound))
      let upper = text.index(
        text.startIndex, offsetBy: offset + tail.distance(from: tail.startIndex, to: rest.range.upperBound))
      self.init(lower..<upper, rest.comparator, rest.value, upTo: rest.upper)
      return
    }
    if let range = Self.range(in: text, from: start, to: text.index(after: sign), value) {
      self = range
      return
    }
    var comparator = TargetRow.Comparator.exactly
    var lower = start
    let before = text[..<start].split(separator: " ", omittingEmptySubsequences: true)
    if let last = before.last {
      for (sign, meaning) in Self.signs where last.hasSuffix(sign) {
        comparator = meaning
        lower = last.index(last.endIndex, offsetBy: -sign.count)
        break
      }
      if comparator == .exactly {
        for (words, meaning) in Self.words where before.suffix(words.count).map(\.folded) == words {
          comparator = meaning
          lower = before[before.count - words.count].startIndex
          break
        }
      }
    }
    var upper = text.index(after: sign)
    let after = text[upper...].split(separator: " ", omittingEmptySubsequences: true)
    for (words, meaning) in Self.endings where after.prefix(2).map(\.folded) == words {
      comparator = meaning
      upper = after[1].endIndex
    }
    if comparator == .exactly, before.last?.folded == "tu" { lower = before[before.count - 1].startIndex }
    if comparator == .atLeast, before.last?.folded == "tu" { lower = before[before.count - 1].startIndex }
    self.init(lower..<upper, comparator, value)
  }

  private init(
    _ range: Range<String.Index>, _ comparator: TargetRow.Comparator, _ value: Quantity, upTo upper: Quantity? = nil
  ) {
    (self.range, self.comparator, self.value, self.upper) = (range, comparator, value, upper)
  }

  /// The range that a percentage is an end of.
  ///
  /// - Parameters:
  ///   - start: Where the percentage begins; `end`: behind its sign.
  private static func range(
    in text: String, from start: String.Index, to end: String.Index, _ value: Quantity
  ) -> Percent? {
    // `80 % - 90 %`: both have their sign.
    if let after = Bounds.afterJoint(text[end...]) {
      let (numeral, rest) = Numeral.leading(after)
      guard let upper = numeral.flatMap(Quantity.init), rest.drop(while: { $0 == " " }).first == "%",
        let sign = after.firstIndex(of: "%")
      else { return nil }
      let begin = lead(in: text, to: start)
      guard !rises(text, before: begin) else { return nil }
      return Percent(begin..<text.index(after: sign), .range, value, upTo: upper)
    }
    // `80–90 %`, `từ 80 đến 90 %`. `Quý 3 - 90 %` is none: only what leads to a range, or no space, makes it one.
    let digits = text[..<start].lastIndex(where: \.isDigit)
    guard let digits else { return nil }
    let between = text[text.index(after: digits)..<start]
    var first = digits
    while first > text.startIndex, isOfNumber(text[text.index(before: first)]) { first = text.index(before: first) }
    let begin = lead(in: text, to: first)
    guard ["-", "–", "—"].contains(between) && isApart(text, first) || begin < first && isJoint(between),
      let lower = Numeral(text[first...digits]).flatMap(Quantity.init), lower <= value
    else { return nil }
    return rises(text, before: begin) ? nil : Percent(begin..<end, .range, lower, upTo: value)
  }

  private static func isJoint(_ text: Substring) -> Bool {
    let joint = text.trimmed
    return ["-", "–", "—"].contains(joint) || Bounds.joints.contains(joint.folded)
  }

  private static func isOfNumber(_ character: Character) -> Bool { character.isDigit || ".,".contains(character) }

  /// Whether a number begins a word: that of `57-NQ` or `Q3-90 %` does not.
  private static func isApart(_ text: String, _ first: String.Index) -> Bool {
    first == text.startIndex || text[text.index(before: first)] == " "
  }

  /// `tăng từ 80 % đến 90 %` is a change, and no range.
  private static func rises(_ text: String, before begin: String.Index) -> Bool {
    let last = text[..<begin].split(separator: " ").last
    return last.map { ["tang", "giam", "nang"].contains($0.folded) } == true
  }

  /// Where the words that lead to a range begin; where the number begins, if there are none.
  private static func lead(in text: String, to number: String.Index) -> String.Index {
    let words = text[..<number].split(separator: " ", omittingEmptySubsequences: true)
    guard let lead = Bounds.leads.first(where: { words.suffix($0.count).map(\.folded) == $0 }) else { return number }
    return words[words.count - lead.count].startIndex
  }

  private static let signs: [(String, TargetRow.Comparator)] = [
    (">=", .atLeast), ("≥", .atLeast), ("<=", .atMost), ("≤", .atMost), (">", .above), ("<", .below), ("=", .exactly),
  ]
  private static let words: [([String], TargetRow.Comparator)] = [
    (["toi", "thieu"], .atLeast), (["it", "nhat"], .atLeast), (["khong", "it", "hon"], .atLeast),
    (["khong", "thap", "hon"], .atLeast), (["tren"], .above), (["hon"], .above),
    (["toi", "da"], .atMost), (["khong", "qua"], .atMost), (["khong", "duoi"], .atLeast), (["duoi"], .below),
  ]
  private static let endings: [([String], TargetRow.Comparator)] = [
    (["tro", "len"], .atLeast), (["tro", "xuong"], .atMost),
  ]
}
