import Schema

/// The name of an office as plans spell it, and the key by which its spellings are one: `Phòng VH-XH`, `Phòng VHXH` and
/// `Phòng Văn hoá – Xã hội` are the same office.
struct OfficeName: Hashable {
  /// Folded words, abbreviations written out, without `và` and without the commune at the end.
  let key: String
  /// As it should be shown.
  let shown: String

  static func == (left: OfficeName, right: OfficeName) -> Bool { left.key == right.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  init(_ written: String) {
    let clean = written.trimming(".,;:…()- ")
    var words = clean.folded.split(separator: " ").map(String.init)
    words = words.enumerated().filter { $0.offset == 0 || $0.element != words[$0.offset - 1] }.map(\.element)
    words = Self.writtenOut(words)
    // The commune that an office belongs to is the plan's own.
    if let commune = words.lastIndex(where: { ["xa", "phuong"].contains($0) }), commune > 1,
      words[0] != "cac" || !words.contains("thuoc"), words[commune - 1] != "van",
      words.dropFirst(commune + 1).first != "hoi",
      words.count - commune <= 4
    {
      words = Array(words[..<commune])
    }
    if words.last == "ubnd", words.contains("thuoc") { words.append("xa") }
    var key = words.joined(separator: " ")
    key = Self.same[key] ?? key
    self.key = key
    shown = Self.known[key]?.name ?? clean.squeezed.withCapital
  }

  /// The code that the office has in a plan of ours.
  var code: Office.Code {
    if let known = Self.known[key] { return known.code }
    var slug = ""
    for word in key.split(separator: " ") {
      let ascii = word.filter { $0.isASCII && ($0.isLetter || $0.isDigit) }
      guard slug.count + ascii.count < 46 else { break }
      if !ascii.isEmpty { slug += (slug.isEmpty ? "" : "-") + ascii }
    }
    return Office.Code(slug) ?? "co-quan"
  }

  private static func writtenOut(_ words: [String]) -> [String] {
    var result: [String] = []
    var rest = words[...]
    while let word = rest.first {
      if word == "vh", rest.dropFirst().first == "xh" {
        result += ["van", "hoa", "xa", "hoi"]
        rest = rest.dropFirst(2)
        continue
      }
      rest = rest.dropFirst()
      if word == "va" || word == "p" && !result.isEmpty { continue }
      if word == "kh", rest.first == "cn" {
        result += ["khoa", "hoc", "cong", "nghe"]
        rest = rest.dropFirst()
      } else {
        result += abbreviations[word] ?? [word]
      }
    }
    return result
  }

  private static let abbreviations: [String: [String]] = [
    "vhxh": ["van", "hoa", "xa", "hoi"], "pvhcc": ["phuc", "vu", "hanh", "chinh", "cong"],
    "hcc": ["hanh", "chinh", "cong"], "hccx": ["hanh", "chinh", "cong"], "vp": ["van", "phong"],
    "tt": ["trung", "tam"], "ttpvhcc": ["trung", "tam", "phuc", "vu", "hanh", "chinh", "cong"],
    "kt": ["kinh", "te"], "ca": ["cong", "an"], "cax": ["cong", "an"], "khcn": ["khoa", "hoc", "cong", "nghe"],
    "cds": ["chuyen", "doi", "so"], "cnscd": ["cong", "nghe", "so", "cong", "dong"], "bcd": ["ban", "chi", "dao"],
    "bhxh": ["bao", "hiem", "xa", "hoi"], "tyt": ["tram", "y", "te"], "mttq": ["mat", "tran", "to", "quoc"],
    "ubmttq": ["uy", "ban", "mat", "tran", "to", "quoc"], "htx": ["hop", "tac", "xa"],
  ]

  /// Short forms of an office that every commune has. Source: Decree 150/2025/NĐ-CP names the offices of a commune.
  private static let same: [String: String] = [
    "kinh te": "phong kinh te", "van hoa xa hoi": "phong van hoa xa hoi", "phong van hoa": "phong van hoa xa hoi",
    "van phong ubnd": "van phong hdnd ubnd", "van phong": "van phong hdnd ubnd",
    "trung tam hanh chinh cong": "trung tam phuc vu hanh chinh cong",
    "phuc vu hanh chinh cong": "trung tam phuc vu hanh chinh cong",
    "to cong nghe so cong dong": "to cong nghe so cong dong", "cac quan don vi": "cac co quan don vi",
    "co quan don vi": "cac co quan don vi", "cac don vi co quan": "cac co quan don vi",
    "cac co quan don vi thuoc ubnd xa": "cac co quan don vi truc thuoc ubnd xa",
  ]

  private static let known: [String: (code: Office.Code, name: String)] = [
    "van phong hdnd ubnd": ("vp", "Văn phòng HĐND và UBND"),
    "phong van hoa xa hoi": ("vh-xh", "Phòng Văn hóa - Xã hội"),
    "phong kinh te": ("kt", "Phòng Kinh tế"),
    "trung tam phuc vu hanh chinh cong": ("pvhcc", "Trung tâm Phục vụ hành chính công"),
    "cong an": ("ca", "Công an xã"),
    "tram y te": ("tyt", "Trạm Y tế"),
    "van phong dang uy": ("vp-du", "Văn phòng Đảng ủy"),
    "bao hiem xa hoi": ("bhxh", "Bảo hiểm xã hội"),
    "cac co quan don vi": ("cac-co-quan", "Các cơ quan, đơn vị"),
    "cac co quan don vi lien quan": ("cac-co-quan-lien-quan", "Các cơ quan, đơn vị liên quan"),
    "cac co quan don vi truc thuoc ubnd xa": ("cac-co-quan-xa", "Các cơ quan, đơn vị trực thuộc UBND xã"),
    "cac thon": ("thon", "Các thôn"),
    "cac nha truong": ("nha-truong", "Các nhà trường"),
    "to cong nghe so cong dong": ("to-cnscd", "Tổ công nghệ số cộng đồng"),
    "to chuyen doi so cong dong": ("to-cdscd", "Tổ chuyển đổi số cộng đồng"),
    "so khoa hoc cong nghe": ("so-khcn", "Sở Khoa học và Công nghệ"),
  ]
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
