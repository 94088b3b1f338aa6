-- oldest-binary: 0.1.0

-- A member who is suspended keeps their place and may do nothing.
ALTER TABLE membership ADD COLUMN suspended_at BIGINT;

-- Somebody was asked to join. Only the hash of the secret in the letter is stored; whoever brings it has read mail at the address.
CREATE TABLE invitation (
    organization_id uuid NOT NULL REFERENCES organization (id),
    id uuid NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('manager', 'owner', 'staff')),
    -- Which of the known owners they are.
    party_id uuid,
    token_hash bytea NOT NULL,
    invited_by uuid NOT NULL REFERENCES app_user (id),
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    accepted_by uuid REFERENCES app_user (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, party_id) REFERENCES party (organization_id, id)
);
CREATE UNIQUE INDEX invitation_token_key ON invitation (token_hash);
CREATE UNIQUE INDEX invitation_open_key ON invitation (organization_id, email_folded) WHERE accepted_at IS NULL;

-- Where they will work.
CREATE TABLE invitation_property (
    organization_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    property_id uuid NOT NULL,
    PRIMARY KEY (organization_id, invitation_id, property_id),
    FOREIGN KEY (organization_id, invitation_id) REFERENCES invitation (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
);
CREATE INDEX invitation_property_by_property ON invitation_property (organization_id, property_id);
