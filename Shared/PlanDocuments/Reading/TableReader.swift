import Schema

/// Reads the rows of one table: targets, tasks, their groups and totals.
struct TableReader {
  let header: Header
  let section: Section
  /// What stands between the appendix's heading and the table.
  let caption: String
  let year: Int?
  let log: ReadingLog

  var targets: [Found<TargetRow>] = []
  /// How each of the targets is counted.
  var measures: [Measure?] = []
  var tasks: [Found<TaskRow>] = []
  /// What past years reached, in a column beside the targets.
  var results: [Found<YearResult>] = []
  /// What tasks promise in their own words.
  var objectives: [Found<TargetRow>] = []
  private(set) var offices: [OfficeName] = []
  /// The headings of the table and of its groups, as printed.
  private(set) var titles: [Found<String>] = []
  private(set) var budget: BudgetTable?

  var group: String?
  var milestone: Day?
  /// The number of the group that rows stand in.
  var groupNumber: String?
  /// By the position of the task, the number of its group.
  var groupNumbers: [String?] = []
  var moneyColumn: MoneyColumn?
  private var groups: [BudgetTable.Group] = []
  private var declared: Money?

  /// The unit of money had to be guessed.
  var assumesMoneyUnit: Bool { moneyColumn?.isAssumed == true && budget != nil }

  init(_ header: Header, section: Section, caption: String, year: Int?, log: ReadingLog) {
    self.header = header.planned(from: year)
    self.section = section
    self.caption = caption
    self.year = year
    self.log = log
    milestone = Self.milestone(in: caption)
  }

  mutating func read(_ table: Manuscript.Table) {
    let rows = merged(Array(table.rows[header.firstRow...]))
    moneyColumn = MoneyColumn(header, caption: caption, rows: rows)
    if let moneyColumn, moneyColumn.isAssumed, let row = rows.first(where: { !$0.cells[moneyColumn.index].isEmpty }) {
      log.add(.moneyUnitAssumed(moneyColumn.assumed), row.cells[moneyColumn.index].text, at: spot(row))
    }
    titles.append(Found(header.headings.joined(separator: " | "), at: spot(table.rows[header.firstRow - 1])))
    tellUnreadColumns(table.rows[header.firstRow...].filter { !header.isRepeated($0) })
    for (index, row) in rows.enumerated() { read(row, next: index + 1 < rows.count ? rows[index + 1] : nil) }
    let costs = tasks.compactMap(\.value.cost)
    if !costs.isEmpty || declared != nil {
      let sum = costs.reduce(Optional(Money(dong: 0))) { sum, cost in sum.flatMap { $0.adding(cost) } }
      budget = BudgetTable(unit: moneyColumn?.unit, declared: declared, computed: sum, groups: groups)
    }
    numberWithinGroups()
  }

  /// Rows that count anew in each group, or whose group has a subtotal, get the group's number before their own.
  private mutating func numberWithinGroups() {
    let numbers = tasks.map(\.value.number)
    guard Set(numbers).count < numbers.count || !groups.isEmpty else { return }
    for (index, group) in groupNumbers.enumerated() {
      guard let group, !tasks[index].value.number.hasPrefix(group + ".") else { continue }
      tasks[index].value.number = "\(group).\(tasks[index].value.number)"
    }
  }

  /// One finding for each column that nothing is read from.
  private func tellUnreadColumns(_ rows: [Manuscript.Row]) {
    for (index, column) in header.columns.enumerated() where !header.reads(column) {
      let filled = rows.filter { $0.cells[index].origin == .own && !$0.cells[index].isEmpty }
      guard let first = filled.first else { continue }
      log.add(
        .columnUnread(header.headings[index]), first.cells[index].text, at: spot(first), lines: filled.map(\.line))
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
      if row.cells[number].isEmpty, let last = result.indices.last, !isTotal(row), !isTotal(result[last]),
        goesOn(row, name: name), zip(row.cells, result[last].cells).allSatisfy({ $0.isEmpty || $1.origin != .left })
      {
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
      readTotal(row)
    } else if isGroup(row, number: number, next: next) {
      beginGroup(
        row, number: number, named: groupName(row, nameColumn))
    } else if row.cells[nameColumn].isEmpty {
      log.add(.rowLeft, row.cells.map(\.text).joined(separator: " "), at: spot(row))
    } else if header.holdsTargets {
      let (number, name) = numbered(row.cells[nameColumn], number)
      readTargets(row, number: number, name: name)
    } else {
      let (number, name) = numbered(row.cells[nameColumn], number)
      readTask(row, number: number, name: name)
    }
  }

  /// `1. Sửa mạng nội bộ`: the number before a name, where the table has no column for it.
  private func numbered(_ name: Manuscript.Cell, _ number: String) -> (number: String, name: Manuscript.Cell) {
    guard column(.number) == nil, let first = name.paragraphs.first, let found = Numbering(first),
      found.level == .decimal, !found.title.isEmpty
    else { return (number, name) }
    var name = name
    name.paragraphs[0] = found.title
    return (found.label, name)
  }

  private func isTotal(_ row: Manuscript.Row) -> Bool {
    row.cells.prefix(3).contains { Self.isTotal($0) }
  }

  private static func isTotal(_ cell: Manuscript.Cell) -> Bool {
    let folded = cell.text.folded
    return totals.contains(folded) || folded.hasPrefix("tong cong ")
  }

  /// `Tổng cộng (A+B)`: the word and the groups that it sums up, nothing else.
  private static func isBareTotal(_ cell: Manuscript.Cell) -> Bool {
    isTotal(cell)
      && cell.text.folded.split(separator: " ").dropFirst(2).allSatisfy {
        $0.count == 1 || $0.allSatisfy("ivx".contains)
      }
  }

  private static let totals: Set<String> = ["tong", "tong cong", "cong", "tong so", "tong kinh phi"]

  private mutating func readTotal(_ row: Manuscript.Row) {
    declared = money(row) ?? declared
    let others = row.cells.indices.filter { column in
      let cell = row.cells[column]
      return cell.origin == .own && column != moneyColumn?.index && header.reads(header.columns[column])
        && !cell.isEmpty && !Self.isBareTotal(cell)
    }
    guard !others.isEmpty else { return }
    log.add(.rowLeft, others.map { row.cells[$0].text }.joined(separator: " "), at: spot(row))
  }

  private func isGroup(_ row: Manuscript.Row, number: String, next: Manuscript.Row?) -> Bool {
    let others = row.cells.indices.filter { column in
      let kind = header.columns[column]
      if case .cost = kind { return false }
      return kind != .number && kind != .unknown && kind != .pillar && column != nameColumn
        && row.cells[column].origin == .own
        && !row.cells[column].isEmpty
    }
    guard others.isEmpty else { return false }
    if number.isEmpty || Numbering.isRoman(number[...]) || number == "-" || number == "–" || number == "*" {
      return true
    }
    if !number.contains(where: \.isDigit) { return true }
    return next.map { text($0, .number).hasPrefix(number + ".") && text($0, .number).trimming(".") != number } ?? false
  }

  /// In its own column, else wherever the row says something, else in that of the numbers.
  private func groupName(_ row: Manuscript.Row, _ nameColumn: Int) -> String {
    let own = row.cells.indices.first { column in
      [.unknown, .pillar].contains(header.columns[column]) && row.cells[column].origin == .own
        && !row.cells[column].isEmpty
    }
    guard row.cells[nameColumn].isEmpty else { return row.cells[nameColumn].text }
    return own.map { row.cells[$0].text } ?? text(row, .number)
  }

  private mutating func beginGroup(_ row: Manuscript.Row, number: String, named name: String) {
    let clean = name.trimming("-–:. ")
    titles.append(Found([number, clean].filter { !$0.isEmpty }.joined(separator: " "), at: spot(row)))
    groupNumber = number.contains(where: { $0.isLetter || $0.isDigit }) ? number : nil
    if let day = Self.milestone(in: name) {
      milestone = day
      group = nil
    } else {
      group = clean
      if !header.holdsTargets, Pillar(printed: clean) == nil { log.add(.groupNotKept, clean, at: spot(row)) }
    }
    if let money = money(row) { groups.append(.init(name: clean, rows: groupNumber, total: money)) }
  }

  /// `Đến hết năm 2030`: the last day of that year.
  private static func milestone(in text: String) -> Day? {
    let folded = text.folded
    guard folded.contains("den nam 20") || folded.contains("den het nam 20") || folded.contains("het nam 20") else {
      return nil
    }
    return Column.year(in: folded).flatMap { Day($0, 12, 31) }
  }

  // MARK: Cells

  private var nameColumn: Int? { column(.indicator) ?? column(.task) }

  func column(_ kind: Column) -> Int? { header.columns.firstIndex(of: kind) }

  func text(_ row: Manuscript.Row, _ kind: Column) -> String { column(kind).map { row.cells[$0].text } ?? "" }

  func printed(_ row: Manuscript.Row, _ kind: Column) -> String? {
    let text = text(row, kind)
    return text.isEmpty ? nil : text
  }

  func spot(_ row: Manuscript.Row) -> Spot {
    let number = text(row, .number).trimming(". )")
    return Spot(section: section.label, row: number.isEmpty ? nil : number, line: row.line)
  }

  /// What the column of times says, or those of the first day and the last.
  func time(_ row: Manuscript.Row) -> TimeCell {
    let printed = text(row, .time)
    let (start, due) = (text(row, .start), text(row, .due))
    guard printed.isEmpty, !start.isEmpty || !due.isEmpty else { return TimeCell(printed, year: year) }
    let (first, last) = (TimeCell(start, year: year), TimeCell(due, year: year))
    var time = last
    time.printed = [start, due].filter { !$0.isEmpty }.joined(separator: " – ")
    time.start = start.isEmpty ? last.start : first.start ?? first.due
    time.isWhole = (start.isEmpty || first.isWhole) && (due.isEmpty || last.isWhole)
    return time
  }

  mutating func parties(_ row: Manuscript.Row) -> (leads: [OfficeName], coordinating: [OfficeName]) {
    let isShared = column(.lead) == nil
    let parties = Parties(lines(row, isShared ? .parties : .lead), isShared: isShared)
    var leads = offices(parties.leads, row)
    var coordinating = offices(parties.coordinating, row) + offices(lines(row, .coordinating), row)
    if isShared, !parties.isTold, leads.count > 1 {
      log.add(.firstLeads(leads[0].shown), text(row, .parties), at: spot(row))
      coordinating = leads.dropFirst() + coordinating
      leads = [leads[0]]
    }
    return (leads, coordinating)
  }

  private func lines(_ row: Manuscript.Row, _ kind: Column) -> String {
    column(kind).map { row.cells[$0].paragraphs.joined(separator: "\n") } ?? ""
  }

  private mutating func offices(_ text: String, _ row: Manuscript.Row) -> [OfficeName] {
    let names = OfficeList.read(text)
    offices += names
    for name in names {
      if let guess = name.guessed { log.add(.officeGuessed(guess), name.printed, at: spot(row)) }
    }
    return names
  }

  /// What a request may carry; the rest is told.
  func fit(_ text: String, _ spot: Spot) -> String {
    guard text.count > Fields.longestText else { return text }
    log.add(.tooLong(limit: Fields.longestText), text, at: spot)
    return String(text.prefix(Fields.longestText))
  }

  func money(_ row: Manuscript.Row) -> Money? {
    switch moneyColumn?.amount(in: row) {
    case .some(.some(let money)): return money
    case .some(.unread(let text)): log.add(.moneyUnread, text, at: spot(row))
    case .some(.none), nil: break
    }
    return nil
  }

  static func number(_ row: String, _ item: String?) -> String {
    guard let item else { return row }
    return row.isEmpty ? item : item.first?.isDigit == true ? "\(row).\(item)" : row + item
  }

  static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(97 + min(index, 25))))
  }
}
