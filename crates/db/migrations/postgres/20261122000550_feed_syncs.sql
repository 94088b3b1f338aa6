-- oldest-binary: 0.1.0

-- What a feed said last of a stay that came from it: how the stay is recognised in the next answer.
CREATE TABLE feed_link (
    organization_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    feed_id uuid NOT NULL,
    uid TEXT NOT NULL,
    occurrence DATE,
    code TEXT,
    phone_last4 TEXT,
    guest_name TEXT,
    summary TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('reservation', 'block', 'tentative', 'unsure')),
    check_in DATE NOT NULL,
    check_out DATE NOT NULL,
    -- In how many consecutive good answers it was missing.
    missing BIGINT NOT NULL CHECK (missing BETWEEN 0 AND 100),
    PRIMARY KEY (organization_id, stay_id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id),
    CONSTRAINT feed_link_has_nights CHECK (check_out > check_in)
);
CREATE INDEX feed_link_by_feed ON feed_link (organization_id, feed_id);

-- An answer of a feed and what was decided on it. Pruned to the newest ones.
CREATE TABLE feed_sync (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    feed_id uuid NOT NULL,
    -- The feed's first sync is 1.
    number BIGINT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('schedule', 'person', 'replay', 'confirm')),
    outcome TEXT NOT NULL CHECK (outcome IN ('good', 'not_modified', 'suspicious', 'refused', 'failed')),
    -- Why it failed or was refused, and the HTTP status where that is why.
    error TEXT,
    http_status BIGINT,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    -- Whether it changed anything, or is the first of its kind: these are kept longer.
    notable boolean NOT NULL,
    events BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    cancelled BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    -- Bytes of the answer.
    size BIGINT NOT NULL,
    -- JSON and the answer itself, both gzipped.
    lines bytea NOT NULL,
    body bytea,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id)
);
CREATE UNIQUE INDEX feed_sync_number_key ON feed_sync (organization_id, feed_id, number);
