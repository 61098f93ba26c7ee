import Schema

/// Checks of the document's form. What stands on paper is known only where a document was read; a plan that was typed in has no
/// layout, and what hangs on it cannot be checked.
enum Form {
  /// D1: the parts that Article 8 of Decree 30/2020/NĐ-CP asks for. Number, day and signature are missing until the plan is issued,
  /// so they are information.
  @Sendable static func missingPart(_ plan: Examination) -> [Finding] {
    let (document, head) = (plan.document, plan.document.head)
    func isMissing(_ value: Bool, _ field: String) -> Bool { value || head.assumed.contains(field) }
    let pending = [
      (isMissing(document.number == nil, "number"), Text(vi: "số, ký hiệu", en: "number and symbol")),
      (isMissing(document.issuedOn == nil, "issued"), Text(vi: "ngày ban hành", en: "date of issue")),
      (head.signer == nil, Text(vi: "người ký", en: "signer")),
    ].filter(\.0).map(\.1)
    let lacking = [
      (document.body.layout?.motto == false, Text(vi: "Quốc hiệu và Tiêu ngữ", en: "the national motto")),
      (head.recipients.isEmpty, Text(vi: "nơi nhận", en: "recipients")),
    ].filter(\.0).map(\.1)
    var findings: [Finding] = []
    if !lacking.isEmpty {
      findings.append(
        Finding(
          .missingPart, .error, [],
          Text(vi: "Thiếu \(list(lacking, \.vi)).", en: "Missing: \(list(lacking, \.en))."),
          do: Text(vi: "Bổ sung trước khi ban hành.", en: "Add before it is issued.")))
    }
    if !pending.isEmpty {
      findings.append(
        Finding(
          .missingPart, .information, [],
          Text(
            vi: "Không thấy trong văn bản: \(list(pending, \.vi)).",
            en: "Not found in the text: \(list(pending, \.en))."),
          do: Text(vi: "Văn thư ghi khi phát hành.", en: "To be given when it is issued.")))
    }
    return document.body.layout == nil ? findings + [noLayout(.missingPart)] : findings
  }

  private static func noLayout(_ rule: Rule) -> Finding {
    Finding(
      rule, .notCheckable, [],
      Text(
        vi: "Kế hoạch không kèm bố cục văn bản nên không xem được thể thức.",
        en: "The plan comes without the paper's layout, so its form cannot be seen."),
      do: Text(
        vi: "Kiểm tra chính văn bản, hoặc nêu bố cục (layout).",
        en: "Check the document itself, or state its layout (layout)."))
  }

  /// D2: a gap that somebody meant to fill. The gaps for number and day are filled at issue and are information until then. From
  /// experience: found in four plans of five.
  @Sendable static func placeholder(_ plan: Examination) -> [Finding] {
    let (document, head) = (plan.document, plan.document.head)
    let lines = (document.body.layout?.lines ?? []).map { (text: $0, place: Place(.text, $0.shown)) }
    let texts =
      [(text: head.title, place: Place(.text, head.title.shown))]
      + document.tasks.flatMap { task in
        [task.name, task.output, task.time, task.reference].compactMap(\.self).map { (text: $0, place: task.place) }
      } + document.targets.map { (text: $0.indicator, place: Place(.target, $0.number)) }
    let gaps = (lines + texts).compactMap { text, place in Gap(in: text).map { (gap: $0, place: place) } }
    return [
      Finding.ifAny(
        .placeholder, .error, gaps.filter { $0.gap == .text }.map(\.place),
        Text(vi: "Còn chỗ để trống chưa điền.", en: "A gap was left to be filled."),
        do: Text(vi: "Điền hoặc bỏ đi.", en: "Fill it or remove it.")),
      Finding.ifAny(
        .placeholder, .information, gaps.filter { $0.gap == .numberOrDay }.map(\.place),
        Text(vi: "Số hoặc ngày còn để trống.", en: "Number or day is blank."),
        do: Text(
          vi: "Văn thư ghi khi phát hành; ghi cả ở các phụ lục.", en: "To be given at issue, in the appendices too.")),
    ].compactMap(\.self) + (document.body.layout == nil ? [noLayout(.placeholder)] : [])
  }

  /// D3: headings count up one by one from one, each kind of number throughout. From experience; Decree 30/2020/NĐ-CP, Appendix I.
  @Sendable static func numbering(_ plan: Examination) -> [Finding] {
    guard let outline = plan.document.body.layout?.outline else { return [noLayout(.numbering)] }
    return outline.map(Heading.init).grouped(by: \.parent).compactMap { parent, headings in
      let labels = headings.map(\.label)
      guard let fault = Heading.fault(of: labels) else { return nil }
      let place = parent.isEmpty ? [] : [Place(.heading, parent)]
      let written = labels.joined(separator: ", ")
      return Finding(
        .numbering, .warning, place,
        Text(vi: "Đánh số mục \(fault.vi): \(written).", en: "Headings \(fault.en): \(written)."),
        do: Text(vi: "Đánh số lại.", en: "Number them anew."))
    }
  }

  /// D4: who signs `KT. CHỦ TỊCH` does so for the committee, `TM. ỦY BAN NHÂN DÂN`. Practice differs, so it only warns. Source:
  /// Appendix I of Decree 30/2020/NĐ-CP.
  @Sendable static func signature(_ plan: Examination) -> [Finding] {
    guard let layout = plan.document.body.layout else { return [noLayout(.signature)] }
    let lines = layout.signature.map(\.folded)
    guard lines.contains(where: { $0.hasPrefix("kt ") }), !lines.contains(where: { $0.hasPrefix("tm ") }) else {
      return []
    }
    return [
      Finding(
        .signature, .warning, [],
        Text(vi: "Có dòng “KT.” nhưng không có dòng “TM.” ở trên.", en: "“KT.” stands without “TM.” above it."),
        do: Text(vi: "Thêm “TM. ỦY BAN NHÂN DÂN”.", en: "Add “TM. ỦY BAN NHÂN DÂN”."))
    ]
  }

  /// D5: who asked for the plan, who oversees the commune, who carries it out, and the file copy. Source: Article 8 of Decree
  /// 30/2020/NĐ-CP for the recipients as such; which ones, from experience.
  @Sendable static func recipients(_ plan: Examination) -> [Finding] {
    let recipients = plan.document.head.recipients
    // A missing list is told by D1.
    guard !recipients.isEmpty else { return [] }
    let names = recipients.map { " \($0.name.folded) " }
    func isNamed(_ words: [String]) -> Bool { names.contains { name in words.contains { name.contains(" \($0) ") } } }
    let lacking = [
      (
        recipients.contains { $0.purpose?.known == .report } || isNamed(["ubnd tinh", "so"]),
        Text(vi: "cấp trên đã giao (b/c)", en: "the superior who asked")
      ),
      (isNamed(["dang uy", "hdnd"]), Text(vi: "Đảng ủy, HĐND xã", en: "the commune's Party committee and council")),
      (
        isNamed(["co quan", "don vi", "phong", "cac phong", "ban nganh", "thon", "doan the", "thu truong"])
          || recipients.contains { $0.purpose?.known == .carryOut },
        Text(vi: "các cơ quan thực hiện", en: "those who carry it out")
      ),
      (recipients.contains { $0.purpose?.known == .file }, Text(vi: "Lưu: VT", en: "the file copy (Lưu: VT)")),
    ].filter { !$0.0 }.map(\.1)
    guard !lacking.isEmpty else { return [] }
    return [
      Finding(
        .recipients, .warning, [Place(.recipients, "")],
        Text(vi: "Nơi nhận thiếu \(list(lacking, \.vi)).", en: "The recipients lack \(list(lacking, \.en))."),
        do: Text(vi: "Bổ sung nơi nhận.", en: "Add them."))
    ]
  }

  private static func list(_ texts: [Text], _ language: (Text) -> String) -> String {
    texts.map(language).joined(separator: ", ")
  }
}

/// A gap in a line of text.
enum Gap: Hashable {
  /// Of the number or the day, which are given when the document is issued.
  case numberOrDay
  case text

  /// Nil where the line has none.
  init?(in line: String) {
    if ["___", ".....", "……", "[...]", "[…]", "[ ]", "[]"].contains(where: line.contains) {
      self = .text
    } else if Self.lacksNumber(line) || Self.lacksDay(line) {
      self = .numberOrDay
    } else {
      return nil
    }
  }

  /// `Số: /KH-UBND`
  private static func lacksNumber(_ line: String) -> Bool {
    let words = line.lowercased().split(separator: " ").map(String.init)
    return zip(words, words.dropFirst()).contains { word, next in
      ["số", "số:"].contains(word) && next.hasPrefix("/")
    } || words.contains { $0.hasPrefix("số:/") }
  }

  /// `ngày tháng 7 năm 2026`, `ngày 2 tháng năm 2026`, `ngày 17/2026`, `ngày /11/2025`
  private static func lacksDay(_ line: String) -> Bool {
    let words = line.lowercased().split { $0 == " " || $0 == "," || $0 == ")" || $0 == ";" }.map(String.init)
    return zip(words, words.dropFirst()).contains { word, next in
      switch word {
      case "ngày":
        let parts = next.split(separator: "/", omittingEmptySubsequences: false)
        return next == "tháng" || next.hasPrefix("/") || (parts.count == 2 && parts[1].count == 4)
      case "tháng": return next == "năm"
      default: return false
      }
    }
  }
}

/// The number of a heading: `II.1` is `1` below `II`.
private struct Heading {
  let parent: String
  let label: String

  init(_ number: String) {
    let dot = number.lastIndex(of: ".")
    parent = dot.map { String(number[..<$0]) } ?? ""
    label = dot.map { String(number[number.index(after: $0)...]) } ?? number
  }

  private enum Style { case roman, arabic, letter, other }

  /// What is wrong with headings that stand below one another; nil where they count up.
  static func fault(of labels: [String]) -> Text? {
    let numbers = labels.map(ordinal)
    if Set(numbers.map(\.style)).count > 1 { return Text(vi: "không cùng một lối", en: "are numbered in several ways") }
    // Offices count on from d to đ, or to e as elsewhere.
    if numbers[0].style == .letter, labels.elementsEqual(latin.prefix(labels.count)) { return nil }
    let values = numbers.compactMap(\.value)
    guard values.count == labels.count else { return nil }
    if Set(values).count < values.count { return Text(vi: "bị trùng", en: "repeat a number") }
    if values != Array(values.indices.map { $0 + 1 }) {
      return Text(vi: "không liên tục", en: "do not count up one by one")
    }
    return nil
  }

  private static func ordinal(_ label: String) -> (style: Style, value: Int?) {
    let word = label.split(separator: " ").last.map(String.init) ?? label
    if let number = Int(word) { return (.arabic, number) }
    if let index = romans.firstIndex(of: word) { return (.roman, index + 1) }
    if let index = letters.firstIndex(of: word.lowercased()) { return (.letter, index + 1) }
    if latin.contains(word) { return (.letter, nil) }
    return (.other, nil)
  }

  private static let romans = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII",
    "XIX", "XX",
  ]
  private static let letters = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q"]
  private static let latin = "abcdefghijklmnopq".map(String.init)
}
