import Glibc
import Schema

/// Rows for people to read, or for a spreadsheet.
struct Table {
  struct Column {
    var title: Text
    /// Set to the right.
    var isNumber = false
    /// May be cut where the terminal is too narrow.
    var isLong = false
  }

  /// What stands in a cell: for people, and for a spreadsheet that goes on calculating.
  struct Cell: ExpressibleByStringInterpolation {
    let shown: String
    let raw: String
    let isNumber: Bool

    init(stringLiteral text: String) { self.init(text) }

    init(_ text: String) {
      shown = text.withoutControls
      raw = text
      isNumber = false
    }

    init(_ number: some BinaryInteger, shown: String? = nil) {
      raw = String(number)
      self.shown = shown ?? raw
      isNumber = true
    }

    /// Empty for no money at all.
    init(_ money: Money?) {
      raw = money.map { String($0.dong) } ?? ""
      shown = money?.written ?? ""
      isNumber = true
    }
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func add(_ cells: Cell...) { add(cells) }

  mutating func add(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a cell for each column")
    rows.append(cells)
  }

  /// Aligned with spaces; on a terminal, cut to its width.
  func lines(_ language: Language, width: Int? = Table.terminalWidth) -> [String] {
    let header = columns.map { $0.title(language) }
    let texts = rows.map { $0.map(\.shown) }
    var widths = columns.indices.map { column in ([header] + texts).map { $0[column].count }.max() ?? 0 }
    if let width, let long = columns.firstIndex(where: \.isLong) {
      let others = widths.reduce(0, +) - widths[long] + 2 * (columns.count - 1)
      widths[long] = min(widths[long], max(12, width - others))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([header, rule] + texts).map { cells in
      zip(columns, zip(cells, widths)).map { column, cell in
        Self.fit(cell.0, to: cell.1, right: column.isNumber)
      }.joined(separator: "  ").trimmingTrailingSpaces()
    }
  }

  /// RFC 4180, with a byte-order mark, without which spreadsheets take Vietnamese for something else.
  func csv(_ language: Language) -> [String] {
    let header = columns.map { Self.quoted($0.title(language)) }.joined(separator: ",")
    return ["\u{FEFF}" + header] + rows.map { $0.map(Self.field).joined(separator: ",") }
  }

  private static func field(_ cell: Cell) -> String {
    // A spreadsheet would run such a text as a formula.
    let isFormula =
      !cell.isNumber && cell.raw.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true
    return quoted(isFormula ? "'" + cell.raw : cell.raw)
  }

  private static func quoted(_ text: String) -> String {
    // By scalars: the two of a line's end are one character, which is neither of them.
    text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) })
      ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  private static func fit(_ text: String, to width: Int, right: Bool) -> String {
    guard text.count <= width else { return text.prefix(max(1, width - 1)) + "…" }
    let space = String(repeating: " ", count: width - text.count)
    return right ? space + text : text + space
  }

  /// Nil when standard output is no terminal.
  static var terminalWidth: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
