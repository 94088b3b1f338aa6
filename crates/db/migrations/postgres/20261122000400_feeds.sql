-- oldest-binary: 0.1.0

-- An imported calendar of a unit. The address is a secret: sealed, with a keyed hash to recognise it; only its host is readable.
CREATE TABLE feed (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'other')),
    name TEXT,
    default_kind TEXT NOT NULL CHECK (default_kind IN ('reservation', 'block')),
    end_meaning TEXT NOT NULL DEFAULT 'check_out' CHECK (end_meaning IN ('check_out', 'last_night')),
    address_sealed bytea NOT NULL,
    address_hash bytea NOT NULL,
    address_host TEXT NOT NULL DEFAULT '',
    -- What the last complete answer said of itself, for asking whether it has changed.
    etag TEXT,
    last_modified TEXT,
    -- When it is to be fetched next, and since when a person waits for it.
    next_sync_at BIGINT NOT NULL DEFAULT 0,
    requested_at BIGINT,
    -- The sync that is under way, and until when it may take; its answer counts only while it is named here.
    running_sync_id uuid,
    running_until BIGINT,
    -- Syncs that ended.
    syncs BIGINT NOT NULL DEFAULT 0,
    -- Failures since the last good answer, and what the last one was.
    failures BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    last_good_at BIGINT,
    stale_told_at BIGINT,
    -- Stays that a suspicious answer leaves out, as a JSON list, since which sync, and whether a person said to ignore it.
    held_stays TEXT,
    held_sync_id uuid,
    held_ignored boolean NOT NULL DEFAULT FALSE,
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    CONSTRAINT feed_held CHECK ((held_stays IS NULL) = (held_sync_id IS NULL))
);
CREATE UNIQUE INDEX feed_address_key ON feed (organization_id, unit_id, address_hash) WHERE removed_at IS NULL;
CREATE INDEX feed_by_unit ON feed (organization_id, unit_id);
CREATE INDEX feed_stale ON feed (organization_id, last_good_at) WHERE removed_at IS NULL;
CREATE INDEX feed_held_by_organization ON feed (organization_id) WHERE held_sync_id IS NOT NULL;
CREATE INDEX feed_due ON feed (next_sync_at) WHERE removed_at IS NULL;
