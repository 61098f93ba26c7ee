import Schema
import Storage

/// Fiscal years, a row each; and the month at whose end a unit was last looked at.
extension BudgetStore {
  private static let pageSize = 100

  /// A year as it stands; open until something is recorded.
  static func year(_ year: Int, of unit: Unit, _ transaction: borrowing Transaction) throws -> YearSummary {
    let row = try transaction.row(
      "SELECT * FROM fiscal_year WHERE province = ? AND commune = ? AND year = ?", unit.province, unit.communeColumn,
      year)
    return try row.map(YearSummary.init) ?? YearSummary(unit: unit, fiscalYear: year, version: 1, closed: false)
  }

  static func save(_ year: YearSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO fiscal_year (province, commune, year, version, closed, document, day, spending, promised)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, year) DO UPDATE SET version = excluded.version, closed = excluded.closed,
        document = excluded.document, day = excluded.day, spending = excluded.spending, promised = excluded.promised
      """,
      year.unit.province, year.unit.communeColumn, year.fiscalYear, year.version, year.closed, year.document, year.day,
      year.spending, year.promised.map(JSONColumn.init))
  }

  static func list(_ request: ListYears, in unit: Unit, _ transaction: borrowing Transaction) throws -> Page<
    YearSummary
  > {
    var condition = Condition.within(unit, of: "fiscal_year")
    if let after = request.after {
      let position = try after.position(as: YearPosition.self)
      condition.add(
        "(commune, year) > (?, ?)", position.commune, position.year)
    }
    let rows = try transaction.rows(
      """
      SELECT * FROM fiscal_year WHERE \(condition.sql) ORDER BY commune, year
      LIMIT \(Page<YearSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(
      rows, size: pageSize, YearSummary.init,
      position: { YearPosition(commune: $0.unit.communeColumn, year: $0.fiscalYear).description })
  }
}

extension BudgetStore {
  // MARK: Month's ends

  /// The units with lines that were not looked at for this month. One that is to come was a wrong clock's.
  static func units(notLookedAt end: MonthEnd, _ transaction: borrowing Transaction) throws -> [Unit] {
    try transaction.rows(
      """
      SELECT DISTINCT line.province, line.commune FROM line
      LEFT JOIN lag_look ON lag_look.province = line.province AND lag_look.commune = line.commune
      WHERE lag_look.month IS NULL OR lag_look.month <> ? ORDER BY line.province, line.commune
      """, end.month
    ).map { try Unit($0) }
  }

  static func looked(at unit: Unit, _ end: MonthEnd, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO lag_look (province, commune, month) VALUES (?, ?, ?)
      ON CONFLICT (province, commune) DO UPDATE SET month = excluded.month
      """, unit.province, unit.communeColumn, end.month)
  }

  /// The unit's lines that had money to spend by a day.
  static func linesFunded(
    by day: Day, of unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Set<BudgetLine.ID> {
    let rows = try transaction.rows(
      """
      SELECT DISTINCT entry.line FROM entry JOIN line ON line.id = entry.line
      WHERE line.province = ? AND line.commune = ? AND entry.debit = 'available' AND entry.day <= ?
      """, unit.province, unit.communeColumn, day)
    return Set(try rows.map { try $0["line"] })
  }
}

/// A place in the list of years: `15043-2026`.
private struct YearPosition: LosslessStringConvertible {
  var commune: String
  var year: Int

  var description: String { "\(commune)-\(year)" }

  init(commune: String, year: Int) {
    self.commune = commune
    self.year = year
  }

  init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 5, let year = Int(parts[1]) else { return nil }
    self.init(commune: String(parts[0]), year: year)
  }
}

extension YearSummary {
  fileprivate init(_ row: Row) throws {
    let promised: JSONColumn<Ratio>? = try row["promised"]
    self.init(
      unit: try Unit(row), fiscalYear: try row["year"], version: try row["version"], closed: try row["closed"],
      document: try row["document"], day: try row["day"], spending: try row["spending"], promised: promised?.content)
  }
}
