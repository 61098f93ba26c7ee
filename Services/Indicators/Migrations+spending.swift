/// What is paid of what is allocated, as values of the indicators that are about it; villages that were founded or have
/// ended.
extension IndicatorsMigrations {
  static let spending = [
    "ALTER TABLE village ADD COLUMN since TEXT",
    "ALTER TABLE village ADD COLUMN until TEXT",
    // All that a line has; moved by the difference, since entries say what it comes to.
    """
    CREATE TABLE line_money (
      line BYTEA PRIMARY KEY,
      allocated BIGINT NOT NULL,
      disbursed BIGINT NOT NULL
    )
    """,
    // All lines of a commune, from the first day of the fiscal year to the month's last.
    """
    CREATE TABLE month_money (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      month TEXT NOT NULL,
      year BIGINT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      revision BIGINT NOT NULL,
      allocated BIGINT NOT NULL,
      disbursed BIGINT NOT NULL,
      office TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (province, commune, month)
    )
    """,
    "DROP VIEW every_observation",
    "DROP TABLE counted_indicator",
    // Filled again at each start.
    """
    CREATE TABLE counted_indicator (
      indicator BYTEA PRIMARY KEY REFERENCES indicator (id),
      share TEXT NOT NULL CHECK (share IN ('issued', 'activated', 'signatures', 'disbursed'))
    )
    """,
    "CREATE VIEW every_observation AS\n\(observations(counts: "counted_indicator.share <> 'disbursed'", villages: villages))",
  ]

  /// What was entered, what villages come to, what was counted and what was paid.
  ///
  /// - Parameters:
  ///   - counts: Which shares are of the counts of Đề án 06.
  ///   - villages: How many there are of those that a table's row is a sum over.
  static func observations(counts: String, villages: (String) -> String) -> String {
    """
    SELECT observation.indicator, observation.period, observation.revision, NULLIF(observation.village, '') AS village,
      observation.province, observation.commune, observation.year, observation.first_day, observation.last_day,
      observation.numerator, observation.denominator, observation.note, observation.evidence, observation.reason,
      observation.estimated_as_of, observation.office, observation.time, observation.superseded, 0 AS source,
      NULL AS villages, NULL AS expected
    FROM observation
    UNION ALL
    SELECT village_sum.indicator, village_sum.period, village_sum.revision, NULL, village_sum.province,
      village_sum.commune, village_sum.year, village_sum.first_day, village_sum.last_day, village_sum.numerator,
      village_sum.denominator, NULL, NULL, NULL, NULL, village_sum.office, village_sum.time,
      CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = village_sum.indicator
        AND observation.period = village_sum.period AND observation.village = '' AND observation.superseded = 0
        AND observation.estimated_as_of IS NULL) THEN 1 ELSE 0 END,
      1, village_sum.villages,
      \(villages("village_sum"))
    FROM village_sum
    UNION ALL
    SELECT counted_indicator.indicator, month_count.month, month_count.revision, NULL, month_count.province,
      month_count.commune, month_count.year, month_count.first_day, month_count.last_day,
      CASE counted_indicator.share WHEN 'issued' THEN month_count.issued
        WHEN 'activated' THEN month_count.activated ELSE month_count.signatures END,
      month_count.adults, NULL, NULL, NULL, NULL, month_count.office, month_count.time,
      \(isSuperseded("month_count")),
      2, month_count.villages,
      \(villages("month_count"))
    FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      JOIN month_count ON month_count.province = indicator.province AND month_count.commune = indicator.commune
    WHERE month_count.adults > 0 AND \(counts) AND \(isReported("month_count"))
    UNION ALL
    SELECT counted_indicator.indicator, month_money.month, month_money.revision, NULL, month_money.province,
      month_money.commune, month_money.year, month_money.first_day, month_money.last_day, month_money.disbursed,
      month_money.allocated, NULL, NULL, NULL, NULL, month_money.office, month_money.time,
      \(isSuperseded("month_money")), 3, NULL, NULL
    FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      JOIN month_money ON month_money.province = indicator.province AND month_money.commune = indicator.commune
    WHERE month_money.allocated > 0 AND month_money.disbursed BETWEEN 0 AND month_money.allocated
      AND counted_indicator.share = 'disbursed' AND \(isReported("month_money"))
    """
  }

  /// How many villages there were at the period's end, so that what is known of the past stays as it was.
  private static func villages(_ table: String) -> String {
    """
    (SELECT COUNT(*) FROM village
        WHERE village.province = \(table).province AND village.commune = \(table).commune
          AND (village.since IS NULL OR village.since <= \(table).last_day)
          AND (village.until IS NULL OR village.until >= \(table).last_day))
    """
  }

  /// Where the commune has not gone on in another by the month's last day.
  static func isReported(_ table: String) -> String {
    """
    NOT EXISTS (SELECT 1 FROM merger WHERE merger.province = \(table).province AND merger.commune = \(table).commune
      AND merger.day <= \(table).last_day)
    """
  }

  /// Where something was entered for the month, for the unit or for its villages.
  static func isSuperseded(_ table: String) -> String {
    """
    CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = counted_indicator.indicator
      AND observation.period = \(table).month AND observation.village = '' AND observation.superseded = 0
      AND observation.estimated_as_of IS NULL)
      OR EXISTS (SELECT 1 FROM village_sum WHERE village_sum.indicator = counted_indicator.indicator
        AND village_sum.period = \(table).month) THEN 1 ELSE 0 END
    """
  }
}
