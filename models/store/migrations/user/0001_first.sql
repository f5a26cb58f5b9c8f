-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What a person did and what Vedette promised: never thrown away. No token is ever here.

CREATE TABLE account (
    id             TEXT PRIMARY KEY,
    position       INTEGER NOT NULL,
    name           TEXT NOT NULL,
    base_url       TEXT NOT NULL,
    kind           TEXT NOT NULL,
    server_version TEXT NOT NULL,
    colour         INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE organization (
    account    TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    region_url TEXT NOT NULL,
    PRIMARY KEY (account, position)
) WITHOUT ROWID;

-- One row per issue and action. `before` is the issue as JSON: what undo and roll-back go back to.
CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY,
    account      TEXT NOT NULL,
    organization TEXT NOT NULL,
    issue        TEXT NOT NULL,
    batch        INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    assignee     TEXT NOT NULL,
    before       TEXT NOT NULL,
    state        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    error        TEXT NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_by_account ON outbox (account, id);

CREATE TABLE alert (
    id        INTEGER PRIMARY KEY,
    account   TEXT NOT NULL,
    issue     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    body      TEXT NOT NULL
);
CREATE INDEX alert_by_time ON alert (raised_at);
CREATE INDEX alert_by_account ON alert (account);

-- Moments that sync has to remember of an account: `watch` is when its first sync was done.
CREATE TABLE mark (
    account TEXT NOT NULL,
    name    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, name)
) WITHOUT ROWID;

-- What is read and written whole: the state of the alert engine, how a view was left.
CREATE TABLE document (
    name TEXT PRIMARY KEY,
    body BLOB NOT NULL
) WITHOUT ROWID;
