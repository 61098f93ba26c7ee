/// A table written in HTML, as converters put it into Markdown; tolerant of tags left open.
struct HTMLTable {
  /// Reads from the lines that hold `<table` to `</table>`; what stands before and after on them is not part of it.
  static func read(_ lines: ArraySlice<TextLine>) -> Manuscript.Table {
    var table = HTMLTable()
    for line in lines {
      table.line = line.number
      table.feed(line.text)
    }
    table.endRow()
    return Manuscript.Table(rows: table.grid.rows)
  }

  private var grid = CellGrid()
  private var line = 0
  private var rowLine = 0
  private var spans: [CellGrid.Span] = []
  private var cell: CellGrid.Span?
  private var paragraphs: [String] = []
  private var text = ""

  private mutating func feed(_ source: String) {
    var rest = source[...]
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      let after = rest[rest.index(after: open)...]
      guard let first = after.first, first.isLetter || first == "/" || first == "!",
        let close = after.firstIndex(of: ">")
      else {
        text.append("<")
        rest = after
        continue
      }
      handle(after[..<close])
      rest = after[after.index(after: close)...]
    }
    text += rest + " "
  }

  private mutating func handle(_ tag: Substring) {
    let name = tag.prefix(1) + tag.dropFirst().prefix { $0.isLetter || $0.isNumber }
    switch name.lowercased() {
    case "tr", "/tr", "/table": endRow()
    case "td", "th":
      endCell()
      if spans.isEmpty { rowLine = line }
      cell = CellGrid.Span(paragraphs: [], columns: number("colspan", in: tag), rows: number("rowspan", in: tag))
    case "/td", "/th": endCell()
    case "br", "p", "/p", "div", "/div", "/li", "ul", "/ul", "ol", "/ol": endParagraph()
    case "li":
      endParagraph()
      text = "- "
    default: break
    }
  }

  private func number(_ name: String, in tag: Substring) -> Int {
    guard let found = tag.lowercased().firstRange(of: name) else { return 1 }
    let value = tag.lowercased()[found.upperBound...].drop { !$0.isDigit }.prefix { $0.isDigit }
    return min(max(Int(value) ?? 1, 1), 1000)
  }

  private mutating func endParagraph() {
    var plain = Markup.plain(text).squeezed
    while plain.hasPrefix("- - ") { plain.removeFirst(2) }
    if !plain.isEmpty, plain != "-" { paragraphs.append(plain) }
    text = ""
  }

  private mutating func endCell() {
    if cell == nil {
      text = ""
      return
    }
    endParagraph()
    if let cell { spans.append(.init(paragraphs: paragraphs, columns: cell.columns, rows: cell.rows)) }
    paragraphs = []
    cell = nil
  }

  private mutating func endRow() {
    endCell()
    if !spans.isEmpty { grid.add(spans, line: rowLine) }
    spans = []
  }
}
