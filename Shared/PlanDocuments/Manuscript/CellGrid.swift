/// Puts cells that span rows and columns into their places.
struct CellGrid {
  /// A cell as a file writes it, before it is known which places it takes.
  struct Span {
    let paragraphs: [String]
    var columns = 1
    var rows = 1
  }

  /// No office's table is wider; a span of a million columns is a trap.
  static let widest = 64

  private(set) var rows: [Manuscript.Row] = []
  /// What still hangs down into the next rows, by column.
  private var hanging: [Int: (paragraphs: [String], rows: Int)] = [:]

  mutating func add(_ spans: [Span], line: Int) {
    var cells: [Manuscript.Cell] = []
    takeHanging(into: &cells)
    for span in spans {
      let width = max(1, span.columns)
      for offset in 0..<width where cells.count < Self.widest {
        if span.rows > 1 { hanging[cells.count] = (offset == 0 ? span.paragraphs : [], span.rows - 1) }
        cells.append(offset == 0 ? .init(span.paragraphs) : .init([], origin: .left))
      }
      takeHanging(into: &cells)
    }
    rows.append(Manuscript.Row(line: line, cells: cells))
  }

  private mutating func takeHanging(into cells: inout [Manuscript.Cell]) {
    while let above = hanging[cells.count] {
      hanging[cells.count] = above.rows > 1 ? (above.paragraphs, above.rows - 1) : nil
      cells.append(.init(above.paragraphs, origin: .above))
    }
  }
}
