import Foundation
import Schema
import Seeds
import Testing

@testable import PlanDocuments

/// Files that are no plan, or mean harm: a clear answer, bounded, and nothing understood.
@Suite struct HostileFileTests {
  private func refusal(_ bytes: [UInt8]) -> UnreadableDocument? {
    do throws(UnreadableDocument) {
      _ = try PlanReading.read(bytes)
      return nil
    } catch {
      #expect(!error.text.vi.isEmpty && !error.text.en.isEmpty && error.text.vi != error.text.en)
      return error
    }
  }

  @Test func emptyFiles() {
    #expect(refusal([]) == .empty)
    #expect(refusal(Array(" \n\t\n".utf8)) == .empty)
    #expect(refusal(Packed.word("")) == .empty)
  }

  @Test func tenMegabytes() {
    let line = Array("Một dòng chữ của một kế hoạch rất dài.\n".utf8)
    let text = Array(repeatElement(line, count: 10 * 1_048_576 / line.count).joined())
    #expect(refusal(text) == .tooLarge(limit: DocumentFile.longestText))
    #expect(
      refusal([UInt8](repeating: 0x50, count: DocumentFile.largestFile + 1))
        == .tooLarge(limit: DocumentFile.largestFile))
  }

  @Test func filesOfOtherKinds() {
    #expect(refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .oldOffice)
    #expect(refusal(Array("{\\rtf1 text}".utf8)) == .oldOffice)
    #expect(refusal([0x89, 0x50, 0x4E, 0x47, 1]) == .image)
    #expect(refusal([0xFF, 0xD8, 0xFF, 1]) == .image)
    #expect(refusal([1, 2, 0, 3]) == .binary)
    #expect(refusal(Array("K".utf8) + [0xF5, 0xE9, 0x20] + Array("hoach chuyen doi so".utf8)) == .notUTF8)
    #expect(refusal(Packed.file([("mimetype", Array("application/epub".utf8))])) == .otherPackage)
  }

  @Test func noiseFromASeed() {
    var random = Seed()
    for _ in 0..<200 {
      let noise = (0..<Int.random(in: 1...4000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      for magic in [[], [0x50, 0x4B, 3, 4]] as [[UInt8]] {
        // Noise may be text by chance, but never a plan.
        if let reading = try? PlanReading.read(magic + noise) {
          #expect(reading.tasks.isEmpty && reading.targets.isEmpty)
        }
      }
    }
  }

  @Test func packedFilesCutAnywhere() {
    let whole = Packed.word("<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>")
    #expect(refusal(whole) == nil)
    for length in stride(from: 4, to: whole.count, by: 7) {
      #expect(refusal(Array(whole[..<length])) == .damaged)
    }
  }

  @Test func aBombStaysPacked() {
    let zeros = [UInt8](repeating: UInt8(ascii: " "), count: 200 * 1_048_576)
    let bomb = Packed.file([("word/document.xml", zeros)])
    #expect(bomb.count < 1_048_576)
    #expect(refusal(bomb) == .inflatesTooMuch(limit: Archive.inflated))
    let dense = Packed.file([("word/document.xml", [UInt8](repeating: UInt8(ascii: " "), count: 8 * 1_048_576))])
    #expect(refusal(dense) == .inflatesTooMuch(limit: Archive.inflated))
  }

  @Test(arguments: [
    "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE d SYSTEM \"http://127.0.0.1/x.dtd\">",
    "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
  ])
  func entitiesAreNotEvenDeclared(_ prolog: String) {
    #expect(refusal(Packed.word("<w:p><w:r><w:t>a</w:t></w:r></w:p>", prolog: prolog)) == .declaresEntities)
  }

  @Test func nestingAndCellsAreBounded() {
    let deep = String(repeating: "<w:p>", count: 300) + String(repeating: "</w:p>", count: 300)
    #expect(refusal(Packed.word(deep)) == .tooDeep)
    let row = "<w:tr>" + String(repeating: "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>", count: 50) + "</w:tr>"
    // Random numbers between the rows keep the file below the ratio of a bomb.
    var random = Seed()
    let rows = (0..<2100).map { _ in row + "<!-- \((0..<12).map { _ in String(random.next()) }.joined()) -->" }.joined()
    #expect(refusal(Packed.word("<w:tbl>\(rows)</w:tbl>")) == .tooManyCells(limit: WordDocument.cells))
    #expect(refusal(Packed.word("<w:p><w:r><w:t>thiếu thẻ đóng</w:t></w:r>")) == .damaged)
  }

  @Test(arguments: ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "ĐỘ MẬT: TỐI MẬT", "T U Y Ệ T  M Ậ T"])
  func secretsAreRefused(_ mark: String) {
    let text = "ỦY BAN NHÂN DÂN\n\n\(mark)\n\nKẾ HOẠCH\n\nPhòng thủ năm 2026\n"
    guard case .secret = refusal(Array(text.utf8)) else {
      Issue.record("\(mark) was read")
      return
    }
    guard
      case .secret = refusal(
        Packed.word("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>\(mark)</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"))
    else {
      Issue.record("\(mark) was read in a table")
      return
    }
    #expect(refusal(Array("KẾ HOẠCH\n\n100% văn bản gửi điện tử (trừ văn bản mật).\n\nMẠNG NỘI BỘ\n".utf8)) == nil)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext"), "pdftotext is not installed"))
  func pictureAndDamagedPDF() {
    #expect(refusal(Array("%PDF-1.7\nnothing else".utf8)) == .pdfUnreadable)
    #expect(refusal(MinimalPDF.file(["."])) == .scan)
    let lines = ["Ke hoach chuyen doi so cua xa nam 2026", "Phan thu nhat: danh gia tinh hinh"]
    #expect(refusal(MinimalPDF.file(lines)) == nil)
  }
}
