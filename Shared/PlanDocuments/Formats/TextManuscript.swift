/// The manuscript of a text file: Markdown, HTML, tab-separated tables or the text of a PDF, all mixed as they come.
struct TextManuscript {
  static func read(_ text: String) -> Manuscript {
    var reader = TextManuscript(lines: pieces(of: TextLine.lines(of: text)))
    return reader.manuscript()
  }

  private let lines: [TextLine]
  private var blocks: [Manuscript.Block] = []
  private var loose: [TextLine] = []

  private init(lines: [TextLine]) { self.lines = lines }

  private mutating func manuscript() -> Manuscript {
    var index = 0
    while index < lines.count {
      if let end = table(from: index) {
        index = end
      } else {
        let line = lines[index]
        loose.append(TextLine(number: line.number, text: Markup.plain(line.text)))
        index += 1
      }
    }
    endParagraphs()
    return Manuscript(blocks: blocks)
  }

  /// A table that begins here, and the line after it.
  private mutating func table(from start: Int) -> Int? {
    let text = lines[start].text
    if text.hasPrefix("<table") {
      let end = lines[start...].firstIndex { $0.text.contains("</table") }.map { $0 + 1 } ?? lines.count
      add(HTMLTable.read(lines[start..<end]), at: start)
      return end
    }
    if isTabbed(lines[start]) { return rows(from: start, isRow: isTabbed, cells: tabbed) }
    if Self.isPiped(lines[start]) { return rows(from: start, isRow: Self.isPiped, cells: piped) }
    guard let aligned = AlignedColumns(lines, from: start) else { return nil }
    add(aligned.table, at: start)
    return aligned.end
  }

  /// Rows that follow one another; blank lines between them are page breaks.
  private mutating func rows(
    from start: Int, isRow: (TextLine) -> Bool, cells: (String) -> [Manuscript.Cell]?
  ) -> Int {
    var rows: [Manuscript.Row] = []
    var index = start
    var end = start
    while index < lines.count, index - end < 6 {
      let line = lines[index]
      if isRow(line) {
        if let cells = cells(line.text) { rows.append(Manuscript.Row(line: line.number, cells: cells)) }
        end = index + 1
      } else if !line.isBlank {
        break
      }
      index += 1
    }
    add(Manuscript.Table(rows: rows), at: start)
    return end
  }

  private func isTabbed(_ line: TextLine) -> Bool { line.text.utf8.contains(UInt8(ascii: "\t")) && !line.isBlank }

  private func tabbed(_ text: String) -> [Manuscript.Cell]? {
    text.split(separator: "\t", maxSplits: CellGrid.widest - 1, omittingEmptySubsequences: false).map { cell($0) }
  }

  private static func isPiped(_ line: TextLine) -> Bool {
    let text = line.text.drop { $0 == " " }
    return text.hasPrefix("|") && text.dropFirst().contains("|")
  }

  /// Nil for the line of dashes below a heading.
  private func piped(_ text: String) -> [Manuscript.Cell]? {
    var inner = text.squeezed.replacing("\\|", with: "\u{1}").dropFirst()
    if inner.hasSuffix("|") { inner.removeLast() }
    guard !inner.allSatisfy({ "-:| ".contains($0) }) || !inner.contains("-") else { return nil }
    return inner.split(separator: "|", maxSplits: CellGrid.widest - 1, omittingEmptySubsequences: false).map {
      cell($0.replacing("\u{1}", with: "|"))
    }
  }

  private func cell(_ text: some StringProtocol) -> Manuscript.Cell {
    guard text.utf8.contains(UInt8(ascii: "<")) else {
      let plain = Markup.plain(String(text)).squeezed
      return Manuscript.Cell(plain.isEmpty ? [] : [plain])
    }
    let line = TextLine(number: 1, text: "<td>" + text + "</td>")
    return HTMLTable.read([line]).rows.first?.cells.first ?? Manuscript.Cell()
  }

  private mutating func add(_ table: Manuscript.Table, at start: Int) {
    endParagraphs()
    if !table.rows.isEmpty { blocks.append(.init(line: lines[start].number, content: .table(table))) }
  }

  private mutating func endParagraphs() {
    for part in LostColumns.parts(of: SideBySide.apart(loose)) {
      switch part {
      case .text(let lines): blocks += Paragraphs.join(lines)
      case .table(let table, let line): blocks.append(.init(line: line, content: .table(table)))
      }
    }
    loose = []
  }

  /// Lines with the block marks of HTML made into lines of their own, as far as a file has any.
  private static func pieces(of lines: [TextLine]) -> [TextLine] {
    var result: [TextLine] = []
    var inTable = false
    for line in lines {
      // A row of a Markdown or tab-separated table stays on its line: `<br>` there is a line within a cell.
      guard line.text.utf8.contains(UInt8(ascii: "<")), !line.text.utf8.contains(UInt8(ascii: "\t")), !isPiped(line)
      else {
        result.append(line)
        continue
      }
      var text = line.text
      for mark in ["<table", "</table>", "<p", "</p>", "<div", "</div>", "<h", "</h", "<li", "</li>", "<br"] {
        guard text.contains(mark) else { continue }
        text = text.replacing(mark, with: mark == "</table>" ? mark + "\n" : "\n" + mark)
      }
      for piece in text.split(separator: "\n") {
        if piece.hasPrefix("<table") { inTable = true }
        if inTable || !Markup.plain(String(piece)).squeezed.isEmpty {
          result.append(TextLine(number: line.number, text: String(piece)))
        }
        if piece.contains("</table") { inTable = false }
      }
    }
    return result
  }
}
