extension Migration {
  /// The tables that every store has. All names are singular; a service's own may not be one of these.
  static let storage: [Migration] = [
    Migration(
      "storage-1",
      [
        // One row: whose store it is.
        """
        CREATE TABLE store (
          id SMALLINT PRIMARY KEY CHECK (id = 1),
          service TEXT NOT NULL,
          epoch BYTEA NOT NULL,
          boots BIGINT NOT NULL
        )
        """,
        // Rows are inserted and never changed: a reader may have them.
        """
        CREATE TABLE outbox (
          seq BIGINT PRIMARY KEY CHECK (seq > 0),
          id BYTEA NOT NULL,
          topic TEXT NOT NULL,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          partition_key TEXT NOT NULL,
          event BYTEA NOT NULL
        )
        """,
        "CREATE INDEX outbox_province ON outbox (province, seq)",
        "CREATE INDEX outbox_commune ON outbox (commune, seq)",
        """
        CREATE TABLE command_record (
          account TEXT NOT NULL,
          key BYTEA NOT NULL,
          hash BYTEA NOT NULL,
          status SMALLINT NOT NULL,
          reply BYTEA NOT NULL,
          seq BIGINT NOT NULL,
          time BIGINT NOT NULL,
          PRIMARY KEY (account, key)
        )
        """,
        """
        CREATE TABLE audit (
          seq BIGINT PRIMARY KEY CHECK (seq > 0),
          time BIGINT NOT NULL,
          account TEXT,
          unit TEXT,
          office TEXT,
          method TEXT NOT NULL,
          key BYTEA,
          status SMALLINT NOT NULL,
          note TEXT,
          hash BYTEA NOT NULL
        )
        """,
        """
        CREATE TABLE stream_cursor (
          stream TEXT PRIMARY KEY,
          epoch BYTEA NOT NULL,
          seq BIGINT NOT NULL CHECK (seq >= 0)
        )
        """,
        """
        CREATE TABLE inbox (
          stream TEXT NOT NULL,
          id BYTEA NOT NULL,
          PRIMARY KEY (stream, id)
        )
        """,
        // Of each key the first row alone has attempts, a reason and a time; the others wait for it.
        """
        CREATE TABLE parked_event (
          stream TEXT NOT NULL,
          seq BIGINT NOT NULL,
          type TEXT NOT NULL,
          partition_key TEXT NOT NULL,
          event BYTEA NOT NULL,
          attempts BIGINT NOT NULL,
          reason TEXT,
          next_at BIGINT,
          PRIMARY KEY (stream, seq)
        )
        """,
        "CREATE INDEX parked_event_partition ON parked_event (stream, partition_key, seq)",
      ]),
    Migration(
      "storage-2",
      [
        // What a unit keeps to itself.
        "ALTER TABLE outbox ADD COLUMN internal SMALLINT NOT NULL DEFAULT 0 CHECK (internal IN (0, 1))"
      ]),
  ]
}
