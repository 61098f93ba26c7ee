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
      ]),
    Migration(
      "identity-2",
      [
        """
        CREATE TABLE register (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          basis TEXT NOT NULL,
          issued TEXT NOT NULL,
          purpose TEXT NOT NULL,
          months BIGINT NOT NULL CHECK (months > 0),
          opened TEXT NOT NULL,
          closed TEXT,
          PRIMARY KEY (province, commune)
        )
        """,
        // One row: what the register's keys are known again by.
        """
        CREATE TABLE register_key (
          id SMALLINT PRIMARY KEY CHECK (id = 1),
          mark BYTEA NOT NULL
        )
        """,
        // By commune first, so that a commune's import works on pages of its own.
        """
        CREATE TABLE person (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          reference BYTEA NOT NULL,
          village TEXT,
          birth_year BIGINT NOT NULL,
          sex TEXT NOT NULL,
          eid TEXT NOT NULL,
          eid_since TEXT,
          signature TEXT NOT NULL,
          checked TEXT,
          likeness BYTEA,
          disagrees SMALLINT NOT NULL CHECK (disagrees IN (0, 1)),
          left_on TEXT,
          departure TEXT,
          replaced_by BYTEA,
          version BIGINT NOT NULL CHECK (version > 0),
          sealed BYTEA NOT NULL,
          sealing BIGINT NOT NULL,
          PRIMARY KEY (province, commune, reference),
          FOREIGN KEY (province, commune) REFERENCES register (province, commune)
        )
        """,
        "CREATE INDEX person_by_likeness ON person (province, commune, likeness) WHERE likeness IS NOT NULL",
        "CREATE INDEX person_replaced ON person (province, commune, replaced_by) WHERE replaced_by IS NOT NULL",
        // What a person's record was until each change.
        """
        CREATE TABLE person_change (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          reference BYTEA NOT NULL,
          version BIGINT NOT NULL,
          body TEXT NOT NULL,
          PRIMARY KEY (province, commune, reference, version)
        )
        """,
        // The village is empty where none is known, and * for the whole commune.
        """
        CREATE TABLE person_tally (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          village TEXT NOT NULL,
          birth_year BIGINT NOT NULL,
          eid TEXT NOT NULL,
          signature TEXT NOT NULL,
          people BIGINT NOT NULL CHECK (people >= 0),
          PRIMARY KEY (province, commune, village, birth_year, eid, signature)
        )
        """,
        """
        CREATE TABLE duplicate (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          person BYTEA NOT NULL,
          other BYTEA NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('likeness', 'number')),
          found BIGINT NOT NULL,
          is_same SMALLINT CHECK (is_same IN (0, 1)),
          decided BIGINT,
          account TEXT,
          reason TEXT,
          PRIMARY KEY (province, commune, person, other)
        )
        """,
        // What people ask about their own data.
        """
        CREATE TABLE subject_request (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          body TEXT NOT NULL
        )
        """,
        "CREATE INDEX subject_request_by_unit ON subject_request (province, commune, id)",
        // That somebody was erased, and not who.
        """
        CREATE TABLE erasure (
          id BYTEA PRIMARY KEY,
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          time BIGINT NOT NULL,
          account TEXT NOT NULL,
          reason TEXT NOT NULL
        )
        """,
      ]),
    Migration(
      "identity-3",
      [
        // What commands about somebody were answered: erased with them.
        """
        CREATE TABLE person_answer (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          reference BYTEA NOT NULL,
          account TEXT NOT NULL,
          key BYTEA NOT NULL,
          PRIMARY KEY (province, commune, reference, account, key)
        )
        """,
        "ALTER TABLE office ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE office ADD COLUMN duties TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE office ADD COLUMN agency TEXT",
        "ALTER TABLE office ADD COLUMN first_day TEXT",
        "ALTER TABLE office ADD COLUMN last_day TEXT",
        "ALTER TABLE account ADD COLUMN last_day TEXT",
        """
        CREATE TABLE delegation (
          id BYTEA PRIMARY KEY,
          lender TEXT NOT NULL REFERENCES account (name),
          borrower TEXT NOT NULL REFERENCES account (name),
          roles TEXT NOT NULL,
          first_day TEXT NOT NULL,
          last_day TEXT NOT NULL,
          document TEXT NOT NULL,
          ended BIGINT,
          CHECK (first_day <= last_day)
        )
        """,
        "CREATE INDEX delegation_by_borrower ON delegation (borrower, last_day)",
        "CREATE INDEX delegation_by_lender ON delegation (lender, last_day)",
        """
        CREATE TABLE account_seen (
          account TEXT PRIMARY KEY REFERENCES account (name),
          day TEXT NOT NULL
        )
        """,
      ]),
    Migration(
      "identity-4",
      [
        // Communes that go on in others. A chain of them is followed to its end.
        """
        CREATE TABLE merger (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          into_commune TEXT NOT NULL,
          day TEXT NOT NULL,
          document TEXT NOT NULL,
          PRIMARY KEY (province, commune)
        )
        """,
        "CREATE INDEX merger_by_successor ON merger (province, into_commune)",
        "ALTER TABLE account_key ADD COLUMN last_day TEXT",
        """
        CREATE TABLE key_seen (
          key TEXT PRIMARY KEY REFERENCES account_key (key),
          day TEXT NOT NULL
        )
        """,
        "CREATE INDEX duplicate_open_other ON duplicate (province, commune, other) WHERE decided IS NULL",
        "CREATE INDEX person_left ON person (province, commune, left_on) WHERE left_on IS NOT NULL",
      ]),
    Migration(
      "identity-5",
      [
        "ALTER TABLE register ADD COLUMN closed_by TEXT",
        // On what a register was kept before it was opened again.
        """
        CREATE TABLE register_opening (
          province TEXT NOT NULL,
          commune TEXT NOT NULL,
          number BIGINT NOT NULL,
          body TEXT NOT NULL,
          PRIMARY KEY (province, commune, number)
        )
        """,
      ]),
  ]
}
