-- oldest-binary: 0.1.0

-- The one entity for time at a unit: reservations and blocks, by hand and imported.
CREATE TABLE stay (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reservation', 'block')),
    block_kind TEXT CHECK (block_kind IN ('owner_stay', 'maintenance', 'other')),
    status TEXT NOT NULL CHECK (status IN ('inquiry', 'hold', 'pending', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show', 'declined', 'expired')),
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'direct', 'other')),
    check_in DATE NOT NULL,
    check_out DATE NOT NULL,
    guest_name TEXT,
    guest_name_folded TEXT,
    guest_email TEXT,
    guest_phone TEXT,
    adults BIGINT NOT NULL CHECK (adults BETWEEN 0 AND 500),
    children BIGINT NOT NULL CHECK (children BETWEEN 0 AND 500),
    infants BIGINT NOT NULL CHECK (infants BETWEEN 0 AND 500),
    pets BIGINT NOT NULL CHECK (pets BETWEEN 0 AND 500),
    amount_minor BIGINT CHECK (amount_minor >= 0),
    currency TEXT,
    notes TEXT,
    -- Imported, and unsure whether it is a stay at all: a person decides.
    needs_review boolean NOT NULL DEFAULT FALSE,
    -- The calendar it came from; none for what was entered by hand.
    feed_id uuid,
    -- What a person decided about an imported stay, which no later sync overwrites.
    kind_decided boolean NOT NULL DEFAULT FALSE,
    dates_decided boolean NOT NULL DEFAULT FALSE,
    status_decided boolean NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id),
    CONSTRAINT stay_has_nights CHECK (check_out > check_in),
    CONSTRAINT stay_amount_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT stay_block_kind CHECK ((kind = 'block') = (block_kind IS NOT NULL))
);
CREATE INDEX stay_by_unit ON stay (organization_id, unit_id, check_out);
CREATE INDEX stay_by_check_in ON stay (organization_id, check_in, id);
CREATE INDEX stay_by_check_out ON stay (organization_id, check_out, id);
CREATE INDEX stay_by_feed ON stay (organization_id, feed_id) WHERE feed_id IS NOT NULL;
-- Who is there, whatever the date says.
CREATE INDEX stay_in_house ON stay (organization_id, check_out) WHERE status = 'checked_in';
CREATE INDEX stay_to_review ON stay (organization_id, check_in) WHERE needs_review;

-- Claims only. The key decides who has the night, on both databases, at any isolation level.
CREATE TABLE unit_night (
    organization_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    night DATE NOT NULL,
    stay_id uuid NOT NULL,
    PRIMARY KEY (organization_id, unit_id, night),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
);
CREATE INDEX unit_night_by_stay ON unit_night (organization_id, stay_id);

-- Nights that a live imported stay wants and another has: who waits for which key. A stay in conflict is one that waits.
CREATE TABLE unit_night_wait (
    organization_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    night DATE NOT NULL,
    stay_id uuid NOT NULL,
    PRIMARY KEY (organization_id, unit_id, night, stay_id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
);
CREATE INDEX unit_night_wait_by_stay ON unit_night_wait (organization_id, stay_id);

-- One row for each night of a stay, kept after cancellation, with its price: occupancy and revenue are sums over it.
CREATE TABLE stay_night (
    organization_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    night DATE NOT NULL,
    price_minor BIGINT,
    currency TEXT,
    PRIMARY KEY (organization_id, stay_id, night),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    CONSTRAINT stay_night_price_has_currency CHECK ((price_minor IS NULL) = (currency IS NULL))
);
CREATE INDEX stay_night_by_night ON stay_night (organization_id, night, stay_id);

-- Conflicts that managers were told of, so that they are told once.
CREATE TABLE stay_conflict_told (
    organization_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    other_stay_id uuid NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, stay_id, other_stay_id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    FOREIGN KEY (organization_id, other_stay_id) REFERENCES stay (organization_id, id)
);
