-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tag `user` repeated event_users, value by value, and issue_users, count by count: with as many people as events,
-- a quarter of all that is written. Readers make it from there; only what an SDK sent as a tag of that name, for an event
-- without a user, stays a tag.

CREATE TEMP TABLE repeated AS
    SELECT v.id FROM tag_values v JOIN event_users u ON u.key = v.value WHERE v.key = 'user';
CREATE UNIQUE INDEX temp.repeated_by_id ON repeated (id);

UPDATE events SET tags =
    (SELECT json_group_array(j.value) FROM json_each(events.tags) j WHERE j.value NOT IN (SELECT id FROM repeated))
    WHERE user_id IS NOT NULL;

DELETE FROM issue_tags WHERE tag_id IN (SELECT id FROM repeated);
INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen)
    SELECT e.issue_id, j.value, count(*), min(e.timestamp), max(e.timestamp) FROM events e, json_each(e.tags) j
    WHERE e.user_id IS NULL AND j.value IN (SELECT id FROM repeated)
    AND e.id <= (SELECT value FROM meta WHERE key = 'counted_through') GROUP BY e.issue_id, j.value;
DELETE FROM tag_values WHERE id IN (SELECT id FROM repeated) AND id NOT IN (SELECT tag_id FROM issue_tags);
DROP TABLE repeated;
