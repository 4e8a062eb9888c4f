-- What devices leave here so that others can begin sessions with them while they are away. All public, and gone with the device.

-- Used again and again until the device replaces it. The one of Kyber is the last resort, for when the one-time keys are out.
CREATE TABLE signed_pre_key (
  account    uuid NOT NULL,
  device     smallint NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('ec', 'kyber')),
  key_id     integer NOT NULL CHECK (key_id BETWEEN 0 AND 16777215),
  public     bytea NOT NULL CHECK (length(public) = CASE kind WHEN 'ec' THEN 33 ELSE 1569 END),
  -- By the device's identity key.
  signature  bytea NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (account, device, kind),
  FOREIGN KEY (account, device) REFERENCES device (account, number) ON DELETE CASCADE
);

-- Whoever asks takes one of each kind away, the lowest id first. At most 100 of each.
CREATE TABLE one_time_key (
  account    uuid NOT NULL,
  device     smallint NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('ec', 'kyber')),
  key_id     integer NOT NULL CHECK (key_id BETWEEN 0 AND 16777215),
  public     bytea NOT NULL CHECK (length(public) = CASE kind WHEN 'ec' THEN 33 ELSE 1569 END),
  -- Of Kyber alone.
  signature  bytea CHECK (length(signature) = 64),
  PRIMARY KEY (account, device, kind, key_id),
  FOREIGN KEY (account, device) REFERENCES device (account, number) ON DELETE CASCADE,
  CHECK ((kind = 'kyber') = (signature IS NOT NULL))
);

CREATE TABLE one_time_stock (
  account    uuid NOT NULL,
  device     smallint NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('ec', 'kyber')),
  -- The highest id that ever came. One up to here that is not in stock was handed out and must not come back.
  last_id    integer NOT NULL DEFAULT -1,
  -- The device was told that the stock is low, and has not filled it since.
  low_told   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account, device, kind),
  FOREIGN KEY (account, device) REFERENCES device (account, number) ON DELETE CASCADE
);
