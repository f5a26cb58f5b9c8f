-- SPDX-FileCopyrightText: 2026 The Vedette developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- An issue is named by its account, its organization and its id: organizations of one account may be in
-- regions that number their issues by themselves. Which organization the former rows came from stands
-- nowhere, so they are not taken over: the servers are asked again.

DROP TABLE issue_list_row;
DROP TABLE issue_list;
DROP TABLE issue;
DROP TABLE issue_detail;
DROP TABLE event;
DROP TABLE document;

-- What an issue is, whatever list it stands in. `status_details` is JSON, empty where there are none.
CREATE TABLE issue (
    account        TEXT NOT NULL,
    organization   TEXT NOT NULL,
    id             TEXT NOT NULL,
    short_id       TEXT NOT NULL,
    title          TEXT NOT NULL,
    culprit        TEXT NOT NULL,
    type           TEXT NOT NULL,
    error_type     TEXT NOT NULL,
    error_value    TEXT NOT NULL,
    filename       TEXT NOT NULL,
    function       TEXT NOT NULL,
    platform       TEXT NOT NULL,
    logger         TEXT NOT NULL,
    permalink      TEXT NOT NULL,
    level          TEXT NOT NULL,
    status         TEXT NOT NULL,
    substatus      TEXT NOT NULL,
    status_text    TEXT NOT NULL,
    status_details TEXT NOT NULL,
    project_id     TEXT NOT NULL,
    project_slug   TEXT NOT NULL,
    project_name   TEXT NOT NULL,
    comment_count  INTEGER NOT NULL,
    assignee_kind  TEXT,
    assignee_id    TEXT,
    assignee_name  TEXT,
    assignee_email TEXT,
    assignee_is_me INTEGER,
    is_bookmarked  INTEGER NOT NULL,
    has_seen       INTEGER NOT NULL,
    is_unhandled   INTEGER NOT NULL,
    priority       TEXT NOT NULL,
    stored_at      INTEGER NOT NULL,
    PRIMARY KEY (account, organization, id)
) WITHOUT ROWID;

CREATE TABLE issue_list (
    id            INTEGER PRIMARY KEY,
    account       TEXT NOT NULL,
    query         TEXT NOT NULL,
    as_of         INTEGER NOT NULL,
    used_at       INTEGER NOT NULL,
    has_more      INTEGER NOT NULL,
    total         INTEGER,
    total_is_more INTEGER NOT NULL,
    UNIQUE (account, query)
);

-- An issue's place in a list and what depends on the list's window and environments. A list is of one
-- organization, so ids do not meet in it. Positions only order: they have gaps and may be negative.
CREATE TABLE issue_list_row (
    list         INTEGER NOT NULL REFERENCES issue_list (id) ON DELETE CASCADE,
    issue        TEXT NOT NULL,
    organization TEXT NOT NULL,
    position     INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    user_count   INTEGER NOT NULL,
    first_seen   INTEGER,
    last_seen    INTEGER,
    trend        BLOB NOT NULL,
    PRIMARY KEY (list, issue)
) WITHOUT ROWID;
CREATE UNIQUE INDEX issue_list_row_by_position ON issue_list_row (list, position);

CREATE TABLE issue_detail (
    account      TEXT NOT NULL,
    organization TEXT NOT NULL,
    issue        TEXT NOT NULL,
    as_of        INTEGER NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (account, organization, issue)
) WITHOUT ROWID;

CREATE TABLE event (
    account      TEXT NOT NULL,
    organization TEXT NOT NULL,
    id           TEXT NOT NULL,
    issue        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    as_of        INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    body         BLOB NOT NULL,
    UNIQUE (account, organization, id)
);
CREATE INDEX event_by_issue ON event (account, organization, issue, created_at);
CREATE INDEX event_by_age ON event (account, as_of);

-- Small things of an organization that are read and written whole: the directory, the overview.
CREATE TABLE document (
    account      TEXT NOT NULL,
    organization TEXT NOT NULL,
    name         TEXT NOT NULL,
    as_of        INTEGER NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (account, organization, name)
) WITHOUT ROWID;
