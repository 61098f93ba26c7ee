import Foundation
import Schema
import Testing

@testable import PlanDocuments

/// What office programs do to a document: sheets, automatic numbers, merged cells, pages.
@Suite struct OfficeFileTests {
  private func read(_ bytes: [UInt8]) throws -> PlanReading { try PlanReading.read(bytes) }

  // MARK: Excel

  @Test func aSheetIsAnAppendix() throws {
    let strings = [
      "PHỤ LỤC I. CHỈ TIÊU NĂM 2027", "TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu", "Cơ quan chủ trì",
      "Tỷ lệ hồ sơ được số hóa", "Tỷ lệ thôn có mạng cáp quang", "%", "Phòng Kinh tế", "trên 80",
    ]
    func text(_ place: String, _ index: Int) -> String { "<c r=\"\(place)\" t=\"s\"><v>\(index)</v></c>" }
    let sheet = """
      <worksheet><sheetData><row r="1">\(text("A1", 0))</row>
      <row r="3">\(zip(["A3", "B3", "C3", "D3", "E3"], 1...5).map(text).joined())</row>
      <row r="4"><c r="A4"><v>1</v></c>\(text("B4", 6))\(text("C4", 8))\(text("D4", 10))\(text("E4", 9))</row>
      <row r="5"><c r="A5"><v>2</v></c>\(text("B5", 7))<c r="D5" s="1"><v>0.995</v></c></row></sheetData>
      <mergeCells count="2"><mergeCell ref="E4:E5"/><mergeCell ref="A1:E1"/></mergeCells></worksheet>
      """
    let parts = [
      ("xl/workbook.xml", "<workbook/>"),
      ("xl/sharedStrings.xml", "<sst>" + strings.map { "<si><t>\($0)</t></si>" }.joined() + "</sst>"),
      ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"),
      ("xl/worksheets/sheet1.xml", sheet),
    ].map { (name: $0.0, bytes: Array(("<?xml version=\"1.0\"?>" + $0.1).utf8)) }
    let reading = try read(Packed.file(parts))
    let rows = reading.targets.map(\.value)
    #expect(rows.map(\.number) == ["1", "2"])
    #expect(rows.map(\.indicator) == ["Tỷ lệ hồ sơ được số hóa", "Tỷ lệ thôn có mạng cáp quang"])
    #expect(rows.map(\.value) == [Quantity(80), Quantity("99.5")])
    #expect(rows.map(\.comparator) == [.known(.above), .known(.exactly)])
    #expect(rows.map(\.leads) == [["kt"], ["kt"]], "a merged cell holds for both rows")
    #expect(reading.targets.map(\.spot.line) == [4, 5])
  }

  // MARK: Word

  @Test func numbersThatWordWritesAreRead() throws {
    func item(_ list: Int, _ level: Int, _ text: String) -> String {
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr></w:pPr>"
        + (text.isEmpty ? "" : "<w:r><w:t>\(text)</w:t></w:r>") + "</w:p>"
    }
    func plain(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }
    func row(_ cells: [String]) -> String { "<w:tr>" + cells.map { "<w:tc>\($0)</w:tc>" }.joined() + "</w:tr>" }
    func level(_ level: Int, _ format: String, _ pattern: String) -> String {
      """
      <w:lvl w:ilvl="\(level)"><w:start w:val="1"/><w:numFmt w:val="\(format)"/><w:lvlText w:val="\(pattern)"/></w:lvl>
      """
    }
    let numbering = """
      <w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
      <w:abstractNum w:abstractNumId="0">\(level(0, "upperRoman", "%1."))\(level(1, "decimal", "%2."))</w:abstractNum>
      <w:abstractNum w:abstractNumId="1">\(level(0, "decimal", "%1"))</w:abstractNum>
      <w:abstractNum w:abstractNumId="2">\(level(0, "bullet", "-"))</w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>
      """
    let headings = ["TT", "Chỉ tiêu", "Mức phấn đấu", "Cơ quan chủ trì"].map(plain)
    let body =
      item(1, 0, "CĂN CỨ") + item(1, 0, "MỤC TIÊU") + item(1, 1, "Mục tiêu chung") + plain("Đưa công nghệ đến thôn.")
      + item(1, 1, "Mục tiêu cụ thể năm 2027") + item(3, 0, "100% thôn có điểm truy cập công cộng")
      + plain("PHỤ LỤC") + "<w:tbl>" + row(headings)
      + row([item(2, 0, ""), plain("Tỷ lệ hồ sơ được số hóa"), plain("80%"), plain("Văn phòng")])
      + row([item(2, 0, ""), plain("Tỷ lệ thôn có cáp quang"), plain("90%"), plain("Phòng Kinh tế")]) + "</w:tbl>"
    let document = """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body)</w:body></w:document>
      """
    let reading = try read(
      Packed.file([("word/document.xml", Array(document.utf8)), ("word/numbering.xml", Array(numbering.utf8))]))
    #expect(reading.layout.outline == ["I", "II", "II.1", "II.2"])
    #expect(reading.objectives.map(\.spot.section) == ["II.2"])
    #expect(reading.objectives.map(\.value.due) == [Day(2027, 12, 31)])
    #expect(reading.targets.map(\.value.number) == ["1", "2"])
    #expect(reading.targets.map(\.value.leads) == [["vp"], ["kt"]])
  }

  @Test(.enabled(if: PythonDocx.isInstalled, "python3-docx is not installed"))
  func pythonDocxReadsLikeMarkdown() throws {
    let markdown = """
      # KẾ HOẠCH
      Chuyển đổi số năm 2027

      PHỤ LỤC II. NHIỆM VỤ NĂM 2027

      Đơn vị tính: triệu đồng

      | TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Kinh phí |
      |---|---|---|---|---|
      | 1 | Mua máy quét hồ sơ | Phòng Kinh tế | Văn phòng | 45 |
      | 2 | Tập huấn cho trưởng thôn | Phòng Kinh tế | Văn phòng | 12,5 |
      |  | Tổng cộng |  |  | 57,5 |
      """
    let word = try read(PythonDocx.file)
    let text = try read(Array(markdown.utf8))
    #expect(word.tasks.map(\.value) == text.tasks.map(\.value))
    #expect(word.tasks.map(\.value.cost?.dong) == [45_000_000, 12_500_000])
    #expect(word.budgets.first?.value.declared == Money(dong: 57_500_000))
    #expect(word.title?.value == text.title?.value && word.year == 2027)
  }

  // MARK: PDF

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext"), "pdftotext is not installed"))
  func aTableOfAPDFIsRead() throws {
    let file = TabledPDF.file(
      lines: ["KẾ HOẠCH", "Chuyển đổi số năm 2027", "PHỤ LỤC I", "CHỈ TIÊU CHỦ YẾU NĂM 2027"],
      widths: [24, 150, 70, 70, 160],
      rows: [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu", "Cơ quan chủ trì"],
        ["1", "Tỷ lệ hồ sơ thủ tục hành chính được số hóa", "%", "trên 80", "Phòng Văn hóa - Xã hội"],
        ["2", "Tỷ lệ thôn có mạng cáp quang", "%", "≥ 95", "Phòng Kinh tế"],
        ["3", "Tỷ lệ cán bộ dùng chữ ký số trong công việc", "%", "100", "Văn phòng HĐND và UBND"],
      ])
    let reading = try read(file)
    let rows = reading.targets.map(\.value)
    #expect(rows.map(\.number) == ["1", "2", "3"])
    #expect(rows.map(\.value) == [Quantity(80), Quantity(95), Quantity(100)])
    #expect(rows.map(\.comparator) == [.known(.above), .known(.atLeast), .known(.exactly)])
    #expect(rows.map(\.leads) == [["vh-xh"], ["kt"], ["vp"]])
    #expect(rows.first?.indicator == "Tỷ lệ hồ sơ thủ tục hành chính được số hóa")
    #expect(reading.findings.contains { $0.reason == .columnsLost })
  }
}

/// A Word file that another program made, with cells merged down and across.
private enum PythonDocx {
  static let isInstalled = (try? run("import docx")) == 0

  static var file: [UInt8] {
    get throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "xaso-docx-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appending(path: "plan.docx")
      #expect(try run(script, file.path) == 0)
      return Array(try Data(contentsOf: file))
    }
  }

  private static let script = """
    import sys, docx
    d = docx.Document()
    for text in ["KẾ HOẠCH", "Chuyển đổi số năm 2027", "PHỤ LỤC II. NHIỆM VỤ NĂM 2027", "Đơn vị tính: triệu đồng"]:
        d.add_paragraph(text)
    rows = [["TT", "Nhiệm vụ", "Cơ quan", "", "Kinh phí"], ["", "", "chủ trì", "phối hợp", ""],
            ["1", "Mua máy quét hồ sơ", "Phòng Kinh tế", "Văn phòng", "45"],
            ["2", "Tập huấn cho trưởng thôn", "", "", "12,5"], ["", "Tổng cộng", "", "", "57,5"]]
    t = d.add_table(rows=len(rows), cols=5)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text: t.cell(i, j).text = text
    for a, b in [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4)), ((0, 2), (0, 3)), ((2, 2), (3, 2)), ((2, 3), (3, 3)),
                 ((4, 1), (4, 3))]:
        t.cell(*a).merge(t.cell(*b))
    d.save(sys.argv[1])
    """

  private static func run(_ script: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// A PDF with a table, drawn as office programs draw one: row by row, cell by cell, each broken to its column's width.
private enum TabledPDF {
  static func file(lines: [String], widths: [Int], rows: [[String]]) -> [UInt8] {
    var content = "BT /F1 10 Tf "
    var y = 800
    func show(_ text: String, _ x: Int, _ y: Int) {
      let codes = text.utf16.map { String($0, radix: 16) }.map { String(repeating: "0", count: 4 - $0.count) + $0 }
      content += "1 0 0 1 \(x) \(y) Tm <\(codes.joined())> Tj "
    }
    for line in lines {
      show(line, 40, y)
      y -= 20
    }
    for row in rows {
      var x = 40
      var height = 0
      for (text, width) in zip(row, widths) {
        let pieces = broken(text, width / 6)
        for (index, piece) in pieces.enumerated() { show(piece, x, y - 12 * index) }
        height = max(height, pieces.count)
        x += width
      }
      y -= 12 * height + 10
    }
    return MinimalPDF.file(content: content + "ET", fonts: fonts)
  }

  private static func broken(_ text: String, _ letters: Int) -> [String] {
    text.split(separator: " ").reduce(into: [String]()) { lines, word in
      if let last = lines.last, last.count + word.count < letters {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// A font whose codes are UTF-16, as its table to Unicode says.
  private static let fonts = [
    "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
    """
    << /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 /FontDescriptor 8 0 R \
    /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>
    """,
    MinimalPDF.stream(
      """
      /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plain def /CMapType 2 def
      1 begincodespacerange <0000> <FFFF> endcodespacerange
      """
        + (0..<3).map { block in
          let pages = (block * 100..<min(256, block * 100 + 100)).map { page -> String in
            let high = (page < 16 ? "0" : "") + String(page, radix: 16)
            return "<\(high)00> <\(high)FF> <\(high)00>"
          }
          return "\(pages.count) beginbfrange\n\(pages.joined(separator: "\n"))\nendbfrange\n"
        }.joined() + "endcmap end end"),
    "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
  ]
}
