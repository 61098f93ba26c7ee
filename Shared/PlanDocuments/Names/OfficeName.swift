import Schema

/// An office as a plan's cell names it, and the code by which its spellings are one: `Phòng VH-XH`, `Phòng VHXH` and
/// `Phòng Văn hoá – Xã hội` are the same office.
struct OfficeName: Hashable {
  /// Of the catalogue where the name is another spelling of one of its offices, else made of the name's own words.
  let code: Office.Code
  /// The catalogue's name where this one only abbreviates it, else as printed.
  let shown: String

  /// As the document spells it, its commune left out.
  let printed: String
  /// The catalogue's name that it was taken for though it is no spelling known of it.
  let guessed: String?

  static func == (left: OfficeName, right: OfficeName) -> Bool { left.code == right.code }
  func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Nil where no word is left to name anyone.
  init?(_ written: String, among catalogue: OfficeCatalogue = .standard) {
    printed = Self.withoutCommune(written.trimming(".,;:…()- ").squeezed)
    let wording = Wording(printed)
    if case .same(let entry, let score) = catalogue.match(printed), score >= Self.spelling {
      code = entry.code
      // `Công an phường` has the words of `Công an xã`, and is no commune's.
      let isOurs = Wording(entry.name.vi) == wording && !printed.folded.hasSuffix(" phuong")
      shown = isOurs ? entry.name.vi : printed.withCapital
      guessed = score < 1 ? entry.name.vi : nil
    } else if let code = Self.code(of: wording) {
      self.code = code
      shown = printed.withCapital
      guessed = nil
    } else {
      return nil
    }
  }

  /// One damaged word of four at most: `Hội Phụ nữ` is near `Hội Nông dân`, and another office.
  private static let spelling = 0.94

  /// The commune that an office belongs to is the plan's own: `Công an xã Giao An` is `Công an xã`.
  private static func withoutCommune(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard let kind = words.lastIndex(where: { ["xa", "phuong"].contains($0.folded) }), kind > 1,
      words.indices.contains(kind + 1), words.count - kind <= 4, words[kind + 1].first?.isUppercase == true,
      words[(kind + 1)...].allSatisfy({ $0.first?.isLetter == true }), words[kind + 1].folded != "hoi"
    else { return name }
    return words[...kind].joined(separator: " ")
  }

  private static func code(of wording: Wording) -> Office.Code? {
    var slug = ""
    for word in wording.words {
      let ascii = word.filter { $0.isASCII && ($0.isLetter || $0.isDigit) }
      guard slug.count + ascii.count < 46 else { break }
      if !ascii.isEmpty { slug += (slug.isEmpty ? "" : "-") + ascii }
    }
    return slug.isEmpty ? nil : Office.Code(slug) ?? "co-quan"
  }
}

extension StringProtocol {
  func trimming(_ characters: String) -> String {
    var text = Substring(self)
    while let first = text.first, characters.contains(first) { text.removeFirst() }
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return String(text)
  }

  var withCapital: String { prefix(1).uppercased() + dropFirst() }
}
