import Foundation
import Schema
import Testing

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

  @Test("what is no such list is said to be none", arguments: ["", "a;b\n1;2", "Họ tên\nLan"])
  func refused(_ text: String) { #expect(throws: Complaint.self) { try sheet(text) } }

  @Test("a file that is not UTF-8 is not guessed at") func encoding() {
    #expect(throws: Complaint.self) { try PersonSheet(Data([0x53, 0xE9, 0x0A])) }
  }
}
