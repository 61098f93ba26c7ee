import Foundation
import Schema
import Seeds
import Testing

@testable import PlanDocuments

/// Whatever is done to a document, the reader answers with a reading or with a reason.
@Suite struct MutatedDocumentTests {
  /// `XASO_MUTATIONS` asks for more, such as 100000 before a release.
  static let count = ProcessInfo.processInfo.environment["XASO_MUTATIONS"].flatMap(Int.init) ?? 1000

  /// Nine of ten are changed on paper, so that they are whole files and reach what understands them; one in its bytes.
  @Test(arguments: RoundTripTests.Form.allCases)
  func noMutationCrashesTheReader(_ form: RoundTripTests.Form) throws {
    var random = Seed("\(form)")
    var invention = Invention(random: random.split(1))
    var (read, rows, refused) = (0, 0, 0)
    for _ in 0..<max(1, Self.count / RoundTripTests.Form.allCases.count / 20) {
      let original = Paper(invention.plan())
      let whole = form.file(original)
      for number in 0..<20 {
        let bytes = number < 18 ? form.file(original.mutated(using: &random)) : Self.damaged(whole, using: &random)
        do throws(UnreadableDocument) {
          let reading = try PlanReading.read(bytes)
          read += 1
          guard let document = reading.document(of: "38/15043") else { continue }
          if !document.tasks.isEmpty || !document.targets.isEmpty { rows += 1 }
          // Every row has its own number, and only offices that the plan declares.
          #expect(Set(document.tasks.map(\.number)).count == document.tasks.count)
          #expect(Set(document.targets.map(\.number)).count == document.targets.count)
          let codes = Set(document.head.offices.map(\.code))
          #expect(document.tasks.allSatisfy { codes.isSuperset(of: $0.leads + $0.coordinating) })
          #expect(document.targets.allSatisfy { codes.isSuperset(of: $0.leads + $0.coordinating) })
        } catch {
          refused += 1
        }
      }
    }
    print("\(form): \(read) read, \(rows) of them with rows, \(refused) refused")
    #expect(rows * 4 > (read + refused) * 3, "most mutations reach what reads rows")
  }

  private static func damaged(_ bytes: [UInt8], using random: inout Seed) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...60, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 2: bytes[start] = UInt8.random(in: 0...255, using: &random)
      default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...200, using: &random)))
      }
    }
    return bytes
  }
}

extension Paper {
  /// The same paper with a few of its paragraphs, rows, cells and letters changed.
  fileprivate func mutated(using random: inout Seed) -> Paper {
    var paper = self
    for _ in 0..<Int.random(in: 1...8, using: &random) where !paper.blocks.isEmpty {
      let index = Int.random(in: 0..<paper.blocks.count, using: &random)
      switch paper.blocks[index] {
      case .text(let text): paper.change(index, text, using: &random)
      case .table(let rows): paper.blocks[index] = .table(Self.changed(rows, using: &random))
      }
    }
    return paper
  }

  private mutating func change(_ index: Int, _ text: String, using random: inout Seed) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: blocks.remove(at: index)
    case 1: blocks.swapAt(index, Int.random(in: 0..<blocks.count, using: &random))
    case 2: blocks.insert(.text(text), at: Int.random(in: 0...blocks.count, using: &random))
    default: blocks[index] = .text(Self.changed(text, using: &random))
    }
  }

  private static func changed(_ rows: [[Cell]], using random: inout Seed) -> [[Cell]] {
    var rows = rows
    guard rows.contains(where: { !$0.isEmpty }) else { return [] }
    rows.removeAll(where: \.isEmpty)
    let row = Int.random(in: 0..<rows.count, using: &random)
    let column = Int.random(in: 0..<rows[row].count, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0 where rows.count > 1: rows.remove(at: row)
    case 1: rows.insert(rows[row], at: Int.random(in: 0...rows.count, using: &random))
    case 2: rows.swapAt(row, Int.random(in: 0..<rows.count, using: &random))
    case 3 where rows[row].count > 1: rows[row].remove(at: column)
    case 4: rows[row].insert(rows[row][column], at: column)
    case 5: rows[row].swapAt(column, Int.random(in: 0..<rows[row].count, using: &random))
    case 6: rows[row][column].rows = Int.random(in: 0...4, using: &random)
    case 7: rows[row][column].columns = [1, 2, 3, 9, 1000].randomElement(using: &random) ?? 1
    case 8: rows[row][column].text += "\n" + rows[Int.random(in: 0..<rows.count, using: &random)][0].text
    default: rows[row][column].text = changed(rows[row][column].text, using: &random)
    }
    return rows
  }

  private static func changed(_ text: String, using random: inout Seed) -> String {
    var letters = Array(text)
    let start = Int.random(in: 0...letters.count, using: &random)
    let end = min(letters.count, start + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: letters.removeSubrange(start..<end)
    case 1: letters.insert(contentsOf: letters[start..<end], at: Int.random(in: 0...letters.count, using: &random))
    case 2: letters.removeLast(letters.count - start)
    case 3: return Bool.random(using: &random) ? text.uppercased() : text.lowercased()
    case 4:
      return text.unicodeScalars.map { scalar in Int.random(in: 0...9, using: &random) == 0 ? "" : "\(scalar)" }
        .joined()
    default: letters.insert(contentsOf: scraps.randomElement(using: &random) ?? "", at: start)
    }
    return String(letters)
  }

  /// What stands in real documents where nobody expects it.
  private static let scraps = [
    "\t", "\n\n", "|", "%", " % ", "≥", ">= ", "PHỤ LỤC", "TT", "1.", "- ", "(", ")", "/", "<td colspan=\"999999\">",
    "<table", "</td>", "Phòng ", "ngày 99/99/9999", "số 9/", "12/KH-UBND", "999999999999999999999", "-1", "0,5",
    "1.000",
    "Quý V/2026", "Tháng 0/2026", "Tháng 12/", "20 ngày sau khi", "\u{0301}", "\u{200B}", "năm 2099", "đến năm ",
    "Tổng cộng", "triệu đồng", "; ", ", ", ":", "II.", "a) ", "🙂", "$\\geq$", "từ 99% trở lên", "Căn cứ ", "Nơi nhận:",
  ]
}
