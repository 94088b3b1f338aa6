-- oldest-binary: 0.1.0

-- The words by which rows are found: folded, one row for each word of a stay or a guest. A search reads those that begin with its longest
-- word, so that what it costs depends on what it finds, not on how much there is.
CREATE TABLE search_word (
    organization_id uuid NOT NULL,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('stay', 'guest')),
    -- In the order of bytes, whatever the database's collation: a prefix is a range.
    word TEXT COLLATE "C" NOT NULL,
    subject_id uuid NOT NULL,
    PRIMARY KEY (organization_id, subject_kind, word, subject_id)
);
CREATE INDEX search_word_by_subject ON search_word (organization_id, subject_id);

-- The channel's code of a reservation, as its calendar tells it or as a person typed it.
ALTER TABLE stay ADD COLUMN reservation_code TEXT;
UPDATE stay SET reservation_code = (
    SELECT l.code FROM feed_link l WHERE l.organization_id = stay.organization_id AND l.stay_id = stay.id)
WHERE kind = 'reservation';

-- From here on the search text is the words, each after a space. Rows of before are split at the usual marks.
UPDATE stay SET search_text = ' ' || regexp_replace(
    trim(COALESCE(search_text, '') || ' ' || lower(COALESCE(reservation_code, ''))), '[^[:alnum:]]+', ' ', 'g');
INSERT INTO search_word (organization_id, subject_kind, word, subject_id)
SELECT DISTINCT s.organization_id, 'stay', left(w.word, 40), s.id
FROM stay s, regexp_split_to_table(s.search_text, ' ') AS w (word) WHERE w.word <> '';
