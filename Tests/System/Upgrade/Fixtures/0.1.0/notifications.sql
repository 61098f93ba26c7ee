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
CREATE TABLE notice (
  id BYTEA PRIMARY KEY,
  stream TEXT NOT NULL,
  province TEXT NOT NULL,
  commune TEXT NOT NULL,
  office TEXT NOT NULL,
  time BIGINT NOT NULL,
  content TEXT NOT NULL
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
CREATE TABLE task (id BYTEA PRIMARY KEY, plan BYTEA NOT NULL REFERENCES plan (id), body TEXT NOT NULL);
CREATE INDEX notice_by_office ON notice (province, commune, office, time, id);
CREATE INDEX outbox_commune ON outbox (commune, seq);
CREATE INDEX outbox_province ON outbox (province, seq);
CREATE INDEX parked_event_partition ON parked_event (stream, partition_key, seq);
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E708681F14A08BAF6BC96');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E74D7B9A7DE4E170AABC9');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E719C92E3CBFB9A10B029');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E7A36980C1653C2FE9E03');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E7133B947429244AEE25A');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E796FBBBCFA2EC6066E1C');
INSERT INTO "inbox" VALUES ('plans', X'01A1FDF7483E79E982214F1C86C283D5');
INSERT INTO "migration" VALUES ('storage-1', X'A7663AB800D7E5CFA160C2780098B2825631B1EFFB591BA6F467177B368FE4FB', 1795262203240);
INSERT INTO "migration" VALUES ('notifications-1', X'EBD26C0ECE54AA44DBB1C9E6049F2E45FCA8C1B7D7EBD640A7277E680D35189B', 1795262203240);
INSERT INTO "notice" VALUES (X'01A1FDF7483E708681F14A08BAF6BC97', 'plans', '38', '14797', 'vh-xh', 1795262203966, '{"planIssued":{"coordinates":0,"leads":0,"number":"119/KH-UBND","targets":2,"title":"Kế hoạch năm"}}');
INSERT INTO "notice" VALUES (X'01A1FDF7483E708681F14A08BAF6BC94', 'plans', '38', '14797', 'vp', 1795262203966, '{"planIssued":{"coordinates":2,"leads":0,"number":"119/KH-UBND","targets":0,"title":"Kế hoạch năm"}}');
INSERT INTO "notice" VALUES (X'01A1FDF7483E708681F14A08BAF6BC95', 'plans', '38', '14797', 'kt', 1795262203966, '{"planIssued":{"coordinates":0,"leads":2,"number":"119/KH-UBND","targets":0,"title":"Kế hoạch năm"}}');
INSERT INTO "plan" VALUES (X'01A1FDF748287D3DB32C7014074D1682', 'vh-xh', '[{"code":"vh-xh","name":"Phòng Văn hóa - Xã hội"},{"code":"vp","name":"Văn phòng HĐND và UBND"},{"code":"kt","name":"Phòng Kinh tế"}]');
INSERT INTO "store" VALUES (1, 'notifications', X'01A1FDF7456B7E5BB3687CAAEFB69C55', 1);
INSERT INTO "stream_cursor" VALUES ('budget', X'01A1FDF74560780F9AB85E583B171367', 0);
INSERT INTO "stream_cursor" VALUES ('indicators', X'01A1FDF745427269A4D50FF234F24C1B', 0);
INSERT INTO "stream_cursor" VALUES ('plans', X'01A1FDF745587FD090E16D660833E9E2', 7);
INSERT INTO "task" VALUES (X'01A1FDF74834739FB2F7157460BAC91C', X'01A1FDF748287D3DB32C7014074D1682', '{"coordinating":["vp"],"cost":1000000,"leads":["kt"],"name":"Kế hoạch năm 0","number":"1.1"}');
INSERT INTO "task" VALUES (X'01A1FDF74835704F8E978F04F859DD79', X'01A1FDF748287D3DB32C7014074D1682', '{"coordinating":["vp"],"cost":1000000,"leads":["kt"],"name":"Kế hoạch năm 1","number":"1.1"}');
