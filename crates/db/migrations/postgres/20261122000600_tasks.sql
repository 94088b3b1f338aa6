-- oldest-binary: 0.1.0

CREATE TABLE task (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('turnover', 'cleaning', 'inspection', 'repair', 'maintenance', 'restock', 'other')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'offered', 'accepted', 'in_progress', 'submitted', 'completed', 'rejected', 'cancelled')),
    unit_id uuid NOT NULL,
    -- The stay whose check-out made this turnover.
    stay_id uuid,
    due_on DATE NOT NULL,
    -- Made for a stay that is still to be reviewed.
    provisional boolean NOT NULL DEFAULT FALSE,
    -- The stay was cancelled, or moved, after the work had begun.
    stay_changed boolean NOT NULL DEFAULT FALSE,
    -- A person said that nothing needs to be done; it stays cancelled while its stay is still to be reviewed.
    dismissed_at BIGINT,
    started_at BIGINT,
    started_by uuid REFERENCES app_user (id),
    completed_at BIGINT,
    completed_by uuid REFERENCES app_user (id),
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES unit (organization_id, id),
    FOREIGN KEY (organization_id, stay_id) REFERENCES stay (organization_id, id)
);
CREATE UNIQUE INDEX task_turnover_key ON task (organization_id, stay_id) WHERE kind = 'turnover';
CREATE INDEX task_by_due ON task (organization_id, due_on, id);
CREATE INDEX task_open ON task (organization_id, due_on, id) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX task_by_unit ON task (organization_id, unit_id, due_on);
