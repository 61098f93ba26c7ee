import Storage

/// The tables of plans. A migration is never edited; another one is added.
enum PlansMigrations {
  static let all = [
    Migration(
      "plans-1",
      [
        """
        CREATE TABLE plan (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('draft', 'issued', 'discarded')),
          version BIGINT NOT NULL,
          year BIGINT NOT NULL,
          title TEXT NOT NULL,
          number TEXT,
          issued_on TEXT,
          tasks BIGINT NOT NULL,
          targets BIGINT NOT NULL,
          expected_tasks BIGINT NOT NULL,
          expected_targets BIGINT NOT NULL,
          numeric_targets BIGINT NOT NULL,
          lines BIGINT NOT NULL,
          planned BIGINT NOT NULL,
          head TEXT NOT NULL
        )
        """,
        "CREATE INDEX plan_by_unit ON plan (province, commune, id)",
        """
        CREATE TABLE plan_author (
          plan BYTEA NOT NULL REFERENCES plan (id),
          account TEXT NOT NULL,
          PRIMARY KEY (plan, account)
        )
        """,
        """
        CREATE TABLE task (
          id BYTEA PRIMARY KEY,
          plan BYTEA NOT NULL REFERENCES plan (id),
          ordinal BIGINT NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          version BIGINT NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('planned', 'in-progress', 'done')),
          percent BIGINT NOT NULL CHECK (percent BETWEEN 0 AND 100),
          note TEXT,
          body TEXT NOT NULL,
          UNIQUE (plan, ordinal)
        )
        """,
        "CREATE INDEX task_by_unit ON task (province, commune, plan, ordinal)",
        """
        CREATE TABLE task_office (
          task BYTEA NOT NULL REFERENCES task (id),
          office TEXT NOT NULL,
          PRIMARY KEY (task, office)
        )
        """,
        """
        CREATE TABLE target (
          id BYTEA PRIMARY KEY,
          plan BYTEA NOT NULL REFERENCES plan (id),
          ordinal BIGINT NOT NULL,
          body TEXT NOT NULL,
          UNIQUE (plan, ordinal)
        )
        """,
      ]),
    Migration(
      "plans-2",
      [
        // A check cannot be changed where it stands: the column is made anew under its name.
        """
        ALTER TABLE plan ADD COLUMN state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in-review',
          'approved', 'issued', 'in-execution', 'closed', 'superseded', 'revoked', 'discarded'))
        """,
        "UPDATE plan SET state = status",
        "ALTER TABLE plan DROP COLUMN status",
        "ALTER TABLE plan RENAME COLUMN state TO status",
        "ALTER TABLE plan ADD COLUMN approval TEXT",
        "ALTER TABLE plan ADD COLUMN baseline TEXT",
        "ALTER TABLE plan ADD COLUMN replaces BYTEA REFERENCES plan (id)",
        "ALTER TABLE plan ADD COLUMN replaced_by BYTEA REFERENCES plan (id)",
        "ALTER TABLE plan ADD COLUMN ending TEXT",
        // What is shown at home alone stands apart from the rows that others get.
        "ALTER TABLE task ADD COLUMN rationale TEXT",
        "ALTER TABLE target ADD COLUMN rationale TEXT",
        """
        CREATE TABLE plan_change (
          plan BYTEA NOT NULL REFERENCES plan (id),
          version BIGINT NOT NULL,
          account TEXT NOT NULL,
          vi TEXT NOT NULL,
          en TEXT NOT NULL,
          PRIMARY KEY (plan, version)
        )
        """,
      ]),
    Migration(
      "plans-3",
      [
        """
        ALTER TABLE task ADD COLUMN state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'in-progress',
          'submitted', 'returned', 'done', 'paused', 'cancelled'))
        """,
        "UPDATE task SET state = status",
        "ALTER TABLE task DROP COLUMN status",
        "ALTER TABLE task RENAME COLUMN state TO status",
        // The nearest day by which something not done is due; it follows from the row and from what was reported.
        "ALTER TABLE task ADD COLUMN due TEXT",
        "ALTER TABLE task ADD COLUMN timing TEXT NOT NULL DEFAULT 'none'",
        "ALTER TABLE task ADD COLUMN inferred SMALLINT NOT NULL DEFAULT 0",
        "ALTER TABLE task ADD COLUMN late SMALLINT NOT NULL DEFAULT 0",
        "ALTER TABLE task ADD COLUMN supplement TEXT NOT NULL DEFAULT '{}'",
        // Empty where the columns above have never been worked out.
        "ALTER TABLE task ADD COLUMN folded TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX task_by_due ON task (province, due, id)",
        "ALTER TABLE task_office ADD COLUMN leads SMALLINT NOT NULL DEFAULT 0",
        """
        CREATE TABLE task_report (
          task BYTEA NOT NULL REFERENCES task (id),
          due TEXT NOT NULL,
          office TEXT NOT NULL,
          report TEXT NOT NULL,
          PRIMARY KEY (task, due, office)
        )
        """,
        """
        CREATE TABLE task_step (
          task BYTEA NOT NULL REFERENCES task (id),
          version BIGINT NOT NULL,
          day TEXT NOT NULL,
          account TEXT NOT NULL,
          vi TEXT NOT NULL,
          en TEXT NOT NULL,
          PRIMARY KEY (task, version)
        )
        """,
        "CREATE TABLE working_day (day TEXT PRIMARY KEY, working SMALLINT NOT NULL, name TEXT NOT NULL)",
      ]),
    Migration(
      "plans-4",
      [
        "ALTER TABLE plan ADD COLUMN subplans TEXT",
        "ALTER TABLE plan ADD COLUMN committee TEXT",
        "ALTER TABLE plan ADD COLUMN met_on TEXT",
        // 1 where the table of bases has what the head cites.
        "ALTER TABLE plan ADD COLUMN cited SMALLINT NOT NULL DEFAULT 0",
        """
        CREATE TABLE plan_basis (
          plan BYTEA NOT NULL REFERENCES plan (id),
          symbol TEXT NOT NULL,
          day TEXT,
          parent SMALLINT NOT NULL
        )
        """,
        "CREATE INDEX plan_basis_by_symbol ON plan_basis (symbol, plan)",
        """
        CREATE TABLE legal_document (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          symbol TEXT NOT NULL,
          issued_on TEXT NOT NULL,
          folded TEXT NOT NULL,
          body TEXT NOT NULL,
          PRIMARY KEY (province, commune, symbol, issued_on)
        )
        """,
        """
        CREATE TABLE obstacle (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          version BIGINT NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('raised', 'referred', 'resolved')),
          office TEXT NOT NULL,
          body TEXT NOT NULL
        )
        """,
        "CREATE INDEX obstacle_by_unit ON obstacle (province, commune, id)",
        """
        CREATE TABLE committee (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          code TEXT NOT NULL,
          body TEXT NOT NULL,
          PRIMARY KEY (province, commune, code)
        )
        """,
        "CREATE INDEX plan_by_meeting ON plan (province, commune, committee, met_on)",
      ]),
    Migration(
      "plans-5",
      [
        "ALTER TABLE plan ADD COLUMN proposed SMALLINT NOT NULL DEFAULT 0",
        """
        UPDATE plan SET proposed = 1 WHERE head LIKE '%"purpose":"proposal"%'
        """,
        // A proposal gives no work, so that nothing of it is due.
        "UPDATE task SET due = NULL WHERE plan IN (SELECT id FROM plan WHERE proposed = 1)",
      ]),
    Migration(
      "plans-6",
      [
        "ALTER TABLE task ADD COLUMN pillar TEXT",
        // What says nothing is a plan to be carried out.
        "ALTER TABLE plan ADD COLUMN purpose TEXT NOT NULL DEFAULT 'implementation'",
      ]
        + ["proposal", "committee", "conclusion", "inspection", "office"].map { purpose in
          """
          UPDATE plan SET purpose = '\(purpose)' WHERE head LIKE '%"purpose":"\(purpose)"%'
          """
        }),
  ]
}
