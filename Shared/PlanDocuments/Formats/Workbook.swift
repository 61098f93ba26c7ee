import Schema

/// The tables of an .xlsx, a sheet each (ECMA-376, part 1).
enum Workbook {
  static let cells = 100_000

  /// - Parameter cells: What one sheet may have.
  static func read(
    _ archive: borrowing Archive, cells: Int = Workbook.cells
  ) throws(UnreadableDocument) -> Manuscript? {
    let names = archive.names
    guard names.contains("xl/workbook.xml") else { return nil }
    let strings = SharedStrings()
    if let part = try archive.part("xl/sharedStrings.xml") { try XMLReader.read(part, strings) }
    let styles = CellStyles()
    if let part = try archive.part("xl/styles.xml") { try XMLReader.read(part, styles) }
    var blocks: [Manuscript.Block] = []
    let sheets = names.filter { $0.hasPrefix("xl/worksheets/sheet") && $0.hasSuffix(".xml") }
      .sorted { ($0.count, $0) < ($1.count, $1) }
    for name in sheets.prefix(64) {
      guard let part = try archive.part(name) else { continue }
      let sheet = Sheet(strings.all, styles.formats, cells)
      try XMLReader.read(part, sheet)
      blocks += sheet.blocks
    }
    return Manuscript(blocks: blocks)
  }
}

/// The texts that cells refer to by number.
private final class SharedStrings: XMLHandler {
  private(set) var all: [String] = []
  private var text = ""
  private var isText = false
  private var phonetic = 0

  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument) {
    if name == "si" { text = "" }
    if name == "rPh" { phonetic += 1 }
    isText = name == "t" && phonetic == 0
  }

  func end(_ name: String) throws(UnreadableDocument) {
    if name == "si" { all.append(text) }
    if name == "rPh" { phonetic -= 1 }
    isText = false
  }

  func text(_ text: String) { if isText { self.text += text } }
}

/// How numbers are shown: as they are, as a percentage, as a day.
private final class CellStyles: XMLHandler {
  enum Format { case plain, percent, day }

  private(set) var formats: [Format] = []
  private var isCells = false
  private var own: [String: String] = [:]

  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument) {
    switch name {
    case "numFmt": own[attributes["numFmtId"] ?? ""] = attributes["formatCode"] ?? ""
    case "cellXfs": isCells = true
    case "xf" where isCells: formats.append(format(attributes["numFmtId"] ?? "0"))
    default: break
    }
  }

  func end(_ name: String) throws(UnreadableDocument) { if name == "cellXfs" { isCells = false } }
  func text(_ text: String) {}

  private func format(_ id: String) -> Format {
    if ["9", "10"].contains(id) { return .percent }
    if ["14", "15", "16", "17", "22"].contains(id) { return .day }
    let code = own[id]?.lowercased() ?? ""
    if code.contains("%") { return .percent }
    return code.contains("yy") && code.contains("d") ? .day : .plain
  }
}

/// One sheet: its rows, and a paragraph for each line that is no table's.
private final class Sheet: XMLHandler {
  private let strings: [String]
  private let formats: [CellStyles.Format]
  private var rows: [(line: Int, cells: [Int: [String]])] = []
  private var merges: [(columns: ClosedRange<Int>, lines: ClosedRange<Int>)] = []
  private var line = 0
  private var cell: (column: Int, kind: String, style: Int)?
  private var value = ""
  private var isValue = false
  private var count = 0

  private let limit: Int

  init(_ strings: [String], _ formats: [CellStyles.Format], _ limit: Int) {
    self.strings = strings
    self.limit = limit
    self.formats = formats
  }

  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument) {
    switch name {
    case "row":
      line = Int(attributes["r"] ?? "") ?? line + 1
      rows.append((line, [:]))
    case "c":
      count += 1
      guard count <= limit else { throw .tooManyCells(limit: limit) }
      let column = Self.place(attributes["r"] ?? "")?.column ?? (cell.map { $0.column + 1 } ?? 0)
      cell = (column, attributes["t"] ?? "n", Int(attributes["s"] ?? "") ?? 0)
      value = ""
    case "v", "t": isValue = cell != nil
    case "mergeCell": merge(attributes["ref"] ?? "")
    default: break
    }
  }

  func end(_ name: String) throws(UnreadableDocument) {
    switch name {
    case "v", "t": isValue = false
    case "c":
      if let cell, cell.column < CellGrid.widest, let last = rows.indices.last {
        let lines = shown(cell.kind, cell.style).split(whereSeparator: \.isNewline).map {
          TextLine.visible($0).squeezed
        }
        .filter { !$0.isEmpty }
        if !lines.isEmpty { rows[last].cells[cell.column] = lines }
      }
    case "row": cell = nil
    default: break
    }
  }

  func text(_ text: String) { if isValue { value += text } }

  private func shown(_ kind: String, _ style: Int) -> String {
    switch kind {
    case "s": return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    case "n":
      guard let number = Double(value), number.isFinite, number.magnitude < 1e15 else { return value }
      switch formats.indices.contains(style) ? formats[style] : .plain {
      case .percent: return Self.decimal(number * 100) + "%"
      // Excel counts days from 30 December 1899.
      case .day: return Day(number: Int(number) - 25_569).written
      case .plain: return Self.decimal(number)
      }
    default: return value
    }
  }

  /// With a comma, as Vietnamese text has it.
  private static func decimal(_ number: Double) -> String {
    let rounded = (number * 1_000_000).rounded() / 1_000_000
    return rounded == rounded.rounded() ? String(Int64(rounded)) : String(rounded).replacing(".", with: ",")
  }

  private func merge(_ reference: String) {
    let ends = reference.split(separator: ":").compactMap { Self.place(String($0)) }
    guard ends.count == 2, ends[0].column <= ends[1].column, ends[0].line <= ends[1].line, merges.count < 10_000 else {
      return
    }
    merges.append((ends[0].column...min(ends[1].column, CellGrid.widest), ends[0].line...ends[1].line))
  }

  /// `B3` is column 1, line 3.
  private static func place(_ reference: String) -> (column: Int, line: Int)? {
    let letters = reference.utf8.prefix { (65...90).contains($0) }
    guard (1...3).contains(letters.count), let line = Int(reference.dropFirst(letters.count)) else { return nil }
    return (letters.reduce(0) { $0 * 26 + Int($1) - 64 } - 1, line)
  }

  var blocks: [Manuscript.Block] {
    var blocks: [Manuscript.Block] = []
    var table: [Manuscript.Row] = []
    func endTable() {
      if let first = table.first {
        blocks.append(.init(line: first.line, content: .table(Manuscript.Table(rows: table))))
      }
      table = []
    }
    var texts: [Int: [Int: [String]]] = [:]
    for row in rows { texts[row.line] = row.cells }
    let spans = merges.reduce(into: [Int: [(columns: ClosedRange<Int>, lines: ClosedRange<Int>)]]()) { spans, merge in
      for line in merge.lines.prefix(2000) { spans[line, default: []].append(merge) }
    }
    for row in rows {
      let width = (row.cells.keys.max() ?? -1) + 1
      guard width > 0 else { continue }
      // A single text above the table: the appendix's heading.
      if table.isEmpty, row.cells.count == 1, let text = row.cells.values.first {
        for line in text { blocks.append(.init(line: row.line, content: .paragraph(line))) }
        continue
      }
      var cells = (0..<width).map { Manuscript.Cell(row.cells[$0] ?? []) }
      for merge in spans[row.line] ?? [] {
        for column in merge.columns where column < max(width, merge.columns.lowerBound + 1) && column < CellGrid.widest
        {
          while cells.count <= column { cells.append(.init()) }
          if column > merge.columns.lowerBound {
            cells[column] = .init([], origin: .left)
          } else if row.line > merge.lines.lowerBound {
            cells[column] = .init(texts[merge.lines.lowerBound]?[column] ?? [], origin: .above)
          }
        }
      }
      table.append(Manuscript.Row(line: row.line, cells: cells))
    }
    endTable()
    return blocks
  }
}
