-- Where a device is woken. A row belongs to one registration of its device: a new phone under the same number inherits none.
CREATE TABLE push_token (
  account       uuid NOT NULL,
  device        smallint NOT NULL,
  registration  integer NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('fcm', 'apns', 'web')),
  -- All that leads to the device, sealed with a key that the database does not have.
  token         bytea NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (account, device),
  FOREIGN KEY (account, device) REFERENCES device (account, number) ON DELETE CASCADE
);
