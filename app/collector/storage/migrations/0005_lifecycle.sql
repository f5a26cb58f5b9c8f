-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The life of an issue: numbers that are never given twice, the inbox, and what is discarded for good.

-- The last number that an issue got. Numbers of issues that were deleted or merged away are not used again: their old
-- addresses must not show another issue.
INSERT INTO meta SELECT 'last_issue',
    max(coalesce((SELECT max(id) FROM issues), 0), coalesce((SELECT max(old_id) FROM issue_redirects), 0));

-- Why an issue waits to be looked at (contract section 6, inbox.reason); null: it does not.
ALTER TABLE issues ADD COLUMN inbox_reason INTEGER;
ALTER TABLE issues ADD COLUMN inbox_added INTEGER;
ALTER TABLE issues ADD COLUMN inbox_details TEXT; -- JSON {until, count, window, user_count, user_window}: the archiving that ended
CREATE INDEX issues_inbox ON issues (inbox_added) WHERE inbox_reason IS NOT NULL;
UPDATE issues SET inbox_added = status_changed,
    inbox_reason = CASE substatus WHEN 'new' THEN 0 WHEN 'regressed' THEN 2 ELSE 5 END
    WHERE status = 'unresolved' AND substatus IN ('new', 'regressed', 'escalating');

CREATE INDEX issues_by_share ON issues (share_id) WHERE share_id IS NOT NULL;

CREATE TABLE discarded_issues (                  -- thrown away with all that is yet to come of them
    id         INTEGER PRIMARY KEY,              -- the issue's former number
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    culprit    TEXT NOT NULL,
    level      TEXT NOT NULL,
    user_id    INTEGER REFERENCES users (id) ON DELETE SET NULL,
    created    INTEGER NOT NULL
);

CREATE TABLE discarded_hashes (
    project_id   INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hash         BLOB NOT NULL,
    discarded_id INTEGER NOT NULL REFERENCES discarded_issues (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, hash)
) WITHOUT ROWID;
CREATE INDEX discarded_hashes_by_issue ON discarded_hashes (discarded_id);
