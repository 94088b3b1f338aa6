-- oldest-binary: 0.1.0

-- Mails as they were written, in the recipient's language. What belongs to no organization, such as a mail about an account, carries the
-- nil organization. Bodies may hold secrets: they are deleted once they are sent, unless they are kept to be looked at.
CREATE TABLE mail (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    kind TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT,
    body_html TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'kept', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (organization_id, id)
) STRICT;
CREATE UNIQUE INDEX mail_dedupe_key ON mail (organization_id, dedupe_key);
CREATE INDEX mail_recent ON mail (id);
