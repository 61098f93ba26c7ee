import Schema
import Storage

/// The counts of Đề án 06: from identity's stream, and added up over the villages of a commune.
///
/// What they are for an indicator is not written anywhere, but read through the view `every_observation`: a plan that is
/// issued after its counts came has them all the same.
extension IndicatorsStore {
  /// Clears what came from identity's stream, and nothing else.
  static func resetIdentity(_ transaction: borrowing Transaction) throws {
    for table in ["month_count", "village_count", "village"] { try transaction.execute("DELETE FROM \(table)") }
  }

  static func keep(_ office: OfficeKept, _ transaction: borrowing Transaction) throws {
    guard office.office.kind == .village else { return }
    try transaction.execute(
      "INSERT INTO village (province, commune, code) VALUES (?, ?, ?) ON CONFLICT (province, commune, code) DO NOTHING",
      office.unit.province, office.unit.communeColumn, office.office.code)
  }

  /// Puts a village's counts in the place of those that it had for the month, and adds up the month anew.
  static func keep(_ event: CloudEvent<CountsRecorded>, _ transaction: borrowing Transaction) throws {
    let (recorded, counts) = (event.data, event.data.counts)
    let (unit, month) = (recorded.unit, recorded.month)
    try transaction.execute(
      """
      INSERT INTO village_count (province, commune, month, village, revision, adults, issued, activated, signatures,
        office, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, month, village) DO UPDATE SET revision = excluded.revision,
        adults = excluded.adults, issued = excluded.issued, activated = excluded.activated,
        signatures = excluded.signatures, office = excluded.office, time = excluded.time
      """,
      unit.province, unit.communeColumn, month, recorded.village.code, recorded.revision, counts.adults, counts.issued,
      counts.activated, counts.signatures, recorded.office ?? recorded.village.code, event.time)
    try transaction.execute(
      "DELETE FROM month_count WHERE province = ? AND commune = ? AND month = ?", unit.province, unit.communeColumn,
      month)
    // Of the counts alone, whatever order they came in. SUM is a NUMERIC to PostgreSQL.
    try transaction.execute(
      """
      INSERT INTO month_count (province, commune, month, year, first_day, last_day, villages, revision, adults, issued,
        activated, signatures, time, office)
      SELECT province, commune, month, ?, ?, ?, COUNT(*), CAST(SUM(revision) AS BIGINT), CAST(SUM(adults) AS BIGINT),
        CAST(SUM(issued) AS BIGINT), CAST(SUM(activated) AS BIGINT), CAST(SUM(signatures) AS BIGINT), MAX(time),
        (SELECT last.office FROM village_count AS last
          WHERE last.province = village_count.province AND last.commune = village_count.commune
            AND last.month = village_count.month
          ORDER BY last.time DESC, last.village LIMIT 1)
      FROM village_count WHERE province = ? AND commune = ? AND month = ?
      GROUP BY province, commune, month
      """,
      month.year, month.days.lowerBound, month.days.upperBound, unit.province, unit.communeColumn, month)
  }

  /// Says which counts an indicator gets, if any.
  static func match(_ indicator: Indicator.ID, _ name: IndicatorName, _ transaction: borrowing Transaction) throws {
    guard let share = CountedShare.meant(by: name) else { return }
    try transaction.execute(
      "INSERT INTO counted_indicator (indicator, share) VALUES (?, ?) ON CONFLICT (indicator) DO NOTHING", indicator,
      share.rawValue)
  }

  /// Says it again of all: a newer program may know more wordings than the one that met them first.
  static func matchAll(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM counted_indicator")
    for row in try transaction.rows("SELECT id, name, measure FROM indicator") {
      try match(try row["id"], IndicatorName(name: try row["name"], measure: try row["measure"]), transaction)
    }
  }

  /// The indicators of a commune that get counts, as they stand on a day.
  static func counted(
    in unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws -> [IndicatorSummary] {
    let rows = try transaction.rows(
      """
      SELECT indicator.* FROM indicator JOIN counted_indicator ON counted_indicator.indicator = indicator.id
      WHERE indicator.province = ? AND indicator.commune = ? ORDER BY indicator.sequence
      """, unit.province, unit.communeColumn)
    var summaries: [IndicatorSummary] = []
    for row in rows { summaries.append(try summary(row, on: day, transaction)) }
    return summaries
  }
}
