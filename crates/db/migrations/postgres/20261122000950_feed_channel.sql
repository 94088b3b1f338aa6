-- oldest-binary: 0.1.0

-- Nobody said which channel it is, and the address does not tell: the first complete answer may.
ALTER TABLE feed ADD COLUMN channel_open boolean NOT NULL DEFAULT FALSE;
