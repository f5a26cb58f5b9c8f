-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Everything that a whole collector keeps beside events and issues: what projects let in and pass on, attachments,
-- feedback, transactions in sum, how issues were resolved, archived and merged, releases with commits and deploys,
-- searches. Units and encodings as 0001_first.sql tells.

-- Projects: what they let in ------------------------------------------------------------------------------------------

ALTER TABLE projects ADD COLUMN kind TEXT NOT NULL DEFAULT '';            -- '' or spotlight (made by POST /stream)
ALTER TABLE projects ADD COLUMN active INTEGER NOT NULL DEFAULT 1;        -- 0: everything sent is refused (403)
ALTER TABLE projects ADD COLUMN rate_count INTEGER NOT NULL DEFAULT 0;    -- events within rate_window; 0: no limit
ALTER TABLE projects ADD COLUMN rate_window INTEGER NOT NULL DEFAULT 0;   -- seconds
ALTER TABLE projects ADD COLUMN max_bytes INTEGER NOT NULL DEFAULT 0;     -- of its events on disk; 0: no cap of its own
ALTER TABLE projects ADD COLUMN resolve_age INTEGER NOT NULL DEFAULT 0;   -- hours without an event; 0: off
ALTER TABLE projects ADD COLUMN default_environment TEXT NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN subject_prefix TEXT NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN upstream TEXT NOT NULL DEFAULT '';        -- DSN to pass envelopes on to; empty: none

ALTER TABLE project_keys ADD COLUMN rate_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project_keys ADD COLUMN rate_window INTEGER NOT NULL DEFAULT 0;

CREATE TABLE project_filters (                  -- inbound filters
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                   -- error_type message release browser_extensions localhost
    pattern    TEXT NOT NULL DEFAULT '',        -- with * and ?; empty for the last two kinds
    PRIMARY KEY (project_id, kind, pattern)
) WITHOUT ROWID;

CREATE TABLE project_origins (                  -- web origins that posted to a project without a key (Spotlight)
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    origin     TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (project_id, origin)
) WITHOUT ROWID;

-- Forwarding: store and forward, in order per project ------------------------------------------------------------------

CREATE TABLE forward_queue (
    id         INTEGER PRIMARY KEY,             -- order of arrival
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    body       BLOB NOT NULL,                   -- as it came over the wire
    encoding   TEXT NOT NULL DEFAULT '',        -- its Content-Encoding
    created    INTEGER NOT NULL
);
CREATE INDEX forward_queue_by_project ON forward_queue (project_id, id);

CREATE TABLE forward_state (
    project_id INTEGER PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    not_before INTEGER NOT NULL DEFAULT 0,      -- the next attempt (429, back-off)
    attempts   INTEGER NOT NULL DEFAULT 0,      -- of the first in the queue
    sent       INTEGER NOT NULL DEFAULT 0,      -- envelopes passed on so far
    refused    INTEGER NOT NULL DEFAULT 0,      -- envelopes that upstream will never take
    error      TEXT NOT NULL DEFAULT '',        -- why it waits, in words
    last_sent  INTEGER
);

-- Events: what comes beside them ---------------------------------------------------------------------------------------

-- The leading grouping hash, so that merged issues can be taken apart again; null for events from before.
ALTER TABLE events ADD COLUMN hash BLOB;

CREATE TABLE attachments (
    id           INTEGER PRIMARY KEY,
    project_id   INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id     BLOB NOT NULL,                 -- the event may come before, after or never
    name         TEXT NOT NULL,
    content_type TEXT NOT NULL DEFAULT '',
    type         TEXT NOT NULL,                 -- event.attachment event.minidump event.view_hierarchy ...
    size         INTEGER NOT NULL,              -- bytes as sent
    sha1         TEXT NOT NULL,
    created      INTEGER NOT NULL
);
CREATE INDEX attachments_by_event ON attachments (event_id, project_id);
CREATE INDEX attachments_by_created ON attachments (created);

CREATE TABLE attachment_parts (                 -- in pieces, so that a large one never lies in memory as a whole
    attachment_id INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    part          INTEGER NOT NULL,
    data          BLOB NOT NULL,                -- zstd
    PRIMARY KEY (attachment_id, part)
);

CREATE TABLE user_reports (                     -- both forms of feedback
    id         INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id   BLOB,                            -- what it is about; null where that is not told
    source     TEXT NOT NULL DEFAULT 'user_report', -- or feedback
    name       TEXT NOT NULL DEFAULT '',
    email      TEXT NOT NULL DEFAULT '',
    comments   TEXT NOT NULL,
    url        TEXT NOT NULL DEFAULT '',
    created    INTEGER NOT NULL
);
CREATE INDEX user_reports_by_event ON user_reports (event_id, project_id);
CREATE INDEX user_reports_by_project ON user_reports (project_id, created);

CREATE TABLE transaction_hours (                -- transactions are kept in sum alone
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hour       INTEGER NOT NULL,
    name       TEXT NOT NULL,
    count      INTEGER NOT NULL,
    sketch     BLOB NOT NULL,                   -- durations in logarithmic buckets (storage/durations.h)
    PRIMARY KEY (project_id, hour, name)
) WITHOUT ROWID;

-- Issues: how they were resolved, archived, merged --------------------------------------------------------------------

CREATE TABLE issue_resolutions (                -- of issues resolved in a release or a commit
    issue_id        INTEGER PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,              -- in_next_release in_release in_commit
    release_id      INTEGER REFERENCES releases (id) ON DELETE SET NULL, -- that release; for next: the newest at the time
    commit_id       INTEGER REFERENCES commits (id) ON DELETE SET NULL,
    user_id         INTEGER REFERENCES users (id) ON DELETE SET NULL,
    created         INTEGER NOT NULL
);

CREATE TABLE issue_snoozes (                    -- what ends an archiving; every bound may be null
    issue_id    INTEGER PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE,
    until       INTEGER,
    count       INTEGER,
    count_window INTEGER,                       -- minutes; null: from now on
    users       INTEGER,
    user_window INTEGER,                        -- minutes
    escalating  INTEGER NOT NULL DEFAULT 0,     -- until the hour's events exceed the forecast
    base_count  INTEGER NOT NULL DEFAULT 0,     -- the issue's counters when it was archived
    base_users  INTEGER NOT NULL DEFAULT 0,
    user_id     INTEGER REFERENCES users (id) ON DELETE SET NULL,
    created     INTEGER NOT NULL
);
CREATE INDEX issue_snoozes_by_until ON issue_snoozes (until) WHERE until IS NOT NULL;

CREATE TABLE issue_forecasts (                  -- contract section 14a
    issue_id INTEGER PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE,
    computed INTEGER NOT NULL,
    ceilings TEXT NOT NULL                      -- JSON list of 14 daily ceilings of events per hour
);

CREATE TABLE issue_redirects (                  -- a merged issue's number and short id lead to its parent
    old_id   INTEGER PRIMARY KEY,
    short_id TEXT NOT NULL COLLATE NOCASE,
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE
);
CREATE INDEX issue_redirects_by_short_id ON issue_redirects (short_id);
CREATE INDEX issue_redirects_by_issue ON issue_redirects (issue_id);

CREATE TABLE issue_subscriptions (
    issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    active   INTEGER NOT NULL DEFAULT 1,
    reason   TEXT NOT NULL DEFAULT 'unknown',
    created  INTEGER NOT NULL,
    PRIMARY KEY (issue_id, user_id)
) WITHOUT ROWID;

CREATE TABLE external_links (                   -- trackers' issues, entered by hand
    id           INTEGER PRIMARY KEY,
    issue_id     INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    service_type TEXT NOT NULL,
    display_name TEXT NOT NULL,
    web_url      TEXT NOT NULL,
    created      INTEGER NOT NULL
);
CREATE INDEX external_links_by_issue ON external_links (issue_id);

-- Releases -------------------------------------------------------------------------------------------------------------

ALTER TABLE releases ADD COLUMN released INTEGER;                         -- finalized
ALTER TABLE releases ADD COLUMN ref TEXT NOT NULL DEFAULT '';
ALTER TABLE releases ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE releases ADD COLUMN status TEXT NOT NULL DEFAULT 'open';      -- open archived

CREATE TABLE repositories (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    url      TEXT NOT NULL DEFAULT '',
    provider TEXT NOT NULL DEFAULT '',
    created  INTEGER NOT NULL
);

CREATE TABLE commits (
    id            INTEGER PRIMARY KEY,
    repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    sha           TEXT NOT NULL,
    message       TEXT NOT NULL DEFAULT '',
    author_name   TEXT NOT NULL DEFAULT '',
    author_email  TEXT NOT NULL DEFAULT '',
    created       INTEGER NOT NULL,             -- the commit's own date
    UNIQUE (repository_id, sha)
);

CREATE TABLE commit_files (
    commit_id INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
    path      TEXT NOT NULL,
    type      TEXT NOT NULL,                    -- A M D
    PRIMARY KEY (commit_id, path)
) WITHOUT ROWID;

CREATE TABLE release_commits (
    release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    commit_id  INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,                -- 0 is the newest
    PRIMARY KEY (release_id, commit_id)
) WITHOUT ROWID;
CREATE INDEX release_commits_by_commit ON release_commits (commit_id);

CREATE TABLE deploys (
    id          INTEGER PRIMARY KEY,
    release_id  INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    environment TEXT NOT NULL,
    name        TEXT NOT NULL DEFAULT '',
    url         TEXT NOT NULL DEFAULT '',
    started     INTEGER,
    finished    INTEGER NOT NULL
);
CREATE INDEX deploys_by_release ON deploys (release_id);

-- Searches -------------------------------------------------------------------------------------------------------------

CREATE TABLE saved_searches (
    id         INTEGER PRIMARY KEY,
    type       INTEGER NOT NULL DEFAULT 0,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,
    sort       TEXT NOT NULL DEFAULT 'date',
    visibility TEXT NOT NULL DEFAULT 'organization', -- owner organization owner_pinned
    created    INTEGER NOT NULL
);

CREATE TABLE recent_searches (
    id        INTEGER PRIMARY KEY,
    type      INTEGER NOT NULL DEFAULT 0,
    query     TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    UNIQUE (type, query)
);
