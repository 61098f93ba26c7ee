extension BudgetEntry {
  /// What a reference names, however it was typed: the same for `UNC 15`, `unc15`, and one that was copied out of a
  /// spreadsheet with a space that does not break. Points and strokes stay: `1/15` is not `11/5`.
  public static func paper(_ reference: String) -> String {
    var paper = ""
    for character in reference where !character.unicodeScalars.allSatisfy(\.isUnseen) {
      let letter = String(character).folded
      paper += letter.isEmpty ? String(character) : letter
    }
    return paper
  }
}

extension Unicode.Scalar {
  fileprivate var isUnseen: Bool { properties.isWhitespace || properties.isDefaultIgnorableCodePoint }
}
