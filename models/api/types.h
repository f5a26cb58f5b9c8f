// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/domain/ids.h"
#include "models/domain/issue.h"

namespace vedette::api {

/// What answers at a base URL.
struct ServerInfo
{
    QUrl baseUrl; ///< as the client holds it
    domain::ServerKind kind = domain::ServerKind::Unknown;
    QString version; ///< empty where the server does not tell: Sentry's API does not

    friend bool operator==(const ServerInfo&, const ServerInfo&) = default;
};

/// Who the token belongs to and what it may do.
struct Identity
{
    std::optional<domain::Actor> user; ///< nothing for tokens without a person; `isMe` is set
    QStringList scopes;                ///< `event:write`, ...; empty where the server does not tell

    friend bool operator==(const Identity&, const Identity&) = default;
};

/// The order of an issue list; always descending.
enum class IssueSort
{
    Events,
    LastSeen,
    FirstSeen,
    Users, ///< GlitchTip cannot: its order is by events then
};

/// One request for a page of issues (contract section 6).
struct IssueListRequest
{
    domain::OrganizationId organization;
    QString query;                     ///< the server's search language; empty text asks for everything
    QList<domain::ProjectId> projects; ///< empty: all that the token reaches
    QStringList environments;          ///< empty: all
    QString statsPeriod;               ///< which events count: `14d`; empty: the server's default
    QString groupStatsPeriod =
        QStringLiteral("24h"); ///< what the trend shows: `24h`, `14d`, `auto`, empty: none
    IssueSort sort = IssueSort::Events;
    int limit = 50;             ///< rows wanted, 1 to 100
    QString cursor;             ///< from Page::nextCursor; empty: the first page
    bool shortIdLookup = false; ///< a query that is a short id finds that issue
    /// Exactly these issues, in no order and in one page; everything that filters is left out then. Not for
    /// GlitchTip.
    QList<domain::IssueId> ids = {};

    friend bool operator==(const IssueListRequest&, const IssueListRequest&) = default;
};

/// Which event of an issue.
class EventSelector final
{
public:
    enum class Kind
    {
        Latest,
        Oldest,
        Recommended,
        Id
    };

    static EventSelector latest() { return EventSelector(Kind::Latest, {}); }
    static EventSelector oldest() { return EventSelector(Kind::Oldest, {}); }
    static EventSelector recommended() { return EventSelector(Kind::Recommended, {}); }
    static EventSelector byId(domain::EventId id) { return EventSelector(Kind::Id, std::move(id)); }

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const domain::EventId& id() const { return m_id; }

    friend bool operator==(const EventSelector&, const EventSelector&) = default;

private:
    EventSelector(Kind kind, domain::EventId id)
        : m_kind(kind)
        , m_id(std::move(id))
    {}

    Kind m_kind;
    domain::EventId m_id;
};

/// One row of an issue's event list.
struct EventSummary
{
    domain::EventId id;
    QString title;
    QString message;
    QString culprit;
    QString location;
    QString platform;
    QString user; ///< e-mail, name, id or address, the first that is there
    QList<std::pair<QString, QString>> tags;
    std::optional<core::TimePoint> dateCreated;

    friend bool operator==(const EventSummary&, const EventSummary&) = default;
};

/// What became of a bulk change.
struct BulkOutcome
{
    /// False: the server answered that nothing changed; read the rows again.
    bool changed = false;

    friend bool operator==(const BulkOutcome&, const BulkOutcome&) = default;
};

} // namespace vedette::api
