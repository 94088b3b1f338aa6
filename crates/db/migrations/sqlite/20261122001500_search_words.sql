-- oldest-binary: 0.1.0

-- The words by which rows are found: folded, one row for each word of a stay or a guest. A search reads those that begin with its longest
-- word, so that what it costs depends on what it finds, not on how much there is.
CREATE TABLE search_word (
    organization_id BLOB NOT NULL,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('stay', 'guest')),
    word TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, subject_kind, word, subject_id)
) STRICT;
CREATE INDEX search_word_by_subject ON search_word (organization_id, subject_id);

-- The channel's code of a reservation, as its calendar tells it or as a person typed it.
ALTER TABLE stay ADD COLUMN reservation_code TEXT;
UPDATE stay SET reservation_code = (
    SELECT l.code FROM feed_link l WHERE l.organization_id = stay.organization_id AND l.stay_id = stay.id)
WHERE kind = 'reservation';

-- From here on the search text is the words, each after a space. Rows of before are split at the usual marks.
UPDATE stay SET search_text = ' ' || replace(replace(replace(replace(replace(replace(replace(replace(replace(trim(
    COALESCE(search_text, '') || ' ' || lower(COALESCE(reservation_code, ''))),
    '''', ' '), '-', ' '), '.', ' '), ',', ' '), '/', ' '), '(', ' '), ')', ' '), ':', ' '), char(10), ' ');
INSERT INTO search_word (organization_id, subject_kind, word, subject_id)
WITH RECURSIVE split (organization_id, id, word, rest) AS (
    SELECT organization_id, id, '', search_text || ' ' FROM stay
    UNION ALL
    SELECT organization_id, id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM split WHERE rest <> ''
)
SELECT DISTINCT organization_id, 'stay', substr(word, 1, 40), id FROM split WHERE word <> '';
