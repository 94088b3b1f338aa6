-- oldest-binary: 0.1.0

-- Accounts with those who supply a property.
CREATE TABLE property_utility (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('electricity', 'water', 'gas', 'heating', 'internet', 'telephone', 'waste', 'insurance', 'property_management', 'other')),
    provider TEXT NOT NULL,
    account_number TEXT,
    meter_number TEXT,
    phone TEXT,
    website TEXT,
    notes TEXT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
);
CREATE INDEX property_utility_by_property ON property_utility (organization_id, property_id);
