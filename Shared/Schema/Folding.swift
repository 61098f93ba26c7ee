extension String {
  /// The text as people type it in a hurry: lower case, no accents, `đ` as `d`, runs of anything else as one space.
  ///
  /// For finding and comparing names, never for showing them. Both tone placements (`hoá`, `hóa`) and both Unicode
  /// forms (NFC, NFD) fold to the same text.
  public var folded: String {
    var result = ""
    var gap = false
    for scalar in lowercased().unicodeScalars where !(0x300...0x36F).contains(scalar.value) {
      let base = Self.bases[scalar] ?? scalar
      if base.properties.isAlphabetic || ("0"..."9").contains(base) {
        if gap, !result.isEmpty { result.unicodeScalars.append(" ") }
        gap = false
        result.unicodeScalars.append(base)
      } else {
        gap = true
      }
    }
    return result
  }

  private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
    let letters: [Unicode.Scalar: String] = [
      "a": "àáảãạăằắẳẵặâầấẩẫậ", "e": "èéẻẽẹêềếểễệ", "i": "ìíỉĩị", "o": "òóỏõọôồốổỗộơờớởỡợ",
      "u": "ùúủũụưừứửữự", "y": "ỳýỷỹỵ", "d": "đ",
    ]
    var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (base, forms) in letters { for form in forms.unicodeScalars { bases[form] = base } }
    return bases
  }()
}
