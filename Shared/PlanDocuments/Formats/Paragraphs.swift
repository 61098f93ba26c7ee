import Schema

/// Joins the lines that a paragraph was broken into.
///
/// A Markdown file has a paragraph a line, the text of a PDF a line a line, with or without blank lines between; where
/// a page ended, a sentence goes on after it. So neither line ends nor blank lines part paragraphs, but what they say.
enum Paragraphs {
  static func join(_ lines: [TextLine]) -> [Manuscript.Block] {
    let lines = lines.filter { !$0.isBlank }.map { TextLine(number: $0.number, text: $0.text.squeezed) }
    let width = usualWidth(lines)
    var blocks: [Manuscript.Block] = []
    var paragraph: (line: Int, text: String)?
    var last = ""
    for line in lines {
      if let open = paragraph, goesOn(line.text, after: last, of: open.text, width: width) {
        // A word or number broken at its hyphen; a dash between words has a space before it.
        let broken = last.hasSuffix("-") && !last.hasSuffix(" -")
        paragraph = (open.line, open.text + (broken ? "" : " ") + line.text)
      } else {
        if let paragraph { blocks.append(.init(line: paragraph.line, content: .paragraph(paragraph.text))) }
        paragraph = (line.number, line.text)
      }
      last = line.text
    }
    if let paragraph { blocks.append(.init(line: paragraph.line, content: .paragraph(paragraph.text))) }
    return blocks
  }

  /// Where a page's lines end, in characters; nil for a file that does not break its lines.
  private static func usualWidth(_ lines: [TextLine]) -> Int? {
    let lengths = lines.map(\.text.count).filter { $0 > 20 }.sorted()
    guard lengths.count >= 10 else { return nil }
    let wide = lengths[lengths.count * 9 / 10]
    return wide <= 130 ? wide : nil
  }

  private static func goesOn(_ text: String, after last: String, of paragraph: String, width: Int?) -> Bool {
    guard !beginsAnew(text), !isAlone(last), let end = last.last, let first = text.first else { return false }
    if last.hasSuffix("-"), !last.hasSuffix(" -"), first.isLetter { return true }
    let full = width.map { last.count * 100 >= $0 * 72 } ?? (last.count > 60)
    if ".;:!?".contains(end) {
      // `của UBND tỉnh; Nghị quyết …` within a broken line goes on; a sentence that ends a full line may do so too.
      return width != nil && full && end != ":" && first.isLowercase
    }
    if first.isLowercase { return true }
    return width != nil && full && !isCapitals(text)
  }

  /// A bullet, a number, a part of the document.
  static func beginsAnew(_ text: String) -> Bool {
    if let first = text.first, "-+–—•*".contains(first) { return true }
    return Numbering(text) != nil || ["don vi tinh", "dvt"].contains { text.folded.trimming("( ").hasPrefix($0) }
  }

  /// A line that never goes on: a motto, a rule, a heading in capitals.
  private static func isAlone(_ text: String) -> Bool { isCapitals(text) && text.count < 60 }

  private static func isCapitals(_ text: String) -> Bool {
    text.contains(where: \.isLetter) && !text.contains(where: \.isLowercase)
  }
}
