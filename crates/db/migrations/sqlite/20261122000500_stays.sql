-- oldest-binary: 0.1.0

-- The one entity for time at a unit: reservations and blocks, by hand and imported.
CREATE TABLE stay (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reservation', 'block')),
    block_kind TEXT CHECK (block_kind IN ('owner_stay', 'maintenance', 'other')),
    status TEXT NOT NULL CHECK (status IN ('inquiry', 'hold', 'pending', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show', 'declined', 'expired')),
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'direct', 'other')),
    check_in TEXT NOT NULL,
    check_out TEXT NOT NULL,
    guest_name TEXT,
    guest_name_folded TEXT,
    guest_email TEXT,
    guest_phone TEXT,
    adults INTEGER NOT NULL CHECK (adults BETWEEN 0 AND 500),
    children INTEGER NOT NULL CHECK (children BETWEEN 0 AND 500),
    infants INTEGER NOT NULL CHECK (infants BETWEEN 0 AND 500),
    pets INTEGER NOT NULL CHECK (pets BETWEEN 0 AND 500),
    amount_minor INTEGER CHECK (amount_minor >= 0),
    currency TEXT,
    notes TEXT,
    -- Imported, and unsure whether it is a stay at all: a person decides.
    needs_review INTEGER NOT NULL DEFAULT 0 CHECK (needs_review IN (0, 1)),
    -- The calendar it came from; none for what was entered by hand.
    feed_id BLOB,
    -- What a person decided about an imported stay, which no later sync overwrites.
    kind_decided INTEGER NOT NULL DEFAULT 0 CHECK (kind_decided IN (0, 1)),
    dates_decided INTEGER NOT NULL DEFAULT 0 CHECK (dates_decided IN (0, 1)),
    status_decided INTEGER NOT NULL DEFAULT 0 CHECK (status_decided IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id),
    CONSTRAINT stay_has_nights CHECK (check_out > check_in),
    CONSTRAINT stay_amount_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT stay_block_kind CHECK ((kind = 'block') = (block_kind IS NOT NULL))
) STRICT;
CREATE INDEX stay_by_unit ON stay (organization_id, unit_id, check_out);
CREATE INDEX stay_by_check_in ON stay (organization_id, check_in, id);
CREATE INDEX stay_by_check_out ON stay (organization_id, check_out, id);
CREATE INDEX stay_by_feed ON stay (organization_id, feed_id) WHERE feed_id IS NOT NULL;
-- Who is there, whatever the date says.
CREATE INDEX stay_in_house ON stay (organization_id, check_out) WHERE status = 'checked_in';
CREATE INDEX stay_to_review ON stay (organization_id, check_in) WHERE needs_review;

-- Claims only. The key decides who has the night, on both databases, at any isolation level.
CREATE TABLE unit_night (
    organization_id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    night TEXT NOT NULL,
    stay_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, unit_id, night),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
) STRICT;
CREATE INDEX unit_night_by_stay ON unit_night (organization_id, stay_id);

-- Nights that a live imported stay wants and another has: who waits for which key. A stay in conflict is one that waits.
CREATE TABLE unit_night_wait (
    organization_id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    night TEXT NOT NULL,
    stay_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, unit_id, night, stay_id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
) STRICT;
CREATE INDEX unit_night_wait_by_stay ON unit_night_wait (organization_id, stay_id);

-- One row for each night of a stay, kept after cancellation, with its price: occupancy and revenue are sums over it.
CREATE TABLE stay_night (
    organization_id BLOB NOT NULL,
    stay_id BLOB NOT NULL,
    night TEXT NOT NULL,
    price_minor INTEGER,
    currency TEXT,
    PRIMARY KEY (organization_id, stay_id, night),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    CONSTRAINT stay_night_price_has_currency CHECK ((price_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX stay_night_by_night ON stay_night (organization_id, night, stay_id);

-- Conflicts that managers were told of, so that they are told once.
CREATE TABLE stay_conflict_told (
    organization_id BLOB NOT NULL,
    stay_id BLOB NOT NULL,
    other_stay_id BLOB NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, stay_id, other_stay_id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    FOREIGN KEY (organization_id, other_stay_id) REFERENCES stay (organization_id, id)
) STRICT;
