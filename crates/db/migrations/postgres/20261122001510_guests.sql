-- oldest-binary: 0.1.0

-- People who stay, known to the organization.
CREATE TABLE guest (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name TEXT NOT NULL,
    -- The order of lists.
    name_folded TEXT COLLATE "C" NOT NULL,
    email TEXT,
    email_folded TEXT,
    phone TEXT,
    -- As it is dialled: digits, with a leading + where the country is known.
    phone_dialled TEXT,
    language TEXT,
    country TEXT,
    notes TEXT,
    search_text TEXT NOT NULL,
    -- The person that this one turned out to be. Who was merged into another is in no list, and can be taken apart again.
    merged_into uuid,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, merged_into) REFERENCES guest (organization_id, id),
    CONSTRAINT guest_is_not_itself CHECK (merged_into <> id)
);
CREATE INDEX guest_by_name ON guest (organization_id, name_folded, id) WHERE merged_into IS NULL;
CREATE INDEX guest_by_email ON guest (organization_id, email_folded) WHERE email_folded IS NOT NULL;
CREATE INDEX guest_by_phone ON guest (organization_id, phone_dialled) WHERE phone_dialled IS NOT NULL;
CREATE INDEX guest_by_merged ON guest (organization_id, merged_into) WHERE merged_into IS NOT NULL;

-- Who stays: the lead guest and those who come along.
CREATE TABLE stay_guest (
    organization_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    guest_id uuid NOT NULL,
    is_lead boolean NOT NULL,
    -- Whom the stay belonged to before two people were merged.
    came_from uuid,
    PRIMARY KEY (organization_id, stay_id, guest_id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id),
    FOREIGN KEY (organization_id, guest_id) REFERENCES guest (organization_id, id),
    FOREIGN KEY (organization_id, came_from) REFERENCES guest (organization_id, id)
);
CREATE UNIQUE INDEX stay_guest_lead ON stay_guest (organization_id, stay_id) WHERE is_lead;
CREATE INDEX stay_guest_by_guest ON stay_guest (organization_id, guest_id, stay_id);
CREATE INDEX stay_guest_by_former ON stay_guest (organization_id, came_from) WHERE came_from IS NOT NULL;

-- Stays with contact data whose person is still to be found or made, which a job does.
CREATE INDEX stay_with_contact ON stay (organization_id, id)
    WHERE kind = 'reservation' AND (guest_email IS NOT NULL OR guest_phone IS NOT NULL);
