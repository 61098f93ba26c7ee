import FoundationEssentials
import Schema
import Testing

@testable import xaso_notifications

/// A morning's letter as offices see it; `deploy/pictures/digest.png` shows the HTML.
@Suite("What letters look like")
struct StationeryTests {
  private static let letter: Letter = {
    let id = UUIDv7(at: Commune.at(Commune.day(2026, 7, 1), 7, 30), random: (1, 2))
    let tasks: [(Notice.Rule, Notice.Severity, Text)] = [
      (
        .taskOverdue, .warning,
        Text(
          vi:
            "Nhiệm vụ 1.1 quá hạn 1 ngày làm việc (hạn 30/06/2026). Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
          en: "Task 1.1 is 1 working days overdue (due 30/06/2026). Digitise case files")
      ),
      (
        .taskOverdue, .warning,
        Text(
          vi:
            "Nhiệm vụ 2.4 quá hạn 6 ngày làm việc (hạn 23/06/2026). Tập huấn kỹ năng số cho Tổ công nghệ số cộng đồng",
          en: "Task 2.4 is 6 working days overdue (due 23/06/2026). Train the community digital team")
      ),
      (
        .taskDueSoon, .info,
        Text(
          vi: "Nhiệm vụ 3.2 đến hạn 10/07/2026, còn 7 ngày làm việc. Lắp đặt wifi công cộng tại nhà văn hóa thôn",
          en: "Task 3.2 is due on 10/07/2026, in 7 working days. Install public wifi")
      ),
      (
        .ledgerRefusal, .warning,
        Text(
          vi: "Từ chối chi 17.500.000 đồng cho nhiệm vụ 1.5: chỉ còn 12.500.000 đồng đã phân bổ. Mua sắm thiết bị",
          en:
            "Spending 17.500.000 đồng on task 1.5 was refused: 12.500.000 đồng of what is allocated is left. Equipment")
      ),
      (
        .news, .info,
        Text(
          vi: "Số liệu quý II/2026: 900/1.100 (Công an xã nhập). Tỷ lệ người dân có tài khoản <định danh> mức độ 2",
          en: "Figure for Q2/2026: 900/1.100 (entered by Công an xã). Share with a level-2 account")
      ),
    ]
    return Letter(
      id: LetterSummary.ID(id), unit: Commune.unit,
      office: Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội"), isDigest: true, day: Commune.day(2026, 7, 1),
      notices: tasks.map { rule, severity, text in
        Letter.Item(
          notice: Notice.ID(id), fingerprint: id, rule: rule, severity: severity, subject: nil,
          time: Commune.at(Commune.day(2026, 7, 1), 7), text: text)
      })
  }()

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Letters").standardizedFileURL

  @Test("as ever", arguments: Language.allCases) func asEver(_ language: Language) throws {
    let message = Standards.supplied.stationery.message(Self.letter, in: language)
    for (text, name) in [
      (message.subject, "subject.\(language.rawValue).txt"), (message.plain, "letter.\(language.rawValue).txt"),
      (message.html, "letter.\(language.rawValue).html"),
    ] {
      let file = Self.folder.appending(path: name)
      if ProcessInfo.processInfo.environment["XASO_WRITE_GOLDENS"] != nil,
        !FileManager.default.fileExists(atPath: file.path)
      {
        try Data(text.utf8).write(to: file)
      }
      let written = try #require(FileManager.default.contents(atPath: file.path))
      #expect(String(decoding: written, as: UTF8.self) == text, "\(name)")
    }
  }

  @Test("what a receiver of JSON gets names everything, and no office but the one it is for") func json() throws {
    let again = try Codec.decode(Letter.self, from: Self.letter.json)
    #expect(again.json == Self.letter.json)
    let text = String(decoding: Self.letter.json, as: UTF8.self)
    for name in ["id", "unit", "office", "isDigest", "day", "notices", "fingerprint", "rule", "severity", "text"] {
      #expect(text.contains("\"\(name)\""), "\(name)")
    }
  }
}
