import Schema

/// The number that a heading or a row begins with: `Phần I`, `Phần thứ nhất`, `PHỤ LỤC 2`, `A.`, `II.`, `I-`, `2.1.`, `a)`.
struct Numbering: Hashable {
  enum Level: Int, Comparable {
    case appendix, part, roman, decimal, letter

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  let level: Level
  /// As a place names it: `Phụ lục I`, `Phần II`, `II`, `2.1`, `a`.
  let label: String
  /// How deep a decimal number goes: 2 for `2.1`.
  let depth: Int
  let title: String

  init?(_ text: String) {
    guard let first = text.first, first.isLetter || first.isDigit else { return nil }
    let words = text.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
    if let named = Self.named(words, of: text) {
      self = named
      return
    }
    let mark = words[0]
    guard let end = mark.last, ".):,-–/".contains(end) || mark.contains(".") else { return nil }
    // `57-NQ/TW` or `1.000` at the start of a line is no number of a heading; nor is `100%`.
    let core = Self.core(of: mark)
    let label = core.hasSuffix(".") ? core.dropLast() : core
    let rest = String(text.dropFirst(core.count).drop { "):,.-–/ ".contains($0) })
    let sign = mark.dropFirst(core.count)
    guard !label.isEmpty,
      sign.first.map({ "):,".contains($0) || $0.isLetter && core.hasSuffix(".") }) ?? true
        || ["-", "–", "/"].contains(sign),
      core.hasSuffix(".") || mark.count > core.count || label.contains(".")
    else { return nil }
    if Self.isRoman(label) {
      self.init(level: .roman, label: String(label), depth: 1, title: rest)
    } else if Self.isDecimal(label) {
      self.init(
        level: .decimal, label: String(label), depth: label.count { $0 == "." } + 1, title: rest)
    } else if label.count == 1, let letter = label.first, ("A"..."H").contains(letter), mark.count == 2, !rest.isEmpty {
      self.init(level: .part, label: String(label), depth: 1, title: rest)
    } else if label.count == 1, label.first?.isLowercase == true,
      core.hasSuffix(".") || sign.first == ")" || sign.first == ","
    {
      self.init(level: .letter, label: String(label), depth: 1, title: rest)
    } else {
      return nil
    }
  }

  /// The number of `2.1.` and, where no space parts it from the word behind it, of `2.Phòng`.
  private static func core(of mark: Substring) -> Substring {
    if let dot = mark.lastIndex(of: ".") {
      let word = mark[mark.index(after: dot)...]
      if word.count > 1, word.allSatisfy(\.isLetter), !isRoman(word) { return mark[...dot] }
    }
    return mark.prefix { $0.isASCIIWord || $0 == "." }
  }

  private init(level: Level, label: String, depth: Int, title: String) {
    self.level = level
    self.label = label
    self.depth = depth
    self.title = title
  }

  /// `Phụ lục I: …`, `PHỤ LỤC`, `Phần II. …`, `Phần thứ nhất`.
  private static func named(_ words: [Substring], of text: String) -> Numbering? {
    guard words.count >= 1 else { return nil }
    let first = words[0].folded
    if first == "phan", words.count >= 3, words[1].folded == "thu", let number = ordinals[words[2].folded] {
      return Numbering(level: .part, label: "Phần \(number)", depth: 1, title: after(text, words: 3, in: words))
    }
    if first == "phan", words.count >= 2 {
      let label = number(words[1])
      guard isRoman(label[...]) || isDecimal(label[...]) else { return nil }
      return Numbering(level: .part, label: "Phần \(label)", depth: 1, title: after(text, words: 2, in: words))
    }
    guard first == "phu", words.count >= 2, ["luc", "bieu"].contains(where: { words[1].folded.hasPrefix($0) }) else {
      return nil
    }
    // `Phụ lục kèm theo Kế hoạch này` in a sentence is no appendix; its first letter is a capital and a number follows.
    guard words[0].first?.isUppercase == true else { return nil }
    if words.count >= 4, words[2].folded == "so" {
      let label = number(words[3])
      if isRoman(label[...]) || isDecimal(label[...]) {
        return Numbering(
          level: .appendix, label: "Phụ lục \(label)", depth: 1, title: after(text, words: 4, in: words))
      }
    }
    if words.count >= 3, words[1].last != ":" {
      let label = number(words[2])
      if isRoman(label[...]) || isDecimal(label[...]) {
        return Numbering(
          level: .appendix, label: "Phụ lục \(label)", depth: 1, title: after(text, words: 3, in: words))
      }
      guard text.first?.isUppercase == true, words[0].allSatisfy(\.isUppercase) || words[1].last == ":" else {
        return nil
      }
    }
    return Numbering(level: .appendix, label: "Phụ lục", depth: 1, title: after(text, words: 2, in: words))
  }

  private static let ordinals = ["nhat": "I", "hai": "II", "ba": "III", "tu": "IV", "nam": "V", "sau": "VI"]

  private static func number(_ word: Substring) -> String { String(word.prefix { $0.isASCIIWord }) }

  private static func after(_ text: String, words count: Int, in words: [Substring]) -> String {
    let last = words[count - 1]
    return String(text[last.endIndex...].drop { ":.,- ".contains($0) })
  }

  static func isRoman(_ text: Substring) -> Bool {
    !text.isEmpty && text.count <= 6 && text.allSatisfy { "IVXL".contains($0) }
  }

  static func isDecimal(_ text: Substring) -> Bool {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    return (1...4).contains(groups.count)
      && groups.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isDigit) }
  }
}

extension Character {
  /// A letter or digit of ASCII: what numbers of headings are made of.
  fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isDigit) }
}
