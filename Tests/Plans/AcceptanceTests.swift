import Schema
import Testing

@testable import xaso_plans

/// What the checks call an error keeps a plan from being approved, until somebody says why it may stand.
@Suite("Errors that are accepted") struct AcceptanceTests {
  /// No time (T1), and nobody to lead the target (P7).
  private func faulty() async throws -> (Desk, Plan.ID) {
    let desk = try await Desk()
    let plan = try await desk.draft(
      [TaskRow(number: "1", name: "Duy trì đường truyền", leads: ["vp"])],
      [TargetRow(number: "1", indicator: "Hồ sơ xử lý trên môi trường mạng", comparator: Open(.report), leads: [])])
    try await desk.ask(SubmitPlan(plan: plan), as: Desk.focal)
    return (desk, plan)
  }

  @Test("a plan with errors is not approved; what is refused names them") func refused() async throws {
    let (desk, plan) = try await faulty()
    let refusal = await desk.refusal(ApprovePlan(plan: plan), as: Desk.chair)
    #expect(refusal?.status == .conflict)
    #expect(refusal?.text.vi.contains("Kế hoạch còn lỗi: P7, T1.") == true)
    #expect(try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).summary.status == .inReview)

    let half = ApprovePlan(plan: plan, accepted: [Acceptance(checks: ["T1"], reason: "Chờ tỉnh giao")])
    #expect(await desk.refusal(half, as: Desk.chair)?.text.vi.contains("Kế hoạch còn lỗi: P7.") == true)
  }

  @Test("one reason may cover several checks, and is kept with the approval") func accepted() async throws {
    let (desk, plan) = try await faulty()
    let accepted = [Acceptance(checks: ["P7", "T1"], reason: "Chờ tỉnh giao")]
    let detail = try await desk.ask(ApprovePlan(plan: plan, accepted: accepted), as: Desk.chair)
    #expect(detail.approval?.accepted == accepted)
    #expect(try await desk.ask(ShowPlan(plan: plan), as: Desk.focal).approval?.accepted == accepted)
    try await desk.ask(IssuePlan(plan: plan, number: "31/KH-UBND", issuedOn: Day(real: 2026, 1, 5)), as: Desk.clerk)
  }

  @Test(
    "nothing is accepted beforehand, and nothing without a reason",
    arguments: [
      (Acceptance(checks: ["P7", "T1", "P1"], reason: "Đã xem"), "accepted.0.checks"),
      (Acceptance(checks: ["P7", "XX"], reason: "Đã xem"), "accepted.0.checks"),
      (Acceptance(checks: ["P7", "T1"], reason: " "), "accepted.0.reason"),
    ])
  func invalid(_ acceptance: Acceptance, place: String) async throws {
    let (desk, plan) = try await faulty()
    let refusal = await desk.refusal(ApprovePlan(plan: plan, accepted: [acceptance]), as: Desk.chair)
    #expect(refusal?.status == .invalid)
    #expect(refusal?.place == place)
  }
}
