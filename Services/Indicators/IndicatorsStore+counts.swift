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
    try rebuild(transaction)
  }

  static func keep(_ office: OfficeKept, _ transaction: borrowing Transaction) throws {
    guard let kind = office.office.kind.known, [.village, .school, .station].contains(kind) else { return }
    try transaction.execute(
      """
      INSERT INTO village (province, commune, code, kind, since, until) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET kind = excluded.kind, since = excluded.since,
        until = excluded.until
      """,
      office.unit.province, office.unit.communeColumn, office.office.code, kind.rawValue, office.office.since,
      office.office.until)
  }

  /// Puts a village's counts in the place of those that it had for the month, and adds up the month anew.
  static func keep(_ event: CloudEvent<CountsRecorded>, _ transaction: borrowing Transaction) throws {
    let (unit, month) = (event.data.unit, event.data.month)
    try shifting(.counts, in: unit, for: month.endingTogether, transaction) { try add(event, transaction) }
  }

  /// Does something that changes what a commune's indicators are counted to be, and moves the sums by the difference.
  static func shifting(
    _ origin: CountedShare.Origin, in unit: Unit, for periods: [Period], _ transaction: borrowing Transaction,
    _ change: () throws -> Void
  ) throws {
    let rows = try transaction.rows(
      """
      SELECT indicator.*, counted_indicator.share FROM indicator
        JOIN counted_indicator ON counted_indicator.indicator = indicator.id
      WHERE indicator.province = ? AND indicator.commune = ?
      """, unit.province, unit.communeColumn)
    let subjects = try rows.filter { CountedShare(rawValue: try $0["share"])?.origin == origin }
      .map { try RolledSubject($0) }
    func figures() throws -> [[Figure?]] {
      try subjects.map { subject in
        try IndicatorsStore.figures(
          of: subject.id, in: unit, over: subject.overTime, for: periods, transaction)
      }
    }
    // What it would count as a part of another one is that one's to say.
    let end = try mergedOn(unit, transaction)
    let periods = periods.filter { period in end.map { period.days.upperBound < $0 } ?? true }
    let before = try figures()
    try change()
    for ((subject, before), after) in zip(zip(subjects, before), try figures()) {
      for (period, (before, after)) in zip(periods, zip(before, after)) {
        try shift(subject.key, in: subject.unit, for: period, from: before, to: after, transaction)
      }
    }
  }

  /// The months for which counts, or spending, give a unit's indicators values.
  static func months(
    with origin: CountedShare.Origin, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Period] {
    let months =
      switch origin {
      case .counts: "month_count WHERE adults > 0"
      case .spending: "month_money WHERE allocated > 0 AND disbursed BETWEEN 0 AND allocated"
      case .tasks: "month_task WHERE due > 0"
      }
    return try transaction.rows(
      "SELECT month FROM \(months) AND province = ? AND commune = ?", unit.province, unit.communeColumn
    ).map { try $0["month"] }
  }

  private static func add(_ event: CloudEvent<CountsRecorded>, _ transaction: borrowing Transaction) throws {
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

  /// Says what an indicator is by its name, which counts it gets, if any, and whom its shares are of. What is counted says
  /// what there is on a day: a quarter has what its last month has.
  @discardableResult
  static func match(
    _ indicator: Indicator.ID, _ name: IndicatorName, by catalogue: UnitCatalogue, _ transaction: borrowing Transaction
  ) throws -> IndicatorMeaning {
    let meaning = IndicatorMeaning(of: name, by: catalogue)
    try transaction.execute(
      "UPDATE indicator SET population = ?, kind = ?, over_time = ? WHERE id = ?",
      Population.meant(by: name)?.rawValue, meaning.kind?.rawValue, meaning.overTime.rawValue, indicator)
    if let share = meaning.share {
      try transaction.execute(
        "INSERT INTO counted_indicator (indicator, share) VALUES (?, ?) ON CONFLICT (indicator) DO NOTHING", indicator,
        share.rawValue)
    }
    return meaning
  }

  /// Says it again of all: a newer program may know more wordings than the one that met them first. Where it does, and
  /// where there are no sums yet, they are made again.
  static func matchAll(_ transaction: borrowing Transaction) throws {
    let matched = "SELECT indicator, share FROM counted_indicator ORDER BY indicator"
    let before = try transaction.rows(matched)
    try transaction.execute("DELETE FROM counted_indicator")
    var (catalogues, isOther) = ([Unit: UnitCatalogue](), false)
    for row in try transaction.rows("SELECT id, province, commune, name, measure, kind, over_time FROM indicator") {
      let unit = try Unit(row)
      let catalogue = try catalogues[unit] ?? catalogue(of: unit, transaction)
      catalogues[unit] = catalogue
      let name = IndicatorName(name: try row["name"], measure: try row["measure"])
      let meaning = try match(try row["id"], name, by: catalogue, transaction)
      let kind: String? = try row["kind"]
      isOther = try isOther || meaning.overTime != Indicator.OverTime(row) || meaning.kind?.rawValue != kind
    }
    for row in try transaction.rows(
      """
      SELECT DISTINCT indicator.province, indicator.commune FROM counted_indicator
        JOIN indicator ON indicator.id = counted_indicator.indicator
      WHERE counted_indicator.share IN ('done', 'in-time')
      """)
    { try countTasks(in: Unit(row), transaction) }
    let isSummed = try transaction.row("SELECT 1 AS one FROM promised LIMIT 1") != nil
    let isRenamed = try keyAll(transaction)
    if try isRenamed || isOther || !isSummed || transaction.rows(matched) != before { try rebuild(transaction) }
  }

  /// The indicators of a commune that get counts, or follow its spending, as they stand on a day.
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
