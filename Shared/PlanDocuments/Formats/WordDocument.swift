/// The manuscript of a .docx: paragraphs with their automatic numbers, tables with merged cells (ECMA-376, part 1).
final class WordDocument: XMLHandler {
  static let cells = 100_000

  static func read(_ archive: borrowing Archive) throws(UnreadableDocument) -> Manuscript? {
    guard let body = try archive.part("word/document.xml") else { return nil }
    let numbering = ListNumbers()
    if let part = try archive.part("word/numbering.xml") { try XMLReader.read(part, numbering) }
    let document = WordDocument(numbering)
    // A secrecy mark may stand in a header.
    for name in archive.names where name.hasPrefix("word/header") && name.hasSuffix(".xml") {
      if let header = try archive.part(name) { try XMLReader.read(header, document) }
    }
    try XMLReader.read(body, document)
    return Manuscript(blocks: document.blocks)
  }

  private struct Table {
    var rows: [Manuscript.Row] = []
    var row: [Manuscript.Cell] = []
    var rowLine = 0
    var cell: [String] = []
    var columns = 1
    var merge: String?
  }

  private let numbering: ListNumbers
  private var blocks: [Manuscript.Block] = []
  private var tables: [Table] = []
  private var cellCount = 0
  private var line = 0
  private var paragraph = ""
  private var isText = false
  private var list: (id: String, level: Int)?
  /// Inside the copy of a drawing for old programs, which says the same again.
  private var fallback = 0

  private init(_ numbering: ListNumbers) { self.numbering = numbering }

  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument) {
    if name == "Fallback" { fallback += 1 }
    guard fallback == 0 else { return }
    switch name {
    case "p":
      endParagraph()
      line += 1
      list = nil
    case "t": isText = true
    case "tab": paragraph += isText || !paragraph.isEmpty ? " " : ""
    case "br", "cr": breakLine()
    case "noBreakHyphen": paragraph += "-"
    case "ilvl": list = (list?.id ?? "", Int(attributes["val"] ?? "") ?? 0)
    case "numId": list = (attributes["val"] ?? "", list?.level ?? 0)
    case "tbl":
      endParagraph()
      tables.append(Table())
    case "tr":
      change { $0.row = [] }
      change { [line] in $0.rowLine = line + 1 }
    case "tc": change { ($0.cell, $0.columns, $0.merge) = ([], 1, nil) }
    case "gridBefore":
      let count = min(Int(attributes["val"] ?? "") ?? 0, CellGrid.widest)
      change { $0.row += Array(repeating: Manuscript.Cell([], origin: .left), count: max(0, count)) }
    case "gridSpan":
      let span = min(max(Int(attributes["val"] ?? "") ?? 1, 1), CellGrid.widest)
      change { $0.columns = span }
    case "vMerge": change { $0.merge = attributes["val"] ?? "continue" }
    default: break
    }
  }

  func end(_ name: String) throws(UnreadableDocument) {
    if name == "Fallback" { fallback -= 1 }
    guard fallback == 0 else { return }
    switch name {
    case "t": isText = false
    case "p": endParagraph()
    case "tc": try endCell()
    case "tr":
      change { table in
        if !table.row.isEmpty { table.rows.append(Manuscript.Row(line: table.rowLine, cells: table.row)) }
      }
    case "tbl": endTable()
    default: break
    }
  }

  func text(_ text: String) { if isText, fallback == 0 { paragraph += text } }

  private func change(_ change: (inout Table) -> Void) {
    if let last = tables.indices.last { change(&tables[last]) }
  }

  private func breakLine() {
    let open = list
    endParagraph()
    list = open.map { _ in ("", 0) }
  }

  private func endParagraph() {
    defer { paragraph = "" }
    let lines = TextLine.lines(of: paragraph)
    var text = lines.map(\.text).joined(separator: " ").squeezed
    if let list, !list.id.isEmpty, !text.isEmpty || !tables.isEmpty {
      let mark = numbering.next(list.id, level: list.level)
      text = text.isEmpty ? mark : mark.isEmpty ? text : mark + " " + text
      self.list = nil
    }
    guard !text.isEmpty else { return }
    if tables.isEmpty {
      blocks.append(.init(line: line, content: .paragraph(text)))
    } else {
      change { $0.cell.append(text) }
    }
  }

  private func endCell() throws(UnreadableDocument) {
    endParagraph()
    guard let table = tables.last else { return }
    cellCount += table.columns
    guard cellCount <= Self.cells else { throw .tooManyCells(limit: Self.cells) }
    let column = table.row.count
    let above = table.rows.last.flatMap { $0.cells.indices.contains(column) ? $0.cells[column].paragraphs : nil }
    let goesOn = table.merge != nil && table.merge != "restart"
    change { table in
      table.row.append(goesOn ? .init(above ?? [], origin: .above) : .init(table.cell))
      let more = min(table.columns - 1, CellGrid.widest - min(table.row.count, CellGrid.widest))
      table.row += Array(repeating: .init([], origin: .left), count: max(0, more))
    }
  }

  private func endTable() {
    guard let table = tables.popLast(), !table.rows.isEmpty else { return }
    guard tables.isEmpty else {
      // A table within a cell is read as its text.
      let texts = table.rows.flatMap(\.cells).filter { $0.origin == .own }.flatMap(\.paragraphs)
      change { $0.cell += texts }
      return
    }
    blocks.append(.init(line: table.rows[0].line, content: .table(Manuscript.Table(rows: table.rows))))
  }
}
