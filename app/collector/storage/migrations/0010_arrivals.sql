-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The journal beside the database (journal.h): whose it is, and up to which number its arrivals are in the tables.

INSERT INTO meta (key, value) VALUES ('arrivals_salt', abs(random() / 2)), ('arrivals_filed', 0);
