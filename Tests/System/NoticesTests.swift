import Bus
import Foundation
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// Notices through the front door, as people ask for them.
  @Suite("Notices") struct NoticesTests {
    private static let commune = House.communes[0]
    private static let transcript = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../deploy/examples/notices.txt").standardizedFileURL

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

    /// Runs each line that begins with `$ xaso` and writes down what it prints, ids and days of today as dots.
    private func replay(_ commands: [String], in house: House) async throws -> String {
      var lines: [String] = []
      var notice = ""
      for command in commands {
        lines.append("$ \(command)")
        let words = command.replacing("MÃ", with: notice).split(separator: " ").dropFirst().map(String.init)
        let result = try await house.xaso(
          Self.joined(words) + ["--profile", house.installation.profilePath(House.focal(Self.commune))])
        #expect(result.status == 0, "\(command): \(result.output)")
        if command.hasPrefix("xaso notify inbox"), notice.isEmpty {
          let line = result.output.split(separator: "\n").first { $0.contains("119/KH-UBND") }
          notice = try #require(line?.firstMatch(of: /[0-9a-f]{8}/)).output.description
        }
        lines += Self.masked(result.output).split(separator: "\n").map(String.init)
      }
      return lines.joined(separator: "\n") + "\n"
    }

    /// Words in quotation marks are one.
    private static func joined(_ words: [String]) -> [String] {
      var result: [String] = []
      for word in words {
        if let last = result.last, last.hasPrefix("\""), !last.hasSuffix("\"") || last.count == 1 {
          result[result.count - 1] = last + " " + word
        } else {
          result.append(word)
        }
      }
      return result.map { $0.replacing("\"", with: "") }
    }

    private static func masked(_ output: String) -> String {
      let today = Timestamp.now.day.written
      return output.replacing(today, with: "..").replacing(
        /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "…"
      ).replacing(/\b[0-9a-f]{8}\b/, with: "…").replacing(#/ +\n/#, with: "\n").replacing(
        #/ {2,}/#, with: "  "
      ).replacing(/─+/, with: "─")
    }

    @Test("the transcript in the documents is what people see")
    func transcript() async throws {
      try await House.open { house in
        try await issue(in: house)
        let known = FileManager.default.contents(atPath: Self.transcript.path).map {
          String(decoding: $0, as: UTF8.self)
        }
        let commands =
          known?.split(separator: "\n").filter { $0.hasPrefix("$ xaso") }.map { String($0.dropFirst(2)) }
          ?? [
            "xaso notify outlook 29/06/2026", "xaso notify outlook 07/07/2026",
            "xaso notify outlook 07/07/2026 --lang en", "xaso notify address keep vp van-phong@giaoan.example",
            "xaso notify address", "xaso notify inbox", "xaso notify ack MÃ --note \"Đã họp phân công\"",
            "xaso notify inbox --lang en", "xaso notify letters",
            "xaso notify silence",
          ]
        let seen = try await replay(commands, in: house)
        if known == nil, ProcessInfo.processInfo.environment["XASO_WRITE_GOLDENS"] != nil {
          try seen.write(to: Self.transcript, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.transcript, encoding: .utf8) == seen)
      }
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
