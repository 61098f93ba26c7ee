import Schema

/// A table whose columns are kept by spaces, as `pdftotext -layout` and typists leave it: what stands below a heading is its column's.
struct AlignedColumns {
  /// Words without a wide gap, and where they stand in their line.
  struct Piece {
    let text: String
    let range: Range<Int>
  }

  /// The table, its headings as its first row.
  let table: Manuscript.Table
  /// The line after it.
  let end: Int

  private let heading: [String]
  private var columns: [Range<Int>]

  /// Nil unless the headings of a plan's table and its first row stand here.
  init?(_ lines: [TextLine], from start: Int) {
    guard let letter = lines[start].text.first(where: { $0 != " " }), "TS".contains(letter) else { return nil }
    let head = Self.pieces(of: lines[start].text)
    guard head.count >= 4, ["tt", "stt", "so tt"].contains(head[0].text.folded) else { return nil }
    guard let first = lines[start...].prefix(8).dropFirst().firstIndex(where: { Self.beginsRow($0.text, head[0]) })
    else { return nil }
    columns = head.map(\.range)
    var headings = head.map(\.text)
    for piece in lines[(start + 1)..<first].flatMap({ Self.pieces(of: $0.text) }) {
      guard let column = Self.column(of: piece.range, in: columns) else { return nil }
      headings[column] += " " + piece.text
      columns[column] =
        min(
          columns[column].lowerBound, piece.range.lowerBound)..<max(
          columns[column].upperBound, piece.range.upperBound)
    }
    guard Header.columns(headings) != nil else { return nil }
    heading = lines[start..<first].map(\.text.squeezed).filter { !$0.isEmpty }

    var rows = [Manuscript.Row(line: lines[start].number, cells: headings.map { .init([$0]) })]
    var index = first
    var last = first
    while index < lines.count, index - last < 6 {
      let line = lines[index]
      let past = Self.pastHeading(heading, lines, at: index)
      if let past {
        index = past
        last = past
        continue
      }
      index += 1
      guard !line.isBlank else { continue }
      let pieces = Self.parted(Self.pieces(of: line.text), at: columns)
      if Self.isOutside(pieces, columns) { break }
      var cells = Array(repeating: Manuscript.Cell(), count: columns.count)
      for piece in pieces {
        guard let column = Self.column(of: piece.range, in: columns) else { continue }
        cells[column] = .init([(cells[column].paragraphs + [piece.text]).joined(separator: " ")])
      }
      if Self.beginsRow(line.text, head[0]) || Self.isTotal(pieces) {
        rows.append(Manuscript.Row(line: line.number, cells: cells))
      } else {
        for column in cells.indices where !cells[column].isEmpty {
          let above = rows[rows.count - 1].cells[column]
          rows[rows.count - 1].cells[column] = .init([(above.paragraphs + [cells[column].text]).joined(separator: " ")])
        }
      }
      last = index
    }
    table = Manuscript.Table(rows: rows, inferredFrom: lines[start].number...lines[last - 1].number)
    end = last
  }

  /// The parts of a line that two spaces or more keep apart.
  static func pieces(of line: String, gap: Int = 2) -> [Piece] {
    let letters = Array(line)
    var pieces: [Piece] = []
    var start: Int?
    var index = 0
    while index <= letters.count {
      let spaces = letters[index...].prefix { $0 == " " }.count
      if let begun = start, index == letters.count || spaces >= gap || index + spaces == letters.count {
        pieces.append(Piece(text: String(letters[begun..<index]), range: begun..<index))
        start = nil
      } else if start == nil, index < letters.count, letters[index] != " " {
        start = index
      }
      index += max(1, start == nil ? spaces : min(spaces, 1))
    }
    return pieces
  }

  /// A number under the first heading: `1`, `2.`, `II`.
  private static func beginsRow(_ line: String, _ head: Piece) -> Bool {
    guard let first = pieces(of: line).first, first.range.lowerBound <= head.range.upperBound else { return false }
    let number = first.text.prefix { $0 != " " }.trimming(".)")
    return number.count <= 4 && (Int(number) != nil || Numbering.isRoman(number[...]))
  }

  private static func isTotal(_ pieces: [Piece]) -> Bool {
    // With its accents: `Công` may be the first word of `Công an xã`.
    pieces.first.map { ["tổng", "cộng", "tổng cộng", "tổng số"].contains($0.text.lowercased().trimming(":. ")) }
      ?? false
  }

  /// The column that the words stand under, else the nearest.
  private static func column(of range: Range<Int>, in columns: [Range<Int>]) -> Int? {
    let overlaps = columns.map { $0.clamped(to: range).count }
    if let most = overlaps.max(), most > 0 { return overlaps.firstIndex(of: most) }
    return columns.indices.min { distance(range, columns[$0]) < distance(range, columns[$1]) }
  }

  private static func distance(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    max(left.lowerBound - right.upperBound, right.lowerBound - left.upperBound)
  }

  /// Where a cell is full, one space alone parts it from the next, which begins where its column does.
  private static func parted(_ pieces: [Piece], at columns: [Range<Int>]) -> [Piece] {
    pieces.flatMap { piece -> [Piece] in
      let letters = Array(piece.text)
      let starts = columns.map(\.lowerBound).filter { start in
        let offset = start - piece.range.lowerBound
        return offset > 0 && offset < letters.count && letters[offset - 1] == " "
      }
      var parts: [Piece] = []
      var from = piece.range.lowerBound
      for to in starts + [piece.range.upperBound] {
        let text = String(letters[(from - piece.range.lowerBound)..<(to - piece.range.lowerBound)])
        parts.append(Piece(text: text.squeezed, range: from..<(to - (to == piece.range.upperBound ? 0 : 1))))
        from = to
      }
      return parts
    }
  }

  /// A heading, a sentence, a signature: what runs over three columns, or over two from the first.
  private static func isOutside(_ pieces: [Piece], _ columns: [Range<Int>]) -> Bool {
    guard pieces.count == 1, let piece = pieces.first else { return false }
    if let numbering = Numbering(piece.text), numbering.level <= .part { return true }
    return columns.count { $0.overlaps(piece.range) } >= 3 || piece.text.folded.hasPrefix("noi nhan")
  }

  /// The line after the headings that a page repeats, with the page's number above them.
  private static func pastHeading(_ heading: [String], _ lines: [TextLine], at index: Int) -> Int? {
    var index = index
    if let number = Int(lines[index].text.squeezed), number < 1000 {
      guard let next = lines[(index + 1)...].prefix(6).firstIndex(where: { !$0.isBlank }) else { return nil }
      index = next
    }
    for words in heading {
      while index < lines.count, lines[index].isBlank { index += 1 }
      guard index < lines.count, lines[index].text.squeezed == words else { return nil }
      index += 1
    }
    return index
  }
}
