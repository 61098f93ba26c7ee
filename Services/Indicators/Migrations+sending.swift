/// What a unit keeps to itself until it sends it; mergers that are taken back.
extension IndicatorsMigrations {
  static let sending = [
    // What was said before of values that need not have been sent.
    """
    UPDATE outbox SET internal = 1 WHERE topic LIKE 'indicators/%/observation.recorded'
      OR topic LIKE 'indicators/%/observations.imported' OR topic LIKE 'indicators/%/target.met'
      OR topic LIKE 'indicators/%/target.endangered' OR topic LIKE 'indicators/%/target.recovered'
    """,
    // A commune's own regime: its keeper has two parts, a province's one.
    """
    UPDATE outbox SET internal = 1 WHERE topic LIKE 'indicators/%/report.%'
      AND partition_key LIKE 'report/%/%/%/%/%/%/%'
    """,
  ]

  static let revoking = [
    // One that identity said is for good. Of what was recorded before nobody knows who said it.
    "ALTER TABLE merger ADD COLUMN by_identity SMALLINT NOT NULL DEFAULT 0 CHECK (by_identity IN (0, 1))",
    """
    CREATE TABLE revoked_merger (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      into_commune TEXT NOT NULL,
      day TEXT NOT NULL,
      document TEXT NOT NULL,
      revoked_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      account TEXT NOT NULL,
      time BIGINT NOT NULL
    )
    """,
  ]
}
