-- What of a run's objects the job of its last judged attempt did not take as data: the first objects that it skipped, and what it
-- stripped of the others' text.
CREATE TABLE run_left_out (
  run TEXT NOT NULL REFERENCES run (id),
  position INTEGER NOT NULL,
  -- In each row the same, and more than the rows where only the first are named.
  skipped_objects INTEGER NOT NULL,
  -- Why the object was skipped, or what was stripped.
  what TEXT NOT NULL,
  -- How often it was stripped; absent where the object was skipped.
  times INTEGER,
  uri TEXT NOT NULL,
  PRIMARY KEY (run, position)
);
