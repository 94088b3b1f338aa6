-- oldest-binary: 0.1.0

-- How blocks repeat. The blocks themselves are stays; after they are made, the rule makes no more.
CREATE TABLE block_series (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    unit_id BLOB NOT NULL,
    block_kind TEXT NOT NULL CHECK (block_kind IN ('owner_stay', 'maintenance', 'other')),
    repeats TEXT NOT NULL CHECK (repeats IN ('weekly', 'monthly_by_day', 'monthly_by_weekday')),
    -- Every so many weeks or months.
    every INTEGER NOT NULL CHECK (every BETWEEN 1 AND 52),
    -- Codes of RFC 5545 in small letters, with commas: mo,th. Empty where it repeats by the month.
    weekdays TEXT NOT NULL,
    first_day TEXT NOT NULL,
    nights INTEGER NOT NULL CHECK (nights BETWEEN 1 AND 60),
    until_day TEXT,
    times INTEGER CHECK (times BETWEEN 1 AND 200),
    notes TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    CONSTRAINT block_series_ends CHECK ((until_day IS NULL) <> (times IS NULL))
) STRICT;

ALTER TABLE stay ADD COLUMN series_id BLOB;
CREATE INDEX stay_by_series ON stay (organization_id, series_id) WHERE series_id IS NOT NULL;
