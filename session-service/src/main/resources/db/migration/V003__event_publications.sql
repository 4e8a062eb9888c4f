-- The outbox: Spring Modulith's event publication registry. A row lives until its listener has done its work.
CREATE TABLE event_publication (
  id                      uuid PRIMARY KEY,
  listener_id             text NOT NULL,
  event_type              text NOT NULL,
  serialized_event        text NOT NULL,
  publication_date        timestamptz NOT NULL,
  completion_date         timestamptz,
  status                  text,
  completion_attempts     integer,
  last_resubmission_date  timestamptz
);
CREATE INDEX event_publication_by_date ON event_publication (publication_date);
CREATE INDEX event_publication_by_completion ON event_publication (completion_date);
CREATE INDEX event_publication_by_event ON event_publication USING hash (serialized_event);
