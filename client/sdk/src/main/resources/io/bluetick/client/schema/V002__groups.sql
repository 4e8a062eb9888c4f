-- Groups.
--
--   groups ── group_member               who is in it, and who was
--     ├────── group_key ── group_handed  own sender key, and which devices have it
--     └────── held                       what came and waits: for its key, or for a newer membership
--   message ─ group_receipt              how far it came, member by member
--   sent ──── group_repeat               how often it was encrypted anew for a device

CREATE TABLE groups (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE group_member (
  group_id BLOB NOT NULL REFERENCES groups,
  account BLOB NOT NULL,
  -- The first version that named him, since he came last.
  since_version INTEGER NOT NULL,
  -- When this device learned that he left, by the server's clock; absent: he is in it.
  left_ms INTEGER,
  PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_key (
  group_id BLOB PRIMARY KEY REFERENCES groups,
  -- Names a record in sender_key, of this device.
  distribution TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  uses INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Devices for which the present key was queued; by their identity key another device of that number is known.
CREATE TABLE group_handed (
  group_id BLOB NOT NULL REFERENCES group_key ON DELETE CASCADE,
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  identity BLOB NOT NULL,
  PRIMARY KEY (group_id, account, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
  id INTEGER PRIMARY KEY,
  group_id BLOB NOT NULL,
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  registration INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  ciphertext BLOB NOT NULL,
  -- The membership that was known when it came; 0: none.
  version INTEGER NOT NULL,
  -- Whether its sender was asked for it; then only the answer is awaited.
  asked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX held_by_group ON held (group_id, id);
CREATE INDEX held_by_sender ON held (account, device, counter);

CREATE TABLE group_receipt (
  message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  member BLOB NOT NULL,
  tick INTEGER NOT NULL,
  PRIMARY KEY (message, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_repeat (
  counter INTEGER NOT NULL REFERENCES sent ON DELETE CASCADE,
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (counter, account, device)
) STRICT, WITHOUT ROWID;

-- When this device learned that an account has another key than before, the last time.
CREATE TABLE key_change (
  account BLOB PRIMARY KEY,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Others' keys: for which group, and in which order they were taken.
ALTER TABLE sender_key ADD COLUMN group_id BLOB;
ALTER TABLE sender_key ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;

-- Absent: it was sent to this account.
ALTER TABLE parked ADD COLUMN group_id BLOB;

-- The group whose key it hands out, if it does.
ALTER TABLE outbox ADD COLUMN hands BLOB;
CREATE INDEX outbox_handing ON outbox (hands) WHERE hands IS NOT NULL AND frame IS NULL;

-- Of what answers a device that could not read a group's message: the counter of that; 0: no answer.
ALTER TABLE outbox ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sent ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;

-- The version of the group that it was encrypted for; absent: it went to an account.
ALTER TABLE sent ADD COLUMN membership INTEGER;
CREATE INDEX sent_by_message ON sent (message) WHERE message IS NOT NULL;
CREATE INDEX sent_to_group ON sent (account, counter) WHERE membership IS NOT NULL;
