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
);
CREATE TABLE command_record (
  account TEXT NOT NULL,
  key BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  status SMALLINT NOT NULL,
  reply BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (account, key)
);
CREATE TABLE inbox (
  stream TEXT NOT NULL,
  id BYTEA NOT NULL,
  PRIMARY KEY (stream, id)
);
CREATE TABLE migration (name TEXT PRIMARY KEY, hash BYTEA NOT NULL, time BIGINT NOT NULL);
CREATE TABLE outbox (
  seq BIGINT PRIMARY KEY CHECK (seq > 0),
  id BYTEA NOT NULL,
  topic TEXT NOT NULL,
  province TEXT NOT NULL,
  commune TEXT NOT NULL,
  partition_key TEXT NOT NULL,
  event BYTEA NOT NULL
);
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
);
CREATE TABLE store (
  id SMALLINT PRIMARY KEY CHECK (id = 1),
  service TEXT NOT NULL,
  epoch BYTEA NOT NULL,
  boots BIGINT NOT NULL
);
CREATE TABLE stream_cursor (
  stream TEXT PRIMARY KEY,
  epoch BYTEA NOT NULL,
  seq BIGINT NOT NULL CHECK (seq >= 0)
);
CREATE INDEX outbox_commune ON outbox (commune, seq);
CREATE INDEX outbox_province ON outbox (province, seq);
CREATE INDEX parked_event_partition ON parked_event (stream, partition_key, seq);
INSERT INTO "migration" VALUES ('storage-1', X'A7663AB800D7E5CFA160C2780098B2825631B1EFFB591BA6F467177B368FE4FB', 1795262203385);
INSERT INTO "store" VALUES (1, 'gateway', X'01A1FDF745FC7C0F934A3F69E64BA84D', 1);
