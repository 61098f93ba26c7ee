import Foundation
import Schema
import Testing

@testable import PlanDocuments

@Suite("A report in the form of Decree 30/2020") struct AdministrativeReportTests {
  static let report = AdministrativeReport(
    superior: "UBND TỈNH THANH HÓA", issuer: "ỦY BAN NHÂN DÂN XÃ GIAO AN", place: "Giao An", year: 2026,
    subject: "Báo cáo KHCN-ĐMST-CĐS quý I/2026",
    sections: [
      .init(heading: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", paragraphs: ["Ban Chỉ đạo <họp> hai lần & giao việc."]),
      .init(heading: "II. KẾT QUẢ THỰC HIỆN", paragraphs: ["Chữ \u{1}điều khiển\u{0} bị bỏ."]),
    ],
    annexes: [
      .init(
        heading: "PHỤ LỤC I",
        table: .init(
          titles: ["TT", "Chỉ tiêu", "Kết quả"], widths: [10, 60, 30],
          rows: [["1", "Hồ sơ | trực tuyến", "85,0 %"], ["2", "Người dân có chữ ký số", "không phát sinh"]]))
    ], recipients: ["Sở Khoa học và Công nghệ (b/c);", "Lưu: VT."],
    hash: Samples.hash)

  private enum Samples {
    static let hash: Fingerprint = {
      guard let hash = Fingerprint(String(repeating: "a", count: 64)) else { preconditionFailure("64 digits") }
      return hash
    }()
  }

  /// What an office reads in its own word processor is read back here by the reader of plans.
  @Test("a docx that is read again says all that is in it, in its order")
  func roundTrip() throws {
    let bytes = try Self.report.word()
    #expect(bytes.starts(with: [0x50, 0x4B]))
    let archive = try Archive(bytes)
    #expect(archive.names.contains("word/document.xml") && archive.names.first == "[Content_Types].xml")
    let manuscript = try #require(try WordDocument.read(archive))
    let text = "\(manuscript)"
    var rest = text[...]
    for phrase in [
      "UBND TỈNH THANH HÓA", "ỦY BAN NHÂN DÂN", "XÃ GIAO AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc", "Giao An, ngày", "BÁO CÁO", "Báo cáo KHCN-ĐMST-CĐS quý I/2026",
      "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "Ban Chỉ đạo <họp> hai lần & giao việc.", "Chữ điều khiển bị bỏ.",
      "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "PHỤ LỤC I", "Hồ sơ | trực tuyến", "85,0 %",
    ] {
      let found = try #require(rest.range(of: phrase), "\(phrase) is missing, or not in its place")
      rest = rest[found.upperBound...]
    }
  }

  @Test("the margins, the paper and the letters that the decree asks for")
  func form() throws {
    let archive = try Archive(try Self.report.word())
    let document = String(decoding: try #require(try archive.part("word/document.xml")), as: UTF8.self)
    // 210 × 297 mm; 20 mm above and below, 30 left, 15 right, in twentieths of a point.
    #expect(document.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
    #expect(document.contains("w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\""))
    #expect(document.contains("<w:titlePg/>"))
    let styles = String(decoding: try #require(try archive.part("word/styles.xml")), as: UTF8.self)
    #expect(styles.contains("w:ascii=\"Times New Roman\""))
  }

  @Test("Markdown keeps its tables whole")
  func markdown() {
    let markdown = Self.report.markdown
    #expect(markdown.contains("| 1 | Hồ sơ \\| trực tuyến | 85,0 % |"))
    #expect(markdown.contains("# BÁO CÁO"))
  }
}
