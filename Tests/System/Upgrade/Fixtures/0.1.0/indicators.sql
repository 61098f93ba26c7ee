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
CREATE TABLE indicator (
  id BYTEA PRIMARY KEY,
  province TEXT NOT NULL,
  commune TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  measure TEXT,
  folded_measure TEXT NOT NULL
);
CREATE TABLE met_target (target BYTEA PRIMARY KEY, time BIGINT NOT NULL);
CREATE TABLE migration (name TEXT PRIMARY KEY, hash BYTEA NOT NULL, time BIGINT NOT NULL);
CREATE TABLE observation (
  indicator BYTEA NOT NULL,
  period TEXT NOT NULL,
  revision BIGINT NOT NULL,
  province TEXT NOT NULL,
  commune TEXT NOT NULL,
  year BIGINT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  numerator BIGINT NOT NULL CHECK (numerator >= 0),
  denominator BIGINT CHECK (denominator > 0),
  note TEXT,
  office TEXT NOT NULL,
  time BIGINT NOT NULL,
  superseded SMALLINT NOT NULL CHECK (superseded IN (0, 1)),
  PRIMARY KEY (indicator, period, revision)
);
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
CREATE TABLE plan (id BYTEA PRIMARY KEY, focal TEXT NOT NULL, offices TEXT NOT NULL);
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
CREATE TABLE target (
  id BYTEA PRIMARY KEY,
  indicator BYTEA NOT NULL REFERENCES indicator (id),
  plan BYTEA NOT NULL REFERENCES plan (id),
  sequence BIGINT NOT NULL,
  year BIGINT NOT NULL,
  number TEXT NOT NULL,
  comparator TEXT NOT NULL,
  value TEXT,
  due TEXT,
  day TEXT NOT NULL,
  leads TEXT NOT NULL
);
CREATE TABLE target_office (
  target BYTEA NOT NULL REFERENCES target (id),
  office TEXT NOT NULL,
  PRIMARY KEY (target, office)
);
CREATE INDEX indicator_by_name ON indicator (province, folded, folded_measure);
CREATE INDEX indicator_by_unit ON indicator (province, commune, sequence);
CREATE INDEX observation_by_unit ON observation (province, commune, indicator);
CREATE INDEX outbox_commune ON outbox (commune, seq);
CREATE INDEX outbox_province ON outbox (province, seq);
CREATE INDEX parked_event_partition ON parked_event (stream, partition_key, seq);
CREATE INDEX target_by_indicator ON target (indicator, day, sequence);
CREATE INDEX target_by_plan ON target (plan);
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E708681F14A08BAF6BC96');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E74D7B9A7DE4E170AABC9');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E719C92E3CBFB9A10B029');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E7A36980C1653C2FE9E03');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E7133B947429244AEE25A');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E796FBBBCFA2EC6066E1C');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E79E982214F1C86C283D5');
INSERT INTO "indicator" VALUES (X'D3298E2AD72986EF9E521ADF8FF72B7F', '38', '14797', 4, 'Kế hoạch năm 0', 'ke hoach nam 0', NULL, '');
INSERT INTO "indicator" VALUES (X'861060632AF88AC88F74CAC06A78B827', '38', '14797', 5, 'Kế hoạch năm 1', 'ke hoach nam 1', NULL, '');
INSERT INTO "migration" VALUES ('storage-1', X'A7663AB800D7E5CFA160C2780098B2825631B1EFFB591BA6F467177B368FE4FB', 1795262203196);
INSERT INTO "migration" VALUES ('indicators-1', X'64FDD121E2C8015C0797719ECB065EC38D68F8C30DB0E491AC7B57F9F9ED5D6E', 1795262203196);
INSERT INTO "plan" VALUES (X'01A1FDF748287D3DB32C7014074D1682', 'vh-xh', '[{"code":"vh-xh","name":"Phòng Văn hóa - Xã hội"},{"code":"vp","name":"Văn phòng HĐND và UBND"},{"code":"kt","name":"Phòng Kinh tế"}]');
INSERT INTO "store" VALUES (1, 'indicators', X'01A1FDF745427269A4D50FF234F24C1B', 1);
INSERT INTO "stream_cursor" VALUES ('plans', X'01A1FDF745587FD090E16D660833E9E2', 7);
INSERT INTO "target" VALUES (X'01A1FDF7483571E2B8BC20945BD8CA79', X'D3298E2AD72986EF9E521ADF8FF72B7F', X'01A1FDF748287D3DB32C7014074D1682', 4, 2026, '1', 'report', NULL, NULL, '2026-12-31', 'vh-xh');
INSERT INTO "target" VALUES (X'01A1FDF748357CB6AC5898B4BFB39618', X'861060632AF88AC88F74CAC06A78B827', X'01A1FDF748287D3DB32C7014074D1682', 5, 2026, '1', 'report', NULL, NULL, '2026-12-31', 'vh-xh');
INSERT INTO "target_office" VALUES (X'01A1FDF7483571E2B8BC20945BD8CA79', 'vh-xh');
INSERT INTO "target_office" VALUES (X'01A1FDF748357CB6AC5898B4BFB39618', 'vh-xh');
