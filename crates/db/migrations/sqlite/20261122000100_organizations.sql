-- oldest-binary: 0.1.0

-- A person who can sign in. Global: one user may belong to several organizations. (`user` is a reserved word.)
CREATE TABLE app_user (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    zone TEXT,
    theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    email_verified_at INTEGER,
    password_changed_at INTEGER,
    last_signed_in_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX app_user_email_key ON app_user (email_folded);

CREATE TABLE organization (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    organization_id BLOB NOT NULL REFERENCES organization (id),
    id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES app_user (id),
    role TEXT NOT NULL CHECK (role IN ('manager', 'owner', 'staff')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX membership_user_key ON membership (organization_id, user_id);
CREATE INDEX membership_by_user ON membership (user_id);

-- A person or company that may own properties, with or without a user.
CREATE TABLE party (
    organization_id BLOB NOT NULL REFERENCES organization (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    user_id BLOB REFERENCES app_user (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX party_user_key ON party (organization_id, user_id);

-- Append-only. Ids and names of fields, no personal values; it outlives what it speaks of, so it has no foreign keys.
-- What happens outside any organization carries the nil organization.
CREATE TABLE audit_entry (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    user_id BLOB,
    reason TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    fields TEXT NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE INDEX audit_entry_subject ON audit_entry (organization_id, subject_id, id);
