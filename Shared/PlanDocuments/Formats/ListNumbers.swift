/// The numbers that Word writes before the paragraphs of a list; a document's text does not hold them.
final class ListNumbers: XMLHandler {
  private struct Level {
    var format = "decimal"
    var pattern = ""
    var start = 1
  }

  private var levels: [String: [Int: Level]] = [:]
  private var lists: [String: String] = [:]
  private var counters: [String: [Int: Int]] = [:]
  private var open: (kind: String, id: String)?
  private var level: Int?

  func begin(_ name: String, _ attributes: [String: String]) throws(UnreadableDocument) {
    let value = attributes["val"] ?? ""
    switch name {
    case "abstractNum": open = ("abstract", attributes["abstractNumId"] ?? "")
    case "num": open = ("list", attributes["numId"] ?? "")
    case "abstractNumId": if let open, open.kind == "list" { lists[open.id] = value }
    case "lvl": level = Int(attributes["ilvl"] ?? "")
    case "numFmt": change { $0.format = value }
    case "lvlText": change { $0.pattern = value }
    case "start": change { $0.start = Int(value) ?? 1 }
    default: break
    }
  }

  func end(_ name: String) throws(UnreadableDocument) {
    if name == "lvl" { level = nil }
    if name == "abstractNum" || name == "num" { open = nil }
  }

  func text(_ text: String) {}

  private func change(_ change: (inout Level) -> Void) {
    guard let open, open.kind == "abstract", let level else { return }
    change(&levels[open.id, default: [:]][level, default: Level()])
  }

  /// The mark of the next paragraph of a list, such as `1.2.` or `-`; empty for a list that has none.
  func next(_ list: String, level: Int) -> String {
    guard let kind = lists[list], let own = levels[kind]?[level] else { return "" }
    guard own.format != "bullet" else { return "-" }
    guard own.format != "none" else { return "" }
    var counts = counters[list] ?? [:]
    counts[level] = (counts[level] ?? own.start - 1) + 1
    for deeper in counts.keys where deeper > level { counts[deeper] = nil }
    counters[list] = counts
    var mark = own.pattern
    for place in 0...8 where mark.contains("%\(place + 1)") {
      let format = levels[kind]?[place]?.format ?? "decimal"
      let count = counts[place] ?? levels[kind]?[place]?.start ?? 1
      mark = mark.replacing("%\(place + 1)", with: Self.written(count, format))
    }
    return mark
  }

  private static func written(_ number: Int, _ format: String) -> String {
    switch format {
    case "upperRoman": roman(number)
    case "lowerRoman": roman(number).lowercased()
    case "lowerLetter": letter(number).lowercased()
    case "upperLetter": letter(number)
    case "decimalZero": number < 10 ? "0\(number)" : "\(number)"
    default: "\(number)"
    }
  }

  private static func letter(_ number: Int) -> String {
    String(UnicodeScalar(UInt8(65 + (max(1, number) - 1) % 26)))
  }

  private static func roman(_ number: Int) -> String {
    guard (1...3999).contains(number) else { return "\(number)" }
    var rest = number
    var text = ""
    for (value, sign) in [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
      (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ] {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }
}
