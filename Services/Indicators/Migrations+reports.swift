/// Regimes, and what is submitted under them.
extension IndicatorsMigrations {
  static let reporting = [
    """
    CREATE TABLE regime (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      code TEXT NOT NULL,
      regime TEXT NOT NULL,
      PRIMARY KEY (province, commune, code)
    )
    """,
    """
    CREATE TABLE due_move (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      code TEXT NOT NULL,
      period TEXT NOT NULL,
      due TEXT NOT NULL,
      document TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (province, commune, code, period)
    )
    """,
    // `reporter` is a commune of a province's regime, or an office of a commune's.
    """
    CREATE TABLE lock_exception (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      code TEXT NOT NULL,
      period TEXT NOT NULL,
      reporter TEXT NOT NULL,
      until TEXT NOT NULL,
      reason TEXT NOT NULL,
      account TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (province, commune, code, period, reporter)
    )
    """,
    // Of a commune's own submission, `office` is empty.
    """
    CREATE TABLE submission (
      id BYTEA PRIMARY KEY,
      sequence BIGINT NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      office TEXT NOT NULL,
      keeper_commune TEXT NOT NULL,
      regime TEXT NOT NULL,
      period TEXT NOT NULL,
      last_day TEXT NOT NULL,
      status TEXT NOT NULL,
      version BIGINT NOT NULL,
      answered BIGINT NOT NULL,
      cells BIGINT NOT NULL,
      hash TEXT NOT NULL,
      sent_on TEXT,
      preparer TEXT NOT NULL,
      remarks TEXT NOT NULL,
      UNIQUE (province, commune, office, keeper_commune, regime, period)
    )
    """,
    "CREATE INDEX submission_by_period ON submission (province, commune, period)",
    """
    CREATE TABLE submission_cell (
      submission BYTEA NOT NULL REFERENCES submission (id),
      version BIGINT NOT NULL,
      position BIGINT NOT NULL,
      indicator BYTEA NOT NULL,
      cell TEXT NOT NULL,
      numerator BIGINT,
      denominator BIGINT,
      PRIMARY KEY (submission, version, position)
    )
    """,
    "CREATE INDEX submission_cell_by_indicator ON submission_cell (indicator)",
    """
    CREATE TABLE submission_step (
      submission BYTEA NOT NULL REFERENCES submission (id),
      number BIGINT NOT NULL,
      version BIGINT NOT NULL,
      status TEXT NOT NULL,
      step TEXT NOT NULL,
      PRIMARY KEY (submission, number)
    )
    """,
  ]

  /// What was said of what is expected and in danger, so that it is said once.
  static let watching = [
    // Of a commune's own report, `office` is empty.
    """
    CREATE TABLE expected_report (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      office TEXT NOT NULL,
      keeper_commune TEXT NOT NULL,
      regime TEXT NOT NULL,
      period TEXT NOT NULL,
      due TEXT,
      PRIMARY KEY (province, commune, office, keeper_commune, regime, period)
    )
    """,
    "CREATE INDEX expected_by_regime ON expected_report (province, keeper_commune, regime, period)",
    """
    CREATE TABLE endangered_target (
      target BYTEA PRIMARY KEY,
      indicator BYTEA NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL
    )
    """,
    "CREATE INDEX endangered_by_unit ON endangered_target (province, commune)",
  ]
}
