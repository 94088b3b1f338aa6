-- oldest-binary: 0.1.0

-- How one gets into a property, and what one finds there: one row for each fact that is known. Every value is sealed, each fact for a
-- purpose of its own.
CREATE TABLE property_access (
    organization_id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    fact TEXT NOT NULL CHECK (fact IN ('wifi_network', 'wifi_password', 'entry_instructions', 'door_code', 'gate_code', 'lockbox_code', 'key_location', 'alarm_code', 'alarm_instructions', 'parking')),
    value_sealed BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, property_id, fact),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
) STRICT;
