import Schema

/// Tables whose columns a PDF's text has lost: cell after cell, line after line. What each column can hold tells them
/// apart again: a time, a sum, offices; and names stand in narrow lines where outputs stand in wide ones.
struct LostColumns {
  enum Part {
    case text([TextLine])
    case table(Manuscript.Table, line: Int)
  }

  static func parts(of lines: [TextLine]) -> [Part] {
    let lines = lines.filter { !$0.isBlank }.map { TextLine(number: $0.number, text: $0.text.squeezed) }
    var parts: [Part] = []
    var text: [TextLine] = []
    var index = 0
    while index < lines.count {
      if let found = LostColumns(lines, from: index) {
        parts.append(.text(text))
        text = []
        let (table, end) = found.read()
        parts.append(.table(table, line: lines[index].number))
        index = end
      } else {
        text.append(lines[index])
        index += 1
      }
    }
    return parts + [.text(text)]
  }

  private let lines: [TextLine]
  private let heading: [String]
  let columns: [Column]
  private let first: Int

  /// Nil unless the headings of a table and the number of its first row stand here.
  private init?(_ lines: [TextLine], from start: Int) {
    let begin = lines[start].text.folded
    // `- TT Đảng ủy` among the recipients is no heading.
    guard lines[start].text.first?.isLetter == true,
      begin.hasPrefix("tt ") || begin.hasPrefix("stt ") || begin == "tt" || begin == "stt"
    else { return nil }
    guard
      let end = lines[start...].prefix(30).firstIndex(where: {
        $0.number != lines[start].number && Self.isRow(1, $0.text)
      })
    else { return nil }
    let columns = Self.columns(lines[start..<end].map(\.text).joined(separator: " ").folded)
    guard columns.count >= 3 else { return nil }
    self.lines = lines
    first = lines[start..<end].firstIndex { Self.isGroup($0.text) } ?? end
    heading = lines[start..<first].map(\.text)
    self.columns = columns
  }

  /// The headings in the order in which they are found.
  private static func columns(_ folded: String) -> [Column] {
    let words = folded.split(separator: " ").map(String.init)
    var columns: [Column] = []
    for index in words.indices {
      for (phrase, column) in phrases where words[index...].starts(with: phrase) {
        if !columns.contains(where: { $0.plain == column.plain }) { columns.append(column) }
        break
      }
    }
    if columns.contains(.task) {
      columns.removeAll { $0 == .indicator }
    }
    return columns
  }

  private static let phrases: [([String], Column)] = [
    (["tt"], .number), (["stt"], .number), (["muc", "tieu"], .output), (["ket", "qua"], .output),
    (["san", "pham"], .output), (["don", "vi", "tinh"], .measure), (["dvt"], .measure),
    (["muc", "phan", "dau"], .target(year: nil)), (["nhiem", "vu"], .task), (["chi", "tieu"], .indicator),
    (["thoi", "gian"], .time),
    (["thoi", "han"], .time), (["chu", "tri"], .lead), (["don", "vi", "thuc", "hien"], .lead),
    (["phoi", "hop"], .coordinating), (["nguon"], .source), (["kinh", "phi"], .cost(scale: nil)),
    (["du", "toan"], .cost(scale: nil)),
  ]

  private static func isRow(_ number: Int, _ text: String) -> Bool {
    let mark = text.prefix { $0 != " " }
    return mark == "\(number)" || mark == "\(number)."
  }

  /// The table, its headings as its first row, and the line after it.
  private func read() -> (Manuscript.Table, Int) {
    var rows = [Manuscript.Row(line: lines[first].number, cells: columns.map { .init([$0.heading]) })]
    let start = lines[first - heading.count].number
    var index = first
    var number = 1
    while index < lines.count {
      let line = lines[index].number
      if let group = group(at: &index, before: number) {
        rows.append(group)
        continue
      }
      guard Self.isRow(number, lines[index].text) else { break }
      var texts = [String(lines[index].text.drop { $0 != " " }.dropFirst())].filter { !$0.isEmpty }
      var more: [String] = []
      var isMore = false
      index += 1
      while index < lines.count, !Self.isRow(number + 1, lines[index].text), !isEnd(lines[index].text),
        !beginsGroup(at: index, before: number + 1)
      {
        if lines[index].text == heading[0] {
          index += zip(lines[index...].map(\.text), heading).prefix { $0 == $1 }.count
          isMore = true
        } else {
          if isMore { more.append(lines[index].text) } else { texts.append(lines[index].text) }
          index += 1
        }
      }
      rows.append(row(number, line: line, texts, more))
      number += 1
    }
    if index < lines.count, let total = total(at: &index) { rows.append(total) }
    return (Manuscript.Table(rows: rows, inferredFrom: start...lines[index - 1].number), index)
  }

  /// `II` or a dash alone, with the group's name after it.
  private static func isGroup(_ text: String) -> Bool {
    let mark = text.prefix { $0 != " " }.trimming(".")
    return ["-", "–"].contains(text) || !mark.isEmpty && Numbering.isRoman(mark[...])
  }

  private func beginsGroup(at index: Int, before number: Int) -> Bool {
    Self.isGroup(lines[index].text) && lines[index...].prefix(5).contains { Self.isRow(number, $0.text) }
  }

  private func group(at index: inout Int, before number: Int) -> Manuscript.Row? {
    guard beginsGroup(at: index, before: number),
      let end = lines[index...].firstIndex(where: { Self.isRow(number, $0.text) })
    else { return nil }
    let words = Self.join(lines[index..<end].map(\.text)).split(separator: " ", maxSplits: 1).map(String.init)
    let line = lines[index].number
    index = end
    return Manuscript.Row(
      line: line,
      cells: columns.map { column in
        switch column {
        case .number: .init([words[0]])
        case .task, .indicator: .init(words.dropFirst().map { $0 })
        default: .init()
        }
      })
  }

  /// A total with its sum on the same line or the next.
  private func total(at index: inout Int) -> Manuscript.Row? {
    guard Self.isTotal(lines[index].text) else { return nil }
    let line = lines[index].number
    let label = lines[index].text
    let next = index + 1 < lines.count && Numeral(lines[index + 1].text) != nil ? lines[index + 1].text : nil
    let sum = next ?? label.split(separator: " ").last.map(String.init) ?? ""
    guard Numeral(sum) != nil else { return nil }
    index += next == nil ? 1 : 2
    return Manuscript.Row(
      line: line,
      cells: columns.map { column in
        switch column.plain {
        case .task, .indicator: .init(["Tổng cộng"])
        case .cost: .init([sum])
        default: .init()
        }
      })
  }

  private static func isTotal(_ text: String) -> Bool {
    // With its accents: `Công` may be the first line of `Công an xã`.
    let words = text.lowercased().split(separator: " ").filter { Numeral($0) == nil }.joined(separator: " ").trimming(
      ":")
    return ["tổng", "tổng cộng", "tổng số", "tổng kinh phí"].contains(words)
  }

  /// What follows a table: the next appendix, a total, a signature.
  private func isEnd(_ text: String) -> Bool {
    if let numbering = Numbering(text), numbering.level <= .part { return true }
    if Self.isTotal(text) { return true }
    let letters = text.filter(\.isLetter)
    return letters.count >= 8 && letters.allSatisfy(\.isUppercase) && text.contains(" ")
      && ["uy ban", "tm", "kt", "chu tich", "pho chu", "tong cong"].contains { text.folded.hasPrefix($0) }
  }
}

extension Column {
  /// The case without what it carries, to compare by.
  var plain: Column {
    switch self {
    case .cost: .cost(scale: nil)
    case .target: .target(year: nil)
    default: self
    }
  }

  /// A heading that is read back as this column.
  fileprivate var heading: String {
    switch self {
    case .number: "TT"
    case .indicator: "Chỉ tiêu"
    case .task: "Nhiệm vụ"
    case .measure: "Đơn vị tính"
    case .target: "Mức phấn đấu"
    case .output: "Sản phẩm"
    case .pillar: "Lĩnh vực"
    case .lead: "Cơ quan chủ trì"
    case .coordinating: "Cơ quan phối hợp"
    case .parties: "Chủ trì, phối hợp"
    case .time: "Thời gian"
    case .start: "Bắt đầu"
    case .due: "Kết thúc"
    case .result(let year): "Thực hiện \(year)"
    case .cost: "Kinh phí"
    case .source: "Nguồn vốn"
    case .reference: "Ghi chú"
    case .numerator: "Tử số"
    case .denominator: "Mẫu số"
    case .data: "Nguồn số liệu"
    case .unknown: ""
    }
  }
}
