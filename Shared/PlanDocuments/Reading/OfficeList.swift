import Schema

/// The offices that a cell names, one after another, with commas that part them and commas that do not.
enum OfficeList {
  static func read(_ text: String) -> [OfficeName] {
    var names: [String] = []
    for piece in pieces(of: text) {
      if let last = names.last, goesOn(piece, after: last) {
        names[names.count - 1] = last + ", " + piece
      } else {
        names.append(piece)
      }
    }
    var seen: Set<OfficeName> = []
    return names.compactMap { OfficeName($0) }.filter { seen.insert($0).inserted }
  }

  /// Where the text is parted by signs, and before a name that follows another without any.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    for part in text.split(whereSeparator: { ",;()\n/+".contains($0) }) {
      let words = part.split(separator: " ")
      var piece: [Substring] = []
      for (index, word) in words.enumerated() {
        if !piece.isEmpty, beginsName(words[index...]), !isConnector(words[index - 1]), words[index - 1] != words[index]
        {
          pieces.append(piece.joined(separator: " "))
          piece = []
        }
        piece.append(word)
      }
      pieces.append(piece.joined(separator: " "))
    }
    return pieces.map { $0.trimming("-–. ") }.filter { !$0.isEmpty }
  }

  /// `đơn vị` after `Các cơ quan`, `ban`, `ngành` after `Các phòng`, `trực thuộc UBND xã` after any.
  private static func goesOn(_ piece: String, after last: String) -> Bool {
    let words = piece.folded.split(separator: " ").map(String.init)
    guard let first = words.first else { return true }
    if ["truc", "thuoc", "lien", "tren"].contains(first) { return true }
    let start = last.folded
    // `Phòng Kinh tế, Hạ tầng và Đô thị` is one of the catalogue's.
    if start.hasPrefix("phong "), OfficeCatalogue.standard.knows(last + ", " + piece) { return true }
    // `Sở Văn hóa, Thể thao và Du lịch`: what follows a department's comma begins no name.
    if start.hasPrefix("so ") || start.hasPrefix("bo "),
      !OfficeList.beginsName(piece.withCapital.split(separator: " ")[...])
    {
      return !["vnpt", "viettel", "mobifone", "ubnd"].contains(first)
    }
    guard start.hasPrefix("cac ") || start.hasPrefix("thu truong") || start.hasPrefix("lanh dao") else { return false }
    return piece.first?.isLowercase == true && generic.contains { words.starts(with: $0) }
      && !words.starts(with: ["cac"])
      || words == ["ban"] || words == ["nganh"] || words == ["trung", "tam"]
  }

  private static let generic: [[String]] = [
    ["don", "vi"], ["ban"], ["nganh"], ["trung", "tam"], ["doan", "the"], ["to", "chuc"], ["co", "quan"], ["phong"],
    ["xom"], ["khu"], ["ban", "nganh"], ["don", "vi"],
  ]

  static func isConnector(_ word: Substring) -> Bool {
    ["cac", "va", "thuoc", "cua", "voi", "qua", "tu", "do", "giao", "van", "phong"].contains(word.folded)
      || word.hasSuffix("-")
      || ["–", "-", "&"].contains(word)
  }

  /// Whether these words begin an office's name, as a capital and a word that only offices begin with tell.
  static func beginsName(_ words: ArraySlice<Substring>) -> Bool {
    guard let first = words.first, first.first?.isUppercase == true else { return false }
    guard let seconds = heads[first.folded.prefixWord] else { return false }
    return seconds.isEmpty || words.dropFirst().first.map { seconds.contains($0.folded.prefixWord) } ?? false
  }

  /// First words, and the second words that they need; none where any will do.
  private static let heads: [String: Set<String>] = [
    "phong": [], "cac": [], "mttq": [], "ubmttq": [], "so": [], "tram": ["y"], "van": ["phong"], "trung": ["tam"],
    "cong": ["an"], "uy": ["ban"], "to": ["cong", "chuyen", "cds", "cnscd", "de"], "hoi": [], "doan": [],
    "ngan": ["hang"], "buu": ["dien"], "vien": ["thong"], "truong": ["tieu", "thcs", "mam", "th", "thpt"],
    "dang": ["uy"], "bao": ["hiem"], "chi": ["cuc", "nhanh"], "doanh": ["nghiep"],
    "ban": ["chi", "quan", "chqs"], "dai": ["truyen"], "htx": [], "lanh": ["dao"],
  ]

  /// Whether a stretch of words could be nothing but offices.
  static func isOffices(_ words: ArraySlice<Substring>) -> Bool {
    var known = 0
    var all = 0
    for word in words.flatMap({ $0.folded.split(separator: " ") }) {
      all += 1
      if vocabulary.contains(word) { known += 1 }
    }
    return all > 0 && known * 10 >= all * 9
  }

  private static let vocabulary: Set<Substring> = Set(
    """
    phong van hoa xa hoi kinh te trung tam phuc vu hanh chinh cong cac co quan don vi ban nganh thon xom to chuyen doi \
    so cong dong nghe doanh nghiep vien thong tram y an ngan hang nha nuoc chi nhanh khu vuc mttq va chuc doan the truc \
    thuoc ubnd hdnd dang uy truong hoc sở tren dia ban hoi nong dan phu nu thanh nien cuu chien binh lien quan vh xh kt \
    pvhcc hcc vp tt ca phuong dac bao hiem buu dien dai truyen thanh cd cds quoc mat tran su bo huy tai chinh khoa tư \
    phap dat giao duc dao tao lanh chu tich truong phan nhom hop tac htx tinh thi bien kho bac thue cuc quan ly du an \
    ttpvhcc vhxh khcn cn kh ubmttq vnpt viettel cnscd
    """.split(separator: " "))
}

extension String {
  fileprivate var prefixWord: String { String(prefix { $0 != " " }) }
}
