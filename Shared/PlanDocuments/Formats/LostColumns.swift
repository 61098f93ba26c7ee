import Schema

/// Tables whose columns a PDF's text has lost: cell after cell, line after line. What each column can hold tells them
/// apart again: a time, a sum, offices; and names stand in narrow lines where outputs stand in wide ones.
struct LostColumns {
  enum Part {
    case text([TextLine])
    case table(Manuscript.Table, line: Int)
  }

  static func parts(of lines: [TextLine]) -> [Part] {
    let lines = lines.filter { !$0.isBlank }.map { TextLine(number: $0.number, text: $0.text.squeezed) }
    var parts: [Part] = []
    var text: [TextLine] = []
    var index = 0
    while index < lines.count {
      if let found = LostColumns(lines, from: index) {
        parts.append(.text(text))
        text = []
        let (table, end) = found.read()
        parts.append(.table(table, line: lines[index].number))
        index = end
      } else {
        text.append(lines[index])
        index += 1
      }
    }
    return parts + [.text(text)]
  }

  private let lines: [TextLine]
  private let heading: [String]
  private let columns: [Column]
  private let first: Int

  /// Nil unless the headings of a table and the number of its first row stand here.
  private init?(_ lines: [TextLine], from start: Int) {
    let begin = lines[start].text.folded
    guard begin.hasPrefix("tt ") || begin.hasPrefix("stt ") || begin == "tt" || begin == "stt" else { return nil }
    guard
      let end = lines[start...].prefix(30).firstIndex(where: {
        $0.number != lines[start].number && Self.isRow(1, $0.text)
      })
    else { return nil }
    let columns = Self.columns(lines[start..<end].map(\.text).joined(separator: " ").folded)
    guard columns.count >= 3 else { return nil }
    self.lines = lines
    first = lines[start..<end].firstIndex { Self.isGroup($0.text) } ?? end
    heading = lines[start..<first].map(\.text)
    self.columns = columns
  }

  /// The headings in the order in which they are found.
  private static func columns(_ folded: String) -> [Column] {
    let words = folded.split(separator: " ").map(String.init)
    var columns: [Column] = []
    for index in words.indices {
      for (phrase, column) in phrases where words[index...].starts(with: phrase) {
        if !columns.contains(where: { $0.kind == column.kind }) { columns.append(column) }
        break
      }
    }
    if columns.contains(.task) {
      columns.removeAll { $0 == .indicator }
    }
    return columns
  }

  private static let phrases: [([String], Column)] = [
    (["tt"], .number), (["stt"], .number), (["muc", "tieu"], .output), (["ket", "qua"], .output),
    (["san", "pham"], .output), (["don", "vi", "tinh"], .measure), (["dvt"], .measure),
    (["muc", "phan", "dau"], .target(year: nil)), (["nhiem", "vu"], .task), (["chi", "tieu"], .indicator),
    (["thoi", "gian"], .time),
    (["thoi", "han"], .time), (["chu", "tri"], .lead), (["don", "vi", "thuc", "hien"], .lead),
    (["phoi", "hop"], .coordinating), (["nguon"], .source), (["kinh", "phi"], .cost(scale: nil)),
    (["du", "toan"], .cost(scale: nil)),
  ]

  private static func isRow(_ number: Int, _ text: String) -> Bool {
    let mark = text.prefix { $0 != " " }
    return mark == "\(number)" || mark == "\(number)."
  }

  /// The table, its headings as its first row, and the line after it.
  private func read() -> (Manuscript.Table, Int) {
    var rows = [Manuscript.Row(line: lines[first].number, cells: columns.map { .init([$0.heading]) })]
    let start = lines[first - heading.count].number
    var index = first
    var number = 1
    while index < lines.count {
      let line = lines[index].number
      if let group = group(at: &index, before: number) {
        rows.append(group)
        continue
      }
      guard Self.isRow(number, lines[index].text) else { break }
      var texts = [String(lines[index].text.drop { $0 != " " }.dropFirst())].filter { !$0.isEmpty }
      var more: [String] = []
      var isMore = false
      index += 1
      while index < lines.count, !Self.isRow(number + 1, lines[index].text), !isEnd(lines[index].text),
        !beginsGroup(at: index, before: number + 1)
      {
        if lines[index].text == heading[0] {
          index += zip(lines[index...].map(\.text), heading).prefix { $0 == $1 }.count
          isMore = true
        } else {
          if isMore { more.append(lines[index].text) } else { texts.append(lines[index].text) }
          index += 1
        }
      }
      rows.append(row(number, line: line, texts, more))
      number += 1
    }
    if index < lines.count, let total = total(at: &index) { rows.append(total) }
    return (Manuscript.Table(rows: rows, inferredFrom: start...lines[index - 1].number), index)
  }

  /// `II` or a dash alone, with the group's name after it.
  private static func isGroup(_ text: String) -> Bool {
    let mark = text.prefix { $0 != " " }.trimming(".")
    return ["-", "–"].contains(text) || !mark.isEmpty && Numbering.isRoman(mark[...])
  }

  private func beginsGroup(at index: Int, before number: Int) -> Bool {
    Self.isGroup(lines[index].text) && lines[index...].prefix(5).contains { Self.isRow(number, $0.text) }
  }

  private func group(at index: inout Int, before number: Int) -> Manuscript.Row? {
    guard beginsGroup(at: index, before: number),
      let end = lines[index...].firstIndex(where: { Self.isRow(number, $0.text) })
    else { return nil }
    let words = Self.join(lines[index..<end].map(\.text)).split(separator: " ", maxSplits: 1).map(String.init)
    let line = lines[index].number
    index = end
    return Manuscript.Row(
      line: line,
      cells: columns.map { column in
        switch column {
        case .number: .init([words[0]])
        case .task, .indicator: .init(words.dropFirst().map { $0 })
        default: .init()
        }
      })
  }

  /// A total with its sum on the same line or the next.
  private func total(at index: inout Int) -> Manuscript.Row? {
    guard Self.isTotal(lines[index].text) else { return nil }
    let line = lines[index].number
    let label = lines[index].text
    let next = index + 1 < lines.count && Numeral(lines[index + 1].text) != nil ? lines[index + 1].text : nil
    let sum = next ?? label.split(separator: " ").last.map(String.init) ?? ""
    guard Numeral(sum) != nil else { return nil }
    index += next == nil ? 1 : 2
    return Manuscript.Row(
      line: line,
      cells: columns.map { column in
        switch column.plain {
        case .task, .indicator: .init(["Tổng cộng"])
        case .cost: .init([sum])
        default: .init()
        }
      })
  }

  private static func isTotal(_ text: String) -> Bool {
    // With its accents: `Công` may be the first line of `Công an xã`.
    let words = text.lowercased().split(separator: " ").filter { Numeral($0) == nil }.joined(separator: " ").trimming(
      ":")
    return ["tổng", "tổng cộng", "tổng số", "tổng kinh phí"].contains(words)
  }

  /// What follows a table: the next appendix, a total, a signature.
  private func isEnd(_ text: String) -> Bool {
    if let numbering = Numbering(text), numbering.level <= .part { return true }
    if Self.isTotal(text) { return true }
    let letters = text.filter(\.isLetter)
    return letters.count >= 8 && letters.allSatisfy(\.isUppercase) && text.contains(" ")
      && ["uy ban", "tm", "kt", "chu tich", "pho chu", "tong cong"].contains { text.folded.hasPrefix($0) }
  }

  // MARK: One row

  private func row(_ number: Int, line: Int, _ texts: [String], _ more: [String]) -> Manuscript.Row {
    var cells: [Column: String] = [.number: "\(number)"]
    let words = Words(texts)
    var names = words.all[...]
    var tail = words.all[words.all.endIndex...]
    if columns.contains(.time), let time = time(in: words) {
      cells[.time] = words.text(time)
      names = words.all[..<time.lowerBound]
      tail = words.all[time.upperBound...]
    } else {
      swap(&names, &tail)
    }
    takeMoney(from: &tail, words, into: &cells)
    if tail.startIndex == 0 || officesStandBeforeTime {
      if tail.startIndex == 0 { names = tail }
      let start = names.indices.first { beginsOffices(words, at: $0, before: names.endIndex) } ?? names.endIndex
      (names, tail) = (names[..<start], names[start...])
    }
    offices(tail, words, into: &cells)
    takeTarget(from: &names, words, into: &cells)
    name(words.lines(names), into: &cells)
    add(more, into: &cells)
    return Manuscript.Row(
      line: line, cells: columns.map { column in .init([cells[column.plain] ?? ""].filter { !$0.isEmpty }) })
  }

  private var officesStandBeforeTime: Bool {
    guard let lead = columns.firstIndex(of: .lead), let time = columns.firstIndex(of: .time) else { return true }
    return lead < time
  }

  /// Leads end where a name begins that no sign parts from the one before.
  private func offices(_ words: ArraySlice<Words.Word>, _ all: Words, into cells: inout [Column: String]) {
    let border = words.indices.dropFirst().first { index in
      let previous = all.all[index - 1].text
      return OfficeList.beginsName(all.texts(from: index)) && !previous.hasSuffix(",") && !previous.hasSuffix(";")
        && !OfficeList.isConnector(previous) && previous != all.all[index].text
    }
    cells[.lead] = all.text(words.startIndex..<(border ?? words.endIndex))
    if let border { cells[.coordinating] = all.text(border..<words.endIndex) }
  }

  private func beginsOffices(_ words: Words, at index: Int, before end: Int) -> Bool {
    let all = words.texts(from: index).prefix(end - index)
    guard OfficeList.beginsName(all), index > 0, OfficeList.isOffices(all) else { return false }
    return !OfficeList.isConnector(words.all[index - 1].text)
  }

  /// The words of a time, from the first of a line that begins one.
  private func time(in words: Words) -> Range<Int>? {
    let all = words.all
    guard let start = all.indices.first(where: { all[$0].beginsLine && Self.beginsTime(words.texts(from: $0)) })
    else { return nil }
    let end =
      all.indices[start...].first { index in
        let word = all[index]
        // A number on a line of its own is a sum, unless the line before leaves it open: `Quý III/` and `2026`.
        let isSum =
          word.beginsLine && word.text.allSatisfy { $0.isDigit || $0 == "." } && index > start
          && !"/-–".contains(all[index - 1].text.last ?? " ") && !["thang", "nam"].contains(all[index - 1].text.folded)
        return isSum || !Self.isTime(word.text)
      } ?? all.endIndex
    return start..<end
  }

  private static func beginsTime(_ words: ArraySlice<Substring>) -> Bool {
    let folded = words.prefix(3).map(\.folded)
    guard let first = folded.first, folded.count >= 2 else { return false }
    switch first {
    case "quy": return ["i", "ii", "iii", "iv"].contains { folded[1] == $0 || folded[1].hasPrefix($0 + " ") }
    case "thang", "nam": return folded[1].first?.isDigit == true
    case "thuong": return folded[1] == "xuyen"
    case "hang", "ca": return ["thang", "quy", "nam"].contains(folded[1])
    default: return false
    }
  }

  private static func isTime(_ word: Substring) -> Bool {
    word.folded.split(separator: " ").allSatisfy { part in
      ["quy", "i", "ii", "iii", "iv", "thang", "nam", "den", "tu", "thuong", "xuyen", "hang", "ca"].contains(part)
        || [1, 2, 4].contains(part.count) && part.allSatisfy(\.isDigit)
    }
  }

  private func takeMoney(from words: inout ArraySlice<Words.Word>, _ all: Words, into cells: inout [Column: String]) {
    if columns.contains(.source) {
      let source = words.indices.first { index in
        let folded = all.texts(from: index).prefix(2).map(\.folded)
        return folded.first == "ngan" && folded.dropFirst().first == "sach"
          || folded.first == "xa" && folded.dropFirst().first == "hoi" && all.all[index].beginsLine
            && all.texts(from: index).dropFirst(2).first?.folded == "hoa"
      }
      if let source {
        cells[.source] = all.text(source..<words.endIndex)
        words = words[..<source]
      }
    }
    if columns.contains(where: { $0.kind == Column.cost(scale: nil).kind }), let last = words.last,
      Numeral(last.text) != nil
    {
      cells[.cost(scale: nil)] = String(last.text)
      words = words.dropLast()
    }
  }

  /// `% ≥ 80` or `Báo cáo` at a name's end, where the table has columns for it.
  private func takeTarget(from words: inout ArraySlice<Words.Word>, _ all: Words, into cells: inout [Column: String]) {
    let target = Column.target(year: nil)
    guard columns.contains(target), let last = words.last else { return }
    if words.count > 2, words.suffix(2).map(\.text.folded) == ["bao", "cao"] {
      cells[target] = "Báo cáo"
      words = words.dropLast(2)
    } else if Numeral(last.text.trimming("≥≤<>=%")) != nil {
      var start = words.endIndex - 1
      while start > words.startIndex,
        ["", "tren", "duoi", "tu", "thieu", "toi"].contains(all.all[start - 1].text.folded),
        all.all[start - 1].text != "%", all.all[start].beginsLine == false || all.all[start - 1].text.folded != "tu"
      {
        start -= 1
      }
      cells[target] = all.text(start..<words.endIndex)
      words = words[..<start]
    }
    if columns.contains(.measure), let unit = words.last, unit.text == "%" || unit.beginsLine, words.count > 1 {
      cells[.measure] = String(unit.text)
      words = words.dropLast()
    }
  }

  /// Parts name and output by the width of their lines.
  private func name(_ lines: [String], into cells: inout [Column: String]) {
    let column: Column = columns.contains(.task) ? .task : .indicator
    guard columns.contains(.output), lines.count > 1 else {
      cells[column] = Self.join(lines)
      return
    }
    let borders = lines.indices.dropFirst().filter { index in
      let line = lines[index]
      return line.first?.isUppercase == true || line.first == "-" || line.prefix(5).contains("%")
    }
    let border = borders.max { left, right in gain(lines, at: left) < gain(lines, at: right) } ?? lines.endIndex
    cells[column] = Self.join(lines[..<border])
    cells[.output] = Self.join(lines[border...])
  }

  /// How much wider the lines after a border are than the widest before it; the last line of a cell may be short.
  private func gain(_ lines: [String], at border: Int) -> Int {
    let after = border + 1 < lines.count ? lines[border...].dropLast() : lines[border...]
    let width = after.map(\.count).reduce(0, +) * 100 / max(1, after.count)
    return width - (lines[..<border].map(\.count).max() ?? 0) * 100
  }

  /// What a row goes on with after a page's end.
  private func add(_ more: [String], into cells: inout [Column: String]) {
    guard !more.isEmpty else { return }
    let words = Words(more)
    if OfficeList.isOffices(words.texts(from: 0)) {
      let column: Column = cells[.coordinating] == nil ? .lead : .coordinating
      cells[column] = Self.join([cells[column] ?? ""] + more)
      return
    }
    let name: Column = columns.contains(.task) ? .task : .indicator
    let border =
      columns.contains(.output)
      ? more.indices.dropFirst().first { more[$0].count * 4 > more[$0 - 1].count * 5 } ?? more.endIndex : more.endIndex
    cells[name] = Self.join([cells[name] ?? ""] + more[..<border])
    if border < more.endIndex { cells[.output] = Self.join([cells[.output] ?? ""] + more[border...]) }
  }

  fileprivate static func join(_ lines: some Sequence<String>) -> String {
    lines.filter { !$0.isEmpty }.reduce("") { text, line in
      text.isEmpty ? line : text + (text.hasSuffix("-") && !text.hasSuffix(" -") && text != "-" ? "" : " ") + line
    }
  }
}

/// The words of some lines, each knowing its line.
private struct Words {
  struct Word {
    let text: Substring
    let line: Int
    let beginsLine: Bool
  }

  let all: [Word]

  init(_ lines: [String]) {
    all = lines.enumerated().flatMap { number, line in
      line.split(separator: " ").enumerated().map { Word(text: $1, line: number, beginsLine: $0 == 0) }
    }
  }

  func texts(from index: Int) -> ArraySlice<Substring> { all[index...].map(\.text)[...] }

  func lines(_ words: ArraySlice<Word>) -> [String] {
    words.reduce(into: [(Int, String)]()) { lines, word in
      if lines.last?.0 == word.line {
        lines[lines.count - 1].1 += " " + word.text
      } else {
        lines.append((word.line, String(word.text)))
      }
    }.map(\.1)
  }

  func text(_ range: Range<Int>) -> String { LostColumns.join(lines(all[range])) }
}

extension Column {
  /// The case without what it carries, to compare by.
  fileprivate var kind: Column { plain }

  fileprivate var plain: Column {
    switch self {
    case .cost: .cost(scale: nil)
    case .target: .target(year: nil)
    default: self
    }
  }

  /// A heading that is read back as this column.
  fileprivate var heading: String {
    switch self {
    case .number: "TT"
    case .indicator: "Chỉ tiêu"
    case .task: "Nhiệm vụ"
    case .measure: "Đơn vị tính"
    case .target: "Mức phấn đấu"
    case .output: "Sản phẩm"
    case .lead: "Cơ quan chủ trì"
    case .coordinating: "Cơ quan phối hợp"
    case .time: "Thời gian"
    case .cost: "Kinh phí"
    case .source: "Nguồn vốn"
    case .reference: "Ghi chú"
    case .numerator: "Tử số"
    case .denominator: "Mẫu số"
    case .data: "Nguồn số liệu"
    case .unknown: ""
    }
  }
}
