-- oldest-binary: 0.1.0

-- What people are searched by: see kernel::fold.
ALTER TABLE app_user ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE organization ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';

-- A sign-in on one device. With "remember me" the row outlives its session, and a later visit begins the session anew.
CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    organization_id BLOB REFERENCES organization (id),
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    signed_in_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    remember_hash BLOB,
    remember_previous_hash BLOB,
    remember_rotated_at INTEGER,
    remember_until INTEGER
) STRICT;
CREATE UNIQUE INDEX session_token_key ON session (token_hash);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_last_seen ON session (last_seen_at);

-- A secret that was sent by mail, hashed. Using it deletes it.
CREATE TABLE one_time_token (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'change_email')),
    token_hash BLOB NOT NULL,
    email TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_time_token_key ON one_time_token (token_hash);
CREATE INDEX one_time_token_by_user ON one_time_token (user_id, purpose);
CREATE INDEX one_time_token_by_expiry ON one_time_token (expires_at);

-- A letter that somebody asked for, until a job has written it. Whether the address has an account is the job's business, so that
-- asking takes the same work either way.
CREATE TABLE account_letter (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('verify_email', 'already_registered', 'reset_password', 'change_email', 'email_changed', 'password_changed')),
    email TEXT NOT NULL,
    user_id BLOB REFERENCES app_user (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_letter_by_user ON account_letter (user_id);

-- Failed attempts to sign in, by a hash of whom they concern. Rows that have not failed for a day are forgotten.
CREATE TABLE sign_in_throttle (
    key_hash BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_failed_at INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_throttle_by_age ON sign_in_throttle (last_failed_at);
