-- oldest-binary: 0.1.0

-- Whether a party is a person or a company.
ALTER TABLE party ADD COLUMN kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'company'));
