-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the door needs beside 0003_collector.sql: senders without a key, and passing envelopes on.

-- What a sender without a key calls itself: its project is found by that again, however it is renamed.
ALTER TABLE projects ADD COLUMN sender TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX projects_by_sender ON projects (sender) WHERE sender <> '';

ALTER TABLE forward_queue ADD COLUMN door TEXT NOT NULL DEFAULT 'envelope';   -- envelope store: where it came in, and goes to
ALTER TABLE forward_queue ADD COLUMN content_type TEXT NOT NULL DEFAULT '';
ALTER TABLE forward_queue ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE forward_queue ADD COLUMN client TEXT NOT NULL DEFAULT '';         -- the SDK, as its key's header told
ALTER TABLE forward_queue ADD COLUMN via TEXT NOT NULL DEFAULT '';            -- collectors that passed it on before

-- Kept with the queue, in the same commits, so that neither a limit nor a page has to walk it.
ALTER TABLE forward_state ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE forward_state ADD COLUMN waiting_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE forward_state ADD COLUMN overflowed INTEGER NOT NULL DEFAULT 0;   -- not queued: it was full, or they were too large
ALTER TABLE forward_state ADD COLUMN refusal TEXT NOT NULL DEFAULT '';        -- the last one, in words
