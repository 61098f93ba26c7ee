import Storage

/// The tables of identity. A migration is never edited; another one is added.
enum IdentityMigrations {
  static let all = [
    Migration(
      "identity-1",
      [
        """
        CREATE TABLE office (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          code TEXT NOT NULL,
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          PRIMARY KEY (province, commune, code)
        )
        """,
        // Without a unit: the province 00.
        """
        CREATE TABLE account (
          name TEXT PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          office TEXT,
          roles TEXT NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'revoked'))
        )
        """,
        "CREATE INDEX account_by_unit ON account (province, commune, name)",
        """
        CREATE TABLE account_key (
          key TEXT PRIMARY KEY,
          account TEXT NOT NULL REFERENCES account (name),
          admitted BIGINT NOT NULL,
          revoked BIGINT,
          reason TEXT
        )
        """,
        "CREATE INDEX account_key_by_account ON account_key (account, admitted)",
        """
        CREATE TABLE invitation (
          id BYTEA PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          account TEXT NOT NULL REFERENCES account (name),
          expires BIGINT NOT NULL,
          joined TEXT,
          withdrawn SMALLINT NOT NULL CHECK (withdrawn IN (0, 1))
        )
        """,
        "CREATE INDEX invitation_by_account ON invitation (account)",
        // The directory as gateways take it: who is admitted by which key, now.
        """
        CREATE TABLE seat (
          key TEXT PRIMARY KEY,
          body TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE village_count (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          village TEXT NOT NULL,
          month TEXT NOT NULL,
          revision BIGINT NOT NULL,
          adults BIGINT NOT NULL,
          issued BIGINT NOT NULL,
          activated BIGINT NOT NULL,
          signatures BIGINT NOT NULL,
          PRIMARY KEY (province, commune, village, month),
          FOREIGN KEY (province, commune, village) REFERENCES office (province, commune, code),
          CHECK (0 <= activated AND activated <= issued AND issued <= adults),
          CHECK (0 <= signatures AND signatures <= adults)
        )
        """,
      ])
  ]
}
