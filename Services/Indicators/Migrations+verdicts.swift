/// Targets between two numbers; every verdict that was ever said.
extension IndicatorsMigrations {
  static let ranges = ["ALTER TABLE target ADD COLUMN upper TEXT"]

  static let verdicts = [
    "ALTER TABLE judgement RENAME TO judgement_before",
    """
    CREATE TABLE judgement (
      indicator BYTEA NOT NULL,
      revision BIGINT NOT NULL,
      judgement TEXT NOT NULL,
      PRIMARY KEY (indicator, revision)
    )
    """,
    "INSERT INTO judgement (indicator, revision, judgement) SELECT indicator, 1, judgement FROM judgement_before",
    "DROP TABLE judgement_before",
  ]
}
