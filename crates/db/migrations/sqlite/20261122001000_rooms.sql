-- oldest-binary: 0.1.0

-- The rooms of a property, in the order in which one walks through them. A room describes; what is let is a unit.
CREATE TABLE property_room (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    room_type TEXT NOT NULL CHECK (room_type IN ('bedroom', 'living_room', 'dining_room', 'kitchen', 'bathroom', 'office', 'other')),
    name TEXT,
    notes TEXT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
) STRICT;
CREATE INDEX property_room_by_property ON property_room (organization_id, property_id, position);

CREATE TABLE property_bed (
    organization_id BLOB NOT NULL,
    room_id BLOB NOT NULL,
    bed_type TEXT NOT NULL CHECK (bed_type IN ('king', 'queen', 'full', 'twin', 'bunk', 'sofa', 'air', 'crib', 'other')),
    beds INTEGER NOT NULL CHECK (beds BETWEEN 1 AND 20),
    PRIMARY KEY (organization_id, room_id, bed_type),
    FOREIGN KEY (organization_id, room_id) REFERENCES property_room (organization_id, id)
) STRICT;

CREATE TABLE property_amenity (
    organization_id BLOB NOT NULL,
    property_id BLOB NOT NULL,
    amenity TEXT NOT NULL CHECK (amenity IN ('wifi', 'workspace', 'kitchen', 'refrigerator', 'freezer', 'oven', 'stove', 'microwave', 'dishwasher', 'coffee_maker', 'kettle', 'toaster', 'cookware', 'dishes', 'dining_table', 'hot_water', 'shower', 'bathtub', 'bidet', 'hair_dryer', 'shampoo', 'towels', 'bed_linen', 'wardrobe', 'hangers', 'blackout_curtains', 'washing_machine', 'dryer', 'drying_rack', 'iron', 'heating', 'air_conditioning', 'ceiling_fan', 'fireplace', 'tv', 'streaming', 'sound_system', 'books', 'board_games', 'crib', 'high_chair', 'stair_gate', 'toys', 'smoke_alarm', 'carbon_monoxide_alarm', 'fire_extinguisher', 'first_aid_kit', 'safe', 'outdoor_cameras', 'pool', 'hot_tub', 'sauna', 'garden', 'terrace', 'balcony', 'barbecue', 'outdoor_furniture', 'beach_access', 'bicycles', 'free_parking', 'street_parking', 'garage', 'ev_charger', 'lift', 'step_free_access', 'wheelchair_accessible', 'self_check_in', 'luggage_storage', 'breakfast', 'cleaning_during_stay')),
    PRIMARY KEY (organization_id, property_id, amenity),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
) STRICT;
ALTER TABLE property ADD COLUMN other_amenities TEXT;

-- The house rules; nothing where nothing is said.
ALTER TABLE property ADD COLUMN pets TEXT CHECK (pets IN ('allowed', 'on_request', 'not_allowed'));
ALTER TABLE property ADD COLUMN smoking TEXT CHECK (smoking IN ('allowed', 'outside', 'not_allowed'));
ALTER TABLE property ADD COLUMN parties TEXT CHECK (parties IN ('allowed', 'on_request', 'not_allowed'));
ALTER TABLE property ADD COLUMN children TEXT CHECK (children IN ('allowed', 'on_request', 'not_allowed'));
ALTER TABLE property ADD COLUMN minimum_age INTEGER CHECK (minimum_age BETWEEN 1 AND 99);
ALTER TABLE property ADD COLUMN quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 1439);
ALTER TABLE property ADD COLUMN quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 1439);
ALTER TABLE property ADD COLUMN house_rules TEXT;
