import Schema

/// Reads the rows of one table: targets, tasks, their groups and totals.
struct TableReader {
  let header: Header
  let section: Section
  /// What stands between the appendix's heading and the table.
  let caption: String
  let year: Int?
  let log: ReadingLog

  private(set) var targets: [Found<TargetRow>] = []
  private(set) var tasks: [Found<TaskRow>] = []
  private(set) var offices: [OfficeName] = []
  private(set) var budget: BudgetTable?

  private var group: String?
  private var milestone: Day?
  private var scale: Int64 = 1
  private var groups: [String: Money] = [:]
  private var declared: Money?

  init(_ header: Header, section: Section, caption: String, year: Int?, log: ReadingLog) {
    self.header = header
    self.section = section
    self.caption = caption
    self.year = year
    self.log = log
    milestone = Self.milestone(in: caption)
  }

  mutating func read(_ table: Manuscript.Table) {
    let rows = merged(Array(table.rows[header.firstRow...]))
    if let cost = column(where: { if case .cost = $0 { true } else { false } }) { scale = scale(of: rows, cost) }
    for (index, column) in header.columns.enumerated() where column == .unknown {
      for row in rows where row.cells[index].origin == .own && !row.cells[index].isEmpty {
        log.add(.columnUnread(header.headings[index]), row.cells[index].text, at: spot(row))
      }
    }
    for (index, row) in rows.enumerated() { read(row, next: index + 1 < rows.count ? rows[index + 1] : nil) }
    let costs = tasks.compactMap(\.value.cost)
    if !costs.isEmpty || declared != nil {
      let sum = costs.reduce(Optional(Money(dong: 0))) { sum, cost in sum.flatMap { $0.adding(cost) } }
      budget = BudgetTable(declared: declared, computed: sum, groups: groups)
    }
  }

  // MARK: Rows

  /// The rows without repeated headings and blanks; what goes on over a page joined to the row it belongs to.
  private func merged(_ rows: [Manuscript.Row]) -> [Manuscript.Row] {
    let rows = rows.filter { row in !header.isRepeated(row) && row.cells.contains { !$0.isEmpty && $0.origin != .left }
    }
    guard let number = column(.number), let name = nameColumn else { return rows }
    let numbered = rows.count { !$0.cells[number].isEmpty }
    guard numbered * 2 >= rows.count else { return rows }
    var result: [Manuscript.Row] = []
    for row in rows {
      if row.cells[number].isEmpty, let last = result.indices.last, !isTotal(row), goesOn(row, name: name) {
        for column in row.cells.indices where row.cells[column].origin == .own {
          result[last].cells[column].add(row.cells[column])
        }
      } else {
        result.append(row)
      }
    }
    return result
  }

  private func goesOn(_ row: Manuscript.Row, name: Int) -> Bool {
    let cell = row.cells[name]
    guard let first = cell.paragraphs.first?.first else { return true }
    return first.isLowercase || first.isDigit || first == "-" || first == "+"
  }

  private mutating func read(_ row: Manuscript.Row, next: Manuscript.Row?) {
    let number = text(row, .number).trimming(". )")
    guard let nameColumn, !row.cells[nameColumn].isEmpty || !number.isEmpty else {
      log.add(.rowLeft, row.cells.map(\.text).joined(separator: " "), at: spot(row))
      return
    }
    if isTotal(row) {
      declared = money(row) ?? declared ?? (row.cells.contains { $0.text == "0" } ? Money(dong: 0) : nil)
    } else if isGroup(row, number: number, next: next) {
      beginGroup(row, named: row.cells[nameColumn].isEmpty ? text(row, .number) : row.cells[nameColumn].text)
    } else if row.cells[nameColumn].isEmpty {
      log.add(.rowLeft, row.cells.map(\.text).joined(separator: " "), at: spot(row))
    } else if header.holdsTargets {
      readTargets(row, number: number, name: row.cells[nameColumn])
    } else {
      readTask(row, number: number, name: row.cells[nameColumn])
    }
  }

  private func isTotal(_ row: Manuscript.Row) -> Bool {
    row.cells.prefix(3).contains { cell in
      let folded = cell.text.folded
      return ["tong", "tong cong", "cong", "tong so", "tong kinh phi"].contains(folded)
        || folded.hasPrefix("tong cong ")
    }
  }

  private func isGroup(_ row: Manuscript.Row, number: String, next: Manuscript.Row?) -> Bool {
    let others = row.cells.indices.filter { column in
      let kind = header.columns[column]
      if case .cost = kind { return false }
      return kind != .number && column != nameColumn && row.cells[column].origin == .own && !row.cells[column].isEmpty
    }
    guard others.isEmpty else { return false }
    if number.isEmpty || Numbering.isRoman(number[...]) || number == "-" || number == "–" || number == "*" {
      return true
    }
    if !number.contains(where: \.isDigit) { return true }
    return next.map { text($0, .number).hasPrefix(number + ".") && text($0, .number).trimming(".") != number } ?? false
  }

  private mutating func beginGroup(_ row: Manuscript.Row, named name: String) {
    let clean = name.trimming("-–:. ")
    if let day = Self.milestone(in: name) {
      milestone = day
      group = nil
    } else {
      group = clean
      if !header.holdsTargets { log.add(.groupNotKept, clean, at: spot(row)) }
    }
    if let money = money(row) { groups[clean] = money }
  }

  /// `Đến hết năm 2030`: the last day of that year.
  private static func milestone(in text: String) -> Day? {
    let folded = text.folded
    guard folded.contains("den nam 20") || folded.contains("den het nam 20") || folded.contains("het nam 20") else {
      return nil
    }
    return Column.year(in: folded).flatMap { Day($0, 12, 31) }
  }

  // MARK: Targets

  private mutating func readTargets(_ row: Manuscript.Row, number: String, name: Manuscript.Cell) {
    let leads = offices(row, .lead)
    let coordinating = offices(row, .coordinating)
    let measure = text(row, .measure)
    let due = time(row).due
    let columns = header.columns.indices.filter { if case .target = header.columns[$0] { true } else { false } }
    if leads.isEmpty { log.add(.noLead, name.text, at: spot(row)) }

    func add(_ pledge: Pledge, item: String?, due: Day?) {
      var spot = spot(row)
      spot.item = item
      let row = TargetRow(
        number: Self.number(number, item), group: group, indicator: fit(pledge.name, spot), unit: pledge.unit,
        comparator: Open(pledge.comparator), value: pledge.value, due: due, leads: leads.map(\.code),
        coordinating: coordinating.map(\.code))
      targets.append(Found(row, at: spot))
    }

    if columns.isEmpty {
      let items = name.items
      for (index, item) in items.enumerated() {
        let pledges = Pledge.all(in: item.text)
        let place = items.count > 1 || item.isMarked ? "\(index + 1)" : ""
        for (part, pledge) in pledges.enumerated() {
          let label = place + (pledges.count > 1 ? Self.letter(part) : "")
          add(pledge, item: label.isEmpty ? nil : label, due: due ?? milestone)
        }
      }
      return
    }
    for column in columns {
      guard case .target(let year) = header.columns[column] else { continue }
      let cell = row.cells[column].text
      if columns.count > 1, cell.isEmpty { continue }
      let pledge = target(cell, measure: measure, name: name.text, at: spot(row))
      let day = columns.count > 1 || due == nil ? year.flatMap { Day($0, 12, 31) } : nil
      add(pledge, item: columns.count > 1 ? year.map(String.init) : nil, due: due ?? day ?? milestone)
    }
  }

  /// The target as a column of its own says it.
  private func target(_ cell: String, measure: String, name: String, at spot: Spot) -> Pledge {
    let unit = measure.isEmpty ? nil : measure
    let name = name.trimming("-–+•;. ")
    if cell.isEmpty || cell.folded == "bao cao" {
      if cell.isEmpty, unit?.folded != "bao cao" {
        let inName = Pledge.all(in: name)
        if inName.count == 1, inName[0].value != nil { return inName[0] }
        log.add(.targetUnread, name, at: spot)
      }
      return Pledge(name: name, comparator: .report, value: nil, unit: unit)
    }
    if let promise = try? Promise(written: Self.spaced(cell)) {
      return Pledge(name: name, comparator: promise.comparator, value: promise.value, unit: promise.unit ?? unit)
    }
    if let percent = Percent(in: cell) {
      return Pledge(name: name, comparator: percent.comparator, value: percent.value, unit: "%")
    }
    log.add(.targetUnread, cell, at: spot)
    return Pledge(name: name, comparator: .report, value: nil, unit: unit)
  }

  private static func spaced(_ text: String) -> String {
    var words = text.trimming(".;, ").split(separator: " ")
    if words.first?.folded == "dat" { words.removeFirst() }
    return words.joined(separator: " ")
  }

  // MARK: Tasks

  private mutating func readTask(_ row: Manuscript.Row, number: String, name: Manuscript.Cell) {
    let spot = spot(row)
    let leads = offices(row, .lead)
    let coordinating = offices(row, .coordinating)
    let printed = text(row, .time)
    let timing = time(row)
    let title = name.text.trimming("-–+•;. ")
    if leads.isEmpty { log.add(.noLead, title, at: spot) }
    if !printed.isEmpty, !timing.isWhole { log.add(.timeUnread, printed, at: spot) }
    let output = text(row, .output)
    if Percent(in: title) != nil || Percent(in: output) != nil { log.add(.pledgeInTask, title, at: spot) }
    let source = text(row, .source)
    let task = TaskRow(
      number: number, name: fit(title, spot), output: output.isEmpty ? nil : fit(output, spot),
      leads: leads.map(\.code),
      coordinating: coordinating.map(\.code), time: printed.isEmpty ? nil : printed, start: timing.start,
      due: timing.due, recurrence: timing.recurrence.map(Open.init), cost: money(row),
      source: source.isEmpty ? nil : Open(FundSource(printed: source)), sourceText: source.isEmpty ? nil : source,
      reference: reference(row))
    tasks.append(Found(task, at: spot))
  }

  private func reference(_ row: Manuscript.Row) -> String? {
    let note = text(row, .reference)
    if !note.isEmpty {
      if !Citation.all(in: note).isEmpty { return note }
      log.add(.noteUnread, note, at: spot(row))
    }
    let cited = Citation.all(in: caption)
    guard cited.count == 1, let number = cited[0].basis.number else { return nil }
    return number.description + (cited[0].basis.date.map { " ngày \($0.printed)" } ?? "")
  }

  // MARK: Cells

  private var nameColumn: Int? { column(.indicator) ?? column(.task) }

  private func column(_ kind: Column) -> Int? { column { $0 == kind } }

  private func column(where fits: (Column) -> Bool) -> Int? { header.columns.firstIndex(where: fits) }

  private func text(_ row: Manuscript.Row, _ kind: Column) -> String { column(kind).map { row.cells[$0].text } ?? "" }

  private func spot(_ row: Manuscript.Row) -> Spot {
    let number = text(row, .number).trimming(". )")
    return Spot(section: section.label, row: number.isEmpty ? nil : number, line: row.line)
  }

  private func time(_ row: Manuscript.Row) -> Timing { Timing(text(row, .time), year: year) }

  private mutating func offices(_ row: Manuscript.Row, _ kind: Column) -> [OfficeName] {
    guard let column = column(kind) else { return [] }
    let names = OfficeList.read(row.cells[column].paragraphs.joined(separator: "\n"))
    offices += names
    return names
  }

  /// What a request may carry; the rest is told.
  private func fit(_ text: String, _ spot: Spot) -> String {
    guard text.count > Fields.longestText else { return text }
    log.add(.tooLong(limit: Fields.longestText), text, at: spot)
    return String(text.prefix(Fields.longestText))
  }

  private func money(_ row: Manuscript.Row) -> Money? {
    guard let column = column(where: { if case .cost = $0 { true } else { false } }) else { return nil }
    let cell = row.cells[column]
    guard cell.origin != .above else { return nil }
    let text = cell.text.trimming(". ")
    guard !text.isEmpty, text != "-", text != "0" else { return nil }
    if let money = Self.money(text, scale: scale) { return money }
    log.add(.moneyUnread, text, at: spot(row))
    return nil
  }

  /// `250`, `0,5` or `33.000.000` times the column's unit; words of money beside the number count alone.
  private static func money(_ text: String, scale: Int64) -> Money? {
    if let numeral = Numeral(text) {
      guard let whole = Int64(numeral.whole),
        let unit = Int64("1" + String(repeating: "0", count: numeral.fraction.count)),
        numeral.fraction.count <= 9, scale % unit == 0,
        let fraction = numeral.fraction.isEmpty ? 0 : Int64(numeral.fraction)
      else { return nil }
      let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
      guard !overflow else { return nil }
      return Money(dong: product).adding(Money(dong: fraction * (scale / unit)))
    }
    return try? Money(written: text)
  }

  /// The unit of the column of money: its heading, the caption, or the size of what stands in it.
  private func scale(of rows: [Manuscript.Row], _ column: Int) -> Int64 {
    if case .cost(let scale?) = header.columns[column] { return scale }
    if let unit = caption.folded.firstRange(of: "don vi tinh") ?? caption.folded.firstRange(of: "dvt"),
      let scale = Column.scale(of: String(caption.folded[unit.upperBound...].prefix(24)))
    {
      return scale
    }
    let amounts = rows.compactMap { Numeral($0.cells[column].text).flatMap { Int64($0.whole) } }
    guard let most = amounts.max(), most < 100_000 else { return 1 }
    if let row = rows.first(where: { !$0.cells[column].isEmpty }) {
      log.add(.moneyUnitAssumed, row.cells[column].text, at: spot(row))
    }
    return 1_000_000
  }

  private static func number(_ row: String, _ item: String?) -> String {
    guard let item else { return row }
    return row.isEmpty ? item : item.first?.isDigit == true ? "\(row).\(item)" : row + item
  }

  private static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(97 + min(index, 25))))
  }
}

extension Day {
  /// As Decree 30/2020/NĐ-CP has it printed: a nought before days below 10 and before January and February.
  fileprivate var printed: String {
    let (year, month, day) = components
    return "\(day < 10 ? "0" : "")\(day)/\(month < 3 ? "0" : "")\(month)/\(year)"
  }
}

extension Manuscript.Cell {
  /// What the cell lists: its marked paragraphs, each with what follows unmarked; all of it where none is marked.
  var items: [(text: String, isMarked: Bool)] {
    let isList = paragraphs.contains { $0.hasPrefix("- ") || $0.hasPrefix("+ ") }
    guard isList else { return [(text, false)] }
    var items: [(String, Bool)] = []
    for paragraph in paragraphs {
      let isMarked = paragraph.hasPrefix("- ") || paragraph.hasPrefix("+ ")
      if isMarked || items.isEmpty {
        items.append((isMarked ? String(paragraph.dropFirst(2)) : paragraph, isMarked))
      } else {
        items[items.count - 1].0 += " " + paragraph
      }
    }
    return items
  }

  /// What the row goes on with on the next page.
  mutating func add(_ other: Manuscript.Cell) {
    guard let first = other.paragraphs.first else { return }
    if let last = paragraphs.indices.last, !first.hasPrefix("-"), !first.hasPrefix("+") {
      paragraphs[last] += " " + first
      paragraphs += other.paragraphs.dropFirst()
    } else {
      paragraphs += other.paragraphs
    }
  }
}

extension FundSource {
  /// The source as plans print it; two levels make it several.
  init(printed text: String) {
    let folded = " " + text.folded + " "
    let levels: [(String, FundSource)] = [
      (" trung uong ", .central), (" tinh ", .province), (" xa ", .commune), (" phuong ", .commune),
      (" muc tieu ", .programme), (" long ghep ", .blended), (" xa hoi hoa ", .socialised),
      (" doanh nghiep ", .enterprise),
    ]
    let without = folded.replacing(" xa hoi hoa ", with: " ")
    let named = levels.filter { $0.1 == .commune ? without.contains($0.0) : folded.contains($0.0) }.map(\.1)
    switch Set(named).count {
    case 1: self = named[0]
    case 0: self = folded.contains(" nha nuoc ") || folded.contains(" phan cap ") ? .state : .other
    default: self = .several
    }
  }
}
