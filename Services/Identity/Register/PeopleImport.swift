import FoundationEssentials
import Schema
import Storage

/// Takes the lines of one request into a commune's register.
struct PeopleImport {
  private let request: ImportPeople
  private let unit: Unit
  private let keys: RegisterKeys
  private let account: Caller.Account

  private var summary = ImportSummary()
  private var added: [PersonRecord] = []
  private var tally = Tally()

  init(_ request: ImportPeople, in unit: Unit, _ keys: RegisterKeys, by account: Caller.Account) {
    self.request = request
    self.unit = unit
    self.keys = keys
    self.account = account
  }

  /// A line with what it is known by.
  private struct Row {
    let line: Int
    let content: RegisterLine
    let reference: Data
    let likeness: Data?
  }

  consuming func run(_ transaction: borrowing Transaction) throws -> ImportSummary {
    let today = transaction.time.day
    let rows = try read(today, villages: try IdentityStore.villages(in: unit, on: today, transaction))
    let existing = try RegisterStore.people(rows.map(\.reference), in: unit, transaction)
    var alike = try RegisterStore.alike(Array(Set(rows.compactMap(\.likeness))), in: unit, transaction)
    // Of this request: two lines may have one number.
    var taken: [Data: PersonRecord] = [:]
    for row in rows {
      let before = taken[row.reference] ?? existing[row.reference]
      let merged = RegisterRules.merge(
        row.content, likeness: row.likeness, reference: row.reference, existing: before,
        seal: { keys.seal(row.content.number, for: row.reference) })
      switch merged {
      case .refused(let kind): refuse(row.line, kind)
      case .unchanged: summary.unchanged += 1
      case .twoNames(let likeness):
        try flush(transaction)
        try RegisterStore.found(.number, row.reference, likeness, in: unit, transaction)
        refuse(row.line, .twoNames)
      case .added(let person), .changed(let person):
        if let before {
          try flush(transaction)
          try RegisterStore.update(person, from: before, by: account, ImportPeople.method, in: unit, transaction)
          summary.changed += 1
        } else {
          added.append(person)
          summary.added += 1
        }
        tally.remove(before)
        tally.add(person)
        taken[row.reference] = person
        for doubt in RegisterRules.doubts(about: row.content, person, today: today) { note(row.line, doubt) }
        if let likeness = row.likeness, before?.likeness == nil {
          let others = alike[likeness, default: []].filter { $0 != row.reference }
          for other in others {
            try RegisterStore.found(.likeness, row.reference, other, in: unit, transaction)
          }
          if !others.isEmpty { note(row.line, .likeAnother) }
          alike[likeness, default: []].append(row.reference)
        }
      }
    }
    try flush(transaction)
    try RegisterStore.add(tally, in: unit, transaction)
    return summary
  }

  private mutating func read(_ today: Day, villages: [OfficeSummary]) throws(Refusal) -> [Row] {
    var lines = request.lines.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard (1...ImportPeople.limit).contains(lines.count), request.first > 0, request.first < 10_000_000 else {
      throw Refusal(
        .invalid, vi: "Mỗi lần gửi từ 1 đến \(ImportPeople.limit) dòng.",
        en: "1 to \(ImportPeople.limit) lines at a time.", at: "lines")
    }
    var reader = RegisterReader(villages: villages, today: today, pads: request.pads)
    var rows: [Row] = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let number = request.first + index
      do throws(RegisterReader.Fault) {
        let content = try reader.read(line)
        rows.append(
          Row(
            line: number, content: content, reference: keys.reference(of: content.number),
            likeness: content.likeness.map { keys.likeness(of: $0.name, birth: $0.birth) }))
      } catch {
        refuse(number, error.kind)
      }
    }
    return rows
  }

  /// Those who are new are written many at a time; before one of them is changed, all of them are.
  private mutating func flush(_ transaction: borrowing Transaction) throws {
    guard !added.isEmpty else { return }
    try RegisterStore.insert(added, in: unit, transaction)
    added = []
  }

  private mutating func refuse(_ line: Int, _ kind: RowFinding.Kind) {
    summary.refused += 1
    note(line, kind)
  }

  private mutating func note(_ line: Int, _ kind: RowFinding.Kind) {
    summary.findings.append(RowFinding(line: line, kind: Open(kind)))
  }
}
