import PlanDocuments
import Schema
import Testing

@testable import xaso

@Suite struct CheckCommandTests {
  private let plan = """
    unit: 38/15043
    year: 2027
    title: Kế hoạch
    issuer: UBND xã
    focal: vp
    offices: {vp: Văn phòng}
    recipients: ["Lưu: VT"]
    tasks:
      - {no: 1, name: Mua máy, lead: vp, cost: 5 triệu, source: xã}
    targets:
      - {no: 1, indicator: Phủ sóng 5G, target: 110 %, lead: vp}
    """

  @Test func theGravestStandFirst() throws {
    let findings = try PlanDocument.read(yaml: plan).check()
    let lines = FindingList.lines(of: findings, .english)
    #expect(lines.first?.hasPrefix("P4  error: ") == true)
    #expect(lines.contains("      at: target 1"))
    let heads = lines.filter { $0.contains("  error: ") || $0.contains("  not checkable: ") }
    #expect(heads.last?.contains("not checkable") == true)
    #expect(lines.last?.hasPrefix("2 error, ") == true)
  }

  @Test func nothingFoundIsSaidToo() {
    #expect(FindingList.lines(of: [], .vietnamese) == ["Không có vấn đề nào."])
  }

  @Test func aTableHasARowForEach() throws {
    let findings = try PlanDocument.read(yaml: plan).check()
    let table = FindingList.table(of: findings, .vietnamese)
    #expect(table.rows.count == findings.count)
    #expect(table.rows.allSatisfy { !$0[3].shown.isEmpty && !$0[4].shown.isEmpty })
  }

  @Test func aCascadeNamesWhoPromisedLess() throws {
    let province = plan.replacing("38/15043", with: "\"38\"").replacing("110 %", with: "≥ 90 %")
    let commune = plan.replacing("110 %", with: "≥ 80 %")
    let cascade = Cascade(of: try PlanDocument.read(yaml: province), communes: [try PlanDocument.read(yaml: commune)])
    let cells = try #require(CascadeTable.of(cascade, .english).rows.first).map(\.shown)
    #expect(cells[3...] == ["80 %", "cannot be reached", "Giao An", ""])
  }
}
