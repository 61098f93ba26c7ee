import Storage

/// The tables of indicators. A migration is never edited; another one is added.
///
/// `plan`, `indicator`, `target`, `target_office` and `counted_indicator` are made of the plans' stream, `village`,
/// `village_count` and `month_count` of identity's, `line_money` and `month_money` of the budget's, `task` and `month_task`
/// of the plans'; they are cleared when it is read again. `observation`, `nothing_arose`, `judgement`, `met_target`,
/// `merger`, `revoked_merger`, `definition`, `definition_alias` and all that has to do with regimes and submissions are this service's own: they name an indicator and a target without referring to the tables above, and outlive them.
/// `village_sum`, `rolled_up` and `promised` are sums that are kept up. The view `every_observation` has what was entered,
/// what villages come to and what was counted, side by side.
enum IndicatorsMigrations {
  static let all = [
    Migration(
      "indicators-1",
      [
        "CREATE TABLE plan (id BYTEA PRIMARY KEY, focal TEXT NOT NULL, offices TEXT NOT NULL)",
        """
        CREATE TABLE indicator (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          sequence BIGINT NOT NULL,
          name TEXT NOT NULL,
          folded TEXT NOT NULL,
          measure TEXT,
          folded_measure TEXT NOT NULL
        )
        """,
        "CREATE INDEX indicator_by_unit ON indicator (province, commune, sequence)",
        "CREATE INDEX indicator_by_name ON indicator (province, folded, folded_measure)",
        """
        CREATE TABLE target (
          id BYTEA PRIMARY KEY,
          indicator BYTEA NOT NULL REFERENCES indicator (id),
          plan BYTEA NOT NULL REFERENCES plan (id),
          sequence BIGINT NOT NULL,
          year BIGINT NOT NULL,
          number TEXT NOT NULL,
          comparator TEXT NOT NULL,
          value TEXT,
          due TEXT,
          day TEXT NOT NULL,
          leads TEXT NOT NULL
        )
        """,
        "CREATE INDEX target_by_indicator ON target (indicator, day, sequence)",
        "CREATE INDEX target_by_plan ON target (plan)",
        """
        CREATE TABLE target_office (
          target BYTEA NOT NULL REFERENCES target (id),
          office TEXT NOT NULL,
          PRIMARY KEY (target, office)
        )
        """,
        """
        CREATE TABLE observation (
          indicator BYTEA NOT NULL,
          period TEXT NOT NULL,
          revision BIGINT NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          year BIGINT NOT NULL,
          first_day TEXT NOT NULL,
          last_day TEXT NOT NULL,
          numerator BIGINT NOT NULL CHECK (numerator >= 0),
          denominator BIGINT CHECK (denominator > 0),
          note TEXT,
          office TEXT NOT NULL,
          time BIGINT NOT NULL,
          superseded SMALLINT NOT NULL CHECK (superseded IN (0, 1)),
          PRIMARY KEY (indicator, period, revision)
        )
        """,
        "CREATE INDEX observation_by_unit ON observation (province, commune, indicator)",
        "CREATE TABLE met_target (target BYTEA PRIMARY KEY, time BIGINT NOT NULL)",
      ]),
    Migration(
      "indicators-2",
      [
        """
        CREATE TABLE counted_indicator (
          indicator BYTEA PRIMARY KEY REFERENCES indicator (id),
          share TEXT NOT NULL CHECK (share IN ('issued', 'activated', 'signatures'))
        )
        """,
        """
        CREATE TABLE village (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          code TEXT NOT NULL,
          PRIMARY KEY (province, commune, code)
        )
        """,
        """
        CREATE TABLE village_count (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          month TEXT NOT NULL,
          village TEXT NOT NULL,
          revision BIGINT NOT NULL,
          adults BIGINT NOT NULL,
          issued BIGINT NOT NULL,
          activated BIGINT NOT NULL,
          signatures BIGINT NOT NULL,
          office TEXT NOT NULL,
          time BIGINT NOT NULL,
          PRIMARY KEY (province, commune, month, village)
        )
        """,
        // What the villages of a commune add up to; written with each of their counts.
        """
        CREATE TABLE month_count (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          month TEXT NOT NULL,
          year BIGINT NOT NULL,
          first_day TEXT NOT NULL,
          last_day TEXT NOT NULL,
          villages BIGINT NOT NULL,
          revision BIGINT NOT NULL,
          adults BIGINT NOT NULL,
          issued BIGINT NOT NULL,
          activated BIGINT NOT NULL,
          signatures BIGINT NOT NULL,
          office TEXT NOT NULL,
          time BIGINT NOT NULL,
          PRIMARY KEY (province, commune, month)
        )
        """,
        """
        CREATE VIEW every_observation AS
        SELECT indicator, period, revision, province, commune, year, first_day, last_day, numerator, denominator, note,
          office, time, superseded, 0 AS counted, NULL AS villages, NULL AS expected
        FROM observation
        UNION ALL
        SELECT counted_indicator.indicator, month_count.month, month_count.revision, month_count.province,
          month_count.commune, month_count.year, month_count.first_day, month_count.last_day,
          CASE counted_indicator.share WHEN 'issued' THEN month_count.issued
            WHEN 'activated' THEN month_count.activated ELSE month_count.signatures END,
          month_count.adults, NULL, month_count.office, month_count.time,
          CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = counted_indicator.indicator
            AND observation.period = month_count.month) THEN 1 ELSE 0 END,
          1, month_count.villages,
          (SELECT COUNT(*) FROM village
            WHERE village.province = month_count.province AND village.commune = month_count.commune)
        FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
          JOIN month_count ON month_count.province = indicator.province AND month_count.commune = indicator.commune
        WHERE month_count.adults > 0
        """,
      ]),
    Migration("indicators-3", observing + adding),
    Migration("indicators-4", reporting),
    Migration("indicators-5", spending),
    Migration("indicators-6", watching),
    Migration("indicators-7", catalogue),
    Migration("indicators-8", tasks),
    Migration("indicators-9", together),
    Migration("indicators-10", sending + revoking),
    Migration("indicators-11", ranges + verdicts),
  ]
}
