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
    Migration(
      "notifications-3",
      [
        "ALTER TABLE office ADD COLUMN kind TEXT NOT NULL DEFAULT 'office'",
        "ALTER TABLE notice ADD COLUMN subject TEXT",
        "ALTER TABLE notice ADD COLUMN cause BYTEA",
        "ALTER TABLE notice ADD COLUMN fingerprint BYTEA",
        "CREATE INDEX notice_by_fingerprint ON notice (fingerprint, time)",
        // Open ones alone: what is settled is forgotten.
        """
        CREATE TABLE matter (
          id BYTEA PRIMARY KEY,
          stream TEXT NOT NULL,
          topic TEXT NOT NULL,
          subject TEXT NOT NULL,
          scope TEXT NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          since TEXT NOT NULL,
          due TEXT,
          is_dated SMALLINT NOT NULL CHECK (is_dated IN (0, 1)),
          is_waiting SMALLINT NOT NULL CHECK (is_waiting IN (0, 1)),
          cause BYTEA NOT NULL,
          content TEXT NOT NULL
        )
        """,
        "CREATE INDEX matter_by_unit ON matter (province, commune)",
        "CREATE INDEX matter_by_scope ON matter (scope)",
        """
        CREATE TABLE village_count (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          village TEXT NOT NULL,
          month TEXT NOT NULL,
          adults BIGINT NOT NULL,
          activated BIGINT NOT NULL,
          PRIMARY KEY (province, commune, village, month)
        )
        """,
        // What was said by the clock, and told to whom, is not undone when a stream is read again.
        """
        CREATE TABLE standing (
          fingerprint BYTEA PRIMARY KEY,
          rule TEXT NOT NULL,
          matter BYTEA NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          said TEXT NOT NULL,
          times BIGINT NOT NULL,
          is_acknowledged SMALLINT NOT NULL CHECK (is_acknowledged IN (0, 1)),
          snoozed TEXT,
          settled TEXT,
          ended TEXT
        )
        """,
        "CREATE INDEX standing_by_unit ON standing (province, commune, settled)",
        """
        CREATE TABLE acknowledgement (
          notice BYTEA PRIMARY KEY,
          account TEXT NOT NULL,
          time BIGINT NOT NULL,
          note TEXT
        )
        """,
        """
        CREATE TABLE silence (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          until TEXT NOT NULL,
          lifted BIGINT,
          body TEXT NOT NULL
        )
        """,
        "CREATE INDEX silence_by_unit ON silence (province, commune, id)",
        """
        CREATE TABLE address (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          mail TEXT NOT NULL,
          language TEXT NOT NULL,
          PRIMARY KEY (province, commune, office)
        )
        """,
        """
        CREATE TABLE telling (
          notice BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          rule TEXT NOT NULL,
          is_told SMALLINT NOT NULL CHECK (is_told IN (0, 1))
        )
        """,
        "CREATE INDEX telling_untold ON telling (province, commune, rule) WHERE is_told = 0",
        // What is in the inboxes of an earlier version was never to be sent.
        """
        INSERT INTO telling (notice, province, commune, office, rule, is_told)
        SELECT id, province, commune, office, 'news', 1 FROM notice
        """,
        """
        CREATE TABLE letter (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT NOT NULL,
          channel TEXT NOT NULL,
          address TEXT NOT NULL,
          language TEXT NOT NULL,
          is_digest SMALLINT NOT NULL CHECK (is_digest IN (0, 1)),
          state TEXT NOT NULL,
          attempts BIGINT NOT NULL,
          next_at BIGINT,
          outcome TEXT,
          time BIGINT NOT NULL
        )
        """,
        "CREATE INDEX letter_due ON letter (next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX letter_by_unit ON letter (province, commune, id)",
        """
        CREATE TABLE letter_notice (
          letter BYTEA NOT NULL REFERENCES letter (id),
          notice BYTEA NOT NULL,
          PRIMARY KEY (letter, notice)
        )
        """,
        "CREATE INDEX letter_by_notice ON letter_notice (notice)",
        """
        CREATE TABLE attempt (
          letter BYTEA NOT NULL REFERENCES letter (id),
          number BIGINT NOT NULL,
          time BIGINT NOT NULL,
          outcome TEXT NOT NULL,
          PRIMARY KEY (letter, number)
        )
        """,
        // The last set that was read without a fault: it stays in force while the file has one.
        "CREATE TABLE rule_book (id SMALLINT PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)",
        """
        CREATE TABLE round (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          morning TEXT NOT NULL,
          is_stale SMALLINT NOT NULL CHECK (is_stale IN (0, 1)),
          PRIMARY KEY (province, commune)
        )
        """,
        "CREATE TABLE working_day (day TEXT PRIMARY KEY, working SMALLINT NOT NULL, name TEXT NOT NULL)",
        "CREATE INDEX round_stale ON round (province, commune) WHERE is_stale = 1",
      ]),
    Migration(
      "notifications-4",
      [
        "ALTER TABLE plan ADD COLUMN number TEXT",
        "ALTER TABLE plan ADD COLUMN title TEXT",
        // Nơi nhận, as printed.
        "ALTER TABLE plan ADD COLUMN recipients TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE plan ADD COLUMN replaced_by BYTEA",
      ]),
    Migration(
      "notifications-5",
      [
        // Until when, and for how long besides, somebody speaks for the focal office. What was lent before this version is
        // known from its next change on.
        "ALTER TABLE account ADD COLUMN last_day TEXT",
        // An office's last day, known likewise.
        "ALTER TABLE office ADD COLUMN until TEXT",
        """
        CREATE TABLE focal_loan (
          account TEXT NOT NULL REFERENCES account (name),
          first_day TEXT NOT NULL,
          last_day TEXT NOT NULL,
          PRIMARY KEY (account, first_day, last_day)
        )
        """,
        "ALTER TABLE standing ADD COLUMN subject TEXT",
        // The last set of channels that was read without a fault, like the rules.
        "CREATE TABLE channel_set (id SMALLINT PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)",
      ]),
    Migration(
      "notifications-6",
      [
        // Which of a province's accounts receive what its communes send is not known before their next change: all do.
        "UPDATE account SET is_focal = 1 WHERE commune = '00000'"
      ]),
  ]
}
