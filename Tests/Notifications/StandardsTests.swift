import FoundationEssentials
import Logging
import Schema
import Testing

@testable import xaso_notifications

/// What an operator may set, and what is said when it is wrong.
@Suite("Rules, texts and channels as data")
struct StandardsTests {
  private static let rules = String(
    decoding: FileManager.default.contents(
      atPath: #filePath.replacing(
        "Tests/Notifications/StandardsTests.swift", with: "Services/Notifications/Data/rules.yaml"))
      ?? Data(), as: UTF8.self)

  private func fault(_ texts: [String: String]) -> DataFault? {
    do throws(DataFault) {
      _ = try Standards(texts)
      return nil
    } catch {
      return error
    }
  }

  @Test("what comes along is whole") func supplied() {
    #expect(Self.rules.contains("task-overdue:"))
    for rule in Notice.Rule.allCases { #expect((RuleBook.supplied[rule].text != nil) == rule.isStaged, "\(rule)") }
    #expect(fault(["rules.yaml": Self.rules]) == nil)
  }

  @Test(
    "a wrong parameter is refused with its line and what is wrong",
    arguments: [
      ("severity: info }", "severity: loud }", "news", "loud is not one of info, warning, critical"),
      ("digest: \"07:30\"", "digest: \"7h30\"", "digest", "expected a time of day"),
      ("to: \"17:00\"", "to: \"07:00\"", "", "office-hours end before they begin"),
      ("snooze: 5", "snooze: 500", "snooze", "expected a number from 1 to 60"),
      ("working: -3", "working: 3", "working: 3", "expected a number from -60 to -1"),
      ("to: [chair]", "to: [mayor]", "mayor", "mayor is not one of lead"),
      ("days: 14, to: [chair]", "days: 14, to: []", "days: 14", "a stage tells somebody"),
      ("{ days: 14,", "{ days: 14, working: 10,", "days: 14", "one of working and days"),
      ("quá hạn {{days}}", "quá hạn {{day}}", "{{day}}", "{{day}} is not one of"),
      ("quá hạn {{days}}", "quá hạn {{{days}}}", "{{{days}}}", "is not one of"),
      ("hushes: [target-at-risk]", "hushes: [task-overdue]", "severity: warning", "cannot hush itself"),
      ("    ended:", "    finished:", "finished", "finished is not one of"),
      ("  count-drop:", "  count-rise:", "count-rise", "count-rise is not one of"),
      ("longest-wait: 240", "longest-wait: [", "", "not YAML"),
    ])
  func wrongParameter(_ old: String, _ new: String, _ at: String, _ reason: String) throws {
    let range = try #require(Self.rules.firstRange(of: old))
    var edited = Self.rules
    edited.replaceSubrange(range, with: new)
    let fault = try #require(self.fault(["rules.yaml": edited]))
    #expect(fault.file == "rules.yaml" && fault.reason.contains(reason), "\(fault)")
    guard !at.isEmpty else { return }
    let lines = edited.split(separator: "\n", omittingEmptySubsequences: false)
    let near = lines[max(0, fault.line - 2)...min(lines.count - 1, fault.line)]
    #expect(near.contains { $0.contains(at) }, "\(fault)")
  }

  @Test(
    "a wrong text is refused with its line",
    arguments: [
      ("Kính gửi\n\n{{#sections}}{{title}}", 3), ("Kính gửi {{ofice}}", 1), ("a\nb {{{office}}}", 2),
      ("a\n{{&office}}", 2), ("{{>other}}", 1), ("{{#sections}}\n{{/items}}", 2), ("a\n\n{{office", 3),
    ])
  func wrongText(_ text: String, _ line: Int) throws {
    let fault = try #require(self.fault(["letter.vi.html": text]))
    #expect(fault.file == "letter.vi.html" && fault.line == line, "\(fault)")
  }

  @Test(
    "a wrong channel is refused with its line",
    arguments: [
      ("mail:\n  server: http://mail\n  from: a@b.vn", 2, "expected smtp://"),
      ("mail:\n  server: smtp://mail:587\n  from: \"Xã <a@b.vn>\"", 3, "expected a plain mail address"),
      ("mail:\n  server: smtp://mail:587\n  from: a@b.vn\n  user: a", 2, "go together"),
      ("webhooks:\n  - { name: so, url: \"http://so.vn/a\", secret-file: /k, units: [\"38\"] }", 2, "https"),
      ("webhooks:\n  - { name: so, url: \"https://so.vn/a\", secret-file: k, units: [\"38\"] }", 2, "whole path"),
      ("commands:\n  - { name: zalo, program: [zalo], units: [\"38\"] }", 2, "whole path"),
      ("commands:\n  - { name: zalo, program: [/bin/cat], units: [\"380\"] }", 2, "units such as"),
    ])
  func wrongChannel(_ yaml: String, _ line: Int, _ reason: String) throws {
    let fault = try #require(self.fault(["channels.yaml": yaml]))
    #expect(fault.file == "channels.yaml" && fault.line == line && fault.reason.contains(reason), "\(fault)")
  }

  @Test("a file of one's own needs only what it changes; an empty rule is no rule") func partial() throws {
    let snooze = try Standards(["rules.yaml": "snooze: 9"]).book
    var expected = RuleBook.supplied
    expected.snooze = 9
    #expect(snooze == expected)
    let undated = try Standards([
      "rules.yaml": """
      rules:
        task-undated:
          severity: warning
          stages: [{ working: 3, to: [focal] }]
          text: { vi: "Nhiệm vụ {{number}} chưa có hạn.", en: "Task {{number}} has no day." }
      """
    ]).book
    #expect(undated[.taskUndated].stages.map(\.offset) == [3])
    #expect(undated[.subplanMissing] == RuleBook.supplied[.subplanMissing])
    #expect(undated.officeHours == RuleBook.supplied.officeHours)
    #expect(fault(["rules.yaml": "digest: 7h30"])?.reason.contains("expected a time of day") == true)
    #expect(fault(["rules.yaml": "rules:\n  task-undated:\n"])?.line == 2)
  }

  @Test("another file is taken when it changes; one with a fault changes nothing, and is said") func reloaded() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "standards-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "rules.yaml")
    let standards = StandardsFolder(
      folder.path, before: .supplied, Channels(), log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(!standards.reload())
    try Data(Self.rules.replacing("snooze: 5", with: "snooze: 9").utf8).write(to: file)
    #expect(standards.reload())
    #expect(standards.standards.book.snooze == 9)
    try Data(Self.rules.replacing("snooze: 5", with: "snooze: five").utf8).write(to: file)
    #expect(!standards.reload())
    #expect(standards.standards.book.snooze == 9)
    try Data(Self.rules.utf8).write(to: file)
    #expect(standards.reload())
    #expect(standards.standards.book == .supplied)
  }

  @Test("a fault that is there at the start leaves rules and channels as they were before") func faultyFromTheStart()
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "standards-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("mail: none".utf8).write(to: folder.appending(path: "channels.yaml"))
    var (book, channels) = (RuleBook.supplied, Channels())
    book.snooze = 9
    channels.mail = Channels.Mail(server: "smtp://localhost", sender: "xaso@x.vn")
    let standards = StandardsFolder(
      folder.path, before: book, channels, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(standards.standards.book == book && standards.standards.channels == channels)
    #expect(StandardsFolder(nil, before: book, channels, log: Logger(label: "test")).standards.channels == Channels())
  }

  @Test("markup in a name is text, whatever accents it carries") func markup() throws {
    let html = try Template("<b>{{office}}</b>", named: "t", form: .html, knows: ["office"])
    let hostile = "<script>\u{301}alert(1)</script> <\u{338}b> \"'&\r\nBcc: x@y.vn\u{2028}\u{202E}"
    let text = html(["office": .text(hostile)])
    #expect(
      !text.dropFirst(3).dropLast(4).unicodeScalars.contains { "<>\"'\r\n\u{2028}\u{202E}".unicodeScalars.contains($0) }
    )
    #expect(String(String.UnicodeScalarView(text.unicodeScalars.filter(\.isASCII))).contains("&lt;script&gt;alert"))
    let plain = try Template("Kính gửi {{office}}", named: "t", knows: ["office"])(["office": .text(hostile)])
    #expect(!plain.unicodeScalars.contains { "\r\n\u{2028}\u{202E}".unicodeScalars.contains($0) })
  }

  @Test("a subject is ASCII on one line, in words of 75 characters, and says the same")
  func subject() throws {
    let text =
      "Thông báo 30/6/2026: 12 việc – Phòng Văn hóa - Xã hội\r\nBcc: x@y.vn " + String(repeating: "ế", count: 80)
    let header = MailHeader.encoded(text)
    let words = header.split(separator: " ")
    #expect(header.utf8.allSatisfy { (32..<127).contains($0) })
    #expect(words.allSatisfy { $0.utf8.count <= 75 })
    let bytes = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }.reduce(Data(), +)
    #expect(String(decoding: bytes, as: UTF8.self) == text.replacing("\r\n", with: "  "))
  }

  @Test("an address that could end a header or a command is none")
  func addresses() {
    for text in ["vh-xh@giaoan.gov.vn", "a.b+c@x.vn"] { #expect(MailAddress(text) != nil, "\(text)") }
    for text in [
      "a@b.vn\r\nBcc: c@d.vn", "a b@c.vn", "<a@b.vn>", "a@b@c.vn", "a@", "@b.vn", "a@-b.vn", "a@b..vn", "ă@b.vn",
      ".a@b.vn", "a@b.vn ", "-oQ@b.vn", "a@b.vn\0",
    ] { #expect(MailAddress(text) == nil, "\(text)") }
  }

  @Test("a signature is the one that other programs make")
  func signature() {
    // RFC 4231, test case 2.
    #expect(
      HMAC.sha256(Data("what do ya want for nothing?".utf8), key: Data("Jefe".utf8))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test("waits double up to the longest, and never less than half of that; the last attempt is the last")
  func pace() {
    let pace = Pace(first: 1000, longest: 30_000, attempts: 8)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      for failed in 1..<8 {
        let most = min(30_000, Int64(1000) << Int64(failed - 1))
        #expect(pace.wait(after: failed, using: &random).map { (most / 2...most).contains($0) } == true)
      }
    }
    #expect(pace.wait(after: 8, using: &random) == nil)
    #expect(Pace(longest: 1, attempts: 100).wait(after: 99, using: &random) != nil)
  }

  @Test("a moment as mail writes it") func mailDate() {
    #expect(Commune.at(Commune.day(2026, 11, 21), 7, 30).mailDate == "Sat, 21 Nov 2026 07:30:00 +0700")
    #expect(Commune.at(Commune.day(2026, 11, 22), 0, 5).mailDate == "Sun, 22 Nov 2026 00:05:00 +0700")
  }
}
