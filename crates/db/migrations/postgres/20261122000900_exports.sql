-- oldest-binary: 0.1.0

-- A calendar of a unit that is published for one channel. Its address holds a secret that must be shown again: sealed, with a keyed hash
-- to find it. A removed one has no secret; what its channel was told is still known.
CREATE TABLE feed_export (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('airbnb', 'vrbo', 'booking_com', 'other')),
    name TEXT,
    -- The imported calendar of the same place, whose stays are left out. Other channels are known by their name.
    feed_id uuid,
    token_sealed bytea NOT NULL,
    token_hash bytea NOT NULL,
    -- Fetches so far: the number of the last.
    fetches BIGINT NOT NULL DEFAULT 0,
    -- The last fetch by anything but a person's browser: when, by which program, and what it was given.
    fetched_at BIGINT,
    fetched_by TEXT,
    served_etag TEXT,
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, feed_id) REFERENCES feed (organization_id, id),
    CONSTRAINT feed_export_source CHECK (feed_id IS NULL OR channel = 'other')
);
CREATE UNIQUE INDEX feed_export_token_key ON feed_export (token_hash) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX feed_export_channel_key ON feed_export (organization_id, unit_id, channel) WHERE removed_at IS NULL AND channel <> 'other';
CREATE INDEX feed_export_by_unit ON feed_export (organization_id, unit_id);

-- What an export listed when it was last fetched: which nights its channel was told of. The stay may be gone by now.
CREATE TABLE feed_export_stay (
    organization_id uuid NOT NULL,
    export_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    check_in DATE NOT NULL,
    check_out DATE NOT NULL,
    PRIMARY KEY (organization_id, export_id, stay_id),
    FOREIGN KEY (organization_id, export_id) REFERENCES feed_export (organization_id, id),
    CONSTRAINT feed_export_stay_has_nights CHECK (check_out > check_in)
);

-- Who fetched an export. Pruned to the newest ones, and by age.
CREATE TABLE feed_export_fetch (
    organization_id uuid NOT NULL,
    export_id uuid NOT NULL,
    -- The export's first fetch is 1.
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    status BIGINT NOT NULL CHECK (status IN (200, 304)),
    -- A person looked: that says nothing of the channel.
    by_browser boolean NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (organization_id, export_id, number),
    FOREIGN KEY (organization_id, export_id) REFERENCES feed_export (organization_id, id)
);
CREATE INDEX feed_export_fetch_by_time ON feed_export_fetch (at);

-- A member's own calendar, for their calendar program: one for each member.
CREATE TABLE calendar_link (
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    token_sealed bytea NOT NULL,
    token_hash bytea NOT NULL,
    fetched_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE UNIQUE INDEX calendar_link_token_key ON calendar_link (token_hash);
