-- What people chose in polls.
--
--   message ── vote       one for each option that somebody chose

CREATE TABLE vote (
  message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  author BLOB NOT NULL,
  -- Its place among the poll's options, from 0.
  option INTEGER NOT NULL,
  PRIMARY KEY (message, author, option)
) STRICT, WITHOUT ROWID;
