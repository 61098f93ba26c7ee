public import Schema

// Values of the Schema as people write them in a plan; each says what it expected.

extension Unit {
  init(written text: String) throws(PlanProblem.Reason) {
    guard let unit = Unit(text) else { throw .notAUnit(text.shown) }
    self = unit
  }
}

extension Int {
  init(writtenYear text: String) throws(PlanProblem.Reason) {
    guard let year = Int(text), (2000...2100).contains(year) else { throw .notAYear(text.shown) }
    self = year
  }
}

extension DocumentNumber {
  init(written text: String) throws(PlanProblem.Reason) {
    guard let number = DocumentNumber(text) else { throw .notANumber(text.shown) }
    self = number
  }
}

extension Office.Code {
  init(written text: String) throws(PlanProblem.Reason) {
    guard let code = Office.Code(text) else { throw .notACode(text.shown) }
    self = code
  }
}

extension Day {
  /// `31/12/2026`, `1/4/2025` or `2026-12-31`.
  init(written text: String) throws(PlanProblem.Reason) {
    let separator: Character = text.contains("/") ? "/" : "-"
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isDigit) ? Int($0) : nil }
    guard numbers.count == 3, parts.count == 3 else { throw .notADay(text.shown) }
    let yearFirst = separator == "-"
    let (year, day) = yearFirst ? (parts[0], parts[2]) : (parts[2], parts[0])
    guard year.count == 4, (1...2).contains(day.count), (1...2).contains(parts[1].count) else {
      throw .notADay(text.shown)
    }
    guard let found = yearFirst ? Day(numbers[0], numbers[1], numbers[2]) : Day(numbers[2], numbers[1], numbers[0])
    else { throw .noSuchDay(text.shown) }
    self = found
  }
}

extension Money {
  /// `40 triệu`, `1,5 tỷ`, `500 nghìn`, `40.000.000`, `40000000`, each with or without `đồng`; whole đồng only.
  public init(written text: String) throws(PlanProblem.Reason) {
    let (numeral, rest) = Numeral.leading(text)
    var words = rest.folded.split(separator: " ").map(String.init)
    if let last = words.last, ["dong", "d", "vnd"].contains(last) { words.removeLast() }
    let powers = ["": 0, "nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9]
    guard let numeral, let power = powers[words.joined(separator: " ")], numeral.fraction.count <= power,
      let dong = Int64(numeral.whole + numeral.fraction + String(repeating: "0", count: power - numeral.fraction.count))
    else { throw .notMoney(text.shown) }
    self.init(dong: dong)
  }
}

extension Recipient {
  /// `Sở Khoa học và Công nghệ (b/c)`, `Lưu: VT`. Brackets that hold no purpose belong to the name.
  init(written text: String) {
    if let colon = text.firstIndex(of: ":"), text[..<colon].folded == "luu" {
      self.init(name: text[text.index(after: colon)...].trimmed, purpose: Open(.file))
      return
    }
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      let words = text[open...].folded
      let purpose = Self.purposes[words.hasPrefix("de ") ? String(words.dropFirst(3)) : words]
      let name = text[..<open].trimmed
      if let purpose, !name.isEmpty {
        self.init(name: name, purpose: Open(purpose))
        return
      }
    }
    self.init(name: text)
  }

  private static let purposes: [String: Purpose] = [
    "b c": .report, "bc": .report, "bao cao": .report, "p h": .coordinate, "ph": .coordinate,
    "phoi hop": .coordinate, "t h": .carryOut, "th": .carryOut, "thuc hien": .carryOut, "biet": .know,
    "dang tai": .publish, "luu": .file,
  ]
}

extension StringProtocol {
  var trimmed: String { split(separator: " ").joined(separator: " ") }

  /// Short enough for a message.
  var shown: String { count > 60 ? prefix(59) + "…" : String(self) }
}

extension Character {
  var isDigit: Bool { ("0"..."9").contains(self) }
}
