import Glibc
import Schema

/// Rows for people to read, or for a spreadsheet.
struct Table {
  struct Column {
    var title: Text
    var isNumber = false
    /// May be cut where the terminal is too narrow.
    var isLong = false
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func add(_ cells: String...) {
    precondition(cells.count == columns.count, "a cell for each column")
    rows.append(cells)
  }

  /// Aligned with spaces; on a terminal, cut to its width.
  func lines(_ language: Language, width: Int? = Table.terminalWidth) -> [String] {
    let header = columns.map { $0.title(language) }
    var widths = columns.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    if let width, let long = columns.firstIndex(where: \.isLong) {
      let others = widths.reduce(0, +) - widths[long] + 2 * (columns.count - 1)
      widths[long] = min(widths[long], max(12, width - others))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([header, rule] + rows).map { cells in
      zip(columns, zip(cells, widths)).map { column, cell in
        Self.fit(cell.0, to: cell.1, right: column.isNumber)
      }.joined(separator: "  ").trimmingTrailingSpaces()
    }
  }

  /// RFC 4180.
  func csv(_ language: Language) -> [String] {
    ([columns.map { $0.title(language) }] + rows).map { cells in
      cells.map { cell in
        cell.contains(where: { ",\"\n\r".contains($0) }) ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }.joined(separator: ",")
    }
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
