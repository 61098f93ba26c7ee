import Schema
import Seeds
import Testing

@Suite struct DocumentNumberTests {
  /// The numbers that the plans of five communes cite.
  @Test(arguments: [
    "01-CTr/BCĐ", "01-NQ/ĐU", "01/NQ-CP", "02-KH/BCĐTW", "03/NQ-CP", "05/KH-UBND", "06-NQ/TU", "06/QĐ-TTg",
    "101/KH-UBND",
    "11-KH/BCĐ", "11/KH-UBND", "11/NQ-CP", "11/QĐ-BCĐCP", "118/2025/NĐ-CP", "129/KH-UBND", "140/KH-UBND", "146/QĐ-TTg",
    "15-KH/TU", "1690/QĐ-TTg", "19-TB/TGV", "193/2025/QH15", "2117/SKHCN-VP", "213/KH-UBND", "265/QĐ-UBND", "27-TB/TGV",
    "28/2018/QĐ-TTg", "3063/SKHCN-CĐS", "368/QĐ-UBND", "379/QĐ-UBND", "380/QĐ-UBND", "411/QĐ-TTg", "42-CTr/TU",
    "42/2022/NĐ-CP", "44-KH/TU", "45/2020/NĐ-CP", "47/2020/NĐ-CP", "568/KH-UBND", "57-NQ/TW", "71/NQ-CP", "74/KH-BCĐ",
    "749/QĐ-TTg", "942/QĐ-TTg", "119/KH-UBND", "09/2019/NĐ-CP",
  ])
  func citedSomewhere(_ text: String) {
    #expect(DocumentNumber(text)?.description == text)
  }

  @Test(arguments: [
    "", "119", "/KH-UBND", "119/", "119/KH-", "119//KH", "KH/119", "119-KH", "119 /KH-UBND", "119/KH UBND",
    " 119/KH-UBND",
    "119/KH-UBND\n", "1234567/KH-UBND", "119/KH_UBND", "119/KH.UBND", "…/KH-UBND", "11\u{301}9/KH-UBND", "١/KH-UBND",
    "119/KH-UBND'; --", "119/K\u{0}H",
  ])
  func notANumber(_ text: String) {
    #expect(DocumentNumber(text) == nil)
  }

  @Test func noLongerThanAPersonWrites() {
    #expect(DocumentNumber("1/" + String(repeating: "A", count: 38)) != nil)
    #expect(DocumentNumber("1/" + String(repeating: "A", count: 39)) == nil)
    #expect(DocumentNumber("1/A" + String(repeating: "\u{301}", count: 100_000)) == nil)
  }
}

@Suite struct UnitTests {
  @Test(arguments: ["38", "01", "38/15043", "96/32000", "00"])
  func thereAndBack(_ text: String) {
    #expect(Unit(text)?.description == text)
  }

  @Test(arguments: [
    "", "-", "3", "380", "38/", "38/1504", "38/150433", "38/00000", "38/15043/", "38-15043", "/15043", "38 15043",
    " 38",
    "38\n", "3٣", "３8", "38/1504x", "38/12\u{301}3", "\u{662}", "a1", "38/+1504", "38//5043",
  ])
  func notAUnit(_ text: String) {
    #expect(Unit(text) == nil)
  }

  @Test func whatContainsWhat() {
    let (commune, province): (Unit, Unit) = ("38/15043", "38")
    #expect(province.contains(commune))
    #expect(province.contains(province))
    #expect(commune.contains(commune))
    #expect(!commune.contains(province))
    #expect(!commune.contains("38/15044"))
    #expect(!commune.contains("01/15043"))
    #expect(!province.contains("01/15043"))
    #expect(!province.contains("01"))
  }

  @Test func topicsAreOfOneWidth() {
    #expect(("38" as Unit).topic == "38/00000")
    #expect(("38/15043" as Unit).topic == "38/15043")
    #expect(("38/15043" as Unit).provinceUnit == "38")
  }
}

@Suite struct SlugTests {
  @Test(arguments: ["a", "7", "vh-xh", "so-khcn", "thon.1", "a--b", "a..b", String(repeating: "x", count: 48)])
  func thereAndBack(_ text: String) {
    #expect(Slug(text)?.description == text)
  }

  @Test(arguments: [
    "", "-", ".", "-a", "a-", ".a", "a.", "A", "a b", "a_b", "a/b", "a,b", "đ", "a\u{301}b", "a\n", "a\0",
    String(repeating: "x", count: 49),
  ])
  func notASlug(_ text: String) {
    #expect(Slug(text) == nil)
  }
}

@Suite struct MethodTests {
  @Test(arguments: ["plans.issue", "plans.draft.rows", "a.b.c.d"])
  func thereAndBack(_ text: String) {
    #expect(Method(text)?.description == text)
  }

  @Test(arguments: [
    "", ".", "plans", "plans.", ".issue", "plans..issue", "a.b.c.d.e", "Plans.issue", "plans.issue ", "plans issue",
    "plans.issue1", "plans-issue", "plans.íssue", "plans.i\u{301}", "a." + String(repeating: "b", count: 63),
  ])
  func notAMethod(_ text: String) {
    #expect(Method(text) == nil)
  }

  @Test func longestAndItsService() {
    #expect(Method("a." + String(repeating: "b", count: 62)) != nil)
    #expect(("plans.draft.rows" as Method).service == Plans.name)
  }
}

@Suite struct CallerTests {
  @Test func anyCallerThereAndBack() throws {
    var seed = Seed()
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    for _ in 0..<2000 {
      let names = (0..<2).map { _ in
        let ends = (0..<2).map { _ in String(letters.randomElement(using: &seed)!) }
        let middle = (0..<Int.random(in: 0...46, using: &seed)).map { _ in (letters + "-.").randomElement(using: &seed)!
        }
        return ends[0] + String(middle) + ends[1]
      }
      let province = String(100 + Int.random(in: 0...99, using: &seed)).suffix(2)
      let commune = String(100_000 + Int.random(in: 1...99_999, using: &seed)).suffix(5)
      let unit = [nil, Unit(String(province)), Unit("\(province)/\(commune)")].randomElement(using: &seed)!
      let caller = Caller(
        account: try #require(Slug(names[0])), unit: unit,
        office: Bool.random(using: &seed) ? Slug(names[1]) : nil,
        roles: Set(Role.allCases.filter { _ in Bool.random(using: &seed) }))
      #expect(Caller(caller.description) == caller, "\(seed)")
      #expect(caller.description.utf8.count <= 512)
      #expect(caller.description.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test(arguments: [
    "", "a", "a 38", "a 38 vh-xh", "a 38 vh-xh entry extra", "a  38 vh-xh entry", "- 38 vh-xh entry", "a 38 vh-xh ",
    "a 38 vh-xh entry,", "a 38 vh-xh ,entry", "a 38 vh-xh entry,,clerk", "a 38 vh-xh entry;clerk", "a 38 vh-xh king",
    "a 38 vh-xh entry\n", "a 38 vh-xh Entry", "a 38 VH entry", "a 3 vh-xh entry", "a 38/12\u{301}3 vh-xh entry",
    " a 38 vh-xh entry", "a\t38\tvh-xh\tentry", "a 38 vh-xh entry,-",
  ])
  func notACaller(_ text: String) {
    #expect(Caller(text) == nil)
  }

  @Test func withoutUnitOfficeOrRole() {
    #expect(Caller("a - - -") == Caller(account: "a", unit: nil, office: nil, roles: []))
  }
}
