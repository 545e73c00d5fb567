-- The tables of heed. setup() creates them, or brings older ones up to date.

BEGIN;
CREATE SCHEMA IF NOT EXISTS "heed";

CREATE TABLE "heed".heed_version (version integer NOT NULL);
INSERT INTO "heed".heed_version VALUES (0);

CREATE TABLE "heed".feedback_events (
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
);
CREATE INDEX feedback_events_request ON "heed".feedback_events (tenant, request_id);
-- Few events are votes: scans of what was voted on begin here.
CREATE INDEX feedback_events_vote ON "heed".feedback_events (tenant, request_id)
  WHERE type IN ('explicit_thumbs_up', 'explicit_thumbs_down', 'explicit_rating');
-- For what is asked of a person's data, and its erasure.
CREATE INDEX feedback_events_user ON "heed".feedback_events (tenant, user_id) WHERE user_id IS NOT NULL;
-- The planner would keep samples of these, and so of a user's own words, beyond the user's erasure.
ALTER TABLE "heed".feedback_events
  ALTER COLUMN value SET STATISTICS 0,
  ALTER COLUMN user_id SET STATISTICS 0,
  ALTER COLUMN metadata SET STATISTICS 0;

CREATE TABLE "heed".eval_logs (
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
);
-- With the time, so that the requests of a period are counted in the index alone.
CREATE INDEX eval_logs_request ON "heed".eval_logs (tenant, request_id, timestamp_ms);

CREATE TABLE "heed".changes (
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
CREATE TABLE "heed".erased_users (
  tenant text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, digest)
);

UPDATE "heed".heed_version SET version = version + 1;

COMMIT;
