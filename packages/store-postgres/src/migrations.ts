export type Migration = (schema: string, isParted: boolean) => string;

/** The planner would keep samples of these columns, and so of a user's own words, beyond the user's erasure. */
export const keepNoSamples = (schema: string): string => `ALTER TABLE ${schema}.feedback_events
  ALTER COLUMN value SET STATISTICS 0,
  ALTER COLUMN user_id SET STATISTICS 0,
  ALTER COLUMN metadata SET STATISTICS 0`;

/**
 * The tables, one migration a version; `heed_version` counts those that were run. Append only: a released migration
 * never changes.
 *
 * Ids and names compare by their bytes, whatever the language of the database. Ids rise with time, so that the primary
 * keys grow at one end; request ids come in any order, and their indexes are what a write costs most of: they hold what
 * joins and counts need, and no more.
 *
 * What a migration is told: the schema's name, quoted as it stands in SQL, and whether events and records are kept in
 * partitions. They are parted by their ids, as a key can only be unique across partitions that it tells itself: and as
 * ids rise with time, that is by month.
 */
export const migrations: readonly Migration[] = [
  (schema, isParted) => `
CREATE TABLE ${schema}.heed_version (version integer NOT NULL);
INSERT INTO ${schema}.heed_version VALUES (0);

CREATE TABLE ${schema}.feedback_events (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  timestamp_ms bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  value jsonb NOT NULL,
  user_id text COLLATE "C",
  reasons jsonb,
  share double precision,
  metadata jsonb,
  PRIMARY KEY (tenant, id)
)${isParted ? " PARTITION BY RANGE (id)" : ""};
CREATE INDEX feedback_events_request ON ${schema}.feedback_events (tenant, request_id);
-- Few events are votes: scans of what was voted on begin here.
CREATE INDEX feedback_events_vote ON ${schema}.feedback_events (tenant, request_id)
  WHERE type IN ('explicit_thumbs_up', 'explicit_thumbs_down', 'explicit_rating');
-- For what is asked of a person's data, and its erasure.
CREATE INDEX feedback_events_user ON ${schema}.feedback_events (tenant, user_id) WHERE user_id IS NOT NULL;
-- The planner would keep samples of these, and so of a user's own words, beyond the user's erasure.
${keepNoSamples(schema)};

CREATE TABLE ${schema}.eval_logs (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  timestamp_ms bigint NOT NULL,
  eval_scores jsonb,
  evaluator jsonb,
  model text COLLATE "C",
  prompt_version text COLLATE "C",
  metadata jsonb,
  prompt text COLLATE "C",
  output text COLLATE "C",
  PRIMARY KEY (tenant, id)
)${isParted ? " PARTITION BY RANGE (id)" : ""};
-- With the time, so that the requests of a period are counted in the index alone.
CREATE INDEX eval_logs_request ON ${schema}.eval_logs (tenant, request_id, timestamp_ms);

CREATE TABLE ${schema}.changes (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  change text COLLATE "C" NOT NULL,
  timestamp_ms bigint NOT NULL,
  reason text COLLATE "C",
  segment jsonb,
  metadata jsonb,
  PRIMARY KEY (tenant, id)
);

-- What is kept of erased users, so that late retries cannot bring them back.
CREATE TABLE ${schema}.erased_users (
  tenant text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, digest)
);
`,
];
