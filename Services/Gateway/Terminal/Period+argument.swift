public import ArgumentParser
public import Schema

extension Period: ExpressibleByArgument {
  /// As XaSo writes it or as offices do, whatever the case and the accents: `2026-Q1`, `Q1/2026`, `quý I/2026`,
  /// `2026-03`, `tháng 3/2026`, `6 tháng đầu năm 2026`, `năm 2026`; with `nd09:` before it or `(NĐ 09/2019)` behind it in
  /// the calendar of that decree.
  public init?(argument: String) {
    var words = argument.folded.split(separator: " ").map(String.init)
    let decree = [["nd09"], ["nd", "09", "2019"]].first { words.starts(with: $0) || words.ends(with: $0) }
    if let decree {
      if words.starts(with: decree) { words.removeFirst(decree.count) } else { words.removeLast(decree.count) }
    }
    let years = words.indices.filter { words[$0].count == 4 && Int(words[$0]) != nil }
    guard years.count == 1, let year = Int(words.remove(at: years[0])) else { return nil }
    guard let span = Span(words: words) else { return nil }
    self.init(decree == nil ? .plain : .decree09, year, span)
  }
}

extension Period.Span {
  /// What a period's words are without its year.
  fileprivate init?(words: [String]) {
    var parts = words.flatMap(\.wordsAndNumbers)
    // `quý 1 năm 2026`, `6 tháng đầu năm 2026`
    if parts.count > 1, parts.last == "nam" { parts.removeLast() }
    if parts.last == "dau" { parts.removeLast() }
    let (first, last) = (parts.first ?? "", parts.last ?? "")
    switch (parts.count, first) {
    case (1, "y"), (1, "nam"): self = .year
    case (1, _), (2, "m"), (2, "t"), (2, "thang"):
      guard let month = Int(last) else { return nil }
      self = .month(month)
    case (2, "q"), (2, "quy"):
      guard let quarter = Int(last) ?? ["i": 1, "ii": 2, "iii": 3, "iv": 4][last] else { return nil }
      self = .quarter(quarter)
    case (2, "6") where ["m", "t", "thang"].contains(last): self = .sixMonths
    case (2, "9") where ["m", "t", "thang"].contains(last): self = .nineMonths
    default: return nil
    }
  }
}

extension String {
  /// `q1` is a word and a number.
  fileprivate var wordsAndNumbers: [String] {
    reduce(into: []) { parts, letter in
      if let last = parts.last?.last, last.isNumber == letter.isNumber {
        parts[parts.count - 1].append(letter)
      } else {
        parts.append(String(letter))
      }
    }
  }
}

extension [String] {
  fileprivate func ends(with end: [String]) -> Bool { suffix(end.count).elementsEqual(end) }
}
