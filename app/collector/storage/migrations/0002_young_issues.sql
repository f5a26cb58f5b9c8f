-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Issues that are new become ongoing with time (contract section 13): those that still wait for it, by age.
CREATE INDEX issues_young ON issues (first_seen) WHERE substatus = 'new';
