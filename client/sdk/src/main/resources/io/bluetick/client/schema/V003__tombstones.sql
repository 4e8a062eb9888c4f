-- An edit or a deletion that came before its message, as it can when the two were written on different devices. It waits
-- here for the message; a deletion is worth more than an edit, a later edit more than an earlier one.
CREATE TABLE tombstone (
  -- Who wrote it, and the message that it names.
  author BLOB NOT NULL,
  content_id BLOB NOT NULL,
  chat BLOB NOT NULL,
  -- The whole Content, of a deletion or an edit.
  content BLOB NOT NULL,
  deletion INTEGER NOT NULL,
  written_ms INTEGER NOT NULL,
  -- By the server's clock: when it was accepted.
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (author, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_by_time ON tombstone (at_ms);
