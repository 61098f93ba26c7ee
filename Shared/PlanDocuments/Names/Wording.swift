import Schema

/// A name as words to compare: no accents, abbreviations written out, words that say nothing left out.
///
/// `Tỷ lệ TTHC cung cấp DVC trực tuyến` and `Thủ tục hành chính cung cấp dịch vụ công trực tuyến` have the same words. What scanners
/// confuse (`VNelD`, `VNeID`) is one letter here. For comparing only, never for showing.
struct Wording: Hashable, Sendable {
  /// In the order of the name; none twice.
  let words: [String]
  /// Words with a digit: `5g` is not `6g`, however like the rest is.
  let numbered: Set<String>

  init(_ name: String) {
    var words = name.folded.split(separator: " ").flatMap { Self.written[String($0)] ?? [String($0)] }
    for phrase in Self.phrases { words = words.removing(phrase) }
    var seen: Set<String> = []
    let telling = words.filter { !Self.silent.contains($0) }
    self.words = (telling.isEmpty ? words : telling).map(Self.canonical).filter { seen.insert($0).inserted }
    numbered = Set(self.words.filter { $0.contains(where: \.isDigit) })
  }

  /// From 0, nothing in common, to 1, the same words: the share of words that have a counterpart. Symmetric.
  func score(against other: Wording) -> Double {
    guard !words.isEmpty, !other.words.isEmpty else { return words == other.words ? 1 : 0 }
    if isOfOtherNumber(than: other) { return 0 }
    let found = matched(in: other) + other.matched(in: self)
    return found / Double(words.count + other.words.count)
  }

  /// How much of the shorter name stands in the longer one: officials print `… trong năm`, `… trên tổng số …` behind a name.
  func coverage(of other: Wording) -> Double {
    guard !words.isEmpty, !other.words.isEmpty, !isOfOtherNumber(than: other) else { return 0 }
    let (short, long) = words.count <= other.words.count ? (self, other) : (other, self)
    return short.matched(in: long) / Double(short.words.count)
  }

  private func isOfOtherNumber(than other: Wording) -> Bool {
    !numbered.isEmpty && !other.numbered.isEmpty && numbered.isDisjoint(with: other.numbered)
  }

  private func matched(in other: Wording) -> Double {
    let exact = Set(other.words)
    return words.reduce(0) { sum, word in
      if exact.contains(word) { return sum + 1 }
      return other.words.contains { Self.isNear(word, $0) } ? sum + Self.nearness : sum
    }
  }

  /// What a damaged word is worth beside a sound one.
  private static let nearness = 0.8

  /// One letter lost, added or misread; short words and numbers must be equal.
  private static func isNear(_ left: String, _ right: String) -> Bool {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    guard min(a.count, b.count) >= 4, abs(a.count - b.count) <= 1 else { return false }
    guard !left.contains(where: \.isDigit), !right.contains(where: \.isDigit) else { return false }
    let start = zip(a, b).prefix { $0 == $1 }.count
    let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return start + end >= max(a.count, b.count) - 1
  }

  /// `01` is `1`; `vneld` is `vneid`: a scanner takes l for i in words, never in numbers.
  private static func canonical(_ word: String) -> String {
    if word.allSatisfy(\.isDigit) { return word.drop { $0 == "0" }.isEmpty ? "0" : String(word.drop { $0 == "0" }) }
    return word.contains(where: \.isDigit) ? word : word.replacing("l", with: "i")
  }

  /// Abbreviations as the offices use them.
  private static let written: [String: [String]] = [
    "tthc": ["thu", "tuc", "hanh", "chinh"], "dvc": ["dich", "vu", "cong"],
    "dvctt": ["dich", "vu", "cong", "truc", "tuyen"],
    "cntt": ["cong", "nghe", "thong", "tin"], "cds": ["chuyen", "doi", "so"], "khcn": ["khoa", "hoc", "cong", "nghe"],
    "dmst": ["doi", "moi", "sang", "tao"], "csdl": ["co", "so", "du", "lieu"], "attt": ["an", "toan", "thong", "tin"],
    "tmdt": ["thuong", "mai", "dien", "tu"], "dn": ["doanh", "nghiep"], "htx": ["hop", "tac", "xa"],
    "cbcc": ["can", "bo", "cong", "chuc"], "cbccvc": ["can", "bo", "cong", "chuc", "vien", "chuc"],
    "pvhcc": ["phuc", "vu", "hanh", "chinh", "cong"], "vhxh": ["van", "hoa", "xa", "hoi"], "vh": ["van", "hoa"],
    "xh": ["xa", "hoi"], "mttq": ["mat", "tran", "to", "quoc"], "kt": ["kinh", "te"], "vp": ["van", "phong"],
    "tt": ["trung", "tam"], "ubnd": ["uy", "ban", "nhan", "dan"], "hdnd": ["hoi", "dong", "nhan", "dan"],
    "gddt": ["giao", "duc", "dao", "tao"], "hcc": ["hanh", "chinh", "cong"], "ca": ["cong", "an"],
    "cnscd": ["cong", "nghe", "so", "cong", "dong"], "bcd": ["ban", "chi", "dao"],
    "bhxh": ["bao", "hiem", "xa", "hoi"], "tyt": ["tram", "y", "te"],
    "ttpvhcc": ["trung", "tam", "phuc", "vu", "hanh", "chinh", "cong"], "cchc": ["cai", "cach", "hanh", "chinh"],
  ]

  private static let phrases = [
    ["tren", "dia", "ban"], ["dia", "phuong"], ["ty", "le"], ["ti", "le"], ["phan", "dau"], ["tren", "tong", "so"],
    ["muc", "do"], ["tu", "tro", "len"],
  ].map { $0[...] }

  private static let silent: Set<String> = [
    "cac", "va", "cua", "duoc", "trong", "tai", "cho", "voi", "theo", "ve", "la", "co", "thi", "bang", "nhung", "den",
    "qua", "tren",
    "xa", "phuong", "dat", "cap", "o", "khi", "de", "thuoc", "nam",
  ]
}

extension [String] {
  fileprivate func removing(_ phrase: ArraySlice<String>) -> [String] {
    var result: [String] = []
    var rest = self[...]
    while let word = rest.first {
      if rest.starts(with: phrase) {
        rest = rest.dropFirst(phrase.count)
      } else {
        result.append(word)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
