import Schema

/// What a column of a plan's table holds, as its heading says.
enum Column: Hashable {
  case number
  case indicator
  case task
  case measure
  /// The day of the milestone where the heading names a year.
  case target(year: Int?)
  case output
  /// Lĩnh vực, trụ cột
  case pillar
  case lead
  case coordinating
  /// Who leads and who helps in one column.
  case parties
  case time
  case start
  case due
  /// What a past year reached, beside what is promised.
  case result(year: Int)
  /// How many đồng one stands for; nil where the heading does not say.
  case cost(scale: Int64?)
  case source
  case reference
  /// Tử số, mẫu số, nguồn số liệu: how a target is counted.
  case numerator
  case denominator
  case data
  case unknown

  init(heading: String) {
    let folded = heading.folded
    func has(_ phrases: String...) -> Bool { phrases.contains { (" " + folded + " ").contains(" " + $0 + " ") } }
    func begins(_ phrases: String...) -> Bool { phrases.contains { folded.hasPrefix($0) } }
    self =
      if ["tt", "stt", "so tt", "so thu tu", "so"].contains(folded) {
        .number
      } else if has("tu so") {
        .numerator
      } else if has("mau so") {
        .denominator
      } else if has("nguon so lieu", "nguon du lieu") {
        .data
      } else if begins("nguon") || folded.hasSuffix(" nguon") || has("nguon von", "nguon ngan sach", "nguon kinh phi") {
        .source
      } else if has("kinh phi", "du toan", "so tien", "thanh tien", "khai toan", "tong muc", "kp") {
        .cost(scale: Self.scale(of: folded))
      } else if begins("don vi tinh", "dvt") {
        .measure
      } else if has("phoi hop") {
        // `Đơn vị thực hiện` above `Phối hợp` says whom the column below names.
        has("chu tri") ? .parties : .coordinating
      } else if has(
        "chu tri", "don vi thuc hien", "co quan thuc hien", "phu trach", "chiu trach nhiem", "don vi theo doi",
        "co quan theo doi", "dau moi")
      {
        .lead
      } else if folded.hasSuffix("bat dau") {
        .start
      } else if folded.hasSuffix("ket thuc") {
        .due
      } else if has("thoi gian", "thoi han", "tien do", "han hoan thanh", "ngay hoan thanh", "thoi diem")
        || folded == "hoan thanh"
      {
        .time
      } else if begins("thuc hien", "uoc thuc hien") || folded.hasSuffix(" thuc hien"), let year = Self.year(in: folded)
      {
        .result(year: year)
      } else if has("san pham", "ket qua dat duoc", "ket qua du kien", "dau ra", "muc tieu chi tieu", "yeu cau can dat")
      {
        .output
      } else if begins(
        "muc phan dau", "ket qua", "muc tieu", "ke hoach nam", "chi tieu nam", "muc chi tieu", "chi tieu giao")
        || folded.isYear
      {
        .target(year: Self.year(in: folded))
      } else if has("chi tieu", "chi so") {
        .indicator
      } else if has("nhiem vu", "noi dung", "danh muc", "cong viec", "hoat dong", "ten du an", "hang muc") {
        .task
      } else if has("linh vuc", "tru cot") || folded == "nhom" {
        .pillar
      } else if has("luu y", "ghi chu", "can cu", "van ban") {
        .reference
      } else {
        .unknown
      }
  }

  /// `(triệu đồng)`, `(ĐVT: tỷ đồng)`, `(đ)`; nil where none is named.
  static func scale(of folded: String) -> Int64? {
    let words = folded.split(separator: " ")
    let next = zip(words, words.dropFirst() + [""])
    for (word, after) in next {
      switch word {
      case "trieu", "trd": return 1_000_000
      case "tr" where after == "d" || after == "dong": return 1_000_000
      case "ty", "ti": return after == "dong" || after == "d" ? 1_000_000_000 : nil
      case "nghin", "ngan": if after == "dong" || after == "d" { return 1000 }
      case "dong", "vnd", "d": return 1
      default: break
      }
    }
    return nil
  }

  static func year(in folded: String) -> Int? {
    folded.split(separator: " ").compactMap { Int($0) }.last { (2000...2100).contains($0) }
  }
}

extension String {
  fileprivate var isYear: Bool {
    let words = split(separator: " ")
    return words.last.flatMap { Int($0) }.map { (2000...2100).contains($0) } == true
      && words.dropLast().allSatisfy { ["nam", "den", "het", "muc", "tieu", "ke", "hoach", "kh"].contains($0) }
  }
}

/// The headings of a table and where its rows begin.
struct Header {
  private(set) var columns: [Column]
  let headings: [String]
  /// The row of the headings, the first of two.
  let row: Int
  /// The first row below the headings.
  let firstRow: Int

  var holdsTargets: Bool { columns.contains(.indicator) }

  /// Whether rows of this table say something by such a column.
  func reads(_ column: Column) -> Bool {
    switch column {
    case .number, .lead, .coordinating, .parties, .time, .start, .due: true
    case .indicator, .measure, .target, .result, .numerator, .denominator, .data: holdsTargets
    case .task, .output, .pillar, .cost, .source, .reference: !holdsTargets
    case .unknown: false
    }
  }

  /// Nil for a table without the headings of a plan's table, such as a letterhead.
  init?(_ table: Manuscript.Table) {
    for (index, row) in table.rows.prefix(5).enumerated() {
      var headings = row.cells.map(\.text)
      for column in headings.indices.dropFirst() where row.cells[column].origin == .left {
        headings[column] = headings[column - 1]
      }
      var last = index
      // A second line of headings stands below cells that reach down or across.
      if index + 1 < table.rows.count {
        let below = table.rows[index + 1]
        let split = zip(row.cells, below.cells).contains { $0.origin == .left || $1.origin == .above }
        if split && below.cells.contains(where: { $0.origin == .above }) || Self.goesOn(below, under: row) {
          for column in headings.indices where below.cells[column].origin == .own && !below.cells[column].isEmpty {
            // Forms without merged cells leave those blank that a heading reaches over.
            let above =
              headings[column].isEmpty ? row.cells[..<column].last { !$0.isEmpty }?.text ?? "" : headings[column]
            headings[column] = above + " " + below.cells[column].text
          }
          last = index + 1
        }
      }
      guard let columns = Self.columns(headings) else { continue }
      var first = last + 1
      if first < table.rows.count, Self.isCount(table.rows[first]) { first += 1 }
      self.columns = columns
      self.headings = headings
      self.row = index
      firstRow = first
      return
    }
    return nil
  }

  /// A second line of headings in a form without merged cells: words under blanks, none under the first two headings.
  private static func goesOn(_ below: Manuscript.Row, under row: Manuscript.Row) -> Bool {
    guard row.cells.count > 3, row.cells[..<2].allSatisfy({ !$0.isEmpty }), below.cells[..<2].allSatisfy(\.isEmpty),
      below.cells.allSatisfy({ $0.origin == .own && !$0.text.contains(where: \.isDigit) })
    else { return false }
    return zip(row.cells, below.cells).contains { $0.isEmpty && !$1.isEmpty }
  }

  /// Without the promises of years before the plan's own: they are past.
  func planned(from year: Int?) -> Header {
    guard let year else { return self }
    var header = self
    for (index, column) in columns.enumerated() {
      if case .target(let named?) = column, named < year { header.columns[index] = .unknown }
    }
    return header
  }

  /// Nil unless a name and something beside it are among them.
  static func columns(_ headings: [String]) -> [Column]? {
    var columns = headings.map(Column.init(heading:))
    guard let name = columns.firstIndex(where: { $0 == .indicator || $0 == .task }) ?? Self.target(in: columns) else {
      return nil
    }
    if case .target = columns[name] { columns[name] = .indicator }
    // `Đơn vị` alone is what is counted beside an indicator, and who does it beside a task.
    if let unit = headings.firstIndex(where: { $0.folded == "don vi" }), columns[unit] == .unknown {
      columns[unit] = columns[name] == .task ? .lead : .measure
    }
    var seen: Set<Column> = [columns[name]]
    for index in columns.indices where index != name {
      switch columns[index] {
      case .indicator, .task: columns[index] = columns[name] == .task ? .output : .unknown
      case .target where columns[name] == .task: columns[index] = .output
      case .target: continue
      default: break
      }
      if columns[index] != .unknown, !seen.insert(columns[index]).inserted { columns[index] = .unknown }
    }
    let useful = columns.count { $0 != .unknown && $0 != .number }
    return useful >= 2 || columns.contains(.number) && columns.count >= 2 && useful >= 1 ? columns : nil
  }

  private static func target(in columns: [Column]) -> Int? {
    guard columns.contains(.lead) else { return nil }
    return columns.firstIndex { if case .target = $0 { true } else { false } }
  }

  /// The row of column numbers that some offices put below the headings: `1 2 3` or `(1) (2) (3)`.
  private static func isCount(_ row: Manuscript.Row) -> Bool {
    let numbers = row.cells.map { Int($0.text.trimming("() ")) }
    return numbers.count >= 3
      && numbers.enumerated().allSatisfy { $0.element == $0.offset + 1 || $0.element == $0.offset }
  }

  /// The headings once more, where the table runs over a page.
  func isRepeated(_ row: Manuscript.Row) -> Bool {
    zip(row.cells, headings).allSatisfy { $0.text.folded == $1.folded } && row.cells.contains { !$0.isEmpty }
  }
}
