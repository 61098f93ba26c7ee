import Schema

/// Lines of two columns, such as the letterhead or recipients beside a signature: the left ones, then the right ones.
enum SideBySide {
  static func apart(_ lines: [TextLine]) -> [TextLine] {
    var result: [TextLine] = []
    var index = 0
    while index < lines.count {
      guard let (_, _, edge) = halves(lines[index].text) else {
        result.append(lines[index])
        index += 1
        continue
      }
      var (left, right): ([TextLine], [TextLine]) = ([], [])
      var blanks = 0
      while index < lines.count, blanks < 4 {
        let line = lines[index]
        let text = line.text.trimming(" ")
        let start = line.text.prefix { $0 == " " }.count
        blanks += 1
        if let (first, second, _) = halves(line.text) {
          left.append(TextLine(number: line.number, text: first))
          right.append(TextLine(number: line.number, text: second))
          blanks = 0
        } else if !text.isEmpty, start * 3 >= edge * 2 {
          right.append(TextLine(number: line.number, text: text))
          blanks = 0
        } else if let mark = text.first, "-–+".contains(mark), line.text.count < edge {
          left.append(TextLine(number: line.number, text: text))
          blanks = 0
        } else if !text.isEmpty {
          break
        }
        index += 1
      }
      result += left + [TextLine(number: left[0].number, text: "")] + right
    }
    return result
  }

  /// What is wider than the gaps of a justified line.
  private static let gap = 6
  /// Nothing is set to the right of less: `Số:      /KH-UBND` leaves room for a number.
  private static let narrowest = 30

  /// The line's halves on both sides of its widest gap, and where the second begins.
  private static func halves(_ line: String) -> (left: String, right: String, edge: Int)? {
    guard line.utf8.contains(UInt8(ascii: " ")), !line.utf8.contains(UInt8(ascii: "|")) else { return nil }
    let pieces = AlignedColumns.pieces(of: line, gap: gap)
    let widest = pieces.indices.dropFirst().max { gap(before: $0, pieces) < gap(before: $1, pieces) }
    guard let widest, pieces[widest].range.lowerBound >= narrowest else { return nil }
    let left = pieces[..<widest].map(\.text).joined(separator: " ")
    guard !["ngay", "thang", "nam", "so"].contains(left.split(separator: " ").last?.folded) else { return nil }
    return (left, pieces[widest...].map(\.text).joined(separator: " "), pieces[widest].range.lowerBound)
  }

  private static func gap(before index: Int, _ pieces: [AlignedColumns.Piece]) -> Int {
    pieces[index].range.lowerBound - pieces[index - 1].range.upperBound
  }
}
