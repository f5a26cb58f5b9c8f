-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a search without the server goes by. All of it is made from lists, details, tags and events as they
-- are stored; issues from before this step get theirs when the cache is tidied (index_progress).

-- What is known of an issue over all lists. `count` and `user_count` are of all time where `is_lifetime`,
-- else the largest that any list told. From `title` on stand the texts that are looked through, their lines
-- parted by line breaks. Whether they are in issue_index is told by `is_indexed`: putting them there costs
-- more than storing the list, so that it is done in steps, later. Whoever changes a text sets it to 0.
CREATE TABLE issue_fact (
    id            INTEGER PRIMARY KEY,
    account       TEXT NOT NULL,
    organization  TEXT NOT NULL,
    issue         TEXT NOT NULL,
    count         INTEGER NOT NULL,
    user_count    INTEGER NOT NULL,
    is_lifetime   INTEGER NOT NULL,
    first_seen    INTEGER,
    last_seen     INTEGER,
    first_release TEXT,
    is_indexed    INTEGER NOT NULL DEFAULT 0,
    title         TEXT NOT NULL DEFAULT '',
    culprit       TEXT NOT NULL DEFAULT '',
    message       TEXT NOT NULL DEFAULT '',
    tags          TEXT NOT NULL DEFAULT '',
    users         TEXT NOT NULL DEFAULT '',
    UNIQUE (account, organization, issue)
);
CREATE INDEX issue_fact_waiting ON issue_fact (id) WHERE is_indexed = 0;

-- Values of tags and how many events have them; `total` is how many have the key at all. Both are 1 where
-- only an event told, however many.
CREATE TABLE issue_tag (
    fact  INTEGER NOT NULL REFERENCES issue_fact (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (fact, key, value)
) WITHOUT ROWID;
CREATE INDEX issue_tag_by_value ON issue_tag (key, value COLLATE NOCASE);

-- What only events tell: frames, mechanisms, contexts.
CREATE TABLE issue_aspect (
    fact  INTEGER NOT NULL REFERENCES issue_fact (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (fact, key, value)
) WITHOUT ROWID;
CREATE INDEX issue_aspect_by_value ON issue_aspect (key, value COLLATE NOCASE);

-- Whom it happened to, as events tell; empty texts are unknown.
CREATE TABLE issue_user (
    fact     INTEGER NOT NULL REFERENCES issue_fact (id) ON DELETE CASCADE,
    id       TEXT NOT NULL,
    email    TEXT NOT NULL,
    username TEXT NOT NULL,
    ip       TEXT NOT NULL,
    PRIMARY KEY (fact, id, email, username, ip)
) WITHOUT ROWID;

-- Runs of three characters only name candidates, whose texts are then compared: neither positions nor sizes
-- are of use.
CREATE VIRTUAL TABLE issue_index USING fts5 (
    title, culprit, message, tags, users,
    content = 'issue_fact', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0
);
CREATE TRIGGER issue_fact_indexed AFTER UPDATE OF is_indexed ON issue_fact
WHEN old.is_indexed = 0 AND new.is_indexed = 1 BEGIN
    INSERT INTO issue_index (rowid, title, culprit, message, tags, users)
    VALUES (new.id, new.title, new.culprit, new.message, new.tags, new.users);
END;
CREATE TRIGGER issue_fact_changed AFTER UPDATE OF is_indexed ON issue_fact
WHEN old.is_indexed = 1 AND new.is_indexed = 0 BEGIN
    INSERT INTO issue_index (issue_index, rowid, title, culprit, message, tags, users)
    VALUES ('delete', old.id, old.title, old.culprit, old.message, old.tags, old.users);
END;
CREATE TRIGGER issue_fact_gone AFTER DELETE ON issue_fact WHEN old.is_indexed = 1 BEGIN
    INSERT INTO issue_index (issue_index, rowid, title, culprit, message, tags, users)
    VALUES ('delete', old.id, old.title, old.culprit, old.message, old.tags, old.users);
END;

-- How far the rows from before this step have been indexed: the last key that was done.
CREATE TABLE index_progress (
    what         TEXT PRIMARY KEY,
    account      TEXT NOT NULL,
    organization TEXT NOT NULL,
    id           TEXT NOT NULL,
    is_done      INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO index_progress (what, account, organization, id, is_done)
VALUES ('issue', '', '', '', 0), ('detail', '', '', '', 0), ('event', '', '', '', 0);
