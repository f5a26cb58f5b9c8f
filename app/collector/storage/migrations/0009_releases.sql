-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Where a release was seen, counted from the events like project_environments: up to meta.counted_through here, what
-- came later when the store opens.

CREATE TABLE release_environments (
    release_id     INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    environment_id INTEGER NOT NULL REFERENCES environments (id),
    first_seen     INTEGER NOT NULL,
    last_seen      INTEGER NOT NULL,
    PRIMARY KEY (release_id, environment_id)
) WITHOUT ROWID;
INSERT INTO release_environments (release_id, environment_id, first_seen, last_seen)
    SELECT release_id, environment_id, min(timestamp), max(timestamp) FROM events
    WHERE release_id IS NOT NULL AND id <= (SELECT value FROM meta WHERE key = 'counted_through')
    GROUP BY release_id, environment_id;

-- All projects' rows of one release.
CREATE INDEX releases_by_version ON releases (version);

ALTER TABLE project_environments ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0; -- not offered in lists
