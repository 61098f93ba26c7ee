import Foundation
import Schema
import Testing

@testable import PlanDocuments

/// deploy/READING.md shows a document, what is read of it, and what is found: exactly what the code says.
@Suite struct ReadingPageTests {
  @Test func thePageShowsWhatIsRead() throws {
    let page = try ReadingPage(document: String(contentsOf: Self.file("examples/document.md"), encoding: .utf8)).text
    let file = Self.file("READING.md")
    if ProcessInfo.processInfo.environment["XASO_WRITE_GOLDENS"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(
      try String(contentsOf: file, encoding: .utf8) == page,
      "after looking at it, write it anew: XASO_WRITE_GOLDENS=1 swift test --filter ReadingPageTests")
  }

  private static func file(_ name: String) -> URL {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "deploy/\(name)")
  }
}

/// The page: the document on the left, its YAML form on the right, findings below.
private struct ReadingPage {
  let document: String
  let reading: PlanReading
  let plan: PlanDocument

  init(document: String) throws {
    self.document = document
    reading = try PlanReading.read(Array(document.utf8))
    plan = try #require(reading.document(of: "00"))
  }

  var text: String {
    """
    # Đọc và kiểm tra một văn bản · A document, read and checked

    Bên trái là văn bản như cơ quan soạn (xã không có thật), bên phải là điều `xaso` hiểu, bên dưới là mọi điều còn thiếu, chưa chắc hoặc
    sai. (On the left a document as an office writes it, of a commune that there is not; on the right what `xaso` understands; below,
    all that is missing, doubtful or wrong. A test keeps this page true.)

    ```console
    $ xaso plan read deploy/examples/document.md      # bên phải, và bảng thứ nhất · the right side, and the first table
    $ xaso plan check deploy/examples/document.md     # bảng thứ hai · the second table
    ```

    <table><tr><th>Văn bản · Document</th><th>Hiểu là · Understood</th></tr><tr><td valign="top">

    \(document.trimmed)

    </td><td valign="top">

    ```yaml
    \((reading.yaml(of: nil) ?? "").trimmed)
    ```

    </td></tr></table>

    ## Khi đọc · On reading

    | Chỗ · Place | Lời văn · Words | Ghi chú | Remark |
    |---|---|---|---|
    \(rows(reading.findings.map { [$0.spot.text.vi, $0.words, $0.text.vi, $0.text.en] }))

    ## Khi kiểm tra · On checking

    | Mã · Rule | Mức · Severity | Chỗ · Place | Vấn đề | Problem |
    |---|---|---|---|---|
    \(rows(plan.check().map { finding in
      [
        finding.rule.rawValue, "\(finding.severity.text.vi) · \(finding.severity.text.en)",
        finding.places.map(\.text.vi).joined(separator: ", "), finding.problem.vi, finding.problem.en,
      ]
    }))

    """
  }

  private func rows(_ rows: [[String]]) -> String {
    rows.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }.joined(
      separator: "\n")
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
