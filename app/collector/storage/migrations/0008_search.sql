-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What issues are searched by beside tags and users: the frames of their stacks, and aspects of their events
-- (error.type, sdk.name, device.arch ... as the search language calls them). Both are kept once each and hung on
-- issues, not on events: an event of a known shape writes nothing. Bounded: see storage/shapes.h.

CREATE TABLE frames (
    id       INTEGER PRIMARY KEY,
    hash     INTEGER NOT NULL UNIQUE,           -- of the five texts: a look-up that needs no wide index
    filename TEXT NOT NULL,
    abs_path TEXT NOT NULL,
    function TEXT NOT NULL,
    module   TEXT NOT NULL,
    package  TEXT NOT NULL
);

CREATE TABLE issue_frames (
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    frame_id INTEGER NOT NULL REFERENCES frames (id),
    PRIMARY KEY (issue_id, frame_id)
) WITHOUT ROWID;
CREATE INDEX issue_frames_by_frame ON issue_frames (frame_id, issue_id);

CREATE TABLE aspects (
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (key, value)
);

CREATE TABLE issue_aspects (
    issue_id  INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    aspect_id INTEGER NOT NULL REFERENCES aspects (id),
    PRIMARY KEY (issue_id, aspect_id)
) WITHOUT ROWID;
CREATE INDEX issue_aspects_by_aspect ON issue_aspects (aspect_id, issue_id);

-- The trace that an event belongs to: 16 bytes. Without an index of its own, which would cost every event a page in
-- a random place; a walk over this table is short.
CREATE TABLE event_traces (
    id    INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
    trace BLOB NOT NULL
);

-- What else is known of a user, as last told.
ALTER TABLE event_users ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE event_users ADD COLUMN username TEXT NOT NULL DEFAULT '';
ALTER TABLE event_users ADD COLUMN ip TEXT NOT NULL DEFAULT '';
UPDATE event_users SET email = substr(key, 7) WHERE key LIKE 'email:%';
UPDATE event_users SET username = substr(key, 10) WHERE key LIKE 'username:%';
UPDATE event_users SET ip = substr(key, 4) WHERE key LIKE 'ip:%';
CREATE INDEX event_users_by_email ON event_users (email COLLATE NOCASE) WHERE email <> '';
CREATE INDEX event_users_by_username ON event_users (username COLLATE NOCASE) WHERE username <> '';
CREATE INDEX event_users_by_ip ON event_users (ip) WHERE ip <> '';

-- Lists leave feedback out (contract section 6): where there is none, that must not cost a walk.
CREATE INDEX issues_feedback ON issues (id) WHERE type = 'feedback';

-- Of issues from before, their latest event is found by what the issue itself holds; the rest comes with the next
-- event of each.
CREATE TEMP TABLE found (issue_id INTEGER, key TEXT, value TEXT);
INSERT INTO found SELECT id, 'platform.name', platform FROM issues
    UNION ALL SELECT id, 'error.type', json_extract(metadata, '$.type') FROM issues
    UNION ALL SELECT id, 'location', json_extract(metadata, '$.filename') FROM issues
    UNION ALL SELECT id, 'error.handled', iif(unhandled, 'false', 'true') FROM issues;
DELETE FROM found WHERE value IS NULL OR value = '';
INSERT OR IGNORE INTO aspects (key, value) SELECT key, value FROM found;
INSERT OR IGNORE INTO issue_aspects (issue_id, aspect_id)
    SELECT f.issue_id, a.id FROM found f JOIN aspects a ON a.key = f.key AND a.value = f.value;
DROP TABLE found;

-- Negative hashes stand for frames of which the file and the function alone are known.
CREATE TEMP TABLE crashes (issue_id INTEGER, filename TEXT, function TEXT);
INSERT INTO crashes SELECT id, coalesce(json_extract(metadata, '$.filename'), ''),
    coalesce(json_extract(metadata, '$.function'), '') FROM issues;
DELETE FROM crashes WHERE filename = '' AND function = '';
INSERT INTO frames (hash, filename, abs_path, function, module, package)
    SELECT -row_number() OVER (), filename, '', function, '', '' FROM (SELECT DISTINCT filename, function FROM crashes);
INSERT OR IGNORE INTO issue_frames (issue_id, frame_id)
    SELECT c.issue_id, f.id FROM crashes c JOIN frames f ON f.filename = c.filename AND f.function = c.function;
DROP TABLE crashes;
