/// A document as it stands on paper, whatever file it came in: paragraphs and tables in their order.
///
/// Nothing is understood here. A list item keeps its mark (`- `), a numbered heading its number.
public struct Manuscript: Hashable, Sendable {
  public var blocks: [Block]

  public init(blocks: [Block]) { self.blocks = blocks }

  public struct Block: Hashable, Sendable {
    /// From 1: the line of a text file, the paragraph of a Word file.
    public let line: Int
    public let content: Content

    public init(line: Int, content: Content) {
      self.line = line
      self.content = content
    }
  }

  public enum Content: Hashable, Sendable {
    case paragraph(String)
    case table(Table)
  }
}

extension Manuscript {
  /// A table whose merged cells are resolved: every row has as many cells as the widest.
  public struct Table: Hashable, Sendable {
    public private(set) var rows: [Row]
    /// The lines of a text that had lost the table's columns; which cell is which was inferred. Nil for a table that kept them.
    public let inferredFrom: ClosedRange<Int>?

    public init(rows: [Row], inferredFrom lines: ClosedRange<Int>? = nil) {
      inferredFrom = lines
      let width = rows.map(\.cells.count).max() ?? 0
      self.rows = rows.map { row in
        var row = row
        row.cells += Array(repeating: Cell(), count: width - row.cells.count)
        return row
      }
    }
  }

  public struct Row: Hashable, Sendable {
    public let line: Int
    public var cells: [Cell]

    public init(line: Int, cells: [Cell]) {
      self.line = line
      self.cells = cells
    }
  }

  /// A cell's paragraphs; an item of a list within the cell is one of them, with its mark.
  public struct Cell: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
      case own
      /// Merged with the cell above: its text holds for this row too.
      case above
      /// Merged with the cell to the left, whose text is not repeated here.
      case left
    }

    public var paragraphs: [String]
    public var origin: Origin

    public init(_ paragraphs: [String] = [], origin: Origin = .own) {
      self.paragraphs = paragraphs
      self.origin = origin
    }

    public var text: String { paragraphs.joined(separator: " ") }
    public var isEmpty: Bool { paragraphs.isEmpty }
  }
}
