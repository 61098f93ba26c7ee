import Schema
import Storage

/// The ledger: entries are added and never changed.
extension BudgetStore {
  private static let pageSize = 100

  /// Adds an entry to the ledger of a line, and the line's money as it stands with it.
  static func book(_ entry: BudgetEntry, on line: LineRecord, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO entry (id, line, ordinal, phase, debit, credit, amount, day, document, issuer, reference, paper, note,
        reverses, counterpart, account, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      entry.id, line.summary.id, line.summary.version, entry.phase, entry.debit, entry.credit, entry.amount, entry.day,
      entry.document, entry.issuer, entry.reference, entry.reference.map(BudgetEntry.paper), entry.note, entry.reverses,
      entry.counterpart, entry.account, entry.time)
    try save(line, transaction)
  }

  /// A line's own state: its balances, and what was said of it.
  static func save(_ line: LineRecord, _ transaction: borrowing Transaction) throws {
    let ledger = line.ledger
    try transaction.execute(
      """
      INSERT INTO balance (line, version, estimated, unallocated, available, advanced, disbursed, settled, carried,
        committed, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (line) DO UPDATE SET version = excluded.version, estimated = excluded.estimated,
        unallocated = excluded.unallocated, available = excluded.available, advanced = excluded.advanced,
        disbursed = excluded.disbursed, settled = excluded.settled, carried = excluded.carried,
        committed = excluded.committed, detail = excluded.detail
      """,
      line.summary.id, line.summary.version, ledger[.estimated], ledger[.unallocated], ledger[.available],
      ledger[.advanced], ledger[.disbursed], ledger[.settled], ledger[.carried], ledger[.committed],
      JSONColumn(line.summary.detail))
  }

  /// What each day's entries brought to what may be spent, and took from it.
  static func days(of line: BudgetLine.ID, _ transaction: borrowing Transaction) throws -> LedgerDays {
    let rows = try transaction.rows(
      """
      SELECT COALESCE(wrong.day, entry.day) AS since,
        SUM(CASE entry.debit WHEN 'available' THEN entry.amount ELSE 0 - entry.amount END) AS change
      FROM entry LEFT JOIN entry AS wrong ON wrong.id = entry.reverses
      WHERE entry.line = ? AND 'available' IN (entry.debit, entry.credit) GROUP BY since
      """, values: [line])
    var days = LedgerDays()
    for row in rows {
      let change: Int64 = try row["change"]
      days.add(Int128(change), on: try row["since"])
    }
    return days
  }

  static func list(_ request: ListEntries, _ transaction: borrowing Transaction) throws -> Page<BudgetEntry> {
    var condition = Condition()
    condition.add("line = ?", request.line)
    if let after = request.after {
      let id = try after.position(as: BudgetEntry.ID.self)
      condition.add("ordinal > (SELECT ordinal FROM entry WHERE id = ? AND line = ?)", id, request.line)
    }
    let rows = try transaction.rows(
      "SELECT * FROM entry WHERE \(condition.sql) ORDER BY ordinal LIMIT \(Page<BudgetEntry>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, BudgetEntry.init, position: \.id.description)
  }

  /// An entry of one line.
  static func entry(
    _ id: BudgetEntry.ID, of line: BudgetLine.ID, _ transaction: borrowing Transaction
  ) throws -> BudgetEntry {
    guard let row = try transaction.row("SELECT * FROM entry WHERE id = ? AND line = ?", id, line) else {
      throw Refusal.notFound("bút toán", "entry", id, at: "entry")
    }
    return try BudgetEntry(row)
  }

  /// The entry of a line that a paper has made before, unless it was taken back.
  static func entry(
    of reference: String, _ phase: Open<BudgetEntry.Phase>, on line: BudgetLine.ID, _ transaction: borrowing Transaction
  ) throws -> BudgetEntry? {
    let row = try transaction.row(
      """
      SELECT * FROM entry WHERE line = ? AND phase = ? AND paper = ? AND reverses IS NULL
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses = entry.id)
      """, line, phase, BudgetEntry.paper(reference))
    return try row.map(BudgetEntry.init)
  }

  /// The entry that the same document has made before, of the same sum and day, unless it was taken back.
  ///
  /// - Parameter other: The line on the other side of a move.
  static func entry(
    like entry: BudgetEntry, on line: BudgetLine.ID, with other: BudgetLine.ID?, _ transaction: borrowing Transaction
  ) throws -> BudgetEntry? {
    let rows = try transaction.rows(
      """
      SELECT entry.*, pair.line AS other FROM entry LEFT JOIN entry AS pair ON pair.id = entry.counterpart
      WHERE entry.line = ? AND entry.phase = ? AND entry.debit = ? AND entry.credit = ? AND entry.amount = ?
        AND entry.day = ? AND entry.reverses IS NULL
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses = entry.id)
      """, values: [line, entry.phase, entry.debit, entry.credit, entry.amount, entry.day])
    for row in rows {
      let (pair, earlier): (BudgetLine.ID?, BudgetEntry) = (try row["other"], try BudgetEntry(row))
      if pair == other, earlier.document?.key == entry.document?.key { return earlier }
    }
    return nil
  }

  static func isReversed(_ id: BudgetEntry.ID, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.row("SELECT id FROM entry WHERE reverses = ?", id) != nil
  }

  /// The line that an entry stands in.
  static func line(of entry: BudgetEntry.ID, _ transaction: borrowing Transaction) throws -> BudgetLine.ID? {
    try transaction.row("SELECT line FROM entry WHERE id = ?", entry)?["line"]
  }
}

extension BudgetEntry {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row["id"], phase: try row["phase"], debit: try row["debit"], credit: try row["credit"],
      amount: try row["amount"], day: try row["day"], document: try row["document"], issuer: try row["issuer"],
      reference: try row["reference"], note: try row["note"], reverses: try row["reverses"],
      counterpart: try row["counterpart"], account: try row["account"], time: try row["time"])
  }
}
