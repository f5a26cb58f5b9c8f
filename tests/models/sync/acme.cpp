// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/models/sync/acme.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

using Reply = FaultServer::Reply;

Reply json(const QJsonValue& value)
{
    return FaultServer::json(value.isArray()
                                 ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                                 : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
}

Reply notFound()
{
    return FaultServer::json(R"({"detail":"The requested resource does not exist"})", 404);
}

QString isoDate(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonArray hours(const Acme::Row& row, qint64 nowMs)
{
    QJsonArray points;
    const qint64 thisHour = nowMs / 3'600'000 * 3'600;
    for (int i = 0; i < 24; ++i)
        points.append(QJsonArray{thisHour - (23 - i) * 3'600, row.hourly.value(i)});
    return points;
}

} // namespace

Acme::Acme()
{
    // The script is written when the question is known and before it is answered.
    connect(&server, &FaultServer::requested, this, &Acme::handle);
}

Acme::Row& Acme::row(const QString& id, const QString& organization)
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const Row& row) { return row.id == id && row.organization == organization; });
    if (it == m_rows.end())
        qFatal("acme has no issue %s", qPrintable(id));
    return *it;
}

void Acme::add(const Row& row)
{
    m_rows.append(row);
}

void Acme::addMany(int n, qint64 now)
{
    for (int i = 1; i <= n; ++i) {
        Row row;
        row.id = QString::number(i);
        row.title = u"Issue %1"_s.arg(i);
        row.count = 10'000 - i;
        row.firstSeenMs = now - 86'400'000;
        row.lastSeenMs = now - i * 1'000;
        for (int event = 1; event <= 3; ++event)
            row.events.append(u"%1"_s.arg(i * 10 + event, 32, 16, QChar(u'0')));
        add(row);
    }
}

void Acme::handle()
{
    const FaultServer::Request request = server.requests().last();
    Reply reply = m_isOffline ? FaultServer::fault(Reply::Fault::Reset, {}, -1) : answer(request);
    server.script(request.method, request.path(), {reply});
}

Reply Acme::answer(const FaultServer::Request& request)
{
    const QString path = QString::fromUtf8(request.path());
    if (path == u"/api/0/" && request.header("Authorization").isEmpty()) {
        FaultServer::Reply root = FaultServer::json(R"({"version":"0","auth":null,"user":null})");
        if (!collectorVersion.isEmpty())
            root.with("X-Vedette-Collector", collectorVersion);
        return root;
    }
    if (path == u"/api/settings/")
        return notFound();
    if (m_refusesTokens)
        return FaultServer::json(R"({"detail":"Invalid token"})", 401);
    if (path == u"/api/0/")
        return FaultServer::json(
            R"({"version":"0","auth":{"scopes":["event:write"]},"user":{"id":"1","name":"Ada","email":"ada@acme.example"}})");
    if (path == u"/api/0/organizations/") {
        QJsonArray all;
        for (const QString& slug : std::as_const(organizations))
            all.append(QJsonObject{
                {u"id"_s, QString::number(all.size() + 1)}, {u"slug"_s, slug}, {u"name"_s, slug}});
        return json(all);
    }
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const QString organization = parts.value(3);
    if (parts.value(2) != u"organizations" || !organizations.contains(organization))
        return path.endsWith(u"/stats/") ? FaultServer::json("[]") : notFound();
    parts.remove(0, 4);
    const QString what = parts.value(0);
    if (what == u"projects")
        return FaultServer::json(R"([{"id":"7","slug":"web","name":"Web","platform":"javascript"},)"
                                 R"({"id":"8","slug":"api","name":"Api","platform":"python"}])");
    if (what == u"environments")
        return FaultServer::json(R"([{"id":"1","name":"production"}])");
    if (what == u"users")
        return FaultServer::json(R"([{"id":"11","user":{"id":"2","name":"Bob","email":"bob@acme.example"}},)"
                                 R"({"id":"10","user":{"id":"1","name":"Ada","email":"ada@acme.example"}}])");
    if (what == u"teams")
        return FaultServer::json(R"([{"id":"5","slug":"core","name":"Core"}])");
    if (what != u"issues")
        return notFound();
    if (parts.size() == 1 && request.method == "PUT")
        return putMany(request, organization);
    if (parts.size() == 1)
        return list(request, organization);
    const QString id = m_mergedInto.value(parts.at(1), parts.at(1));
    const bool isKnown = std::any_of(m_rows.cbegin(), m_rows.cend(),
        [&](const Row& row) { return row.id == id && row.organization == organization; });
    if (!isKnown)
        return notFound();
    Row& asked = row(id, organization);
    if (parts.size() == 2 && request.method == "PUT")
        return put(asked, request.body);
    if (parts.size() == 2) {
        ++m_detailRequests;
        QJsonObject detail = rowJson(asked);
        detail.insert(u"activity"_s, asked.activity);
        detail.insert(u"stats"_s, QJsonObject{{u"24h"_s, hours(asked, nowMs)}, {u"30d"_s, QJsonArray()}});
        return json(detail);
    }
    if (parts.at(2) == u"tags")
        return FaultServer::json(
            R"([{"key":"browser","name":"Browser","totalValues":3,"topValues":[{"value":"Firefox","count":3}]}])");
    if (parts.at(2) == u"events" && parts.size() == 4)
        return event(asked, parts.at(3));
    return notFound();
}

Reply Acme::list(const FaultServer::Request& request, const QString& organization)
{
    ++m_listRequests;
    if (!m_listReplies.isEmpty())
        return m_listReplies.takeFirst();
    const QUrlQuery query(QString::fromUtf8(request.query()));
    const QString text = query.queryItemValue(u"query"_s, QUrl::FullyDecoded);
    if (query.hasQueryItem(u"group"_s)) {
        const QStringList ids = query.allQueryItemValues(u"group"_s);
        QJsonArray those;
        for (const Row& row : m_rows) {
            if (row.organization == organization && ids.contains(row.id))
                those.append(rowJson(row));
        }
        return json(those);
    }
    QList<Row> rows;
    for (const Row& row : m_rows) {
        const bool isWanted = row.organization == organization &&
                              (!text.contains(u"is:unresolved") || row.status == u"unresolved");
        if (isWanted && (!text.contains(u"title:") || row.title.contains(text.section(u"title:"_s, 1))))
            rows.append(row);
    }
    const bool byCount = query.queryItemValue(u"sort"_s) == u"freq";
    std::stable_sort(rows.begin(), rows.end(), [byCount](const Row& a, const Row& b) {
        return byCount ? a.count > b.count : a.lastSeenMs > b.lastSeenMs;
    });
    const qsizetype offset =
        query.queryItemValue(u"cursor"_s, QUrl::FullyDecoded).section(u':', 1, 1).toInt();
    const qsizetype limit = std::max(1, query.queryItemValue(u"limit"_s).toInt());
    QJsonArray page;
    for (const Row& row : rows.mid(offset, limit)) {
        QJsonObject object = rowJson(row);
        object.insert(u"stats"_s, QJsonObject{{u"24h"_s, hours(row, nowMs)}});
        page.append(object);
    }
    Reply reply = json(page);
    const bool hasNext = offset + limit < rows.size();
    reply.with(
        "Link", u"<%1>; rel=\"previous\"; results=\"false\"; cursor=\"0:0:1\", <%1>; rel=\"next\"; "
                "results=\"%2\"; cursor=\"0:%3:0\""_s
                    .arg(url().toString(), hasNext ? u"true"_s : u"false"_s, QString::number(offset + limit))
                    .toUtf8());
    reply.with("X-Hits", QByteArray::number(rows.size()));
    if (m_holdsLists)
        reply.fault = Reply::Fault::Hold;
    return reply;
}

QString Acme::Row::state() const
{
    return QString::fromUtf8(QJsonDocument(
        QJsonObject{{u"status"_s, status}, {u"substatus"_s, substatus}, {u"details"_s, statusDetails},
            {u"assignee"_s, assignee}, {u"seen"_s, hasSeen}, {u"bookmarked"_s, isBookmarked},
            {u"priority"_s,
                priority}}).toJson(QJsonDocument::Compact));
}

void Acme::reset()
{
    m_rows.clear();
    m_fates.clear();
    m_bulkFates.clear();
    m_listReplies.clear();
    m_puts.clear();
    m_applied.clear();
    m_bulks.clear();
    m_strays.clear();
    m_mergedInto.clear();
    m_isOffline = false;
    server.forget();
}

/// What a PUT with that body makes of an issue (contract section 8).
void Acme::change(Row& row, const QJsonObject& change, qint64 now)
{
    const QJsonObject wanted = change.value(u"statusDetails"_s).toObject();
    const QString substatus = change.value(u"substatus"_s).toString();
    const QString former = row.status;
    if (change.contains(u"status"_s)) {
        row.status = change.value(u"status"_s).toString();
        row.statusDetails = {};
    }
    if (row.status == u"unresolved" && change.contains(u"status"_s)) {
        row.substatus = !substatus.isEmpty()      ? substatus
                        : former == u"resolved"   ? u"regressed"_s
                        : former == u"unresolved" ? row.substatus
                                                  : u"ongoing"_s;
    } else if (row.status == u"resolved" && change.contains(u"status"_s)) {
        row.substatus.clear();
        row.statusDetails = wanted;
    } else if (change.contains(u"status"_s)) {
        row.substatus = substatus.isEmpty() ? u"archived_forever"_s : substatus;
        if (row.substatus == u"archived_until_condition_met") {
            row.statusDetails = wanted;
            if (const QJsonValue minutes = row.statusDetails.take(u"ignoreDuration"_s); minutes.isDouble())
                row.statusDetails.insert(
                    u"ignoreUntil"_s, isoDate(now + qint64(minutes.toDouble()) * 60'000));
        }
    }
    if (change.contains(u"assignedTo"_s))
        row.assignee = change.value(u"assignedTo"_s).toString();
    if (change.contains(u"hasSeen"_s))
        row.hasSeen = change.value(u"hasSeen"_s).toBool();
    if (change.contains(u"isBookmarked"_s))
        row.isBookmarked = change.value(u"isBookmarked"_s).toBool();
    if (change.contains(u"priority"_s))
        row.priority = change.value(u"priority"_s).toString();
}

void Acme::changeAs(const QString& userId, const QString& userName, Row& row, const QJsonObject& body)
{
    const Row before = row;
    change(row, body, nowMs);
    QString type;
    if (before.status != row.status || before.substatus != row.substatus ||
        before.statusDetails != row.statusDetails) {
        type = row.status == u"resolved"  ? u"set_resolved"_s
               : row.status == u"ignored" ? u"set_ignored"_s
                                          : u"set_unresolved"_s;
    } else if (before.assignee != row.assignee) {
        type = row.assignee.isEmpty() ? u"unassigned"_s : u"assigned"_s;
    }
    if (type.isEmpty())
        return; // nothing changed, and that is no history
    row.activity.prepend(QJsonObject{{u"id"_s, QString::number(++m_lastActivity)}, {u"type"_s, type},
        {u"user"_s, QJsonObject{{u"id"_s, userId}, {u"name"_s, userName}}}, {u"data"_s, QJsonObject()},
        {u"dateCreated"_s, isoDate(nowMs)}});
}

Reply Acme::put(Row& changed, const QByteArray& body)
{
    const QString id =
        changed.organization == u"acme" ? changed.id : changed.organization + u'/' + changed.id;
    m_puts.append(id + u' ' + QString::fromUtf8(body));
    const bool hasFate = !m_fates.isEmpty();
    const Fate fate = hasFate ? m_fates.takeFirst() : Fate{{}, true};
    if (fate.isApplied) {
        m_applied.append(m_puts.last());
        changeAs(u"1"_s, u"Ada"_s, changed, QJsonDocument::fromJson(body).object());
    }
    return hasFate ? fate.reply : json(rowJson(changed));
}

/// Ids that cannot be found make it a change of whatever the query finds, as read in two stored server
/// versions (contract section 8).
Reply Acme::putMany(const FaultServer::Request& request, const QString& organization)
{
    const QUrlQuery query(QString::fromUtf8(request.query()));
    const QStringList ids = query.allQueryItemValues(u"id"_s, QUrl::FullyDecoded);
    const QString text = query.hasQueryItem(u"query"_s) ? query.queryItemValue(u"query"_s, QUrl::FullyDecoded)
                                                        : u"is:unresolved"_s;
    m_bulks.append(ids.join(u',') + u' ' + QString::fromUtf8(request.body));
    const Fate fate = m_bulkFates.isEmpty() ? Fate{json(QJsonObject()), true} : m_bulkFates.takeFirst();
    if (!fate.isApplied)
        return fate.reply;
    QList<Row*> found;
    for (Row& row : m_rows) {
        if (row.organization == organization && ids.contains(row.id))
            found.append(&row);
    }
    if (found.isEmpty()) {
        const QStringList named =
            text.startsWith(u"issue:[") ? text.mid(7).chopped(1).split(u',') : QStringList();
        for (Row& row : m_rows) {
            const bool isMeant = text.startsWith(u"issue:[") ? named.contains(u"WEB-"_s + row.id)
                                                             : row.status == u"unresolved";
            if (row.organization == organization && isMeant) {
                found.append(&row);
                m_strays.append(row.id);
            }
        }
    }
    if (found.isEmpty())
        return FaultServer::json({}, 204);
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    for (Row* row : found) {
        m_applied.append(row->id + u' ' + QString::fromUtf8(request.body));
        changeAs(u"1"_s, u"Ada"_s, *row, body);
    }
    // The answer echoes the changed keys, not the issues.
    return fate.reply.body == "{}" ? json(body) : fate.reply;
}

Reply Acme::event(const Row& row, const QString& which) const
{
    const qsizetype at = which == u"latest" ? row.events.size() - 1 : row.events.indexOf(which);
    if (at < 0)
        return FaultServer::json(R"({"detail":"No matching event found"})", 404);
    const auto idOrNull = [&](qsizetype i) {
        return i >= 0 && i < row.events.size() ? QJsonValue(row.events.at(i)) : QJsonValue();
    };
    return json(QJsonObject{{u"id"_s, row.events.at(at)}, {u"eventID"_s, row.events.at(at)},
        {u"groupID"_s, row.id}, {u"title"_s, row.title}, {u"dateCreated"_s, isoDate(row.lastSeenMs + at)},
        {u"tags"_s, QJsonArray()}, {u"entries"_s, QJsonArray()}, {u"previousEventID"_s, idOrNull(at - 1)},
        {u"nextEventID"_s, idOrNull(at + 1)}});
}

QJsonObject Acme::rowJson(const Row& row) const
{
    QJsonObject object{{u"id"_s, row.id}, {u"shortId"_s, u"WEB-"_s + row.id}, {u"title"_s, row.title},
        {u"status"_s, row.status}, {u"substatus"_s, row.substatus.isEmpty() ? QJsonValue() : row.substatus},
        {u"count"_s, QString::number(row.count)}, {u"userCount"_s, 3}, {u"level"_s, u"error"_s},
        {u"project"_s, QJsonObject{{u"id"_s, u"7"_s}, {u"slug"_s, u"web"_s}, {u"name"_s, u"Web"_s}}},
        {u"firstSeen"_s, isoDate(row.firstSeenMs)}, {u"lastSeen"_s, isoDate(row.lastSeenMs)},
        {u"hasSeen"_s, row.hasSeen}, {u"isBookmarked"_s, row.isBookmarked}, {u"type"_s, u"error"_s},
        {u"statusDetails"_s, row.statusDetails},
        {u"priority"_s, row.priority.isEmpty() ? QJsonValue() : row.priority}};
    if (row.assignee.isEmpty())
        object.insert(u"assignedTo"_s, QJsonValue());
    else
        object.insert(
            u"assignedTo"_s, QJsonObject{{u"type"_s, row.assignee.section(u':', 0, 0)},
                                 {u"id"_s, row.assignee.section(u':', 1)}, {u"name"_s, u"Somebody"_s}});
    return object;
}

} // namespace vedette::tests
