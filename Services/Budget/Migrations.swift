import Storage

/// The tables of budget. A migration is never edited; another one is added.
///
/// `plan`, `task`, `line` and `line_office` come from the plans' stream, and are cleared when it is read again. `entry`
/// and `balance` are the ledger, budget's own: they name a line by its id alone, and outlast its row.
enum BudgetMigrations {
  static let all = [
    Migration(
      "budget-1",
      [
        "CREATE TABLE plan (id BYTEA PRIMARY KEY, focal TEXT NOT NULL)",
        """
        CREATE TABLE task (
          id BYTEA PRIMARY KEY,
          plan BYTEA NOT NULL REFERENCES plan (id),
          number TEXT NOT NULL,
          name TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE line (
          id BYTEA PRIMARY KEY,
          position BIGINT NOT NULL UNIQUE,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          task BYTEA NOT NULL REFERENCES task (id),
          fiscal_year BIGINT NOT NULL,
          estimated BIGINT NOT NULL CHECK (estimated >= 0),
          source TEXT NOT NULL,
          source_text TEXT,
          leads TEXT NOT NULL
        )
        """,
        "CREATE INDEX line_by_unit ON line (province, commune, position)",
        "CREATE INDEX line_by_task ON line (task)",
        """
        CREATE TABLE line_office (
          line BYTEA NOT NULL REFERENCES line (id),
          office TEXT NOT NULL,
          PRIMARY KEY (line, office)
        )
        """,
        """
        CREATE TABLE entry (
          id BYTEA PRIMARY KEY,
          line BYTEA NOT NULL,
          ordinal BIGINT NOT NULL,
          phase TEXT NOT NULL CHECK (phase IN ('allocate', 'disburse')),
          amount BIGINT NOT NULL CHECK (amount > 0),
          day TEXT NOT NULL,
          document TEXT,
          reference TEXT,
          account TEXT NOT NULL,
          time BIGINT NOT NULL,
          UNIQUE (line, ordinal)
        )
        """,
        // What the entries of a line add up to; written with each of them.
        """
        CREATE TABLE balance (
          line BYTEA PRIMARY KEY,
          version BIGINT NOT NULL,
          allocated BIGINT NOT NULL,
          disbursed BIGINT NOT NULL,
          CHECK (disbursed BETWEEN 0 AND allocated)
        )
        """,
      ])
  ]
}
