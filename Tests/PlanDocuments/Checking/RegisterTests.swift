import Schema
import Testing

@testable import PlanDocuments

@Suite struct RegisterTests {
  private let register = LegalRegister.standard

  @Test func aDocumentIsFoundHoweverItIsSpelled() throws {
    for text in [
      "Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ", "Nghị quyết số 03-NQ/CP ngày 09/01/2025",
      "Nghị quyết số 3/NQ-CP",
    ] {
      #expect(register.find(try LegalBasis(written: text, parent: false))?.number == "03/NQ-CP", "\(text)")
    }
  }

  @Test func numbersBeginAnewEveryYearAndEverywhere() throws {
    #expect(
      register.find(try LegalBasis(written: "Nghị quyết số 71/NQ-CP ngày 01/04/2019 của Chính phủ", parent: false))
        == nil)
    #expect(
      register.find(
        try LegalBasis(written: "Kế hoạch số 101/KH-UBND ngày 22/05/2025 của UBND tỉnh Hà Giang", parent: false))
        == nil)
    #expect(register.find(try LegalBasis(written: "Luật Ngân sách nhà nước", parent: false)) == nil)
  }

  @Test func aStatusHoldsFromItsDay() throws {
    var document = try PlanDocument.read(yaml: WellMade.yaml)
    document.head.legalBases.removeAll { $0.number == "11/NQ-CP" }
    #expect(document.check().contains { $0.rule == .outdatedBasis })
    document.issuedOn = Day(2026, 1, 13)
    #expect(!document.check().contains { $0.rule == .outdatedBasis })
  }

  @Test func whatIsNotKnownHasNoStatus() {
    #expect(register.entries.count { $0.status == .unknown } > register.entries.count / 2)
    for entry in register.entries where [.amended, .replaced].contains(entry.status) {
      #expect(entry.by != nil && entry.since != nil, "\(entry.number)")
    }
  }
}
