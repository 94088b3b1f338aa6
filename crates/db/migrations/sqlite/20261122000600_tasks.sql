-- oldest-binary: 0.1.0

CREATE TABLE task (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('turnover', 'cleaning', 'inspection', 'repair', 'maintenance', 'restock', 'other')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'offered', 'accepted', 'in_progress', 'submitted', 'completed', 'rejected', 'cancelled')),
    unit_id BLOB NOT NULL,
    -- The stay whose check-out made this turnover.
    stay_id BLOB,
    due_on TEXT NOT NULL,
    -- Made for a stay that is still to be reviewed.
    provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
    -- The stay was cancelled, or moved, after the work had begun.
    stay_changed INTEGER NOT NULL DEFAULT 0 CHECK (stay_changed IN (0, 1)),
    -- A person said that nothing needs to be done; it stays cancelled while its stay is still to be reviewed.
    dismissed_at INTEGER,
    started_at INTEGER,
    started_by BLOB REFERENCES app_user (id),
    completed_at INTEGER,
    completed_by BLOB REFERENCES app_user (id),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX task_turnover_key ON task (organization_id, stay_id) WHERE kind = 'turnover';
CREATE INDEX task_by_due ON task (organization_id, due_on, id);
CREATE INDEX task_open ON task (organization_id, due_on, id) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX task_by_unit ON task (organization_id, unit_id, due_on);
