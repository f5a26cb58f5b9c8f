-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What an action is bound to, and what is known of the issue that it is for. `details` (what a resolution is
-- bound to, until when an issue rests), `known` (the issue's state when the server was last asked) and
-- `conflict` (what was met in its place) are JSON, empty where there is nothing. `undoes` is the batch that
-- is taken back, 0 for none.

ALTER TABLE outbox ADD COLUMN details TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN substatus TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN priority TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN known TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN conflict TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;
