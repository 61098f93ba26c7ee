import Schema

/// The lines of one row, told apart by what each column can hold.
extension LostColumns {
  func row(_ number: Int, line: Int, _ texts: [String], _ more: [String]) -> Manuscript.Row {
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
    if columns.contains(where: { $0.plain == .cost(scale: nil) }), let last = words.last,
      Numeral(last.text) != nil
    {
      cells[.cost(scale: nil)] = String(last.text)
      words = words.dropLast()
    }
  }

  /// `% ≥ 80`, `80–90` or `Báo cáo` at a name's end, where the table has columns for it.
  private func takeTarget(from words: inout ArraySlice<Words.Word>, _ all: Words, into cells: inout [Column: String]) {
    let target = Column.target(year: nil)
    guard columns.contains(target), let last = words.last else { return }
    if words.count > 2, words.suffix(2).map(\.text.folded) == ["bao", "cao"] {
      cells[target] = "Báo cáo"
      words = words.dropLast(2)
    } else if Numeral(last.text.trimming("≥≤<>=%")) != nil || Bounds(written: String(last.text)) != nil {
      var start = words.endIndex - 1
      while start > words.startIndex,
        ["", "tren", "duoi", "tu", "thieu", "toi"].contains(all.all[start - 1].text.folded),
        all.all[start - 1].text != "%", all.all[start].beginsLine == false || all.all[start - 1].text.folded != "tu"
      {
        start -= 1
      }
      // `80 – 90`
      if start > words.startIndex, ["-", "–", "—"].contains(all.all[start].text),
        Numeral(all.all[start - 1].text) != nil
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

  static func join(_ lines: some Sequence<String>) -> String {
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
