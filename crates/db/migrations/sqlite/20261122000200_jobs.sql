-- oldest-binary: 0.1.0

-- The queue. A job commits with the write that causes it. Payloads hold ids, never content. Finished jobs are deleted.
-- Lower priorities run first. The number of attempts is the token of the lease: who ends a job must still name it.
CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'failed')),
    dedupe_key TEXT,
    priority INTEGER NOT NULL DEFAULT 0,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_ready ON job (priority, run_at, id) WHERE state = 'ready';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
-- One waiting job for each key: a signal given while the job runs queues it once more.
CREATE UNIQUE INDEX job_dedupe_key ON job (kind, dedupe_key) WHERE state = 'ready' AND dedupe_key IS NOT NULL;
-- ... and one that runs.
CREATE UNIQUE INDEX job_running_key ON job (kind, dedupe_key) WHERE state = 'running' AND dedupe_key IS NOT NULL;

-- What runs again and again: one owner at a time, by the time of the next run.
CREATE TABLE schedule (
    name TEXT NOT NULL PRIMARY KEY,
    next_run_at INTEGER NOT NULL,
    last_run_at INTEGER
) STRICT;
