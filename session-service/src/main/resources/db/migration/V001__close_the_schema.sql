-- The schema belongs to this service alone; other services ask its REST interface.
REVOKE ALL ON SCHEMA session FROM PUBLIC;
COMMENT ON SCHEMA session IS 'session-service: accounts, devices, keys, tokens';
