import Schema
import Seeds
import Testing

@testable import PlanDocuments

/// Whatever stands in a document is understood, or a finding tells of it: words that no reader expects are put anywhere in
/// invented plans, and each must be found again.
@Suite struct NothingDroppedTests {
  @Test(arguments: RoundTripTests.Form.allCases)
  func whatNobodyExpectsIsTold(_ form: RoundTripTests.Form) throws {
    var random = Seed("\(form)")
    var invention = Invention(random: random.split(1))
    var told = 0
    for _ in 0..<80 {
      var paper = Paper(invention.plan())
      let words = (0..<Int.random(in: 1...6, using: &random)).map { _ in paper.addStranger(using: &random) }
      let reading = try PlanReading.read(form.file(paper))
      var lines = try DocumentFile.manuscript(form.file(paper)).lines(holding: words)
      // A table that lost its columns is told of by its lines.
      if form == .drawn { lines.merge(paper.drawn.lines(holding: words)) { $0.union($1) } }
      let values = String(describing: reading.values).lowercased()
      for word in words {
        let isUnderstood = values.contains(word)
        let isTold = reading.findings.contains { finding in
          finding.words.contains(word) || lines[word].map { !$0.isDisjoint(with: finding.lines) } ?? false
        }
        #expect(isUnderstood || isTold, "\(form): \(word) in \(paper.blocks(with: word))")
        told += isUnderstood ? 0 : 1
      }
    }
    print("\(form): \(told) told by findings alone")
    #expect(told > 0)
  }
}

extension PlanReading {
  /// All that was understood, without the findings.
  fileprivate var values: PlanReading {
    var values = self
    values.findings = []
    return values
  }
}

extension String {
  /// The lines on which each word stands.
  fileprivate func lines(holding words: [String]) -> [String: Set<Int>] {
    let lines = split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    return Dictionary(
      words.map { word in (word, Set(lines.filter { $0.element.contains(word) }.map { $0.offset + 1 })) }
    ) { $0.union($1) }
  }
}

extension Manuscript {
  /// The lines on which each word stands.
  fileprivate func lines(holding words: [String]) -> [String: Set<Int>] {
    var lines: [String: Set<Int>] = [:]
    func add(_ text: String, _ line: Int) {
      for word in words where text.contains(word) { lines[word, default: []].insert(line) }
    }
    for block in blocks {
      switch block.content {
      case .paragraph(let text): add(text, block.line)
      case .table(let table): for row in table.rows { for cell in row.cells { add(cell.text, row.line) } }
      }
    }
    return lines
  }
}

extension Paper {
  /// Puts a word of its own into a new paragraph, row or table, or into a cell, and returns it.
  fileprivate mutating func addStranger(using random: inout Seed) -> String {
    let word = "lạ" + String(Int.random(in: 10_000...99_999, using: &random))
    let at = Int.random(in: 0...blocks.count, using: &random)
    let tables = blocks.indices.filter { if case .table = blocks[$0] { true } else { false } }
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let shapes = [
        "Nội dung \(word) khác", "- \(word) và các việc liên quan;", "+ \(word)", "(\(word))", "Căn cứ \(word)",
        "IX. PHẦN \(word)", "7. Mục \(word)", "c) \(word)", "Giao \(word) thực hiện:", "Tổng cộng \(word)",
        "Đơn vị tính: \(word)", "Số: \(word)",
      ]
      blocks.insert(.text(shapes[Int.random(in: 0..<shapes.count, using: &random)]), at: at)
    case 1:
      blocks.insert(
        .table([[Cell(text: "Tên"), Cell(text: "Điện thoại")], [Cell(text: word), Cell(text: "0")]]), at: at)
    case 2:
      change(tables[Int.random(in: 0..<tables.count, using: &random)]) { rows in
        var row = rows[rows.count - 2].map { _ in Cell(text: "") }
        row[Int.random(in: 0..<row.count, using: &random)].text = word
        rows.insert(row, at: Int.random(in: 2...rows.count, using: &random))
      }
    default:
      change(tables[Int.random(in: 0..<tables.count, using: &random)]) { rows in
        let row = Int.random(in: 0..<rows.count, using: &random)
        // A cell that another covers has no text of its own.
        let cells = rows[row].indices.filter { rows[row][$0].rows > 0 }
        rows[row][cells[Int.random(in: 0..<cells.count, using: &random)]].text += " \(word)"
      }
    }
    return word
  }

  private mutating func change(_ index: Int, _ change: (inout [[Cell]]) -> Void) {
    guard case .table(var rows) = blocks[index] else { return }
    change(&rows)
    blocks[index] = .table(rows)
  }

  fileprivate func blocks(with word: String) -> String {
    blocks.map { block in
      switch block {
      case .text(let text): text
      case .table(let rows):
        rows.filter { $0.contains { $0.text.contains(word) } }.map { $0.map(\.text).joined(separator: "|") }
          .joined(separator: "\n")
      }
    }.filter { $0.contains(word) }.joined()
  }
}
