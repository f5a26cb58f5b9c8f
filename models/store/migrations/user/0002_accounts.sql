-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What an account is besides its address: how it proves who it is, whose it is, the way to its server and
-- what that server can do. Each as JSON, empty where nothing is known. No secret is ever here.

ALTER TABLE account ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN credential TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN capabilities TEXT NOT NULL DEFAULT '';
