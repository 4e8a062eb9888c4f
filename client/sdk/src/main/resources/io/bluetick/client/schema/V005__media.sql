-- Where the file of a message lies on this device.
--
--   message ── media      a file in the profile's folder Media
CREATE TABLE media (
  message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
  -- Below Media; absent: it is not kept.
  path TEXT,
  -- Whether it still has to go to the server, before its message can be sent.
  is_waiting INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX media_waiting ON media (message) WHERE is_waiting = 1;
