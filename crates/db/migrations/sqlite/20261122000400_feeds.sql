-- oldest-binary: 0.1.0

-- An imported calendar of a unit. The address is a secret: sealed, with a keyed hash to recognise it; only its host is readable.
CREATE TABLE feed (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'other')),
    name TEXT,
    default_kind TEXT NOT NULL CHECK (default_kind IN ('reservation', 'block')),
    end_meaning TEXT NOT NULL DEFAULT 'check_out' CHECK (end_meaning IN ('check_out', 'last_night')),
    address_sealed BLOB NOT NULL,
    address_hash BLOB NOT NULL,
    address_host TEXT NOT NULL DEFAULT '',
    -- What the last complete answer said of itself, for asking whether it has changed.
    etag TEXT,
    last_modified TEXT,
    -- When it is to be fetched next, and since when a person waits for it.
    next_sync_at INTEGER NOT NULL DEFAULT 0,
    requested_at INTEGER,
    -- The sync that is under way, and until when it may take; its answer counts only while it is named here.
    running_sync_id BLOB,
    running_until INTEGER,
    -- Syncs that ended.
    syncs INTEGER NOT NULL DEFAULT 0,
    -- Failures since the last good answer, and what the last one was.
    failures INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    last_good_at INTEGER,
    stale_told_at INTEGER,
    -- Stays that a suspicious answer leaves out, as a JSON list, since which sync, and whether a person said to ignore it.
    held_stays TEXT,
    held_sync_id BLOB,
    held_ignored INTEGER NOT NULL DEFAULT 0 CHECK (held_ignored IN (0, 1)),
    removed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    CONSTRAINT feed_held CHECK ((held_stays IS NULL) = (held_sync_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX feed_address_key ON feed (organization_id, unit_id, address_hash) WHERE removed_at IS NULL;
CREATE INDEX feed_by_unit ON feed (organization_id, unit_id);
CREATE INDEX feed_stale ON feed (organization_id, last_good_at) WHERE removed_at IS NULL;
CREATE INDEX feed_held_by_organization ON feed (organization_id) WHERE held_sync_id IS NOT NULL;
CREATE INDEX feed_due ON feed (next_sync_at) WHERE removed_at IS NULL;
