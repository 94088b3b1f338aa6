-- oldest-binary: 0.1.0

-- An imported calendar of a unit. The address is a secret: sealed, with a keyed hash to recognise it.
CREATE TABLE feed (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'other')),
    name TEXT,
    default_kind TEXT NOT NULL CHECK (default_kind IN ('reservation', 'block')),
    address_sealed BLOB NOT NULL,
    address_hash BLOB NOT NULL,
    etag TEXT,
    last_modified TEXT,
    good_fetches INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    last_good_at INTEGER,
    stale_told_at INTEGER,
    removed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX feed_address_key ON feed (organization_id, unit_id, address_hash) WHERE removed_at IS NULL;
CREATE INDEX feed_by_unit ON feed (organization_id, unit_id);
CREATE INDEX feed_stale ON feed (organization_id, last_good_at) WHERE removed_at IS NULL;
