-- oldest-binary: 0.1.0

-- A personal API token: one user in one organization, with some of the role's permissions. Only its hash is kept.
CREATE TABLE api_token (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash bytea NOT NULL,
    permissions TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id) REFERENCES organization (id)
);
-- Found by the hash alone: the organization follows from it.
CREATE UNIQUE INDEX api_token_key ON api_token (token_hash);
CREATE INDEX api_token_by_user ON api_token (organization_id, user_id);

-- What a repeated request with the same key is answered, for 24 hours. Without a status the first one is still running.
CREATE TABLE idempotency_key (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash bytea NOT NULL,
    status BIGINT,
    content_type TEXT,
    location TEXT,
    body bytea,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id, route, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);
