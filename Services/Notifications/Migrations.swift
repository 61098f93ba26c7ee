import Storage

/// The tables of notifications. A migration is never edited; another one is added.
enum NotificationsMigrations {
  static let all = [
    Migration(
      "notifications-1",
      [
        "CREATE TABLE plan (id BYTEA PRIMARY KEY, focal TEXT NOT NULL, offices TEXT NOT NULL)",
        "CREATE TABLE task (id BYTEA PRIMARY KEY, plan BYTEA NOT NULL REFERENCES plan (id), body TEXT NOT NULL)",
        """
        CREATE TABLE notice (
          id BYTEA PRIMARY KEY,
          stream TEXT NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          time BIGINT NOT NULL,
          content TEXT NOT NULL
        )
        """,
        "CREATE INDEX notice_by_office ON notice (province, commune, office, time, id)",
      ]),
    Migration(
      "notifications-2",
      [
        """
        CREATE TABLE office (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          code TEXT NOT NULL,
          name TEXT NOT NULL,
          PRIMARY KEY (province, commune, code)
        )
        """,
        // Those who may come in now; without an office they concern none.
        """
        CREATE TABLE account (
          name TEXT PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          is_focal SMALLINT NOT NULL CHECK (is_focal IN (0, 1)),
          has_key SMALLINT NOT NULL CHECK (has_key IN (0, 1))
        )
        """,
        "CREATE INDEX account_by_unit ON account (province, commune, is_focal, office)",
      ]),
  ]
}
