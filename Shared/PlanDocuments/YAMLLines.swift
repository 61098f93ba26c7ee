import Schema

/// Lines of YAML as people write them: a field a line, nothing where there is no value.
enum YAMLLines {
  static func field(_ name: String, _ value: String?) -> [String] {
    value.map { ["\(name): \(scalar($0))"] } ?? []
  }

  static func list(_ name: String, _ values: [String]) -> [String] {
    // A sign that parts the items of a list must be quoted within one.
    let items = values.map { $0.contains(",") ? quoted($0) : scalar($0) }
    return values.isEmpty ? [] : ["\(name): [\(items.joined(separator: ", "))]"]
  }

  static func offices(_ name: String, _ codes: [Office.Code]) -> [String] {
    codes.count == 1 ? ["\(name): \(codes[0])"] : list(name, codes.map(\.description))
  }

  /// An entry of a list: its first line after a dash.
  static func item(_ lines: [String], by indent: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    return lines.enumerated().map { space + ($0 == 0 ? "- " : "  ") + $1 }
  }

  /// Quoted only where YAML would take the text for something else.
  static func scalar(_ text: String) -> String {
    let isPlain = text.first.map { $0.isLetter || $0.isDigit || "≥≤".contains($0) } ?? false
    let words = ["null", "true", "false", "yes", "no"]
    let isText =
      isPlain && !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":") && !text.hasSuffix(" ")
      && !text.contains(where: { "\"'\\{}[]&*".contains($0) }) && !words.contains(text.lowercased())
    return isText ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
