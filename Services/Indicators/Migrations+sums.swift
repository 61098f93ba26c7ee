/// Values of villages, estimates, and the sums that are kept up.
extension IndicatorsMigrations {
  static let observing = [
    "DROP VIEW every_observation",
    "DROP INDEX observation_by_unit",
    "ALTER TABLE observation RENAME TO observation_before",
    // A village's own code, or nothing for the whole unit.
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
      PRIMARY KEY (indicator, period, village, revision)
    )
    """,
    """
    INSERT INTO observation (indicator, period, village, revision, province, commune, year, first_day, last_day,
      numerator, denominator, note, office, time, superseded)
    SELECT indicator, period, '', revision, province, commune, year, first_day, last_day, numerator, denominator, note,
      office, time, superseded
    FROM observation_before
    """,
    "DROP TABLE observation_before",
    "CREATE INDEX observation_by_period ON observation (province, commune, period)",
    "ALTER TABLE indicator ADD COLUMN population TEXT",
    """
    CREATE TABLE nothing_arose (
      indicator BYTEA NOT NULL,
      period TEXT NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      note TEXT,
      office TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (indicator, period)
    )
    """,
    "CREATE INDEX nothing_arose_by_period ON nothing_arose (province, commune, period)",
    """
    CREATE TABLE judgement (
      indicator BYTEA PRIMARY KEY,
      judgement TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE merger (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      into_commune TEXT NOT NULL,
      day TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (province, commune)
    )
    """,
  ]

  static let adding = [
    // What a unit's villages come to; written with each of their values.
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
      PRIMARY KEY (indicator, period)
    )
    """,
    "CREATE INDEX village_sum_by_period ON village_sum (province, commune, period)",
    // The communes of a province that have a value of a period, and their sums.
    """
    CREATE TABLE rolled_up (
      period TEXT NOT NULL,
      province TEXT NOT NULL,
      folded TEXT NOT NULL,
      folded_measure TEXT NOT NULL,
      reported BIGINT NOT NULL,
      shares BIGINT NOT NULL,
      numerator BIGINT NOT NULL,
      denominator BIGINT NOT NULL,
      PRIMARY KEY (period, province, folded, folded_measure)
    )
    """,
    // How many of its communes promise an indicator.
    """
    CREATE TABLE promised (
      province TEXT NOT NULL,
      folded TEXT NOT NULL,
      folded_measure TEXT NOT NULL,
      name TEXT NOT NULL,
      measure TEXT,
      communes BIGINT NOT NULL,
      PRIMARY KEY (province, folded, folded_measure)
    )
    """,
    "CREATE INDEX promised_by_name ON promised (folded, folded_measure)",
    """
    CREATE VIEW every_observation AS
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
      (SELECT COUNT(*) FROM village
        WHERE village.province = village_sum.province AND village.commune = village_sum.commune)
    FROM village_sum
    UNION ALL
    SELECT counted_indicator.indicator, month_count.month, month_count.revision, NULL, month_count.province,
      month_count.commune, month_count.year, month_count.first_day, month_count.last_day,
      CASE counted_indicator.share WHEN 'issued' THEN month_count.issued
        WHEN 'activated' THEN month_count.activated ELSE month_count.signatures END,
      month_count.adults, NULL, NULL, NULL, NULL, month_count.office, month_count.time,
      CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = counted_indicator.indicator
        AND observation.period = month_count.month AND observation.village = '' AND observation.superseded = 0
        AND observation.estimated_as_of IS NULL)
        OR EXISTS (SELECT 1 FROM village_sum WHERE village_sum.indicator = counted_indicator.indicator
          AND village_sum.period = month_count.month) THEN 1 ELSE 0 END,
      2, month_count.villages,
      (SELECT COUNT(*) FROM village
        WHERE village.province = month_count.province AND village.commune = month_count.commune)
    FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      JOIN month_count ON month_count.province = indicator.province AND month_count.commune = indicator.commune
    WHERE month_count.adults > 0
    """,
  ]
}
