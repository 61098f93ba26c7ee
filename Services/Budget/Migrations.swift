import Storage

/// The tables of budget. A migration is never edited; another one is added.
///
/// `plan`, `task`, and of `line` and `line_office` what was not entered here come from the plans' stream, and are cleared
/// when it is read again. `entry` and `balance` are the ledger, budget's own: they name a line by its id alone, and
/// outlast its row.
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
      ]),
    Migration("budget-2", wholeLedger + readAgain),
    Migration(
      "budget-3",
      [
        // What was there to be spent, and when, is asked of the entries.
        "ALTER TABLE balance DROP COLUMN opened",
        // One paper, however it was typed.
        "ALTER TABLE entry ADD COLUMN paper TEXT",
        "UPDATE entry SET paper = LOWER(REPLACE(reference, ' ', ''))",
        "DROP INDEX entry_by_reference",
        "CREATE INDEX entry_by_paper ON entry (line, phase, paper)",
      ]),
    Migration(
      "budget-4",
      [
        // The month, by its first day, at whose end it was last looked at what lags.
        """
        CREATE TABLE lag_look (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          month TEXT NOT NULL,
          PRIMARY KEY (province, commune)
        )
        """
      ]),
    Migration("budget-5", ["ALTER TABLE task ADD COLUMN pillar TEXT"]),
  ]

  /// Every phase, with the accounts that it debits and credits. What stood in the first ledger as allocated had no
  /// approval beside it: it counts as approved by the same decision.
  private static let wholeLedger = [
    "ALTER TABLE entry RENAME TO entry_1",
    """
    CREATE TABLE entry (
      id BYTEA PRIMARY KEY,
      line BYTEA NOT NULL,
      ordinal BIGINT NOT NULL,
      phase TEXT NOT NULL,
      debit TEXT NOT NULL,
      credit TEXT NOT NULL CHECK (credit <> debit),
      amount BIGINT NOT NULL CHECK (amount > 0),
      day TEXT NOT NULL,
      document TEXT,
      issuer TEXT NOT NULL,
      reference TEXT,
      note TEXT,
      reverses BYTEA UNIQUE,
      counterpart BYTEA,
      account TEXT NOT NULL,
      time BIGINT NOT NULL,
      CHECK (document IS NOT NULL OR reference IS NOT NULL),
      UNIQUE (line, ordinal)
    )
    """,
    """
    INSERT INTO entry (id, line, ordinal, phase, debit, credit, amount, day, document, issuer, reference, account, time)
    SELECT id, line, ordinal, phase, CASE phase WHEN 'allocate' THEN 'available' ELSE 'disbursed' END,
      CASE phase WHEN 'allocate' THEN 'funds' ELSE 'available' END, amount, day, document,
      CASE phase WHEN 'allocate' THEN 'committee' ELSE 'spender' END, reference, account, time
    FROM entry_1
    """,
    "DROP TABLE entry_1",
    // One paper, however it is spaced.
    "CREATE INDEX entry_by_reference ON entry (line, phase, UPPER(REPLACE(reference, ' ', '')))",
    "ALTER TABLE balance RENAME TO balance_1",
    // What the entries of a line come to in each account, written with each of them; and what was said of the line.
    """
    CREATE TABLE balance (
      line BYTEA PRIMARY KEY,
      version BIGINT NOT NULL,
      estimated BIGINT NOT NULL CHECK (estimated >= 0),
      unallocated BIGINT NOT NULL CHECK (unallocated >= 0),
      available BIGINT NOT NULL CHECK (available >= 0),
      advanced BIGINT NOT NULL CHECK (advanced >= 0),
      disbursed BIGINT NOT NULL CHECK (disbursed >= 0),
      settled BIGINT NOT NULL CHECK (settled >= 0),
      carried BIGINT NOT NULL CHECK (carried >= 0),
      committed BIGINT NOT NULL CHECK (committed >= 0),
      opened TEXT,
      detail TEXT NOT NULL,
      CHECK (committed <= available + advanced + disbursed + settled + carried),
      CHECK (committed = 0 OR advanced + disbursed + settled <= committed)
    )
    """,
    """
    INSERT INTO balance (line, version, estimated, unallocated, available, advanced, disbursed, settled, carried,
      committed, opened, detail)
    SELECT line, version, 0, 0, allocated - disbursed, 0, disbursed, 0, 0, 0,
      (SELECT MIN(day) FROM entry WHERE entry.line = balance_1.line AND debit = 'available'), '{}'
    FROM balance_1
    """,
    "DROP TABLE balance_1",
    """
    CREATE TABLE fiscal_year (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      year BIGINT NOT NULL,
      version BIGINT NOT NULL,
      closed SMALLINT NOT NULL CHECK (closed IN (0, 1)),
      document TEXT,
      day TEXT,
      spending BIGINT,
      promised TEXT,
      PRIMARY KEY (province, commune, year)
    )
    """,
  ]

  /// More is kept of what the plans' stream says: its tables are made anew, and it is read again.
  private static let readAgain = [
    "DROP TABLE line_office",
    "DROP TABLE line",
    "DROP TABLE task",
    "DROP TABLE plan",
    """
    CREATE TABLE plan (
      id BYTEA PRIMARY KEY,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      year BIGINT NOT NULL,
      number TEXT NOT NULL,
      planned BIGINT NOT NULL,
      focal TEXT NOT NULL,
      ended SMALLINT NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))
    )
    """,
    "CREATE INDEX plan_by_year ON plan (province, commune, year)",
    """
    CREATE TABLE task (
      id BYTEA PRIMARY KEY,
      plan BYTEA NOT NULL REFERENCES plan (id),
      number TEXT NOT NULL,
      name TEXT NOT NULL,
      start TEXT,
      due TEXT,
      percent BIGINT NOT NULL
    )
    """,
    "CREATE INDEX task_by_plan ON task (plan)",
    // An entered line has a number and a name of its own, and outlasts the row of its task.
    """
    CREATE TABLE line (
      id BYTEA PRIMARY KEY,
      entered SMALLINT NOT NULL CHECK (entered IN (0, 1)),
      position BIGINT NOT NULL,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      task BYTEA,
      own_number TEXT,
      own_name TEXT,
      part_of BYTEA,
      fiscal_year BIGINT NOT NULL,
      planned BIGINT NOT NULL CHECK (planned >= 0),
      source TEXT NOT NULL,
      source_text TEXT,
      leads TEXT NOT NULL,
      CHECK (entered = 1 OR task IS NOT NULL),
      UNIQUE (entered, position)
    )
    """,
    "CREATE INDEX line_by_unit ON line (province, commune, entered, position)",
    "CREATE INDEX line_by_task ON line (task)",
    "CREATE INDEX line_by_whole ON line (part_of)",
    """
    CREATE TABLE line_office (
      line BYTEA NOT NULL REFERENCES line (id),
      office TEXT NOT NULL,
      PRIMARY KEY (line, office)
    )
    """,
    "DELETE FROM inbox WHERE stream = 'plans'",
    "DELETE FROM parked_event WHERE stream = 'plans'",
    "UPDATE stream_cursor SET seq = 0 WHERE stream = 'plans'",
  ]
}
