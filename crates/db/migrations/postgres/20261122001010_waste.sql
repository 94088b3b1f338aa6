-- oldest-binary: 0.1.0

-- When waste is collected. Which of the columns of a schedule are there depends on how it repeats.
CREATE TABLE property_waste (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    stream TEXT NOT NULL CHECK (stream IN ('general', 'recycling', 'paper', 'glass', 'organic', 'garden', 'bulky', 'other')),
    repeats TEXT NOT NULL CHECK (repeats IN ('weekly', 'biweekly', 'monthly_weekday', 'monthly_day', 'custom')),
    weekday TEXT CHECK (weekday IN ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
    ordinal TEXT CHECK (ordinal IN ('first', 'second', 'third', 'fourth', 'last')),
    month_day BIGINT CHECK (month_day BETWEEN 1 AND 31),
    start_date DATE,
    rule TEXT,
    notes TEXT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id),
    CONSTRAINT property_waste_schedule CHECK (
        (weekday IS NOT NULL) = (repeats IN ('weekly', 'monthly_weekday'))
        AND (ordinal IS NOT NULL) = (repeats = 'monthly_weekday')
        AND (month_day IS NOT NULL) = (repeats = 'monthly_day')
        AND (start_date IS NOT NULL) = (repeats IN ('biweekly', 'custom'))
        AND (rule IS NOT NULL) = (repeats = 'custom')
    )
);
CREATE INDEX property_waste_by_property ON property_waste (organization_id, property_id);
