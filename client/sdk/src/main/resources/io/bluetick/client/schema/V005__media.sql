-- Where the files of messages lie on this device.
--
--   message ── media      a file in the profile's folder Media

CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  -- Absent: it disappeared, and its file is to be removed.
  message INTEGER UNIQUE REFERENCES message ON DELETE SET NULL,
  -- Below Media; absent: it is not kept.
  path TEXT,
  -- Whether it still has to go to the server, before its message can be sent.
  is_waiting INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX media_waiting ON media (message) WHERE is_waiting = 1;
