-- What a device keeps. The whole file is encrypted; see Database.
--
--   device ── pre_key, kyber_use          this device and its keys
--   peer ──── peer_device ── session      other accounts, their devices, a ratchet with each
--   contact   chat ── message ── reaction, receipt
--                       └── message_text  (full-text index)
--   outbox ── sent                        what is to be sent; which counter carried which message
--   parked, received                      what came and waits for keys; what came already

-- This device; one row. Without an account it is not registered yet.
CREATE TABLE device (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  server TEXT NOT NULL,
  server_key BLOB NOT NULL,
  account BLOB,
  number INTEGER NOT NULL DEFAULT 0,
  registration INTEGER NOT NULL DEFAULT 0,
  -- libsignal's identity key pair; the static secret of the Noise channel.
  identity BLOB NOT NULL,
  noise BLOB NOT NULL,
  refresh_token TEXT,
  -- Up to here all stanzas are in this store.
  acknowledged INTEGER NOT NULL DEFAULT 0,
  -- How often it tried to connect, and how many messages it sent: both only grow.
  attempts INTEGER NOT NULL DEFAULT 0,
  counter INTEGER NOT NULL DEFAULT 0,
  -- The highest id that a one-time key ever had.
  pre_key_id INTEGER NOT NULL DEFAULT 0,
  -- Server's time minus ours, as the last Welcome told it.
  clock_offset_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pre_key (
  kind TEXT NOT NULL CHECK (kind IN ('ec', 'signed', 'kyber', 'last')),
  id INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- A last resort key is used by many, but by nobody twice with the same base key: that would be a replay.
CREATE TABLE kyber_use (
  kyber INTEGER NOT NULL,
  signed INTEGER NOT NULL,
  base_key BLOB NOT NULL,
  PRIMARY KEY (kyber, signed, base_key)
) STRICT, WITHOUT ROWID;

-- What the primary of an account has signed, and the version that the server routes by.
CREATE TABLE peer (
  account BLOB PRIMARY KEY,
  route_version INTEGER NOT NULL,
  list BLOB NOT NULL,
  signature BLOB NOT NULL,
  -- Whether the user compared safety numbers for the present key.
  verified INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_device (
  account BLOB NOT NULL REFERENCES peer ON DELETE CASCADE,
  device INTEGER NOT NULL,
  identity BLOB NOT NULL,
  -- How many of its messages could not be read since the last one that could.
  unreadable INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE sender_key (
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  distribution BLOB NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, device, distribution)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  account BLOB PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  number TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE chat (
  id INTEGER PRIMARY KEY,
  account BLOB NOT NULL UNIQUE,
  disappears_after_s INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  chat INTEGER NOT NULL REFERENCES chat,
  -- Who wrote it, and its name for good.
  author BLOB NOT NULL,
  content_id BLOB NOT NULL,
  -- By the server's clock: when it was accepted, as all devices see it.
  at_ms INTEGER NOT NULL,
  text TEXT NOT NULL,
  -- The whole Content, for what is not text and for sending it again.
  content BLOB NOT NULL,
  -- Own messages: 0 waiting, 1 on the server, 2 delivered, 3 read, 4 played, -1 failed. Others': 2 new, 3 read.
  tick INTEGER NOT NULL,
  -- The device that sent it, its registration and its counter, for receipts.
  device INTEGER NOT NULL DEFAULT 0,
  counter INTEGER NOT NULL DEFAULT 0,
  -- When the edit was written that it shows; 0: none.
  edited INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  -- It disappears then; absent: it stays, or was not read yet.
  expires_ms INTEGER,
  UNIQUE (author, content_id)
) STRICT;
CREATE INDEX message_by_time ON message (chat, at_ms, id);
CREATE INDEX message_unread ON message (chat, id) WHERE tick = 2 AND counter > 0;
CREATE INDEX message_expiring ON message (expires_ms) WHERE expires_ms IS NOT NULL;

-- Kept by Messages, row by row: a schema that is not trusted has no triggers on it.
CREATE VIRTUAL TABLE message_text USING fts5 (text, content = 'message', content_rowid = 'id', prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE reaction (
  message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  author BLOB NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message, author)
) STRICT, WITHOUT ROWID;

-- What is to be sent, in the order of `id`. It gets its counter when it is encrypted, with the frame that is then sent
-- as it is, however often, until it is accepted.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  account BLOB NOT NULL,
  -- What is encrypted; empty once it is.
  content BLOB NOT NULL,
  -- Of message, if it is one that is shown. A frame outlives it: its counter must not vanish.
  message INTEGER REFERENCES message ON DELETE SET NULL,
  -- Only for these devices, separated by commas; all if absent. A repair has the counter of what it repairs.
  devices TEXT,
  -- How often it was encrypted anew for a device that could not read it.
  repeats INTEGER NOT NULL DEFAULT 0,
  counter INTEGER,
  frame BLOB
) STRICT;
CREATE INDEX outbox_unsealed ON outbox (account, id) WHERE frame IS NULL;
CREATE INDEX outbox_sealed ON outbox (counter, id) WHERE frame IS NOT NULL;

-- Which counter carried which message: what receipts tell of. Kept as long as a mailbox keeps the message. The content is
-- empty when nobody may have it again: it was deleted, or its recipient has another key since.
CREATE TABLE sent (
  counter INTEGER PRIMARY KEY,
  account BLOB NOT NULL,
  message INTEGER REFERENCES message ON DELETE SET NULL,
  content BLOB NOT NULL,
  repeats INTEGER NOT NULL DEFAULT 0,
  at_ms INTEGER NOT NULL
) STRICT;

-- What was said and is not shown by itself, such as an edit: it counts once, however often it comes.
CREATE TABLE applied (
  author BLOB NOT NULL,
  content_id BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (author, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX applied_by_time ON applied (at_ms);

-- What came and is not decrypted yet: its sender's list is being fetched.
CREATE TABLE parked (
  id INTEGER PRIMARY KEY,
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  registration INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  ciphertext BLOB NOT NULL
) STRICT;
CREATE INDEX parked_by_account ON parked (account, id);

-- What came already.
CREATE TABLE received (
  account BLOB NOT NULL,
  registration INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, registration, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX received_by_time ON received (at_ms);
