-- Who of the operators did what. Rows are added and read, never changed. No phone number is ever in one.
CREATE TABLE audit (
  -- Given in the order of time, so it is the index by time as well, and the cursor of who reads page by page.
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  -- The name in the token.
  actor   text NOT NULL,
  -- Such as account.suspend.
  action  text NOT NULL,
  -- An id, or empty.
  target  text NOT NULL,
  detail  text NOT NULL
);
CREATE INDEX audit_by_target ON audit (target, id);
CREATE INDEX audit_by_actor ON audit (actor, id);

-- The service's own user owns the table, so withheld rights would not bind it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the table % is only added to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
