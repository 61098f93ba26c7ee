extension StringProtocol {
  /// The text as people type it in a hurry: lower case, no accents, `đ` as `d`, runs of anything else as one space.
  ///
  /// For finding and comparing names, never for showing them. Both tone placements (`hoá`, `hóa`) and both Unicode
  /// forms (NFC, NFD) fold to the same text.
  public var folded: String {
    var result = ""
    result.reserveCapacity(utf8.count)
    var gap = false
    for scalar in unicodeScalars {
      switch Folds.table[scalar] {
      case Folds.nothing: break
      case Folds.gap: gap = !result.isEmpty
      case Folds.rare:
        for lower in scalar.properties.lowercaseMapping.unicodeScalars where !Folds.isMark(lower) {
          guard lower.properties.isAlphabetic else {
            gap = !result.isEmpty
            continue
          }
          if gap { result.append(" ") }
          gap = false
          result.unicodeScalars.append(lower)
        }
      case let letter:
        if gap { result.append(" ") }
        gap = false
        result.unicodeScalars.append(Unicode.Scalar(letter))
      }
    }
    return result
  }
}

/// What each character of Vietnamese folds to, looked up instead of worked out: a document is folded thousands of times.
private enum Folds {
  static let rare: UInt8 = 0
  static let nothing: UInt8 = 1
  static let gap: UInt8 = 2

  struct Table: Sendable {
    private var folds = [UInt8](repeating: rare, count: 0x1F00)

    subscript(scalar: Unicode.Scalar) -> UInt8 {
      scalar.value < 0x1F00 ? folds[Int(scalar.value)] : rare
    }

    init() {
      for value in 0..<0x80 { folds[value] = gap }
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { folds[Int(digit)] = digit }
      for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
        folds[Int(letter)] = letter
        folds[Int(letter) - 0x20] = letter
      }
      for mark in 0x300...0x36F { folds[mark] = nothing }
      let forms: [(UInt8, String)] = [
        (UInt8(ascii: "a"), "àáảãạăằắẳẵặâầấẩẫậ"), (UInt8(ascii: "e"), "èéẻẽẹêềếểễệ"), (UInt8(ascii: "i"), "ìíỉĩị"),
        (UInt8(ascii: "o"), "òóỏõọôồốổỗộơờớởỡợ"), (UInt8(ascii: "u"), "ùúủũụưừứửữự"), (UInt8(ascii: "y"), "ỳýỷỹỵ"),
        (UInt8(ascii: "d"), "đ"),
      ]
      for (base, letters) in forms {
        for form in (letters + letters.uppercased()).unicodeScalars { folds[Int(form.value)] = base }
      }
    }
  }

  static let table = Table()

  static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }
}
