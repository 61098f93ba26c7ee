import FoundationEssentials
import Schema
import Storage

/// The lines of one request, understood as far as they can be without the register: beside the thread that writes.
struct PeopleLines: Sendable {
  /// A line with what it is known by.
  struct Row: Sendable {
    let line: Int
    let content: RegisterLine
    let reference: Data
    let likeness: Data?
    /// Nil where none was named, or the commune's were not looked at yet.
    var village: Office.Code?
  }

  private(set) var rows: [Row] = []
  private(set) var refused: [RowFinding] = []

  init(_ request: ImportPeople, _ keys: RegisterKeys, today: Day) throws(Refusal) {
    var lines = request.lines.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard (1...ImportPeople.limit).contains(lines.count), request.first > 0, request.first < 10_000_000 else {
      throw Refusal(
        .invalid, vi: "Mỗi lần gửi từ 1 đến \(ImportPeople.limit) dòng.",
        en: "1 to \(ImportPeople.limit) lines at a time.", at: "lines")
    }
    var reader = RegisterReader(today: today, pads: request.pads)
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
        refused.append(RowFinding(line: number, kind: Open(error.kind)))
      }
    }
  }
}

/// Takes the lines of one request into a commune's register.
struct PeopleImport {
  private let lines: PeopleLines
  private let unit: Unit
  private let keys: RegisterKeys
  private let account: Caller.Account

  /// As many as fit into a reply; of lines that were not taken there are never more.
  private static let mostFindings = 4500

  private var summary = ImportSummary()
  private var added: [PersonRecord] = []
  private var tally = Tally()

  init(_ lines: PeopleLines, in unit: Unit, _ keys: RegisterKeys, by account: Caller.Account) {
    self.lines = lines
    self.unit = unit
    self.keys = keys
    self.account = account
  }

  consuming func run(_ transaction: borrowing Transaction) throws -> ImportSummary {
    let today = transaction.time.day
    let rows = placed(try IdentityStore.villages(in: unit, on: today, transaction))
    let existing = try RegisterStore.people(rows.map(\.reference), in: unit, transaction)
    var alike = try RegisterStore.alike(Array(Set(rows.compactMap(\.likeness))), in: unit, transaction)
    // Of this request: two lines may have one number.
    var taken: [Data: PersonRecord] = [:]
    for row in rows {
      let before = taken[row.reference] ?? existing[row.reference]
      let merged = RegisterRules.merge(
        row.content, in: row.village, likeness: row.likeness, reference: row.reference, existing: before,
        agrees: { known in
          row.content.likeness.map { keys.agrees(known, with: $0.name, birth: $0.birth) } ?? false
        }, seal: { keys.seal(row.content.number, for: row.reference) })
      switch merged {
      case .refused(let kind): refuse(row.line, Open(kind))
      case .unchanged: summary.unchanged += 1
      case .twoNames(let likeness):
        try flush(transaction)
        let isOpen = try RegisterStore.found(.number, row.reference, likeness, in: unit, transaction)
        refuse(row.line, Open(isOpen ? .twoNames : .decidedName))
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
          // One more than are paired: the row's own may be among them.
          let others = alike[likeness, default: []].prefix(RegisterRules.mostPairs + 1)
            .filter { $0 != row.reference }.prefix(RegisterRules.mostPairs)
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
    summary.shorten(to: Self.mostFindings)
    return summary
  }

  /// The lines whose villages there are; the others are refused, in the order of the file.
  private mutating func placed(_ villages: [OfficeSummary]) -> [PeopleLines.Row] {
    let codes = RegisterRules.places(villages)
    var (placed, refused) = ([] as [PeopleLines.Row], lines.refused)
    placed.reserveCapacity(lines.rows.count)
    for var row in lines.rows {
      if let name = row.content.village {
        guard let code = codes[name] else {
          refused.append(RowFinding(line: row.line, kind: Open(.unknownVillage)))
          continue
        }
        row.village = code
      }
      placed.append(row)
    }
    for finding in refused.sorted(by: { $0.line < $1.line }) { refuse(finding.line, finding.kind) }
    return placed
  }

  /// Those who are new are written many at a time; before one of them is changed, all of them are.
  private mutating func flush(_ transaction: borrowing Transaction) throws {
    guard !added.isEmpty else { return }
    try RegisterStore.insert(added, in: unit, transaction)
    added = []
  }

  private mutating func refuse(_ line: Int, _ kind: Open<RowFinding.Kind>) {
    summary.refused += 1
    summary.findings.append(RowFinding(line: line, kind: kind))
  }

  private mutating func note(_ line: Int, _ kind: RowFinding.Kind) {
    summary.findings.append(RowFinding(line: line, kind: Open(kind)))
  }
}

extension ImportSummary {
  /// Leaves out what is strange about lines that were taken, the last first; never why one was not.
  mutating func shorten(to limit: Int) {
    var rest = limit - findings.count { $0.kind.known?.isError != false }
    let kept = findings.filter { finding in
      guard finding.kind.known?.isError == false else { return true }
      rest -= 1
      return rest >= 0
    }
    if kept.count < findings.count { unsaid = findings.count - kept.count }
    findings = kept
  }
}
