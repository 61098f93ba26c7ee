import FoundationEssentials
import Schema
import Testing

@testable import Bus
@testable import Storage
@testable import xaso_notifications

@Suite("Notices of indicators", .timeLimit(.minutes(1)))
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

  @Test("reading the indicators' stream again gives the same notices and leaves the plans' alone")
  func resync() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "notifications-\(UUIDv7())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try await Database.open(
      directory.appending(path: "notifications.sqlite").path, service: Notifications.name,
      migrations: NotificationsService.migrations)
    let indicators = try #require(NotificationsService.subscriptions.first { $0.stream == Indicators.name })
    let json = [
      Codec.encode(try recorded(by: Office(code: "pvhcc", name: "Trung tâm PVHCC"))),
      Codec.encode(try met(leads: ["pvhcc"])),
    ]
    let events = try json.map { try IncomingEvent($0, of: Indicators.name) }

    func notices() async throws -> [Row] {
      try await store.read { store in try store.rows("SELECT * FROM notice ORDER BY id") }
    }
    func follow(_ epoch: UUIDv7) async throws {
      let cursor = try await store.apply(
        events, of: Indicators.name, epoch: epoch, through: 2, handler: indicators.apply)
      #expect(cursor.parked == 0)
    }

    try await store.write { store in
      let post = NotificationsRules.Post(
        id: Notice.ID(), unit: Self.commune, office: "vh-xh", time: .now,
        content: .taskProgressed(number: "1.1", name: "Số hóa hồ sơ", percent: 40, by: "Văn phòng"))
      try NotificationsStore.post([post], from: Plans.name, store)
    }
    try await follow(UUIDv7())
    let before = try await notices()
    #expect(before.count == 4)
    let epoch = UUIDv7()
    try await store.resync(Indicators.name, epoch: epoch, reset: indicators.reset)
    #expect(try await notices().count == 1)
    try await follow(epoch)
    #expect(try await notices() == before)
    await store.close()
  }
}
