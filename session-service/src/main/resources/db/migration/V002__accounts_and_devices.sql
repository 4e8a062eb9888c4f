-- An account is its id. The phone number is an attribute of it: looked up by a keyed hash, readable only with a key that the
-- database does not have.
CREATE TABLE account (
  id              uuid PRIMARY KEY,
  number_hash     bytea NOT NULL UNIQUE,
  number_sealed   bytea NOT NULL,
  -- What the server routes by; grows with each change of the devices.
  list_version    bigint NOT NULL,
  -- The newest list that the primary signed: version <= list_version, and no device lies outside of it.
  list            bytea NOT NULL,
  list_signature  bytea NOT NULL,
  -- The registration number that was given last: higher at each registration of any device.
  registrations   integer NOT NULL,
  -- The registration lock: Argon2. Attempts are counted here, because here they cannot get lost.
  pin_hash        text,
  pin_failures    integer NOT NULL DEFAULT 0,
  pin_retry_at    timestamptz,
  suspended_at    timestamptz,
  created_at      timestamptz NOT NULL,
  -- Of any of its devices, by day.
  last_seen       date NOT NULL
);

CREATE TABLE device (
  account         uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  -- 0 is the primary.
  number          smallint NOT NULL CHECK (number BETWEEN 0 AND 127),
  registration    integer NOT NULL,
  -- The list version with which this registration came.
  since_version   bigint NOT NULL,
  noise_key       bytea NOT NULL CHECK (length(noise_key) = 32),
  identity_key    bytea NOT NULL CHECK (length(identity_key) = 33),
  name            text NOT NULL,
  platform        text NOT NULL,
  created_at      timestamptz NOT NULL,
  last_seen       date NOT NULL,
  PRIMARY KEY (account, number)
);

-- Which master key this database was filled with; one row.
CREATE TABLE master_key (
  id           boolean PRIMARY KEY DEFAULT true CHECK (id),
  fingerprint  bytea NOT NULL
);
