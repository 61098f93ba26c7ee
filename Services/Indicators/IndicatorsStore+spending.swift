import Schema
import Storage

/// A line of the budget after an entry.
struct LineMoney {
  var unit: Unit
  var line: BudgetLine.ID
  var fiscalYear: Int
  var leads: [Office.Code]
  /// All of the line, with the entry.
  var allocated: Money
  /// Nil where the entry pays nothing.
  var disbursed: Money?
  /// The entry's.
  var day: Day

  init(_ event: LineAllocated) {
    (unit, line, fiscalYear, leads) = (event.unit, event.line, event.fiscalYear, event.leads)
    (allocated, disbursed, day) = (event.allocated, nil, event.day)
  }

  init(_ event: LineDisbursed) {
    (unit, line, fiscalYear, leads) = (event.unit, event.line, event.fiscalYear, event.leads)
    (allocated, disbursed, day) = (event.allocated, event.disbursed, event.day)
  }

  init(_ event: EntryBooked) {
    (unit, line, fiscalYear, leads) = (event.unit, event.line, event.fiscalYear, event.leads)
    (allocated, disbursed, day) = (event.allocated, event.disbursed, event.entry.day)
  }

  /// Those of its fiscal year whose last day is not before the entry: what was decided before the year began is January's,
  /// what follows it is December's.
  var months: [Period] {
    let (year, month, _) = day.components
    let first = year < fiscalYear ? 1 : year > fiscalYear ? 12 : month
    return (first...12).compactMap { Period(.plain, fiscalYear, .month($0)) }
  }
}

/// What a commune's lines come to, month by month of a fiscal year: from the budget's stream.
///
/// A month has what was allocated and paid from the year's first day to its own last. All twelve are there as soon as money
/// moves: one without a payment has what the month before had. Those that have not begun are shown nowhere, nor is a share
/// of more than was allocated by then: documents' days that contradict each other say nothing.
extension IndicatorsStore {
  /// Clears what came from the budget's stream, and nothing else.
  static func resetBudget(_ transaction: borrowing Transaction) throws {
    for table in ["line_money", "month_money"] { try transaction.execute("DELETE FROM \(table)") }
    try rebuild(transaction)
  }

  /// False for an entry that neither gives nor takes what was allocated or paid.
  static func keep(
    _ money: LineMoney, at time: Timestamp, _ transaction: borrowing Transaction
  ) throws -> Bool {
    let row = try transaction.row("SELECT allocated, disbursed FROM line_money WHERE line = ?", money.line)
    let before: (allocated: Int64, disbursed: Int64) = (try row?["allocated"] ?? 0, try row?["disbursed"] ?? 0)
    let disbursed = money.disbursed?.dong ?? before.disbursed
    let change = (allocated: money.allocated.dong - before.allocated, disbursed: disbursed - before.disbursed)
    guard change != (0, 0) else { return false }
    try transaction.execute(
      """
      INSERT INTO line_money (line, allocated, disbursed) VALUES (?, ?, ?)
      ON CONFLICT (line) DO UPDATE SET allocated = excluded.allocated, disbursed = excluded.disbursed
      """, money.line, money.allocated, disbursed)
    let periods = Set(money.months.flatMap(\.endingTogether)).sorted { $0.description < $1.description }
    try shifting(.spending, in: money.unit, for: periods, transaction) {
      for month in money.months { try add(change, of: money, to: month, at: time, transaction) }
    }
    return true
  }

  /// A line need not have an office: then the budget's name stands in its place.
  private static func add(
    _ change: (allocated: Int64, disbursed: Int64), of money: LineMoney, to month: Period, at time: Timestamp,
    _ transaction: borrowing Transaction
  ) throws {
    let days = month.days
    try transaction.execute(
      """
      INSERT INTO month_money (province, commune, month, year, first_day, last_day, revision, allocated, disbursed, office,
        time)
      VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
      ON CONFLICT (province, commune, month) DO UPDATE SET revision = month_money.revision + 1,
        allocated = month_money.allocated + excluded.allocated, disbursed = month_money.disbursed + excluded.disbursed,
        office = excluded.office, time = excluded.time
      """,
      money.unit.province, money.unit.communeColumn, month, month.year, days.lowerBound, days.upperBound,
      change.allocated, change.disbursed, money.leads.first ?? "ngan-sach", time)
  }
}
