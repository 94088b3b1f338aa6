-- oldest-binary: 0.1.0

-- When nights can be booked: for all properties, one property, a season, or dates. Each group of columns is said whole or, when its first
-- column is NULL, not at all.
CREATE TABLE availability_rule (
    organization_id BLOB NOT NULL REFERENCES organization (id),
    id BLOB NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('organization', 'property', 'season', 'date')),
    property_id BLOB,
    name TEXT,
    -- Both days included.
    first_day TEXT,
    last_day TEXT,
    yearly INTEGER NOT NULL CHECK (yearly IN (0, 1)),
    priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 100),
    min_nights INTEGER CHECK (min_nights BETWEEN 1 AND 365),
    max_nights INTEGER CHECK (max_nights BETWEEN 1 AND 1100),
    stay_through INTEGER CHECK (stay_through IN (0, 1)),
    keep_gaps INTEGER CHECK (keep_gaps IN (0, 1)),
    gap_min_nights INTEGER CHECK (gap_min_nights BETWEEN 1 AND 365),
    -- Days of the week, Monday being the lowest bit.
    no_arrival INTEGER CHECK (no_arrival BETWEEN 0 AND 127),
    no_departure INTEGER CHECK (no_departure BETWEEN 0 AND 127),
    notice_days INTEGER CHECK (notice_days BETWEEN 0 AND 365),
    notice_until INTEGER CHECK (notice_until BETWEEN 0 AND 1439),
    -- Whether the booking window has an end; then it has so many days.
    window_limited INTEGER CHECK (window_limited IN (0, 1)),
    window_days INTEGER CHECK (window_days BETWEEN 0 AND 1100),
    preparation_nights INTEGER CHECK (preparation_nights BETWEEN 0 AND 30),
    cleaning_minutes INTEGER CHECK (cleaning_minutes BETWEEN 0 AND 1440),
    tight TEXT CHECK (tight IN ('warn', 'night')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id),
    CONSTRAINT availability_rule_place CHECK ((level = 'organization' AND property_id IS NULL) OR (level = 'property' AND property_id IS NOT NULL)
        OR level IN ('season', 'date')),
    CONSTRAINT availability_rule_span CHECK ((level IN ('organization', 'property') AND first_day IS NULL AND last_day IS NULL)
        OR (level IN ('season', 'date') AND first_day IS NOT NULL AND last_day IS NOT NULL AND last_day >= first_day))
) STRICT;
CREATE UNIQUE INDEX availability_rule_organization_key ON availability_rule (organization_id) WHERE level = 'organization';
CREATE UNIQUE INDEX availability_rule_property_key ON availability_rule (organization_id, property_id) WHERE level = 'property';
CREATE INDEX availability_rule_by_property ON availability_rule (organization_id, property_id, last_day);
