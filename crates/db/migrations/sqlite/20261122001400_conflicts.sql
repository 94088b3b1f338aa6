-- oldest-binary: 0.1.0

-- That a channel was asked to help with a stay which another stay's nights collide with. Colleagues see it on the conflict.
CREATE TABLE stay_channel_ask (
    organization_id BLOB NOT NULL,
    stay_id BLOB NOT NULL,
    asked_at INTEGER NOT NULL,
    -- None when a program asked.
    asked_by BLOB REFERENCES app_user (id),
    note TEXT,
    PRIMARY KEY (organization_id, stay_id, asked_at),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
) STRICT;
