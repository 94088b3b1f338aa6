-- oldest-binary: 0.1.0

-- Nobody said which channel it is, and the address does not tell: the first complete answer may.
ALTER TABLE feed ADD COLUMN channel_open INTEGER NOT NULL DEFAULT 0 CHECK (channel_open IN (0, 1));
