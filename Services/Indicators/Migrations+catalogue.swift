/// What communes and provinces add to the catalogue, and how what they promise adds up.
extension IndicatorsMigrations {
  static let catalogue = [
    // Of a province's own, `commune` is `00000`. What a commune's became for its province stands in `adopted_as`.
    """
    CREATE TABLE definition (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      code TEXT NOT NULL,
      definition TEXT NOT NULL,
      adopted_as TEXT,
      PRIMARY KEY (province, commune, code)
    )
    """,
    // A name that a province gave to one of its own, or to a shipped one.
    """
    CREATE TABLE definition_alias (
      province TEXT NOT NULL,
      folded TEXT NOT NULL,
      name TEXT NOT NULL,
      code TEXT NOT NULL,
      PRIMARY KEY (province, folded)
    )
    """,
    "ALTER TABLE indicator ADD COLUMN kind TEXT",
    "ALTER TABLE indicator ADD COLUMN over_time TEXT NOT NULL DEFAULT 'none'",
    // The numerators of values without a denominator.
    "ALTER TABLE rolled_up ADD COLUMN plain BIGINT NOT NULL DEFAULT 0",
    // The sums are made again at the start where there are none.
    "DELETE FROM promised",
  ]
}
