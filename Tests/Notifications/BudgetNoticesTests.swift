import Schema
import Storage
import Testing

@testable import xaso_notifications

@Suite("Notices of money", .timeLimit(.minutes(60)))
struct BudgetNoticesTests {
  private static let commune: Unit = "38/15043"
  private let line = BudgetLine.ID()
  private let plan = Plan.ID()
  private let task = PlanTask.ID()

  private func allocated(leads: [Office.Code]) -> CloudEvent<LineAllocated> {
    event(
      LineAllocated(
        unit: Self.commune, line: line, plan: plan, task: task, number: "1.1", name: "Số hóa hồ sơ",
        fiscalYear: 2026, leads: leads, amount: 10_000_000, allocated: 40_000_000, document: "12/QĐ-UBND",
        day: Day(number: 20_473)), 1)
  }

  private func overspent(leads: [Office.Code]) -> CloudEvent<LineOverspent> {
    event(
      LineOverspent(
        unit: Self.commune, line: line, plan: plan, task: task, number: "1.1", name: "Số hóa hồ sơ",
        fiscalYear: 2026, leads: leads, focal: "vh-xh", asked: 50_000_000, available: 15_000_000), 2)
  }

  private func event<Payload: Event>(_ payload: Payload, _ sequence: Int64) -> CloudEvent<Payload> {
    CloudEvent(payload, id: UUIDv7(), time: .now, sequence: sequence, correlation: nil)
  }

  @Test("an allocation concerns each office that leads the task, once")
  func allocation() {
    let posts = NotificationsRules.notices(of: allocated(leads: ["kinh-te", "cong-an", "kinh-te"]))
    #expect(posts.map(\.office) == ["cong-an", "kinh-te"])
    #expect(Set(posts.map(\.id)).count == 2)
    #expect(
      posts[0].content.text.vi
        == "Nhiệm vụ 1.1 được phân bổ 10.000.000 đồng theo 12/QĐ-UBND, lũy kế 40.000.000 đồng. Số hóa hồ sơ")
  }

  @Test("an overspending refused concerns the leads and the focal office, each once")
  func overspending() {
    #expect(
      NotificationsRules.notices(of: overspent(leads: ["kinh-te"])).map(\.office) == ["kinh-te", "vh-xh"])
    let posts = NotificationsRules.notices(of: overspent(leads: ["vh-xh"]))
    #expect(posts.map(\.office) == ["vh-xh"])
    #expect(
      posts[0].content.text.vi
        == "Từ chối chi 50.000.000 đồng cho nhiệm vụ 1.1: chỉ còn 15.000.000 đồng đã phân bổ. Số hóa hồ sơ")
  }

  @Test("reading the budget's stream again gives the same notices and leaves other streams' alone")
  func resync() async throws {
    let json = [Codec.encode(allocated(leads: ["kinh-te"])), Codec.encode(overspent(leads: ["kinh-te"]))]
    try await Inbox.checkResync(of: Budget.name, try json.map { try IncomingEvent($0, of: Budget.name) })
  }
}
