/**
 * The tables, one migration a version; `heed_version` counts those that were run. Append only: a
 * released migration never changes.
 *
 * The one index on the path of a write is on the ids, which rise with time. An index on request ids, which
 * arrive in any order, would make every write four times as dear: it is kept beside the table and brought up
 * to date in sorted batches, when somebody asks. So is the table of folded requests, which analyses read.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE heed_version (version INTEGER NOT NULL) STRICT;
  INSERT INTO heed_version VALUES (0);

  CREATE TABLE feedback_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    type TEXT NOT NULL,
    value ANY NOT NULL,
    reasons TEXT,
    share REAL,
    user_id TEXT,
    timestamp_ms INTEGER NOT NULL,
    metadata TEXT
  ) STRICT;
  CREATE UNIQUE INDEX feedback_events_id ON feedback_events (tenant, id);

  -- The long texts come last: what analyses read lies before them.
  CREATE TABLE eval_logs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    timestamp_ms INTEGER NOT NULL,
    eval_scores TEXT,
    evaluator TEXT,
    model TEXT,
    prompt_version TEXT,
    metadata TEXT,
    prompt TEXT,
    output TEXT
  ) STRICT;
  CREATE UNIQUE INDEX eval_logs_id ON eval_logs (tenant, id);

  CREATE TABLE request_index (
    collection TEXT NOT NULL,
    tenant TEXT NOT NULL,
    request_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (collection, tenant, request_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE request_index_reach (
    collection TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO request_index_reach VALUES ('feedback_events', 0), ('eval_logs', 0);

  -- What is kept of erased users, so that late retries cannot bring them back: a digest, and a cheap hash by which
  -- others are known not to be they; NULL where only the digest came, from another store.
  CREATE TABLE erased_users (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    hint INTEGER,
    UNIQUE (tenant, digest)
  ) STRICT;

  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    change TEXT NOT NULL,
    timestamp_ms INTEGER NOT NULL,
    reason TEXT,
    segment TEXT,
    metadata TEXT
  ) STRICT;
  CREATE UNIQUE INDEX changes_id ON changes (tenant, id);

  -- Derived: requests of which there is more than one record, or feedback, folded into one row each. Its number is the
  -- seq of the first record; without a record, that of the first event, negated.
  CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    request_id TEXT NOT NULL,
    timestamp_ms INTEGER,
    eval_scores TEXT,
    model TEXT,
    prompt_version TEXT,
    metadata TEXT,
    votes INTEGER NOT NULL,
    human_score REAL,
    exposed INTEGER NOT NULL,
    discarded INTEGER NOT NULL,
    each_vote TEXT
  ) STRICT;
  -- Few requests are voted on: these lie together, with all that a scan of them asks for.
  CREATE INDEX requests_voted ON requests (tenant, request_id, timestamp_ms, votes, human_score, exposed, discarded,
    each_vote, eval_scores, model, prompt_version, metadata) WHERE votes > 0;
  -- The records that such a row stands for; every other record is a request by itself.
  CREATE TABLE folded_records (seq INTEGER PRIMARY KEY) STRICT;
  -- How far each tenant's rows were taken up, and how many requests they log.
  CREATE TABLE requests_reach (
    tenant TEXT NOT NULL,
    collection TEXT NOT NULL,
    seq INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (tenant, collection)
  ) STRICT, WITHOUT ROWID;
  `,
];
