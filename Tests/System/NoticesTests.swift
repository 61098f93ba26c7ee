import Bus
import Foundation
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// Notices through the front door, as people ask for them.
  @Suite("Notices") struct NoticesTests {
    private static let commune = House.communes[0]

    /// A plan with one task that is due on a day.
    private func issue(in house: House) async throws {
      let focal = try house.client(House.focal(Self.commune))
      let due = try #require(Day(2026, 6, 30))
      let row = TaskRow(
        number: "1.1", name: "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính", leads: ["vp"],
        coordinating: ["vh-xh"], due: due)
      let draft = DraftPlan(head: Sample.head("Kế hoạch năm 2026"), expected: RowCounts(tasks: 1, targets: 0))
      let plan = try await focal.send(draft, to: Self.commune).value
      let whole = try await focal.send(DraftRows(plan: plan.id, tasks: [row], targets: []), to: Self.commune).value
      try await house.approve(whole)
      _ = try await house.client(House.clerk(Self.commune)).send(house.issuing(whole), to: Self.commune)
      try await house.caughtUp()
    }

    @Test("another commune's notices, silences and letters are nobody's business; a wrong wish is refused")
    func strangers() async throws {
      try await House.open { house in
        try await issue(in: house)
        let (focal, stranger) = (
          try house.client(House.focal(Self.commune)), try house.client(House.focal(House.communes[1]))
        )
        let notice = try #require(try await focal.send(ReadInbox(), to: Self.commune).value.items.first)
        let silence = try await focal.send(
          SilenceNotices(rule: .taskOverdue, until: Timestamp.now.day, reason: "nghỉ lễ"), to: Self.commune
        ).value
        for unit in [Self.commune, House.communes[1]] {
          await #expect(throws: Refusal.self) {
            try await stranger.send(AcknowledgeNotice(notice: notice.id), to: unit)
          }
          await #expect(throws: Refusal.self) { try await stranger.send(TraceNotice(notice: notice.id), to: unit) }
          await #expect(throws: Refusal.self) { try await stranger.send(LiftSilence(silence: silence.id), to: unit) }
        }
        await #expect(throws: Refusal.self) {
          try await focal.send(
            SilenceNotices(rule: .accountChanged, until: Timestamp.now.day, reason: "ồn"), to: Self.commune)
        }
        await #expect(throws: Refusal.self) {
          try await focal.send(SnoozeNotice(notice: notice.id, until: Timestamp.now.day.adding(1)), to: Self.commune)
        }
        #expect(try await focal.send(ListSilences(), to: Self.commune).value.items == [silence])
        #expect(try await stranger.send(ListSilences(), to: House.communes[1]).value.items.isEmpty)
        #expect(try await focal.send(TraceNotice(notice: notice.id), to: Self.commune).value.acknowledgedBy == nil)
      }
    }
  }
}
