import Schema
import Testing

@testable import xaso

@Suite("The names of offices")
struct OfficeNamesTests {
  private func head(_ name: String) -> PlanHead {
    PlanHead(
      year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vp", offices: [Office(code: "kt", name: name)])
  }

  @Test("a code is its own unit's, whatever others call it, and the latest plan's")
  func units() {
    let names = OfficeNames([
      (head("Phòng Kinh tế"), "38/15043"), (head("Phòng Kinh tế, Hạ tầng và Đô thị"), "38/14797"),
    ])
    #expect(names.name(of: "kt", in: "38/15043") == "Phòng Kinh tế")
    #expect(names.name(of: "kt", in: "38/14797") == "Phòng Kinh tế, Hạ tầng và Đô thị")
    #expect(names.list(["kt", "vp"], in: "38/15043") == "Phòng Kinh tế; vp")
    #expect(names.offices(of: "38") == [])
    let renamed = OfficeNames([(head("Phòng Kinh tế"), "38/15043"), (head("Phòng Kinh tế mới"), "38/15043")])
    #expect(renamed.name(of: "kt", in: "38/15043") == "Phòng Kinh tế mới")
  }
}
