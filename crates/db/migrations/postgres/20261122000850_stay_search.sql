-- oldest-binary: 0.1.0

-- Folded: the guest's name and the notes, where a search looks. Rows of before have the name until they are next written.
ALTER TABLE stay RENAME COLUMN guest_name_folded TO search_text;
