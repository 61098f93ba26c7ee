/// Takes the marks of Markdown, HTML and formulas out of a line and leaves what a reader sees.
enum Markup {
  static func plain(_ line: String) -> String {
    var text = line
    if text.utf8.contains(UInt8(ascii: "\\")) { text = withoutEscapes(text) }
    if text.utf8.contains(UInt8(ascii: "$")), text.utf8.count(where: { $0 == UInt8(ascii: "$") }) % 2 == 0 {
      text.removeAll { $0 == "$" }
    }
    if text.utf8.contains(UInt8(ascii: "<")) { text = withoutTags(text) }
    if text.utf8.contains(UInt8(ascii: "&")) { text = withoutEntities(text) }
    if text.utf8.contains(UInt8(ascii: "*")) { text = withoutStars(text) }
    let unmarked = text.drop { $0 == " " }
    if unmarked.hasPrefix("#") {
      let title = unmarked.drop { $0 == "#" }
      if title.isEmpty || title.hasPrefix(" ") { text = String(title) }
    }
    return text
  }

  /// Formulas and escaped punctuation.
  private static func withoutEscapes(_ text: String) -> String {
    var text = text
    for (formula, sign) in formulas where text.contains(formula) { text = text.replacing(formula, with: sign) }
    var result = ""
    var escaped = false
    for character in text {
      if escaped || character != "\\" { result.append(character) }
      escaped = character == "\\" && !escaped
    }
    return result
  }

  private static let formulas = [
    ("\\geqslant", "≥"), ("\\geq", "≥"), ("\\ge", "≥"), ("\\leqslant", "≤"), ("\\leq", "≤"), ("\\le", "≤"),
    ("\\times", "x"), ("\\text", ""),
  ]

  /// Tags go, addresses in angle brackets stay; `<` before a number is a comparison.
  private static func withoutTags(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      let after = rest[rest.index(after: open)...]
      guard let first = after.first, first.isLetter || first == "/" || first == "!",
        let close = after.firstIndex(of: ">")
      else {
        result.append("<")
        rest = after
        continue
      }
      let tag = after[..<close]
      if tag.contains("://") || tag.contains("@") { result += tag } else if isBreak(tag) { result += " " }
      rest = after[after.index(after: close)...]
    }
    return result + rest
  }

  private static func isBreak(_ tag: Substring) -> Bool { tag.lowercased().hasPrefix("br") }

  static func withoutEntities(_ text: String) -> String {
    var text = text
    for (entity, sign) in entities where text.contains(entity) { text = text.replacing(entity, with: sign) }
    return text
  }

  /// `&amp;` last, so that what it escapes stays escaped once.
  private static let entities = [
    ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&ge;", "≥"), ("&le;", "≤"), ("&quot;", "\""), ("&#39;", "'"),
    ("&apos;", "'"), ("&ndash;", "–"), ("&mdash;", "—"), ("&hellip;", "…"), ("&amp;", "&"),
  ]

  /// Stars that mark emphasis; one between spaces multiplies, one that begins a line is a list's mark.
  private static func withoutStars(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let star = rest.firstIndex(of: "*") {
      result += rest[..<star]
      let marks = rest[star...].prefix { $0 == "*" }
      rest = rest[marks.endIndex...]
      let before = result.last ?? " "
      let after = rest.first ?? " "
      if before != " ", after != " ", marks.count > 1, before.isLetter, after.isLetter || after == "(" {
        // `PHỤ LỤC**Danh mục**`: a converter lost the line's end.
        result += " "
      } else if before == " ", after == " ", marks.count == 1, !rest.isEmpty {
        result += result.allSatisfy { $0 == " " } ? "-" : "*"
      }
    }
    return result + rest
  }
}
