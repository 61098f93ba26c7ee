import Foundation
import Logging
import Schema
import Service
import Storage
import Synchronization
import Testing

@testable import PlanDocuments
@testable import xaso
@testable import xaso_notifications

/// What people write may name somebody in spite of all: each way out masks it.
@Suite("What leaves names nobody", .timeLimit(.minutes(60)))
struct LeavingTests {
  /// Ten thousand well-formed numbers, no two alike, some as people write them.
  private static let numbers = (0..<10_000).map { index in
    let serial = String(1_000_000 + index * 97 % 1_000_000).dropFirst()
    return "0380\(60 + index % 40)\(serial)"
  }
  private static let telephone = "0912345678"
  private static let picture = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEAYABgAAD"

  /// A sentence with each of them.
  private static let text: String = numbers.enumerated().map { index, number in
    [
      "Hộ ông A \(number)", "(CCCD:\(number))", "số\t\(number);", "\(number), gọi \(telephone)",
      "\(number) ảnh \(picture) ",
    ][
      index % 5]
  }.joined(separator: "\n")

  /// Of the numbers, and of what stands beside them, how many a text has in clear.
  private func leaks(_ text: String) -> Int {
    var (count, run) = (0, [UInt8]())
    let planted = Set(Self.numbers)
    for byte in Array(text.utf8) + [0] {
      if (0x30...0x39).contains(byte) {
        run.append(byte)
      } else {
        if planted.contains(String(decoding: run, as: UTF8.self)) { count += 1 }
        run = []
      }
    }
    return count + (text.contains(Self.telephone) ? 1 : 0) + (text.contains("/9j/") ? 1 : 0)
  }

  @Test("the search finds what is there") func search() {
    #expect(Set(Self.numbers).count == 10_000)
    #expect(leaks(Self.text) == 10_002)
  }

  @Test("what a command prints, for people and for programs") func output() {
    #expect(leaks(Output.Care.masked(Self.text)) == 0)
    #expect(leaks(Output.Care.inClear(Self.text)) == 10_002, "a number that was asked for with a reason")
    #expect(
      Output.Care.masked("119/KH-UBND ngày 15/01/2026: 1.009.000.000 đồng")
        == "119/KH-UBND ngày 15/01/2026: 1.009.000.000 đồng")
  }

  @Test("a report, as Word has it and as Markdown") func report() throws {
    let report = AdministrativeReport(
      superior: "UBND TỈNH", issuer: "UBND XÃ", place: "Giao An", year: 2026, subject: Self.text,
      sections: [
        .init(
          heading: Self.text, paragraphs: [Self.text],
          table: .init(titles: ["TT"], widths: [100], rows: [[Self.text]]))
      ], annexes: [], recipients: [Self.text], hash: Fingerprint(of: Data()))
    #expect(leaks(report.markdown) == 0)
    let archive = try Archive(try report.word())
    let word = String(decoding: try #require(try archive.part("word/document.xml")), as: UTF8.self)
    #expect(leaks(word) == 0)
    #expect(report.markdown.contains("Hộ ông A ••••••••••••"))
  }

  @Test("a notice, by mail, webhook and command") func notice() {
    let letter = Letter(
      id: LetterSummary.ID(), unit: "38/15043", office: Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội"),
      isDigest: true, day: day,
      notices: [
        Letter.Item(
          notice: Notice.ID(), fingerprint: UUIDv7(), rule: .taskOverdue, severity: .warning, subject: Self.telephone,
          time: .now, text: Text(vi: Self.text, en: Self.text))
      ])
    #expect(leaks(String(decoding: letter.json, as: UTF8.self)) == 0)
    for language in Language.allCases {
      let message = Standards.supplied.stationery.message(letter, in: language)
      #expect(leaks(message.plain) + leaks(message.html) + leaks(message.subject) == 0)
    }
  }

  @Test("a refusal, and a line of the log with all that hangs on it") func words() {
    let refusal = RefusalBody(Refusal(.invalid, vi: Self.text, en: Self.text, at: Self.text))
    #expect(leaks(String(decoding: Codec.encode(refusal), as: UTF8.self)) == 0)
    let lines = Lines()
    var logger = Logger(label: "test") { _ in Masking(lines) }
    logger[metadataKey: "standing"] = "\(Self.text)"
    logger.error("\(Self.text)", metadata: ["reason": "\(Self.text)", "list": ["\(Self.text)"]])
    logger.error("an error", error: Refusal(.invalid, vi: Self.text, en: Self.text))
    let said = lines.said
    #expect(said.count == 2)
    #expect(said.map(leaks) == [0, 0])
    #expect(said[1].contains("Hộ ông A ••••••••••••"))
  }

  private var day: Day { Timestamp.now.day }

  /// Keeps what it is given to write.
  private final class Said: Sendable {
    let lines = Mutex<[String]>([])
  }

  private struct Lines: LogHandler {
    private let kept = Said()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    var said: [String] { kept.lines.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      kept.lines.withLock {
        $0.append("\(event.message) \(metadata) \(event.metadata ?? [:]) \(event.error.map { "\($0)" } ?? "")")
      }
    }
  }
}
