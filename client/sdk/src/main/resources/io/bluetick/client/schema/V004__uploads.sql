-- Up to this id the server has confirmed the one-time keys. Those above it are uploaded again: the upload, or the answer to
-- it, may have been lost.
ALTER TABLE device ADD COLUMN pre_keys_confirmed INTEGER NOT NULL DEFAULT 0;
UPDATE device SET pre_keys_confirmed = pre_key_id;
