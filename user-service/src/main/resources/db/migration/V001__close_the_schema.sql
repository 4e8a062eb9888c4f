-- The schema belongs to this service alone; other services ask its REST interface.
REVOKE ALL ON SCHEMA users FROM PUBLIC;
COMMENT ON SCHEMA users IS 'user-service: profiles, contacts, blocks, privacy settings, groups';
