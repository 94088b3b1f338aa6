-- oldest-binary: 0.1.0

-- What a feed said last of a stay that came from it: how the stay is recognised in the next answer.
CREATE TABLE feed_link (
    organization_id BLOB NOT NULL,
    stay_id BLOB NOT NULL,
    feed_id BLOB NOT NULL,
    uid TEXT NOT NULL,
    occurrence TEXT,
    code TEXT,
    phone_last4 TEXT,
    guest_name TEXT,
    summary TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('reservation', 'block', 'tentative', 'unsure')),
    check_in TEXT NOT NULL,
    check_out TEXT NOT NULL,
    -- In how many consecutive good answers it was missing.
    missing INTEGER NOT NULL CHECK (missing BETWEEN 0 AND 100),
    PRIMARY KEY (organization_id, stay_id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id),
    CONSTRAINT feed_link_has_nights CHECK (check_out > check_in)
) STRICT;
CREATE INDEX feed_link_by_feed ON feed_link (organization_id, feed_id);

-- An answer of a feed and what was decided on it. Pruned to the newest ones.
CREATE TABLE feed_sync (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    feed_id BLOB NOT NULL,
    -- The feed's first sync is 1.
    number INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('schedule', 'person', 'replay', 'confirm')),
    outcome TEXT NOT NULL CHECK (outcome IN ('good', 'not_modified', 'suspicious', 'refused', 'failed')),
    -- Why it failed or was refused, and the HTTP status where that is why.
    error TEXT,
    http_status INTEGER,
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    -- Whether it changed anything, or is the first of its kind: these are kept longer.
    notable INTEGER NOT NULL CHECK (notable IN (0, 1)),
    events INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    -- Bytes of the answer.
    size INTEGER NOT NULL,
    -- JSON and the answer itself, both gzipped.
    lines BLOB NOT NULL,
    body BLOB,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX feed_sync_number_key ON feed_sync (organization_id, feed_id, number);
