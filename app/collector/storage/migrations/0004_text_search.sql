-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Full text search over the events of an issue (storage/searchtext.h tells how a text is taken apart), and marks that
-- let counters be written in slices. Triggers keep the indexes beside their tables, also where a row goes because its
-- issue or its event goes. The indexes hold three-character parts alone (detail=none): they name candidates, the
-- texts themselves decide.

CREATE TABLE texts (                            -- each shape of text that an issue has, once
    id       INTEGER PRIMARY KEY,               -- events.id of the event that brought it; the event may be gone
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    shape    INTEGER NOT NULL,                  -- a hash of all but the variable words
    text     TEXT NOT NULL
);
CREATE INDEX texts_by_issue ON texts (issue_id, shape);
CREATE VIRTUAL TABLE text_index USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'trigram');
CREATE TRIGGER texts_come AFTER INSERT ON texts BEGIN
    INSERT INTO text_index (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER texts_go AFTER DELETE ON texts BEGIN
    INSERT INTO text_index (text_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TABLE text_words (                       -- the variable words of later events with a known shape
    id   INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE text_word_index USING fts5 (text, content = '', columnsize = 0, detail = none,
    tokenize = 'trigram');
CREATE TRIGGER text_words_come AFTER INSERT ON text_words BEGIN
    INSERT INTO text_word_index (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER text_words_go AFTER DELETE ON text_words BEGIN
    INSERT INTO text_word_index (text_word_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- Merged and taken apart: a text stays with its event.
CREATE TRIGGER texts_move AFTER UPDATE OF issue_id ON events WHEN old.issue_id <> new.issue_id BEGIN
    UPDATE texts SET issue_id = new.issue_id WHERE id = new.id;
END;

-- Events from before: those below this id are still to be indexed, newest first; 0 when all are.
INSERT INTO meta VALUES ('texts_below', (SELECT coalesce(max(id) + 1, 0) FROM events));

-- Counters that are being written in slices: of the events behind counted_through up to this one, those of issues up
-- to that one are counted already. Both 0 when nothing is half written.
INSERT INTO meta VALUES ('counting_through', 0);
INSERT INTO meta VALUES ('counting_issue', 0);
