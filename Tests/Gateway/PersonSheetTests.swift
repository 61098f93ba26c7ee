import Foundation
import Schema
import Testing

@testable import PlanDocuments
@testable import xaso

@Suite("A list of people from a spreadsheet") struct PersonSheetTests {
  private func sheet(_ text: String) throws -> PersonSheet { try PersonSheet(Data(text.utf8)) }

  @Test("columns are known by their headings, in any order, with any separator")
  func headings() throws {
    for (separator, newline) in [(";", "\n"), (",", "\r\n"), ("\t", "\n")] {
      let rows = [
        ["STT", "Họ và tên", "Số CCCD", "Giới tính", "Thôn"],
        ["1", "Lê B", " 038195000124 ", "Nữ", "\"Thôn \"\"2\"\"\""],
        ["", "", "", "", ""], ["2", "\"Trần\(newline)C\"", "038085000125", "", ""],
      ]
      let text =
        "\u{FEFF}" + rows.map { $0.joined(separator: separator) }.joined(separator: newline)
        + newline
      let sheet = try sheet(text)
      #expect(sheet.ignored == ["STT"])
      #expect(sheet.lines.map(\.number) == [2, 4])
      #expect(
        sheet.lines.map(\.text) == [
          "038195000124\tLê B\t\tNữ\tThôn \"2\"\t\t\t\t", "038085000125\tTrần C\t\t\t\t\t\t\t",
        ])
    }
  }

  @Test("a request has 2,000 lines at most and keeps their numbers, over gaps too") func parts()
    throws
  {
    let rows = (0..<4500).map { $0 == 2999 ? "" : "0381950\($0 + 10_000)" }
    let parts = try sheet("so cccd\n" + rows.joined(separator: "\n")).parts(pads: true)
    #expect(parts.map(\.first) == [2, 2002, 3002])
    #expect(parts.allSatisfy { Codec.encode($0).count < 240 * 1024 && $0.pads })
    let numbers = parts.flatMap { part in
      part.lines.split(separator: "\n").enumerated().map {
        (part.first + $0.offset, String($0.element.prefix(12)))
      }
    }
    #expect(numbers.count == 4499)
    for (line, number) in numbers { #expect(rows[line - 2] == number) }
  }

  @Test("a workbook is read like the list that is saved from it: texts, eaten zeros, days as days")
  func workbook() throws {
    let rows = """
      <row r="1"><c r="A1" t="inlineStr"><is><t>Số CCCD</t></is></c><c r="B1" t="inlineStr"><is><t>Ngày sinh</t></is></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>038195000124</t></is></c><c r="B2" s="1"><v>34836</v></c></row>
      <row r="3"><c r="A3"><v>38195000125</v></c></row>
      """
    let file = try PersonWorkbook.packed(rows)
    let sheet = try PersonSheet(file)
    #expect(sheet.lines.map(\.number) == [2, 3])
    #expect(sheet.lines.map(\.text) == ["038195000124\t\t17/05/1995\t\t\t\t\t\t", "38195000125\t\t\t\t\t\t\t\t"])
    #expect(throws: Complaint.self) { try PersonSheet(file.prefix(200)) }
  }

  @Test("a workbook of 60,000 rows is taken whole") func large() throws {
    let count = 60_000
    let cells = ["", "Nguyễn Văn An", "17/05/1995", "Nam", "Thôn 1", "Đã kích hoạt", "01/10/2026", "có"]
    let headings = ["Số CCCD", "Họ tên", "Ngày sinh", "Giới tính", "Thôn", "Định danh mức 2", "Từ ngày", "Chữ ký số"]
    func row(_ line: Int, _ cells: [String]) -> String {
      let cells = zip("ABCDEFGH", cells).map { "<c r=\"\($0)\(line)\" t=\"inlineStr\"><is><t>\($1)</t></is></c>" }
      return "<row r=\"\(line)\">\(cells.joined())</row>"
    }
    let rows = (0..<count).map { index in
      row(index + 2, ["038195\(100_000 + index)"] + cells.dropFirst())
    }
    let sheet = try PersonSheet(try PersonWorkbook.packed(row(1, headings) + rows.joined()))
    #expect(sheet.lines.count == count)
    #expect(sheet.lines.last?.number == count + 1)
    #expect(sheet.lines.last?.text.hasPrefix("038195\(100_000 + count - 1)\tNguyễn Văn An\t") == true)
  }

  @Test("what is no such list is said to be none", arguments: ["", "a;b\n1;2", "Họ tên\nLan"])
  func refused(_ text: String) { #expect(throws: Complaint.self) { try sheet(text) } }

  @Test("a file that is not UTF-8 is not guessed at") func encoding() {
    #expect(throws: Complaint.self) { try PersonSheet(Data([0x53, 0xE9, 0x0A])) }
  }
}

/// A workbook with one sheet and a style that shows numbers as days, packed as spreadsheets pack theirs.
private enum PersonWorkbook {
  static func packed(_ rows: String) throws -> Data {
    let main = #"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#
    let parts = [
      ("xl/workbook.xml", "<workbook \(main)><sheets><sheet name=\"1\" sheetId=\"1\"/></sheets></workbook>"),
      (
        "xl/styles.xml",
        "<styleSheet \(main)><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
      ),
      ("xl/worksheets/sheet1.xml", "<worksheet \(main)><sheetData>\(rows)</sheetData></worksheet>"),
    ]
    return Data(try PackageWriter.package(parts.map { (name: $0.0, text: $0.1) }))
  }
}
