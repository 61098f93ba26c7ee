import Foundation
import Testing

extension SystemTests {
  /// What the documents show is what a reader sees who types it.
  @Suite("Transcripts")
  struct TranscriptTests {
    /// `XASO_WRITE_TRANSCRIPTS=1` writes into each page what its commands answer now.
    private static let isWriting = ProcessInfo.processInfo.environment["XASO_WRITE_TRANSCRIPTS"] == "1"

    @Test("each page answers as it says", arguments: try Transcript.names)
    func replayed(name: String) async throws {
      let page = try Transcript(name)
      var template = Array("/tmp/page-XXXXXX".utf8CString)
      try #require(mkdtemp(&template) != nil)
      let home = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      // Whatever a page leaves running ends with the test.
      let watchman = try Watchman(over: home)
      defer { watchman.dismiss() }

      let executables = URL(filePath: try House.executable("xaso")).deletingLastPathComponent().path
      let replayed = try await page.replayed(in: home, with: executables)
      if Self.isWriting { return try page.write(replayed) }
      let (lines, now) = (page.text.components(separatedBy: "\n"), replayed.components(separatedBy: "\n"))
      for (number, (line, other)) in zip(1..., zip(lines, now)) where line != other {
        Issue.record("\(name), line \(number): now “\(other)” and not “\(line)”")
        break
      }
      #expect(lines.count == now.count)
    }

    @Test(
      "a calendar that cannot be set is refused before anything is done", arguments: ["2026-02-30", "mai", "1/7/2026"])
    func noSuchDay(word: String) async throws {
      for name in ["xaso", "xaso-plans"] {
        let command = [
          "/usr/bin/env", "XASO_TODAY=\(word)", "/bin/sh", "-c", #""$0" 2>&1"#, try House.executable(name),
        ]
        let (status, output) = try await Child.run(command)
        #expect(status != 0)
        #expect(output.contains { $0.contains("write a day such as 2026-07-01") })
      }
    }
  }
}
