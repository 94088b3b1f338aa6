-- oldest-binary: 0.1.0

CREATE TABLE property (
    organization_id BLOB NOT NULL REFERENCES organization (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    property_type TEXT NOT NULL CHECK (property_type IN ('house', 'suite', 'apartment', 'condo', 'townhouse', 'duplex', 'cabin', 'cottage', 'villa', 'loft', 'studio', 'guesthouse', 'tiny_house', 'boat', 'rv', 'tree_house', 'farm_stay', 'castle', 'other')),
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'maintenance')),
    address_line TEXT,
    address_extra TEXT,
    postal_code TEXT,
    city TEXT,
    region TEXT,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    check_in_time INTEGER NOT NULL CHECK (check_in_time BETWEEN 0 AND 1439),
    check_out_time INTEGER NOT NULL CHECK (check_out_time BETWEEN 0 AND 1439),
    bedrooms INTEGER NOT NULL CHECK (bedrooms BETWEEN 0 AND 100),
    bathroom_halves INTEGER NOT NULL CHECK (bathroom_halves BETWEEN 0 AND 200),
    capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 500),
    colour TEXT NOT NULL CHECK (colour IN ('red', 'orange', 'amber', 'yellow', 'lime', 'green', 'emerald', 'teal', 'cyan', 'sky', 'blue', 'indigo', 'violet', 'purple', 'pink', 'slate')),
    registration_number TEXT,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE INDEX property_by_name ON property (organization_id, name_folded, id);
CREATE INDEX property_by_zone ON property (organization_id, zone);

-- Every property has one unit for the whole (no parent); more may hang below it, at any depth.
CREATE TABLE unit (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    parent_id BLOB,
    name TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id),
    FOREIGN KEY (organization_id, parent_id) REFERENCES unit (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX unit_whole_key ON unit (organization_id, property_id) WHERE parent_id IS NULL;
CREATE INDEX unit_by_property ON unit (organization_id, property_id);
CREATE INDEX unit_by_parent ON unit (organization_id, parent_id);

-- Shares are basis points; those of a property sum to none or 10,000.
CREATE TABLE property_owner (
    organization_id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    party_id BLOB NOT NULL,
    share INTEGER NOT NULL CHECK (share BETWEEN 1 AND 10000),
    PRIMARY KEY (organization_id, property_id, party_id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id),
    FOREIGN KEY (organization_id, party_id) REFERENCES party (organization_id, id)
) STRICT;
CREATE INDEX property_owner_by_party ON property_owner (organization_id, party_id);

-- Who works where.
CREATE TABLE property_staff (
    organization_id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    PRIMARY KEY (organization_id, property_id, user_id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
) STRICT;
CREATE INDEX property_staff_by_user ON property_staff (organization_id, user_id);
