import Schema
import Seeds
import Testing

@testable import PlanDocuments

@Suite struct NameTests {
  @Test func catalogueIsWhole() {
    let catalogue = IndicatorCatalogue.standard
    #expect(catalogue.entries.count == 62)
    #expect(Set(catalogue.entries.map(\.code)).count == 62)
    #expect(OfficeCatalogue.standard.entries.count == 34)
    #expect(LegalRegister.standard.entries.count == 59)
    for entry in catalogue.entries { #expect(catalogue.match(entry.name.vi).sure == entry, "\(entry.name.vi)") }
    for entry in OfficeCatalogue.standard.entries {
      #expect(OfficeCatalogue.standard.match(entry.name.vi).sure == entry, "\(entry.name.vi)")
    }
  }

  @Test("each says what is counted, of what, how it adds up, what shows it; a line that contradicts itself is none")
  func definitionsAreWhole() throws {
    for entry in IndicatorCatalogue.standard.entries {
      #expect(entry.evidence != nil && !entry.edition.isEmpty, "\(entry.code)")
      #expect((entry.kind == .ratio) == (entry.denominator != nil), "\(entry.code)")
      #expect(IndicatorCatalogue.standard[entry.code] == entry)
    }
    let good = "a.b;Tên;Name;%;up;;ratio;tử;top;mẫu;bottom;last;ratio;;;commune;KH 1"
    func catalogue(_ line: String) -> IndicatorCatalogue { IndicatorCatalogue(csv: "titles\n\(line)\n") }
    #expect(catalogue(good).entries.map(\.code) == ["a.b"])
    for (part, wrong) in [
      ("mẫu;bottom", ";"), (";%;", ";hộ;"), ("last;ratio", "last;sum"), (";KH 1", ";"), ("up", "on"),
    ] {
      #expect(catalogue(good.replacing(part, with: wrong)).entries.isEmpty, "\(wrong)")
    }
  }

  @Test(arguments: [
    ("Tỷ lệ TTHC cung cấp DVC trực tuyến toàn trình trên tổng số TTHC đủ điều kiện", "dvc.toan-trinh"),
    ("Ty le phu song 5G tren dia ban xa", "ha-tang.5g"),
    ("Người dân có tài khoản định danh điện tử VNelD", "dan-so.vneid"),
    ("Hồ sơ thu tục hành chinh xử lý trực tuyên", "tthc.truc-tuyen"),
    ("Học sinh có học bạ số trong năm học", "giao-duc.hoc-ba"),
  ])
  func oneIndicatorManyNames(_ name: String, _ code: String) {
    #expect(IndicatorCatalogue.standard.match(name).sure?.code.description == code)
  }

  @Test func whatIsOnlyNearIsOffered() {
    let match = IndicatorCatalogue.standard.match("Thanh toán trực tuyến học phí, viện phí, thủ tục")
    #expect(match.sure == nil)
    #expect(IndicatorCatalogue.standard.match("Số lớp học bơi") == .unknown)
    guard case .offered(let entries) = IndicatorCatalogue.standard.match("Cơ quan nối mạng riêng truyền số liệu") else {
      Issue.record("nothing was offered")
      return
    }
    #expect(entries.first?.code == "ha-tang.tslcd" && entries.count <= 3)
  }

  @Test func oneNumberIsNotAnother() {
    #expect(IndicatorCatalogue.standard.match("Phủ sóng 5G").sure?.code == "ha-tang.5g")
    #expect(IndicatorCatalogue.standard.match("Phủ sóng 6G").sure?.code == "ha-tang.6g")
    #expect(Wording("Phủ sóng 5G trên địa bàn xã").score(against: Wording("Phủ sóng 6G trên địa bàn xã")) == 0)
  }

  @Test(arguments: [
    "Phòng Văn hóa - Xã hội", "Phòng Văn hoá – Xã hội", "Phòng VH-XH", "VHXH", "Phong Van hoa Xa hoi",
    "Phòng văn hóa và xã hội",
    "Phòng Vãn hóa - Xã hội",
  ])
  func sixSpellingsOfOneOffice(_ name: String) {
    #expect(OfficeCatalogue.standard.match(name).sure?.code == "vh-xh")
  }

  @Test(
    arguments: [
      ("Sở Tài chính", .above), ("Văn phòng UBND tỉnh", .above), ("Công an tỉnh", .above), ("Công an xã", .own),
      ("Các doanh nghiệp viễn thông", .outside), ("Bảo hiểm xã hội", .outside), ("Các cơ quan, đơn vị", .collective),
      ("Các phòng, ban, ngành, trung tâm", .collective), ("Tổ bảo vệ", .own), ("Sổ tay", .own),
    ] as [(String, OfficeCatalogue.Reach)])
  func reach(_ name: String, _ reach: OfficeCatalogue.Reach) {
    #expect(OfficeCatalogue.standard.reach(of: name) == reach)
  }

  @Test func scoresAreSymmetricAndOneForThemselves() {
    var random = Seed()
    let seed = random.description
    let names = IndicatorCatalogue.standard.entries.map(\.name.vi)
    for _ in 0..<2000 {
      guard let one = names.randomElement(using: &random), let other = names.randomElement(using: &random) else {
        return
      }
      let (a, b) = (Wording(one), Wording(damaged(other, &random)))
      #expect(a.score(against: b) == b.score(against: a), "\(one) / \(other), \(seed)")
      #expect((0...1).contains(a.score(against: b)), "\(seed)")
      #expect(b.score(against: b) == 1, "\(seed)")
    }
  }

  @Test func aScannersDamageIsSeenThrough() {
    var random = Seed()
    let seed = random.description
    for entry in IndicatorCatalogue.standard.entries where Wording(entry.name.vi).words.count >= 6 {
      for _ in 0..<20 {
        let name = damaged(entry.name.vi, &random)
        let match = IndicatorCatalogue.standard.match(name)
        // One damaged word is at worst a question, never another indicator.
        switch match {
        case .same(let found, _): #expect(found == entry, "\(name), \(seed)")
        case .offered(let near): #expect(near.contains(entry), "\(name), \(seed)")
        case .unknown: Issue.record("\(name) is not known any more, \(seed)")
        }
      }
    }
  }

  /// One letter lost, doubled or replaced, in a word without digits.
  private func damaged(_ name: String, _ random: inout Seed) -> String {
    var words = name.split(separator: " ").map(String.init)
    let sound = words.indices.filter { !words[$0].contains(where: \.isNumber) && words[$0].count > 3 }
    guard let index = sound.randomElement(using: &random) else { return name }
    var letters = Array(words[index])
    let at = Int.random(in: 0..<letters.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: letters.remove(at: at)
    case 1: letters.insert(letters[at], at: at)
    default: letters[at] = "e"
    }
    words[index] = String(letters)
    return words.joined(separator: " ")
  }
}
