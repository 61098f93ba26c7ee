import Schema

/// A heading and what stands under it.
struct Section: Hashable {
  enum Role: Hashable {
    case opening
    case bases
    case objectives
    case results
    case measures
    case money
    case duties
    case appendix
    case other
  }

  /// `Phần II, II.2.a`
  var label = ""
  var role = Role.opening
  /// What the headings above the innermost make of it.
  var enclosing = Role.opening
  /// The innermost heading's words.
  var title = ""
  /// The heading above it.
  var group: String?
  /// Below a part or a Roman number.
  var isInner = false
  /// The year that a heading names: by which an objective is to be reached, of which a result is reported.
  var year: Int?
}

/// A paragraph or table with the section it stands in.
struct Passage {
  enum Content {
    case text(String)
    case heading(String)
    case table(Manuscript.Table, Header)
  }

  let index: Int
  let line: Int
  let content: Content
  let section: Section
  /// Which passage of its section it is, from 1.
  let ordinal: Int

  var text: String? { if case .text(let text) = content { text } else { nil } }
  var heading: String? { if case .heading(let text) = content { text } else { nil } }
  var words: String { text ?? heading ?? "" }

  /// The heading as the only item under itself.
  var asItem: Passage {
    var section = section
    section.group = nil
    section.role = section.enclosing
    return Passage(index: index, line: line, content: .text(words), section: section, ordinal: 1)
  }

  func spot(item: String? = nil) -> Spot { Spot(section: section.label, item: item, line: line) }
}

/// Finds the sections of a document by the numbers of its headings; the marks of a Markdown file say too little.
struct Outline {
  private(set) var passages: [Passage] = []
  /// The numbers of headings and of numbered paragraphs, each below its own: `II`, `II.1`, `Phụ lục.I`.
  private(set) var numbers: [String] = []

  init(of manuscript: Manuscript) {
    for block in manuscript.blocks {
      switch block.content {
      case .paragraph(let text): add(text, line: block.line)
      case .table(let table):
        let header = Header(table)
        // A letterhead, the recipients beside the signature, a line above the headings: text that was set in a table.
        for row in table.rows[..<(header?.row ?? table.rows.count)] {
          for cell in row.cells where cell.origin == .own {
            for text in cell.paragraphs { add(text, line: row.line) }
          }
        }
        if let header { append(.table(table, header), line: block.line) }
      }
    }
    for index in passages.indices where isItem(at: index) { passages[index] = passages[index].asItem }
  }

  /// A numbered line with nothing under it, among objectives or measures: an item of a list, not a heading.
  private func isItem(at index: Int) -> Bool {
    let passage = passages[index]
    guard let title = passage.heading, !title.isEmpty, passage.section.isInner,
      [.objectives, .results, .measures, .bases].contains(passage.section.enclosing)
    else { return false }
    guard index + 1 < passages.count else { return true }
    let next = passages[index + 1]
    return next.heading != nil && !next.section.label.hasPrefix(passage.section.label + ".")
  }

  private var headings: [(numbering: Numbering, role: Section.Role?)] = []
  private var section = Section()
  private var ordinal = 0
  /// The last letter that was counted below each number.
  private var letters: [String: Character] = [:]
  /// A heading whose words follow on the next line: `Phần II`, then its name.
  private var isUntitled = false

  private mutating func add(_ text: String, line: Int) {
    if isUntitled, let last = headings.last, Numbering(text) == nil {
      isUntitled = false
      if last.numbering.level != .appendix {
        headings[headings.count - 1].role = Self.role(of: text)
        enter(title: text)
        append(.heading(text), line: line)
        return
      }
    }
    guard let numbering = Numbering(text) else {
      append(.text(text), line: line)
      return
    }
    let above = numbering.level == .appendix ? [] : headings.filter { $0.numbering.encloses(numbering) }
    if headings.first?.numbering.level != .appendix || numbering.level == .appendix {
      count(numbering, below: above.map(\.numbering))
    }
    guard isHeading(numbering, text) else {
      append(.text(text), line: line)
      return
    }
    headings = above
    var title = numbering.title
    var rest: String?
    if numbering.level == .appendix, let bracket = title.firstIndex(of: "("),
      title[bracket...].folded.contains("kem theo")
    {
      rest = String(title[bracket...])
      title = title[..<bracket].trimming("*: ")
    } else if title.count > 160, let colon = title.firstIndex(of: ":") {
      rest = String(title[title.index(after: colon)...]).squeezed
      title = String(title[..<colon])
    }
    // Whatever an office is to see to, kinh phí or nhiệm vụ, it stands among the duties.
    let isDuty = above.contains { $0.role == .duties }
    headings.append((numbering, numbering.level == .appendix ? .appendix : isDuty ? nil : Self.role(of: title)))
    isUntitled = numbering.title.isEmpty
    enter(title: title)
    append(.heading(title.isEmpty ? text : title), line: line)
    if let rest, !rest.isEmpty { append(.text(rest), line: line) }
  }

  /// A long numbered paragraph is an item of a list, unless a colon soon ends its heading.
  private func isHeading(_ numbering: Numbering, _ text: String) -> Bool {
    if numbering.level <= .part { return text.count < 400 }
    if headings.first?.numbering.level == .appendix { return false }
    guard text.count > 160 else { return true }
    return numbering.title.prefix(100).contains(":")
  }

  private mutating func enter(title: String) {
    let numberings = headings.map(\.numbering)
    let parts = numberings.filter { $0.level <= .part }.map(\.label)
    let inner = Self.path(numberings.filter { $0.level > .part }).joined(separator: ".")
    section.label = (parts + (inner.isEmpty ? [] : [inner])).joined(separator: ", ")
    section.role = headings.last { $0.role != nil }?.role ?? .other
    section.enclosing = headings.dropLast().last { $0.role != nil }?.role ?? .other
    section.title = title
    section.group = headings.count > 1 ? title : nil
    section.isInner = numberings.last.map { $0.level > .roman } ?? false
    let folded = headings.map { $0.numbering.title.folded + " " }.last { $0.contains("nam 20") }
    section.year = folded.flatMap { Column.year(in: $0) }
    ordinal = 0
  }

  private static let alphabet = "abcdđefghiklmnopq"

  /// A letter that does not go on from the last is a word that a scan or a line's break left alone, no number; nor does an
  /// appendix without a number count.
  private mutating func count(_ numbering: Numbering, below above: [Numbering]) {
    let number = Self.number(of: above + [numbering])
    if numbering.level == .letter {
      let parent = String(number.dropLast(numbering.label.count))
      let next = letters[parent].map { last in Self.alphabet.drop { $0 != last }.dropFirst().prefix(3) } ?? "a"
      guard let letter = numbering.label.first, next.contains(letter) else { return }
      letters[parent] = letter
    }
    if number != "Phụ lục" { numbers.append(number) }
  }

  /// The labels of headings from the outermost in; `2.1` says `2` already.
  private static func path(_ numberings: [Numbering]) -> [String] {
    var labels: [String] = []
    for numbering in numberings {
      if numbering.level == .decimal, numbering.depth > 1 { labels.removeAll { numbering.label.hasPrefix($0 + ".") } }
      labels.append(numbering.label)
    }
    return labels
  }

  /// `Phần II` above `III` is `II.III`, `Phụ lục I` is `Phụ lục.I`.
  private static func number(of numberings: [Numbering]) -> String {
    path(numberings).map { label in
      label.hasPrefix("Phần ") ? String(label.dropFirst(5)) : label.replacing("Phụ lục ", with: "Phụ lục.")
    }.joined(separator: ".")
  }

  private mutating func append(_ content: Passage.Content, line: Int) {
    if case .text = content { ordinal += 1 }
    passages.append(
      Passage(index: passages.count, line: line, content: content, section: section, ordinal: ordinal))
  }

  private static func role(of title: String) -> Section.Role? {
    let folded = title.folded
    func has(_ words: String...) -> Bool { words.contains { folded.contains($0) } }
    if folded.hasPrefix("can cu") || has("can cu lap", "can cu phap ly", "co so phap ly") { return .bases }
    if has("muc dich") { return .other }
    let plain =
      ["cac ", "mot so ", "he thong "].first { folded.hasPrefix($0) }.map { folded.dropFirst($0.count) } ?? folded[...]
    if plain.hasPrefix("muc tieu") || plain.hasPrefix("chi tieu") { return .objectives }
    if has("danh gia", "tinh hinh thuc hien", "ket qua thuc hien", "ket qua dat duoc")
      || folded.hasPrefix("ket qua nam")
    {
      return .results
    }
    if has("to chuc thuc hien", "phan cong trach nhiem", "trach nhiem thuc hien") { return .duties }
    if has("kinh phi") { return .money }
    if has("nhiem vu", "giai phap", "noi dung thuc hien") { return .measures }
    if has("noi dung ke hoach") { return .other }
    return nil
  }
}

extension Numbering {
  /// True where what has the other number stands below what has this one.
  fileprivate func encloses(_ other: Numbering) -> Bool {
    level < other.level || level == other.level && depth < other.depth
  }
}
