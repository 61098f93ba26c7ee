import Storage

/// The tables of indicators. A migration is never edited; another one is added.
///
/// `plan`, `indicator`, `target` and `target_office` are made of the plans' stream, and are cleared when it is read again.
/// `observation` and `met_target` are this service's own: they name an indicator and a target without referring to the
/// tables above, and outlive them.
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
      ])
  ]
}
