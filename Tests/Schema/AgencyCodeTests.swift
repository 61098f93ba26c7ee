import Schema
import Testing

@Suite("An agency's identifier code") struct AgencyCodeTests {
  @Test(
    "groups from left to right, 35 characters at most",
    arguments: [
      ("H56", 1), ("H56.12", 2), ("H56.12.03", 3), ("H55.242", 2), ("G22.99.18", 3), ("A01.B2.C3.D4", 4),
      ("", nil), ("56", nil), ("h56", nil), ("H56.", nil), ("H56.1", nil), ("H56.1234", nil), ("H5612", nil),
      ("H56 12", nil), ("000.03.12.H56", nil),
      ("H56" + String(repeating: ".123", count: 8), 9), ("H56" + String(repeating: ".123", count: 9), nil),
    ] as [(String, Int?)])
  func form(_ text: String, _ level: Int?) { #expect(AgencyCode(text)?.level == level) }

  @Test(
    "the form of before is turned round",
    arguments: [
      ("000.00.00.H55", "H55"), ("000.00.12.H56", "H56.12"), ("000.03.12.H56", "H56.12.03"),
      ("001.03.12.H56", "H56.12.03.001"), ("000.03.00.H56", nil), ("H56.12.03", nil), ("", nil), ("0.0.0.0", nil),
    ] as [(String, String?)])
  func older(_ text: String, _ code: String?) { #expect(AgencyCode(older: text)?.description == code) }

  @Test("what it is below") func parent() {
    #expect(AgencyCode("H56.12.03")?.parent == AgencyCode("H56.12"))
    #expect(AgencyCode("H56")?.parent == nil)
  }
}
