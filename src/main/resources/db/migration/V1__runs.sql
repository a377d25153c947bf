-- Times are ISO-8601 in UTC with nine decimals, so that their order as text is their order in time.

-- One row. A health probe writes to it, so that a full disk shows before a run is harmed.
CREATE TABLE store (
  -- Distinguishes the clusters of this store from those of another with the same installation's name.
  id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  probes INTEGER NOT NULL
);
INSERT INTO store VALUES (lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'), 0);

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  pipeline TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  state_since TEXT NOT NULL,
  objects INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  rows_read INTEGER,
  rows_written INTEGER,
  rows_rejected INTEGER,
  first_attempt INTEGER NOT NULL,
  outcome TEXT,
  outcome_message TEXT,
  failure_kind TEXT,
  failure_remedy TEXT,
  -- 1 from before the first statement that registers its files in the table until they were taken out again.
  may_be_in_table INTEGER NOT NULL,
  -- HAND or SCHEDULE, for a run whose object is fetched.
  started_by TEXT,
  planned_for TEXT,
  -- The run whose objects this one took over; it is replayed once at most, since they are its own no more.
  replay_of TEXT REFERENCES run (id),
  -- When all of its objects had been archived or deleted; absent for ever where they are kept.
  cleared_at TEXT
);
CREATE UNIQUE INDEX run_replay ON run (replay_of) WHERE replay_of IS NOT NULL;

CREATE INDEX run_open ON run (state) WHERE state IN ('COLLECTED', 'QUEUED', 'PROCESSING', 'LOADING');

-- For the failures of a day, as store.RunQuery asks for them.
CREATE INDEX run_failed ON run (state_since, id) WHERE state IN ('FAILED');

CREATE INDEX run_pipeline ON run (pipeline, state);
CREATE INDEX run_newest ON run (pipeline, id);
CREATE INDEX run_loaded ON run (pipeline, state_since) WHERE state = 'SUCCEEDED';
CREATE INDEX run_uncleared ON run (pipeline, id) WHERE state IN ('SUCCEEDED', 'NO_DATA') AND cleared_at IS NULL;

-- How far each pipeline's schedule was followed, and by which rule.
CREATE TABLE schedule (
  pipeline TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  followed_until TEXT NOT NULL
);

-- Pipelines of which no run begins until they are resumed.
CREATE TABLE paused_pipeline (
  pipeline TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  paused_by TEXT NOT NULL,
  reason TEXT
);

-- When a run came into each of its states; a run that is retried comes into some of them again.
CREATE TABLE run_state (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (id),
  state TEXT NOT NULL,
  since TEXT NOT NULL
);
CREATE INDEX run_state_run ON run_state (run);

CREATE TABLE landed_object (
  id INTEGER PRIMARY KEY,
  pipeline TEXT NOT NULL,
  bucket TEXT NOT NULL,
  object_key TEXT NOT NULL,
  etag TEXT NOT NULL,
  size INTEGER NOT NULL,
  last_modified TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- Of its whole content, with the algorithm before it; absent where S3 was not asked or has none.
  checksum TEXT,
  run TEXT REFERENCES run (id),
  -- When it was archived or deleted, or left for good because it had changed.
  cleared_at TEXT,
  -- Where a pipeline groups its objects: whose batch it may be in; absent until it may be in one.
  batch_group TEXT,
  -- Why no run will take it.
  set_aside TEXT,
  -- Whose run takes it, and no other.
  backfill TEXT REFERENCES backfill (id),
  UNIQUE (pipeline, bucket, object_key, etag)
);
CREATE INDEX landed_object_group ON landed_object (pipeline, batch_group, last_modified, id)
  WHERE run IS NULL AND batch_group IS NOT NULL AND backfill IS NULL;
CREATE INDEX landed_object_set_aside ON landed_object (pipeline, id) WHERE set_aside IS NOT NULL;
-- What comes after the id is in it so that what waits can be summed up without a look at each row.
CREATE INDEX landed_object_waiting ON landed_object (pipeline, last_modified, id, size, run, set_aside, backfill)
  WHERE run IS NULL AND set_aside IS NULL AND backfill IS NULL;
CREATE INDEX landed_object_backfill ON landed_object (backfill, batch_group, last_modified, id)
  WHERE run IS NULL AND set_aside IS NULL AND backfill IS NOT NULL;
CREATE INDEX landed_object_run ON landed_object (run, last_modified, id) WHERE run IS NOT NULL;

-- Older objects that were wanted after all: first they are listed, then runs take them, a few at a time.
CREATE TABLE backfill (
  id TEXT PRIMARY KEY,
  pipeline TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  prefix TEXT NOT NULL,
  from_time TEXT,
  until_time TEXT,
  max_objects INTEGER NOT NULL,
  max_bytes INTEGER NOT NULL,
  max_runs INTEGER NOT NULL,
  -- The last key that was listed; absent at the prefix' start.
  listed_to TEXT,
  in_range INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  -- So many runs that failed or were cancelled do not stop it.
  passed_over INTEGER NOT NULL
);
CREATE UNIQUE INDEX backfill_active ON backfill (pipeline) WHERE state IN ('LISTING', 'RUNNING');

-- Its runs, and those that replay one of them.
CREATE TABLE backfill_run (
  run TEXT PRIMARY KEY REFERENCES run (id),
  backfill TEXT NOT NULL REFERENCES backfill (id)
);
CREATE INDEX backfill_run_backfill ON backfill_run (backfill);

-- How the objects of a pipeline were grouped, and up to which of them.
CREATE TABLE batch_grouping (
  pipeline TEXT PRIMARY KEY,
  grouping TEXT NOT NULL,
  grouped_to INTEGER NOT NULL
);

-- The objects that say that a folder is complete. One that is written again closes what came meanwhile.
CREATE TABLE batch_marker (
  pipeline TEXT NOT NULL,
  bucket TEXT NOT NULL,
  object_key TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  has_closed INTEGER NOT NULL,
  PRIMARY KEY (pipeline, bucket, object_key)
);
CREATE INDEX batch_marker_new ON batch_marker (pipeline, seen_at) WHERE has_closed = 0;

-- The runs whose object the service has begun to fetch, and its upload in S3.
CREATE TABLE fetch (
  run TEXT PRIMARY KEY REFERENCES run (id),
  begun_at TEXT NOT NULL,
  -- The upload in parts; absent before there is one.
  bucket TEXT,
  object_key TEXT,
  upload_id TEXT,
  validator TEXT
);

CREATE TABLE attempt (
  run TEXT NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  rung INTEGER NOT NULL,
  cluster_name TEXT NOT NULL,
  log_uri TEXT NOT NULL,
  intended_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  called_at TEXT,
  cluster_id TEXT,
  -- The cluster and its steps as EMR last showed them, as JSON.
  cluster TEXT,
  end_asked_at TEXT,
  failure_kind TEXT,
  failure_message TEXT,
  failure_remedy TEXT,
  -- One line each; empty where the log never came or says nothing, absent while it is awaited.
  root_cause TEXT,
  PRIMARY KEY (run, number)
);
CREATE INDEX attempt_open ON attempt (state) WHERE state IN ('INTENDED', 'LAUNCHED', 'ENDING');
CREATE INDEX attempt_unexplained ON attempt (run) WHERE failure_kind IS NOT NULL AND root_cause IS NULL;

-- The SQL that was sent to the warehouse for a run.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run (id),
  sql TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  millis INTEGER NOT NULL,
  error TEXT
);
CREATE INDEX statement_run ON statement (run);

-- Attempts whose curated files are deleted, or would be if nothing stood in the way.
CREATE TABLE retired_output (
  run TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  begun_at TEXT NOT NULL,
  -- Why they stay for good; absent where they go.
  obstacle TEXT,
  removed_at TEXT,
  PRIMARY KEY (run, attempt),
  FOREIGN KEY (run, attempt) REFERENCES attempt (run, number)
);

-- Requests that their clients may repeat, for a day; without a status until they are answered.
CREATE TABLE idempotent_request (
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  -- Of method, path and query.
  fingerprint TEXT NOT NULL,
  created_at TEXT NOT NULL,
  status INTEGER,
  body TEXT,
  -- The names of what was made or changed for it, with blanks between; written in the same transaction.
  made TEXT,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotent_request_age ON idempotent_request (created_at);

-- What is told of a run and never searched, as JSON: the findings of its last judged attempt, and what its load was proven to have
-- brought.
CREATE TABLE run_report (
  run TEXT NOT NULL REFERENCES run (id),
  type TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run, type)
);

-- What people asked the service to do. A row is there before anything is done for it.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  -- VIEWER or OPERATOR.
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  -- RUN, PIPELINE or BACKFILL, and which of them.
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT,
  -- 'done', or why it was refused; absent where the service ended in the middle of it.
  outcome TEXT
);
CREATE INDEX audit_subject ON audit (subject_kind, subject, id);
