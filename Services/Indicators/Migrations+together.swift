/// A unit's observations stand together in their key, and so do its sums over villages. An indicator's identifier is a hash: by it alone each value of a
/// sheet is written into another page of the index, and a year of a country's values is mostly the writing of pages.
///
/// Whoever looks for one of them names its unit.
extension IndicatorsMigrations {
  static let together = [
    "DROP VIEW every_observation",
    "DROP INDEX observation_by_period",
    "ALTER TABLE observation RENAME TO observation_before",
    """
    CREATE TABLE observation (
      indicator BYTEA NOT NULL,
      period TEXT NOT NULL,
      village TEXT NOT NULL,
      revision BIGINT NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      year BIGINT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      numerator BIGINT NOT NULL CHECK (numerator >= 0),
      denominator BIGINT CHECK (denominator > 0),
      note TEXT,
      evidence TEXT,
      reason TEXT,
      estimated_as_of TEXT,
      office TEXT NOT NULL,
      time BIGINT NOT NULL,
      superseded SMALLINT NOT NULL CHECK (superseded IN (0, 1)),
      PRIMARY KEY (province, commune, indicator, period, village, revision)
    )
    """,
    """
    INSERT INTO observation (indicator, period, village, revision, province, commune, year, first_day, last_day,
      numerator, denominator, note, evidence, reason, estimated_as_of, office, time, superseded)
    SELECT indicator, period, village, revision, province, commune, year, first_day, last_day, numerator, denominator,
      note, evidence, reason, estimated_as_of, office, time, superseded
    FROM observation_before
    """,
    "DROP TABLE observation_before",
    "CREATE INDEX observation_by_period ON observation (province, commune, period)",
    "DROP INDEX village_sum_by_period",
    "ALTER TABLE village_sum RENAME TO village_sum_before",
    """
    CREATE TABLE village_sum (
      indicator BYTEA NOT NULL,
      period TEXT NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      year BIGINT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      villages BIGINT NOT NULL,
      revision BIGINT NOT NULL,
      numerator BIGINT NOT NULL,
      denominator BIGINT,
      office TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (province, commune, indicator, period)
    )
    """,
    """
    INSERT INTO village_sum (indicator, period, province, commune, year, first_day, last_day, villages, revision,
      numerator, denominator, office, time)
    SELECT indicator, period, province, commune, year, first_day, last_day, villages, revision, numerator, denominator,
      office, time
    FROM village_sum_before
    """,
    "DROP TABLE village_sum_before",
    "CREATE INDEX village_sum_by_period ON village_sum (province, commune, period)",
    byUnit(everyObservation),
    // Whether another one of the unit bears a name is asked for each target of a plan.
    "DROP INDEX indicator_by_name",
    "CREATE INDEX indicator_by_name ON indicator (province, folded, folded_measure, commune)",
    // All that the country's table asks of it.
    "DROP INDEX promised_by_name",
    "CREATE INDEX promised_by_name ON promised (folded, folded_measure, name, measure, communes)",
  ]

  /// The same view, which names the unit wherever it looks for an observation, or for a sum.
  private static func byUnit(_ view: String) -> String {
    var view = view
    for (table, period) in [
      ("village_sum", "period"), ("month_count", "month"), ("month_money", "month"), ("month_task", "month"),
    ] {
      for looked in ["observation", "entered", "village_sum"] {
        view = view.replacing(
          "\(looked).period = \(table).\(period)",
          with: """
            \(looked).period = \(table).\(period) AND \(looked).province = \(table).province
              AND \(looked).commune = \(table).commune
            """)
      }
    }
    return view
  }
}
