-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The collector's database. Times are milliseconds since 1970 UTC unless the name says hour: an hour is the number of
-- whole hours since 1970. Event ids and hashes are blobs of 16 bytes (32 hex digits outside). JSON columns hold
-- compact JSON. PRAGMA user_version is the number of the last migration.
--
-- Two kinds of data: what an acknowledged event needs is written in the commit that precedes the acknowledgement
-- (events, payloads, issues, issue_hashes, activity, outcomes). All that can be counted again from the events (the
-- counters of issues, issue_hours, issue_users, issue_tags, project_hours and the seen times of releases and
-- environments) is written a little later in larger batches; meta.counted_through is the last events.id that those
-- hold, and opening the store counts the rest. Store::read() sees both up to date.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('counted_through', 0);

-- Who and what -------------------------------------------------------------------------------------------------------

CREATE TABLE organization (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    slug    TEXT NOT NULL,
    name    TEXT NOT NULL,
    created INTEGER NOT NULL
);

CREATE TABLE users (
    id       INTEGER PRIMARY KEY,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name     TEXT NOT NULL,
    email    TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    is_self  INTEGER NOT NULL DEFAULT 0,        -- whose token it is: one row
    active   INTEGER NOT NULL DEFAULT 1,
    created  INTEGER NOT NULL
);
CREATE UNIQUE INDEX users_one_self ON users (is_self) WHERE is_self = 1;

CREATE TABLE teams (
    id      INTEGER PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name    TEXT NOT NULL,
    created INTEGER NOT NULL
);

CREATE TABLE team_members (
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
) WITHOUT ROWID;

CREATE TABLE projects (
    id            INTEGER PRIMARY KEY,
    slug          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    platform      TEXT NOT NULL DEFAULT '',
    colour        TEXT NOT NULL DEFAULT '',     -- #rrggbb or empty
    created       INTEGER NOT NULL,
    first_event   INTEGER,                      -- received time of the first event
    next_short_id INTEGER NOT NULL DEFAULT 1    -- the number that the next issue gets (issues.short_id)
);

CREATE TABLE team_projects (
    team_id    INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, project_id)
) WITHOUT ROWID;

CREATE TABLE project_keys (
    public     TEXT PRIMARY KEY,                -- 32 lower-case hex digits, also the key's id
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    label      TEXT NOT NULL DEFAULT 'Default',
    active     INTEGER NOT NULL DEFAULT 1,
    created    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX project_keys_by_project ON project_keys (project_id);

CREATE TABLE environments (                     -- the empty name is an event without one
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE project_environments (
    project_id     INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    environment_id INTEGER NOT NULL REFERENCES environments (id),
    first_seen     INTEGER NOT NULL,
    last_seen      INTEGER NOT NULL,
    PRIMARY KEY (project_id, environment_id)
) WITHOUT ROWID;

CREATE TABLE releases (
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    version    TEXT NOT NULL,
    created    INTEGER NOT NULL,
    first_seen INTEGER,                         -- of its events; null before the first
    last_seen  INTEGER,
    new_issues INTEGER NOT NULL DEFAULT 0,
    UNIQUE (project_id, version)
);

-- Issues -------------------------------------------------------------------------------------------------------------

CREATE TABLE issues (
    id             INTEGER PRIMARY KEY,
    project_id     INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    short_id       TEXT NOT NULL COLLATE NOCASE, -- whole, as shown: WEB-2X
    type           TEXT NOT NULL,               -- error default csp ...
    title          TEXT NOT NULL,
    culprit        TEXT NOT NULL,
    level          TEXT NOT NULL,               -- of the latest event, like title, culprit, metadata
    platform       TEXT NOT NULL,
    logger         TEXT NOT NULL,
    metadata       TEXT NOT NULL DEFAULT '{}',
    message        TEXT NOT NULL DEFAULT '',    -- search text of the latest event
    status         TEXT NOT NULL DEFAULT 'unresolved', -- unresolved resolved ignored
    substatus      TEXT DEFAULT 'new',          -- contract section 6; null for resolved
    status_details TEXT NOT NULL DEFAULT '{}',
    status_changed INTEGER NOT NULL,
    assignee_user  INTEGER REFERENCES users (id) ON DELETE SET NULL,
    assignee_team  INTEGER REFERENCES teams (id) ON DELETE SET NULL,
    priority       TEXT NOT NULL DEFAULT 'medium',
    priority_locked INTEGER,
    unhandled      INTEGER NOT NULL DEFAULT 0,  -- of the latest event
    first_seen     INTEGER NOT NULL,            -- event time, as last_seen
    last_seen      INTEGER NOT NULL,
    last_event     INTEGER NOT NULL DEFAULT 0,  -- events.id of the event with the latest time
    count          INTEGER NOT NULL DEFAULT 0,
    user_count     INTEGER NOT NULL DEFAULT 0,
    comment_count  INTEGER NOT NULL DEFAULT 0,
    first_release  INTEGER REFERENCES releases (id) ON DELETE SET NULL,
    last_release   INTEGER REFERENCES releases (id) ON DELETE SET NULL,
    share_id       TEXT,
    created        INTEGER NOT NULL
);
CREATE UNIQUE INDEX issues_by_short_id ON issues (short_id);
CREATE INDEX issues_by_project ON issues (project_id, last_seen);
CREATE INDEX issues_by_last_seen ON issues (status, last_seen);
CREATE INDEX issues_by_first_seen ON issues (status, first_seen);
CREATE INDEX issues_by_count ON issues (status, count);
CREATE INDEX issues_by_users ON issues (status, user_count);
CREATE INDEX issues_by_assignee_user ON issues (assignee_user) WHERE assignee_user IS NOT NULL;
CREATE INDEX issues_by_assignee_team ON issues (assignee_team) WHERE assignee_team IS NOT NULL;

CREATE TABLE issue_hashes (
    project_id INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    issue_id   INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, hash)
) WITHOUT ROWID;
CREATE INDEX issue_hashes_by_issue ON issue_hashes (issue_id);

CREATE TABLE issue_seen (
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seen     INTEGER NOT NULL,
    PRIMARY KEY (issue_id, user_id)
) WITHOUT ROWID;

CREATE TABLE issue_bookmarks (
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created  INTEGER NOT NULL,
    PRIMARY KEY (issue_id, user_id)
) WITHOUT ROWID;
CREATE INDEX issue_bookmarks_by_user ON issue_bookmarks (user_id);

CREATE TABLE activity (                         -- set_regression, set_resolved, assigned, note ... (contract section 7)
    id       INTEGER PRIMARY KEY,
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    type     TEXT NOT NULL,
    user_id  INTEGER REFERENCES users (id) ON DELETE SET NULL, -- null: the collector itself
    data     TEXT NOT NULL DEFAULT '{}',
    created  INTEGER NOT NULL
);
CREATE INDEX activity_by_issue ON activity (issue_id, created);

-- Events -------------------------------------------------------------------------------------------------------------

CREATE TABLE tag_values (                       -- each key and value once
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (key, value)
);

CREATE TABLE event_users (                      -- each user key once: id:7, email:a@b, ip:10.0.0.1
    id  INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
);

CREATE TABLE events (
    id             INTEGER PRIMARY KEY,         -- order of arrival
    project_id     INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    issue_id       INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    event_id       BLOB NOT NULL,
    timestamp      INTEGER NOT NULL,            -- when it happened
    received       INTEGER NOT NULL,
    sent           INTEGER,                     -- the envelope's sent_at, for reading the payload again
    type           TEXT NOT NULL,
    level          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    title          TEXT NOT NULL,
    culprit        TEXT NOT NULL,
    message        TEXT NOT NULL,               -- search text
    environment_id INTEGER NOT NULL REFERENCES environments (id),
    release_id     INTEGER REFERENCES releases (id) ON DELETE SET NULL,
    user_id        INTEGER REFERENCES event_users (id),
    unhandled      INTEGER NOT NULL,
    size           INTEGER NOT NULL,            -- bytes of JSON as sent
    tags           TEXT NOT NULL,               -- JSON list of tag_values.id, in the order of their keys
    user_agent     TEXT NOT NULL DEFAULT '',    -- as the HTTP request told, like remote: browser tags come from it
    remote         TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX events_by_event_id ON events (event_id, project_id);
CREATE INDEX events_by_issue ON events (issue_id, timestamp);
CREATE INDEX events_by_project ON events (project_id, timestamp);

CREATE TABLE payloads (                         -- apart, so that a walk over events stays small
    id   INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
    data BLOB NOT NULL                          -- zstd of the JSON as sent, UTF-8 mended
);

-- Counted from the events --------------------------------------------------------------------------------------------

CREATE TABLE issue_hours (
    issue_id       INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    hour           INTEGER NOT NULL,
    environment_id INTEGER NOT NULL,
    count          INTEGER NOT NULL,
    PRIMARY KEY (issue_id, hour, environment_id)
) WITHOUT ROWID;
CREATE INDEX issue_hours_by_hour ON issue_hours (hour, issue_id, environment_id, count);

CREATE TABLE project_hours (
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hour       INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (project_id, hour)
) WITHOUT ROWID;

CREATE TABLE issue_users (                      -- users within a window: last_seen >= its start
    issue_id   INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_id    INTEGER NOT NULL REFERENCES event_users (id),
    count      INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    PRIMARY KEY (issue_id, user_id)
) WITHOUT ROWID;
CREATE INDEX issue_users_by_user ON issue_users (user_id, issue_id);

CREATE TABLE issue_tags (
    issue_id   INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES tag_values (id),
    count      INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    PRIMARY KEY (issue_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX issue_tags_by_tag ON issue_tags (tag_id, issue_id);

-- What came in and what became of it ---------------------------------------------------------------------------------

CREATE TABLE outcomes (
    hour       INTEGER NOT NULL,
    project_id INTEGER NOT NULL,                -- 0 where it could not be told
    category   TEXT NOT NULL,                   -- error transaction session attachment ... or the item's type
    outcome    TEXT NOT NULL,                   -- accepted duplicate dropped refused
    reason     TEXT NOT NULL DEFAULT '',
    quantity   INTEGER NOT NULL,
    PRIMARY KEY (hour, project_id, category, outcome, reason)
) WITHOUT ROWID;
