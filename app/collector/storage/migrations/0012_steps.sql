-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What takes many steps (storage/unmerging.h, storage/projectremoval.h), and what such steps look for.

CREATE TABLE unmerges (                         -- issues that events are still on their way into, out of another
    issue_id  INTEGER PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE, -- the new one
    source_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    hashes    BLOB NOT NULL,                    -- those taken out, 16 bytes each
    phase     INTEGER NOT NULL DEFAULT 0,       -- storage/unmerging.cpp
    place_a   INTEGER NOT NULL,                 -- where the phase's walk stands: (timestamp, id) or (kind, what)
    place_b   INTEGER NOT NULL,
    through   INTEGER NOT NULL DEFAULT 0,       -- events up to this one are in unmerge_seen
    moved     INTEGER NOT NULL DEFAULT 0        -- events so far
);

-- What the events that stay say of their users (kind 1), tags (kind 2) and of the whole (kind 3). Rows whose unmerge is
-- through are left to be deleted.
CREATE TABLE unmerge_seen (
    issue_id   INTEGER NOT NULL,                -- of unmerges
    kind       INTEGER NOT NULL,
    what       INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    PRIMARY KEY (issue_id, kind, what)
) WITHOUT ROWID;

-- Whether an issue came up with a release, and what a removed project has: without, each step looks through all rows.
CREATE INDEX issues_by_first_release ON issues (first_release) WHERE first_release IS NOT NULL;
CREATE INDEX attachments_by_project ON attachments (project_id);
