import Schema
import Storage
import Testing

@testable import xaso_notifications

@Suite("Notices of indicators", .timeLimit(.minutes(60)))
struct IndicatorNoticesTests {
  private static let commune: Unit = "38/15043"
  private let indicator = Indicator.ID()

  private func recorded(
    by office: Office, revision: Int = 1
  ) throws -> CloudEvent<ObservationRecorded> {
    event(
      ObservationRecorded(
        unit: Self.commune, indicator: indicator, title: "Hồ sơ trực tuyến", measure: "%",
        period: try #require(Period("2026-Q1")), revision: revision, figure: Figure(85, of: 100), office: office,
        focal: "vh-xh"), 1)
  }

  private func met(leads: [Office.Code]) throws -> CloudEvent<TargetMet> {
    event(
      TargetMet(
        unit: Self.commune, indicator: indicator, title: "Cụm dân cư lõm sóng", measure: "cụm dân cư",
        milestone: Milestone(
          target: Target.ID(), plan: Plan.ID(), year: 2026, number: "3.3c", comparator: Open(.exactly),
          value: Quantity(0), leads: leads), period: try #require(Period("nd09:2026-Q1")), figure: Figure(0),
        focal: "vh-xh"), 2)
  }

  private func event<Payload: Event>(_ payload: Payload, _ sequence: Int64) -> CloudEvent<Payload> {
    CloudEvent(payload, id: UUIDv7(), time: .now, sequence: sequence, correlation: nil)
  }

  @Test("a value concerns the focal office, unless it entered it itself")
  func value() throws {
    let posts = NotificationsRules.notices(of: try recorded(by: Office(code: "pvhcc", name: "Trung tâm PVHCC")))
    #expect(posts.map(\.office) == ["vh-xh"])
    #expect(
      posts[0].content.text
        == Text(
          vi: "Số liệu quý I/2026: 85/100 (85,0 %) (Trung tâm PVHCC nhập). Hồ sơ trực tuyến",
          en: "Figure for quarter 1 of 2026: 85/100 (85,0 %) (entered by Trung tâm PVHCC). Hồ sơ trực tuyến"))
    #expect(NotificationsRules.notices(of: try recorded(by: Office(code: "vh-xh", name: "Phòng VH-XH"))).isEmpty)
    let corrected = NotificationsRules.notices(of: try recorded(by: Office(code: "a", name: "A"), revision: 3))
    #expect(corrected[0].content.text.vi.hasPrefix("Số liệu quý I/2026 sửa lần 2: 85/100"))
  }

  @Test("a target that is met concerns the leads and the focal office, each once")
  func target() throws {
    #expect(
      NotificationsRules.notices(of: try met(leads: ["nha-truong", "kinh-te"])).map(\.office)
        == ["kinh-te", "nha-truong", "vh-xh"])
    let posts = NotificationsRules.notices(of: try met(leads: ["vh-xh"]))
    #expect(posts.map(\.office) == ["vh-xh"])
    #expect(
      posts[0].content.text.vi
        == "Chỉ tiêu 3.3c đã đạt mức 0 cụm dân cư: 0 cụm dân cư, quý I/2026 (NĐ 09/2019). Cụm dân cư lõm sóng")
  }

  @Test("reading the indicators' stream again gives the same notices and leaves other streams' alone")
  func resync() async throws {
    let json = [
      Codec.encode(try recorded(by: Office(code: "pvhcc", name: "Trung tâm PVHCC"))),
      Codec.encode(try met(leads: ["pvhcc"])),
    ]
    try await Inbox.checkResync(of: Indicators.name, try json.map { try IncomingEvent($0, of: Indicators.name) })
  }
}
