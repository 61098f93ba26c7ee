import Schema

/// What one sentence promises: `100% hồ sơ được số hóa`, `Tỷ lệ … đạt từ 99% trở lên`, or nothing that can be counted.
struct Pledge: Hashable {
  let name: String
  let comparator: TargetRow.Comparator
  /// Of a range the lower number.
  let value: Quantity?
  let upper: Quantity?
  let unit: String?

  /// The pledges of a sentence or a cell's paragraph, in their order; never none.
  static func all(in text: String) -> [Pledge] {
    let sentence = text.trimming("-–+•. ;")
    let clauses = Clause.all(in: sentence)
    guard clauses.contains(where: { $0.percent != nil || $0.isNone }) else { return [Pledge(counted: sentence)] }
    var pledges: [Pledge] = []
    var open = ""
    for clause in clauses {
      if clause.isNone {
        if !open.isEmpty { pledges.append(Pledge(open)) }
        pledges.append(Pledge(none: clause.text))
        open = ""
      } else if clause.percent != nil, !clause.isNameless, percents(open) || clause.begins && !open.isEmpty {
        pledges.append(Pledge(open))
        open = clause.text
      } else {
        open += (open.isEmpty ? "" : clause.joint) + clause.text
      }
    }
    if !open.isEmpty { pledges.append(Pledge(open)) }
    return pledges
  }

  private static func percents(_ text: String) -> Bool { Percent(in: text) != nil }

  init(name: String, comparator: TargetRow.Comparator, value: Quantity?, upper: Quantity? = nil, unit: String?) {
    self.name = name
    self.comparator = comparator
    self.value = value
    self.upper = upper
    self.unit = unit
  }

  private init(_ text: String) {
    guard let percent = Percent(in: text) else {
      self.init(counted: text)
      return
    }
    var before = String(text[..<percent.range.lowerBound])
    var words = before.split(separator: " ")
    for filler in Self.fillers where words.suffix(filler.count).map(\.folded) == filler {
      words.removeLast(filler.count)
    }
    // `Có ít nhất 85% hộ gia đình có …`
    if words.count == 1, words[0].folded == "co" { words = [] }
    before = words.joined(separator: " ")
    let after = String(text[percent.range.upperBound...]).trimming(",;:. ")
    let name = (before.trimming(",;: ") + (before.isEmpty || after.isEmpty ? "" : " ") + after).squeezed
    self.init(
      name: Self.withoutLead(name).withCapital, comparator: percent.comparator, value: percent.value,
      upper: percent.upper, unit: "%")
  }

  /// Words that only lead to the number.
  private static let fillers = [
    ["dat", "ty", "le"], ["dat", "khoang"], ["phan", "dau", "dat"], ["dat", "duoc"], ["dat"], ["la"], ["phan", "dau"],
    ["phan", "dau", "ty", "le"],
  ]

  private static func withoutLead(_ name: String) -> String {
    var words = name.split(separator: " ")
    for lead in [
      ["trong", "do"], ["phan", "dau", "den", "het", "nam"], ["phan", "dau"], ["dam", "bao"], ["bao", "dam"],
    ]
    where words.prefix(lead.count).map(\.folded) == lead {
      words.removeFirst(lead.count)
      if lead.count == 5 { words.removeFirst(min(1, words.count)) }
    }
    return words.isEmpty ? name : words.joined(separator: " ").trimming(",; ")
  }

  /// `không để xảy ra …`, `không còn …`: none of it.
  private init(none text: String) {
    self.init(name: text.withCapital, comparator: .exactly, value: Quantity(0), unit: nil)
  }

  /// A sentence without a percentage: reported on, not counted.
  private init(counted text: String) {
    self.init(name: Self.withoutLead(text).withCapital, comparator: .report, value: nil, unit: nil)
  }
}

/// A part of a sentence between commas and semicolons.
private struct Clause {
  let text: String
  let joint: String
  let percent: Percent?
  /// The number stands first: what is counted follows.
  let begins: Bool
  let isNone: Bool
  /// Nothing but a number and words that lead to it: `phấn đấu trên 80%`.
  let isNameless: Bool

  static func all(in sentence: String) -> [Clause] {
    var clauses: [Clause] = []
    var depth = 0
    var start = sentence.startIndex
    var joint = ""
    for index in sentence.indices {
      let character = sentence[index]
      if character == "(" { depth += 1 } else if character == ")" { depth = max(0, depth - 1) }
      let next = sentence.index(after: index)
      // A comma within a number or brackets parts nothing.
      guard depth == 0, character == "," || character == ";", next == sentence.endIndex || sentence[next] == " " else {
        continue
      }
      clauses.append(Clause(String(sentence[start..<index]).squeezed, joint: joint))
      joint = String(character) + " "
      start = next
    }
    clauses.append(Clause(String(sentence[start...]).squeezed, joint: joint))
    return clauses.filter { !$0.text.isEmpty }
  }

  private static let leads = ["phan dau", "dam bao", "bao dam", "den nam", "va", "dat"]

  private init(_ text: String, joint: String) {
    self.text = text
    self.joint = joint
    percent = Percent(in: text)
    let folded = text.folded
    let lead = percent.map { text[..<$0.range.lowerBound].folded } ?? folded
    begins =
      percent != nil && (lead.isEmpty || Self.leads.contains(lead))
      || folded.hasPrefix("trong do") || percent != nil && lead.hasPrefix("ty le")
    isNameless =
      percent.map { text[$0.range.upperBound...].folded.isEmpty && (lead.isEmpty || Self.leads.contains(lead)) }
      ?? false
    isNone =
      percent == nil
      && ["khong de xay ra", "khong con ", "khong co cac "].contains { folded.hasPrefix($0) }
  }
}
