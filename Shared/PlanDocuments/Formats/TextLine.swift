import Foundation

/// A line of a text file, with its number in the file.
struct TextLine: Hashable {
  let number: Int
  let text: String

  var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

extension TextLine {
  /// The lines of a text: composed letters, plain spaces, no marks that nobody sees.
  static func lines(of text: String) -> [TextLine] {
    let composed = text.precomposedStringWithCanonicalMapping
    var lines: [TextLine] = []
    var number = 0
    for line in composed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      lines.append(TextLine(number: number, text: visible(line)))
    }
    return lines
  }

  /// What web pages and PDF files put between letters: no-break and thin spaces, zero-width marks, soft hyphens.
  static func visible(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF || $0 < 0x20 }) else {
      return String(text)
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: result.append(scalar)
      case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: result.append(" ")
      case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFFFD, 0..<0x20, 0x7F..<0xA0: break
      case 0xE000...0xF8FF: result.append("-")  // the bullets of Word's Symbol font
      case 0x2022, 0x25AA, 0x25CF, 0x25E6, 0x2043, 0x25A0, 0x2023: result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension StringProtocol {
  /// One line, single spaces, none at the ends.
  var squeezed: String {
    split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).joined(separator: " ")
  }
}
