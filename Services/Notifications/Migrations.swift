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
      ])
  ]
}
