-- oldest-binary: 0.1.0

-- How many guests a unit takes, where it is not as many as its property; and when it was taken out of use.
ALTER TABLE unit ADD COLUMN capacity INTEGER CHECK (capacity BETWEEN 1 AND 500);
ALTER TABLE unit ADD COLUMN retired_at INTEGER;
