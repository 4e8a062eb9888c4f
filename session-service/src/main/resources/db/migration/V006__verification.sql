-- Who is proving to have a phone number. A row goes when it is used or has expired. Nothing stands here in clear: no number, no
-- code, and not the session's id either, because who has it can register the number.
CREATE TABLE verification (
  -- Keyed hash of the session's id.
  id                bytea PRIMARY KEY CHECK (length(id) = 32),
  number_hash       bytea NOT NULL,
  number_sealed     bytea NOT NULL,
  -- Codes that were sent, and those that could not be.
  codes             integer NOT NULL,
  failed_codes      integer NOT NULL,
  next_code_at      timestamptz NOT NULL,
  -- Keyed hash of the session's id and the code that counts now.
  code_hash         bytea CHECK (length(code_hash) = 32),
  -- Wrong guesses at this code, and at all of the session's.
  wrong_of_code     integer NOT NULL,
  wrong             integer NOT NULL,
  next_guess_at     timestamptz NOT NULL,
  -- Once verified: the id that the number's account has, or that a new one will have.
  account           uuid,
  account_is_known  boolean,
  expires_at        timestamptz NOT NULL,
  CHECK ((account IS NULL) = (account_is_known IS NULL))
);
CREATE INDEX verification_by_expiry ON verification (expires_at);

-- Every code of the last day, by number: what bounds the costs and the guesses must not be forgotten with Redis.
CREATE TABLE verification_code (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number_hash  bytea NOT NULL,
  at           timestamptz NOT NULL,
  -- The sender did not take it.
  failed       boolean NOT NULL
);
CREATE INDEX verification_code_by_number ON verification_code (number_hash, at);
CREATE INDEX verification_code_by_time ON verification_code (at);
