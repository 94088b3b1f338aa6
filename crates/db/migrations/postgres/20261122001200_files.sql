-- oldest-binary: 0.1.0

-- A file in the storage. Its row is there from before the object is written until after it was deleted, so that no object is ever without one.
CREATE TABLE file (
    organization_id uuid NOT NULL REFERENCES organization (id),
    id uuid NOT NULL,
    -- pending: being written; stored: something refers to it; removed: nothing does, and the object is to be deleted.
    state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'removed')),
    media_type TEXT NOT NULL,
    sha256 bytea NOT NULL,
    size_bytes BIGINT NOT NULL,
    created_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX file_by_size ON file (organization_id, size_bytes);
CREATE INDEX file_unsettled ON file (created_at) WHERE state <> 'stored';
CREATE INDEX file_by_creator ON file (created_by) WHERE created_by IS NOT NULL;

-- A photo of a property. The first by position is the main one.
CREATE TABLE photo (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    position BIGINT NOT NULL,
    caption TEXT NOT NULL,
    room TEXT NOT NULL,
    -- What was uploaded; the same picture is taken once for each property.
    source_sha256 bytea NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, property_id) REFERENCES property (organization_id, id)
);
CREATE INDEX photo_by_property ON photo (organization_id, property_id, position, id);
CREATE UNIQUE INDEX photo_source_key ON photo (organization_id, property_id, source_sha256);

-- The sizes in which a photo is kept.
CREATE TABLE photo_file (
    organization_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    width BIGINT NOT NULL CHECK (width > 0),
    height BIGINT NOT NULL CHECK (height > 0),
    file_id uuid NOT NULL,
    PRIMARY KEY (organization_id, photo_id, width),
    FOREIGN KEY (organization_id, photo_id) REFERENCES photo (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, file_id) REFERENCES file (organization_id, id)
);
CREATE UNIQUE INDEX photo_file_key ON photo_file (organization_id, file_id);
