-- Ed25519 pairs that sign access tokens. The newest whose time has come signs; all that have not expired are published.
CREATE TABLE signing_key (
  kid             text PRIMARY KEY,
  public_key      bytea NOT NULL CHECK (length(public_key) = 32),
  -- Readable only with the master key.
  private_sealed  bytea NOT NULL,
  active_from     timestamptz NOT NULL UNIQUE,
  -- Known when there is a successor: some time after it takes over.
  expires_at      timestamptz
);

-- The refresh token of a device: at most one, known by its hash. A family is what came of one issue by refreshing.
CREATE TABLE refresh_token (
  family         uuid PRIMARY KEY,
  account        uuid NOT NULL,
  device         smallint NOT NULL,
  registration   integer NOT NULL,
  current_hash   bytea NOT NULL CHECK (length(current_hash) = 32),
  -- The token that the current one was given for: it counts until the current one is shown, lest a lost answer end the family.
  previous_hash  bytea CHECK (length(previous_hash) = 32),
  -- Of the last refresh.
  used_at        timestamptz NOT NULL,
  -- A token was shown that had been followed by two others: somebody has a copy.
  revoked_at     timestamptz,
  UNIQUE (account, device),
  -- Deferred, because a registration may give out the token before its device is written.
  FOREIGN KEY (account, device) REFERENCES device (account, number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 80);

-- What those who operate the server hand to their programs: exchanged for access tokens, known by its hash.
CREATE TABLE operator_token (
  id          uuid PRIMARY KEY,
  name        text NOT NULL,
  role        text NOT NULL CHECK (role IN ('admin', 'support')),
  hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz
);
