extension Manuscript.Cell {
  /// What the cell lists: its marked paragraphs, each with what follows unmarked; all of it where none is marked.
  var items: [(text: String, isMarked: Bool)] {
    let isList = paragraphs.contains { $0.hasPrefix("- ") || $0.hasPrefix("+ ") }
    guard isList else { return [(text, false)] }
    var items: [(String, Bool)] = []
    for paragraph in paragraphs {
      let isMarked = paragraph.hasPrefix("- ") || paragraph.hasPrefix("+ ")
      if isMarked || items.isEmpty {
        items.append((isMarked ? String(paragraph.dropFirst(2)) : paragraph, isMarked))
      } else {
        items[items.count - 1].0 += " " + paragraph
      }
    }
    return items
  }

  /// What the row goes on with on the next page.
  mutating func add(_ other: Manuscript.Cell) {
    guard let first = other.paragraphs.first else { return }
    if let last = paragraphs.indices.last, !first.hasPrefix("-"), !first.hasPrefix("+") {
      paragraphs[last] += " " + first
      paragraphs += other.paragraphs.dropFirst()
    } else {
      paragraphs += other.paragraphs
    }
  }
}
