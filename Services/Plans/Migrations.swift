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
      ])
  ]
}
