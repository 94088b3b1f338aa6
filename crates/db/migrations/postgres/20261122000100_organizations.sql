-- oldest-binary: 0.1.0

-- A person who can sign in. Global: one user may belong to several organizations. (`user` is a reserved word.)
CREATE TABLE app_user (
    id uuid NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    zone TEXT,
    theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    is_admin boolean NOT NULL DEFAULT FALSE,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    email_verified_at BIGINT,
    password_changed_at BIGINT,
    last_signed_in_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX app_user_email_key ON app_user (email_folded);

CREATE TABLE organization (
    id uuid NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE membership (
    organization_id uuid NOT NULL REFERENCES organization (id),
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES app_user (id),
    role TEXT NOT NULL CHECK (role IN ('manager', 'owner', 'staff')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX membership_user_key ON membership (organization_id, user_id);
CREATE INDEX membership_by_user ON membership (user_id);

-- A person or company that may own properties, with or without a user.
CREATE TABLE party (
    organization_id uuid NOT NULL REFERENCES organization (id),
    id uuid NOT NULL,
    name TEXT NOT NULL,
    user_id uuid REFERENCES app_user (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX party_user_key ON party (organization_id, user_id);

-- Append-only. Ids and names of fields, no personal values; it outlives what it speaks of, so it has no foreign keys.
-- What happens outside any organization carries the nil organization.
CREATE TABLE audit_entry (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    at BIGINT NOT NULL,
    user_id uuid,
    reason TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id uuid,
    fields TEXT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX audit_entry_subject ON audit_entry (organization_id, subject_id, id);
