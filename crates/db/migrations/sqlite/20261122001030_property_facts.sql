-- oldest-binary: 0.1.0

-- Millionths of a degree, north and east positive.
ALTER TABLE property ADD COLUMN latitude INTEGER CHECK (latitude BETWEEN -90000000 AND 90000000);
ALTER TABLE property ADD COLUMN longitude INTEGER CHECK (longitude BETWEEN -180000000 AND 180000000);
-- As it was measured.
ALTER TABLE property ADD COLUMN area INTEGER CHECK (area BETWEEN 1 AND 100000);
ALTER TABLE property ADD COLUMN area_unit TEXT CHECK (area_unit IN ('m2', 'ft2'));
ALTER TABLE property ADD COLUMN notes TEXT;
