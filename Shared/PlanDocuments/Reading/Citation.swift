import Schema

/// Documents that a text cites by number: `Kế hoạch số 101/KH-UBND ngày 22/5/2025 của UBND tỉnh Thanh Hoá về …`.
struct Citation: Hashable {
  let basis: LegalBasis
  /// Trích yếu, shortened: what follows `về`, `ban hành`, `phê duyệt`.
  var title: String?
  /// The words that it was read from.
  let words: String

  static func all(in text: String) -> [Citation] {
    guard text.utf8.contains(UInt8(ascii: "/")) || text.utf8.contains(UInt8(ascii: "-")) else { return [] }
    let words = text.split(separator: " ")
    var citations: [Citation] = []
    var index = 0
    while index < words.count {
      guard let (number, end) = number(at: index, in: words) else {
        index += 1
        continue
      }
      let kind = kind(before: index, in: words) ?? kind(of: number)
      var next = end
      let date = date(at: &next, in: words)
      let issuer = issuer(at: &next, in: words) ?? issuer(of: number)
      let basis = LegalBasis(number: number, kind: kind, date: date, issuer: issuer)
      let start = max(0, index - 3)
      citations.append(
        Citation(basis: basis, title: title(at: next, in: words), words: words[start..<next].joined(separator: " ")))
      index = end
    }
    return citations
  }

  /// Documents that are named by their issuer alone: `theo hướng dẫn của Bộ Tài chính`; and schemes with their period.
  static func unnumbered(in text: String) -> [Citation] {
    let words = text.split(separator: " ")
    return words.indices.compactMap { index -> Citation? in
      guard index >= 2, words[index] == "của", index + 1 < words.count,
        ["Bộ", "Sở", "Thủ"].contains(words[index + 1]),
        let kind = kinds.first(where: { words[..<index].suffix($0.folded.count).map(\.folded) == $0.folded })
      else { return nil }
      var next = index
      guard let issuer = issuer(at: &next, in: words) else { return nil }
      let start = index - kind.folded.count
      return Citation(
        basis: LegalBasis(number: nil, kind: kind.name, date: nil, issuer: issuer),
        words: words[start..<next].joined(separator: " "))
    } + schemes(in: words)
  }

  /// `Đề án “…” giai đoạn 2022-2025 (Đề án 06)`: its short name and the period that it is quoted with.
  private static func schemes(in words: [Substring]) -> [Citation] {
    guard let period = words.indices.first(where: { isPeriod(words[$0]) && $0 >= 2 && words[$0 - 1].folded == "doan" }),
      let name = words.indices.dropLast(2).first(where: {
        words[$0].folded == "de" && words[$0 + 1].folded == "an" && words[$0 + 2].first?.isDigit == true
      }), abs(name - period) < 40
    else { return [] }
    let kind =
      "Đề án \(words[name + 2].prefix { $0.isDigit }) giai đoạn \(words[period].prefix { $0.isDigit || $0 == "-" })"
    return [
      Citation(
        basis: LegalBasis(number: nil, kind: kind, date: nil, issuer: nil),
        words: words[min(name, period)...max(name + 2, period)].joined(separator: " "))
    ]
  }

  private static func isPeriod(_ word: Substring) -> Bool {
    let years = word.prefix { $0.isDigit || $0 == "-" }.split(separator: "-")
    return years.count == 2 && years.allSatisfy { $0.count == 4 && $0.hasPrefix("20") }
  }

  /// What the document is about, up to the next sign, or to the number of the document that it carries out: what is told of that
  /// one is told in many ways. A shortened subject still tells two documents apart.
  private static func title(at start: Int, in words: [Substring]) -> String? {
    guard start < words.count, start > 0, !";.,)".contains(words[start - 1].last ?? " "),
      ["ve", "ban", "phe", "thuc", "trien", "sua", "quy"].contains(words[start].folded)
    else { return nil }
    var title: [Substring] = []
    for (index, word) in zip(start..., words[start...].prefix(24)) {
      if word.hasPrefix("(") { break }
      title.append(word)
      if ";.:".contains(word.last ?? " ") || number(at: index, in: words) != nil { break }
    }
    let text = title.joined(separator: " ").trimming(" ,;.:)")
    return title.count >= 3 ? text : nil
  }

  /// `57-NQ/TW`, `71/NQ-CP`, `118/2025/NĐ-CP`; a space that crept in after a hyphen is passed over.
  private static func number(at index: Int, in words: [Substring]) -> (DocumentNumber, Int)? {
    guard words[index].first?.isDigit == true else { return nil }
    var text = words[index].trimming("(“\"")
    var end = index + 1
    if text.hasSuffix("-") || text.hasSuffix("/"), end < words.count, words[end].first?.isUppercase == true {
      text += words[end]
      end += 1
    }
    let plain = text.trimming(",;:.)(“”\"")
    guard plain.contains("/"), plain.contains(where: { $0.isLetter && $0.isUppercase }),
      let number = DocumentNumber(plain), plain.split(whereSeparator: { "/-".contains($0) }).count >= 2
    else { return nil }
    return (number, end)
  }

  /// The kind that stands before the number, a few words back at most.
  private static func kind(before index: Int, in words: [Substring]) -> String? {
    let earliest = max(0, index - 8)
    for start in stride(from: index - 1, through: earliest, by: -1) {
      if words[start].hasSuffix(";") || words[start].hasSuffix(".") { return nil }
      for kind in kinds where words[start..<index].prefix(kind.folded.count).map(\.folded).elementsEqual(kind.folded) {
        // `Kế hoạch hành động` ends like nothing else, `động` begins no kind; but `Quyết định` stands in `Nghị định`.
        return kind.name
      }
    }
    return nil
  }

  private struct Kind {
    let name: String
    let folded: [String]

    init(_ name: String) {
      self.name = name
      folded = name.folded.split(separator: " ").map(String.init)
    }
  }

  /// Longer names before shorter.
  private static let kinds = [
    "Kế hoạch hành động", "Chương trình hành động", "Thông báo kết luận", "Nghị quyết", "Quyết định", "Nghị định",
    "Kế hoạch", "Công văn", "Chỉ thị", "Thông tư", "Chương trình", "Chiến lược", "Thông báo", "Hướng dẫn", "Kết luận",
    "Tờ trình", "Báo cáo", "Quy định", "Luật", "Đề án", "Công điện",
  ].map(Kind.init)

  /// Whether a text begins with the kind of a document.
  static func kind(beginning text: String) -> String? {
    let words = text.split(separator: " ", maxSplits: 4).prefix(4).map(\.folded)
    return kinds.first { words.starts(with: $0.folded) }?.name
  }

  /// What the symbol says where the text does not. Source: Decree 30/2020/NĐ-CP, appendix III.
  private static func kind(of number: DocumentNumber) -> String {
    let groups = number.description.split { "/-".contains($0) }.map(\.folded)
    for (symbol, kind) in symbols where groups.contains(symbol) { return kind }
    return "Công văn"
  }

  private static let symbols = [
    ("nq", "Nghị quyết"), ("qd", "Quyết định"), ("nd", "Nghị định"), ("kh", "Kế hoạch"), ("ct", "Chỉ thị"),
    ("ctr", "Chương trình"), ("tb", "Thông báo"), ("tt", "Thông tư"), ("kl", "Kết luận"), ("bc", "Báo cáo"),
    ("hd", "Hướng dẫn"), ("ttr", "Tờ trình"), ("qh15", "Luật"), ("qh16", "Luật"),
  ]

  private static func issuer(of number: DocumentNumber) -> String? {
    let text = number.description
    if text.hasSuffix("/NQ-CP") || text.hasSuffix("/NĐ-CP") { return "Chính phủ" }
    if text.hasSuffix("-TTg") { return "Thủ tướng Chính phủ" }
    if text.contains("/QH1") { return "Quốc hội" }
    return nil
  }

  private static func date(at index: inout Int, in words: [Substring]) -> Day? {
    var start = index
    if start < words.count, words[start].folded == "ngay" { start += 1 }
    guard start < words.count else { return nil }
    let plain = words[start].trimming(",;:.()")
    if plain.count(where: { $0 == "/" }) == 2, let day = try? Day(written: plain) {
      index = start + 1
      return day
    }
    guard start + 4 < words.count, words[start + 1].folded == "thang", words[start + 3].folded == "nam",
      let day = Int(words[start]), let month = Int(words[start + 2]),
      let year = Int(words[start + 4].prefix { $0.isDigit }),
      let found = Day(year, month, day)
    else { return nil }
    index = start + 5
    return found
  }

  /// What follows `của`, as far as it names someone.
  private static func issuer(at index: inout Int, in words: [Substring]) -> String? {
    guard index < words.count, words[index].folded == "cua", index == 0 || !";.".contains(words[index - 1].last ?? " ")
    else { return nil }
    var name: [Substring] = []
    var next = index + 1
    while next < words.count, name.count < 14 {
      let word = words[next]
      if word == "của", name.isEmpty {
        next += 1
        continue
      }
      if isStop(next, in: words) { break }
      name.append(word)
      next += 1
      if let last = word.last, ";.,:)".contains(last) { break }
    }
    let text = name.joined(separator: " ").trimming(",;:.() ").replacing("Ủy ban nhân dân", with: "UBND")
      .replacing("Uỷ ban nhân dân", with: "UBND").replacing("Hội đồng nhân dân", with: "HĐND")
    guard !text.isEmpty, text.first?.isUppercase == true else { return nil }
    index = next
    return text
  }

  private static func isStop(_ index: Int, in words: [Substring]) -> Bool {
    let word = words[index]
    if word.hasPrefix("(") { return true }
    let folded = word.folded
    let next = index + 1 < words.count ? words[index + 1].folded : ""
    switch folded {
    case "ve": return true
    case "ban": return next == "hanh"
    case "phe", "quy", "sua", "trien", "thuc", "cong", "huong", "thay":
      return ["duyet", "dinh", "doi", "khai", "hien", "bo", "dan", "the"].contains(next)
        && word.first?.isLowercase == true
    case "nhiem": return next == "ky"
    case "va":
      return index + 1 < words.count && kind(beginning: words[(index + 1)...].prefix(4).joined(separator: " ")) != nil
    default: return false
    }
  }
}
