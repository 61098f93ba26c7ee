import PlanDocuments
import Schema
import Testing

@testable import xaso

@Suite("What a report says")
struct ReportMaterialTests {
  private static let work = SubmissionWork(
    asOf: Day(number: 20_464),
    tasks: [
      .init(number: "1", name: "Duy trì mạng", leads: ["vp"], time: "31/12/2026", percent: 100),
      .init(number: "2", name: "Sàn nông sản", leads: ["kt"], percent: 40, standing: Open(.overdue)),
    ],
    money: [
      .init(leads: ["vp"], estimated: 30, allocated: 20, disbursed: 10),
      .init(leads: ["kt"], estimated: 3, allocated: 2, disbursed: 1),
    ],
    obstacles: [
      .init(office: "vp", text: "Thiếu máy quét."), .init(office: "kt", text: "Mất điện.", asks: "Bổ sung máy phát."),
    ],
    offices: [Office(code: "kt", name: "Phòng Kinh tế"), Office(code: "vp", name: "Văn phòng")])

  private static func report(
    of office: Office.Code?, _ work: SubmissionWork? = work, via: String? = nil, cells: [Submission.Cell] = []
  ) throws -> AdministrativeReport {
    let hash = try #require(Fingerprint(String(repeating: "ab", count: 32)))
    let period = try #require(Period("2025-Y"))
    let keeper: Unit = office == nil ? "38" : "38/15043"
    // 2026-01-11T03:00:00Z
    let time = Timestamp(milliseconds: 1_768_100_400_000)
    let material = ReportMaterial(
      submission: SubmissionDetail(
        summary: SubmissionSummary(
          id: Submission.ID(), keeper: keeper, regime: "khcn", period: period, unit: "38/15043", office: office,
          status: Open(.sent), version: 1, answered: 0, cells: 0, hash: hash),
        remarks: SubmissionRemarks(work: work), cells: cells,
        steps: [.init(status: Open(.prepared), account: "a", time: time)]),
      regime: Regime(code: "khcn", name: "Báo cáo KHCN", via: via), promises: [:])
    return material.report
  }

  private static func text(_ report: AdministrativeReport) -> String {
    report.sections.flatMap(\.paragraphs).joined(separator: "\n")
  }

  @Test("a commune's says what was frozen of all its offices, and is of the year in which it is signed")
  func commune() throws {
    let report = try Self.report(of: nil)
    #expect(report.superior == "UBND TỈNH THANH HÓA" && report.issuer == "ỦY BAN NHÂN DÂN XÃ GIAO AN")
    #expect(report.year == 2026)
    let text = Self.text(report)
    #expect(text.contains("có 2 nhiệm vụ, hoàn thành 1, đang thực hiện 1, chưa bắt đầu 0"))
    #expect(text.contains("dự toán theo kế hoạch 33 đồng; đã phân bổ 22 đồng; đã giải ngân 11 đồng"))
    #expect(text.contains("Thiếu máy quét.") && text.contains("Bổ sung máy phát."))
    #expect(report.annexes.last?.table?.rows.map { $0[2] } == ["Văn phòng", "Phòng Kinh tế"])
  }

  @Test("an office's says what is its own, under the head of its commune")
  func office() throws {
    let report = try Self.report(of: "kt")
    #expect(report.superior == "UBND XÃ GIAO AN" && report.issuer == "PHÒNG KINH TẾ")
    let text = Self.text(report)
    #expect(text.contains("có 1 nhiệm vụ, hoàn thành 0") && text.contains("đã giải ngân 1 đồng"))
    #expect(!text.contains("Thiếu máy quét.") && text.contains("Mất điện."))
    #expect(report.annexes.last?.table?.rows.map(\.first) == ["2"])
  }

  @Test("it goes to whom it is for, through whom the regime says")
  func recipients() throws {
    #expect(try Self.report(of: nil).recipients.first == "Sở Khoa học và Công nghệ (b/c);")
    let through = try Self.report(of: nil, via: "Sở Khoa học và Công nghệ").recipients
    #expect(through.prefix(2) == ["UBND tỉnh (b/c);", "Sở Khoa học và Công nghệ (tổng hợp);"])
    #expect(try Self.report(of: "kt").recipients == ["UBND xã (b/c);", "Cơ quan đầu mối;", "Lưu."])
    let office = try Self.report(of: "kt", via: "Phòng Văn hóa - Xã hội").recipients
    #expect(office == ["UBND xã (b/c);", "Phòng Văn hóa - Xã hội (tổng hợp);", "Lưu."])
  }

  @Test("a sum over villages says what it rests on")
  func villages() throws {
    let cells = [
      Submission.Cell(
        indicator: Indicator.ID(), name: "Phủ sóng 5G", measure: "%", figure: Figure(9, of: 10),
        standing: Open(.noData), villages: .init(reported: 1, expected: 60)),
      Submission.Cell(
        indicator: Indicator.ID(), name: "Chữ ký số", measure: "%", figure: Figure(1, of: 2), standing: Open(.behind)),
    ]
    let rows = try #require(try Self.report(of: nil, cells: cells).annexes.first?.table).rows
    #expect(rows.map { $0[5] } == ["90,0 % (cộng 1/60 thôn)", "50,0 %"])
  }

  private static func judged(
    _ name: String, _ verdict: Indicator.Verdict, _ text: String
  ) -> Submission.Cell {
    Submission.Cell(
      indicator: Indicator.ID(), name: name, standing: Open(.reportOnly),
      judgement: .init(
        verdict: Open(verdict), text: text, evidence: "45/BC-UBND", office: "vp", time: Timestamp(milliseconds: 0),
        year: 2025, period: Period("2025-Y")))
  }

  private static func cells() -> [Submission.Cell] {
    [
      Submission.Cell(
        indicator: Indicator.ID(), name: "Hồ sơ trực tuyến", measure: "%", figure: Figure(90, of: 100), revision: 1,
        standing: Open(.met)),
      judged("Đổi mới lề lối", .partly, "Mới ở hai phòng"), judged("Văn hóa số", .achieved, "Đã làm"),
      judged("Học tập số", .achieved, "Đã mở lớp"),
    ]
  }

  @Test("what was judged in words is told apart from what is met by number, in an annex of its own")
  func verdicts() throws {
    let report = try Self.report(of: nil, cells: Self.cells())
    let text = Self.text(report)
    #expect(text.contains("báo cáo 1 chỉ tiêu, trong đó đã đạt 1."))
    #expect(text.contains("đánh giá 3 mục tiêu, hoàn thành 2, hoàn thành một phần 1. Chi tiết tại Phụ lục III."))
    #expect(text.contains("Chi tiết tại Phụ lục II."))
    #expect(report.annexes.map(\.heading) == ["PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III"])
    #expect(report.annexes.first?.table?.rows.map { $0[1] } == ["Hồ sơ trực tuyến"])
    #expect(
      report.annexes.last?.table?.rows.first == [
        "1", "Đổi mới lề lối", "hoàn thành một phần", "Mới ở hai phòng", "45/BC-UBND", "năm 2025",
      ])
    #expect(report.markdown.contains("| 2 | Văn hóa số | hoàn thành | Đã làm | 45/BC-UBND | năm 2025 |"))
    #expect(try !report.word().isEmpty)
    let bare = try Self.report(of: nil, nil, cells: Self.cells())
    #expect(bare.annexes.map(\.heading) == ["PHỤ LỤC I", "PHỤ LỤC II"])
    #expect(Self.text(bare).contains("hoàn thành một phần 1. Chi tiết tại Phụ lục II."))
  }

  @Test("a submission's table has the words and the evidence of a verdict in columns of their own")
  func cellTable() throws {
    let hash = try #require(Fingerprint(String(repeating: "ab", count: 32)))
    let cells = Self.cells()
    let detail = SubmissionDetail(
      summary: SubmissionSummary(
        id: Submission.ID(), keeper: "38", regime: "khcn", period: try #require(Period("2025-Y")), unit: "38/15043",
        status: Open(.sent), version: 1, answered: 4, cells: 4, hash: hash),
      remarks: SubmissionRemarks(), cells: cells, steps: [])
    let lines = CellTable.of(detail, .vietnamese).csv(.vietnamese)
    #expect(lines[0].hasSuffix("Đánh giá,Ghi chú,Kết quả bằng lời,Minh chứng"))
    #expect(lines[2] == "Đổi mới lề lối,,,,chỉ báo cáo; hoàn thành một phần,năm 2025,Mới ở hai phòng,45/BC-UBND")
    let english = CellTable.of(detail, .english).csv(.english)
    #expect(english[2].contains("report only; partly achieved"))
  }

  @Test("of one that was put together without them it tells of no tasks and no money")
  func bare() throws {
    let report = try Self.report(of: nil, nil)
    #expect(report.annexes.count == 1)
    #expect(Self.text(report).contains("Chưa có số liệu kinh phí") && !Self.text(report).contains("Về nhiệm vụ"))
  }
}
