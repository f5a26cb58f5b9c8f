// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/textindex.h"

#include "models/store/eventaspects.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

constexpr int mostTags = 300;
constexpr int mostAspects = 3'000;
constexpr int mostUsers = 200;
constexpr qsizetype longestKey = 200;
constexpr qsizetype longestValue = 500;
constexpr qsizetype longestText = 4'000;

/// Bounded, and without the zero that would end a text for SQLite's comparisons.
QString safe(const QString& text, qsizetype most)
{
    QString out = text.left(most);
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    return out.replace(QChar(u'\0'), u' ');
}

/// Adds a line where it is not there yet and there is room.
void addLine(QString& text, const QString& line)
{
    const QString safeLine = safe(line, longestText);
    if (safeLine.isEmpty() || text.size() + safeLine.size() >= longestText)
        return;
    const QString framed = u'\n' + text + u'\n';
    if (framed.contains(u'\n' + safeLine + u'\n'))
        return;
    if (!text.isEmpty())
        text += u'\n';
    text += safeLine;
}

/// The texts of a row that details and events add to.
struct Lines
{
    QString message;
    QString tags;
    QString users;

    friend bool operator==(const Lines&, const Lines&) = default;
};

/// Answers the row's id; nothing where there is none.
std::optional<qint64> readLines(Connection& connection, const domain::IssueKey& issue, Lines& lines)
{
    Query query(connection, "SELECT id, message, tags, users FROM issue_fact WHERE account = ? AND "
                            "organization = ? AND issue = ?");
    query.bind(issue.account, issue.organization, issue.id);
    if (!query.next())
        return std::nullopt;
    const qint64 id = query.integer();
    lines.message = query.text();
    lines.tags = query.text();
    lines.users = query.text();
    return id;
}

void writeLines(Connection& connection, qint64 fact, const Lines& lines)
{
    Query(connection, "UPDATE issue_fact SET message = ?, tags = ?, users = ?, is_indexed = 0 WHERE id = ?")
        .bind(lines.message, lines.tags, lines.users, fact)
        .run();
}

/// The row of an issue of which nothing but an event is known yet.
qint64 addEmpty(Connection& connection, const domain::IssueKey& issue)
{
    Query(connection, "INSERT INTO issue_fact (account, organization, issue, count, user_count, is_lifetime) "
                      "VALUES (?, ?, ?, 0, 0, 0)")
        .bind(issue.account, issue.organization, issue.id)
        .run();
    return connection.database().getLastInsertRowid();
}

int rowsOf(Connection& connection, const char* sql, qint64 fact)
{
    Query query(connection, sql);
    query.bind(fact);
    return query.next() ? int(query.integer()) : 0;
}

void addTags(Connection& connection, qint64 fact, const QList<domain::TagDistribution>& tags)
{
    int room = mostTags - rowsOf(connection, "SELECT COUNT(*) FROM issue_tag WHERE fact = ?", fact);
    for (const domain::TagDistribution& tag : tags) {
        for (const domain::TagDistribution::Value& value : tag.top) {
            const QString key = safe(tag.key, longestKey);
            const QString text = safe(value.value, longestValue);
            const int known = Query(connection, "UPDATE issue_tag SET count = ?, total = ? WHERE fact = ? "
                                                "AND key = ? AND value = ?")
                                  .bind(value.count, tag.total, fact, key, text)
                                  .run();
            if (known > 0 || room-- <= 0)
                continue;
            Query(connection, "INSERT INTO issue_tag (fact, key, value, count, total) VALUES (?, ?, ?, ?, ?)")
                .bind(fact, key, text, value.count, tag.total)
                .run();
        }
    }
}

void addEventTags(Connection& connection, qint64 fact, const domain::Event& event)
{
    QList<domain::EventTag> tags = event.tags;
    // Not every server writes these as tags of the event.
    tags.append({u"user"_s, identityOf(event.user)});
    tags.append({u"release"_s, event.release});
    tags.append({u"environment"_s, event.environment});
    tags.append({u"dist"_s, event.dist});
    tags.append({u"level"_s, domain::levelText(event.level)});
    int room = mostTags - rowsOf(connection, "SELECT COUNT(*) FROM issue_tag WHERE fact = ?", fact);
    for (const domain::EventTag& tag : tags) {
        if (tag.key.isEmpty() || tag.value.isEmpty() || room <= 0)
            continue;
        room -= Query(connection, "INSERT OR IGNORE INTO issue_tag (fact, key, value, count, total) "
                                  "VALUES (?, ?, ?, 1, 1)")
                    .bind(fact, safe(tag.key, longestKey), safe(tag.value, longestValue))
                    .run();
    }
}

void addUser(Connection& connection, qint64 fact, const domain::EventUser& user)
{
    if (identityOf(user).isEmpty() ||
        rowsOf(connection, "SELECT COUNT(*) FROM issue_user WHERE fact = ?", fact) >= mostUsers)
        return;
    Query(
        connection, "INSERT OR IGNORE INTO issue_user (fact, id, email, username, ip) VALUES (?, ?, ?, ?, ?)")
        .bind(fact, safe(user.id, longestValue), safe(user.email, longestValue),
            safe(user.username, longestValue), safe(user.ipAddress, longestValue))
        .run();
}

} // namespace

void indexIssue(Connection& connection, const domain::Issue& issue, CountsOf counts)
{
    // One statement: this runs for each row of each list. A window never holds more than there is.
    const QString title = safe(issue.title, longestText);
    const QString value = title.contains(issue.errorValue) ? QString() : safe(issue.errorValue, longestText);
    Query(connection,
        "INSERT INTO issue_fact AS f (account, organization, issue, count, user_count, is_lifetime, "
        "first_seen, last_seen, "
        "title, culprit, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, "
        "organization, issue) DO "
        "UPDATE SET count = iif(excluded.is_lifetime, excluded.count, max(f.count, excluded.count)), "
        "user_count = iif(excluded.is_lifetime, excluded.user_count, max(f.user_count, "
        "excluded.user_count)), "
        "is_lifetime = max(f.is_lifetime, excluded.is_lifetime), "
        "first_seen = min(coalesce(f.first_seen, excluded.first_seen), "
        "coalesce(excluded.first_seen, f.first_seen)), "
        "last_seen = max(coalesce(f.last_seen, excluded.last_seen), "
        "coalesce(excluded.last_seen, f.last_seen)), "
        "title = excluded.title, culprit = excluded.culprit, "
        "message = iif(f.message = '', excluded.message, f.message), "
        "is_indexed = f.is_indexed AND f.title = excluded.title AND f.culprit = excluded.culprit AND "
        "(f.message <> '' OR excluded.message = '')")
        .bind(issue.account, issue.organization, issue.id, issue.count, issue.userCount,
            counts == CountsOf::Lifetime, issue.firstSeen, issue.lastSeen, title,
            safe(issue.culprit, longestText), value)
        .run();
}

void indexDetail(Connection& connection, const domain::IssueDetail& detail)
{
    indexIssue(connection, detail.issue, CountsOf::Lifetime);
    Lines lines;
    const std::optional<qint64> fact = readLines(connection, domain::keyOf(detail.issue), lines);
    if (!fact)
        return; // it was written a moment ago
    Query(connection, "UPDATE issue_fact SET first_release = ? WHERE id = ?")
        .bind(safe(detail.firstRelease, longestValue), *fact)
        .run();
    addTags(connection, *fact, detail.tags);
    const Lines before = lines;
    for (const domain::TagDistribution& tag : detail.tags) {
        for (const domain::TagDistribution::Value& value : tag.top)
            addLine(tag.key == u"user" ? lines.users : lines.tags, value.value);
    }
    if (lines != before)
        writeLines(connection, *fact, lines);
}

void indexEvent(Connection& connection, const domain::Scope& scope, const domain::Event& event)
{
    const domain::IssueKey issue{scope.account, scope.organization, event.issue};
    Lines lines;
    const std::optional<qint64> known = readLines(connection, issue, lines);
    const qint64 fact = known ? *known : addEmpty(connection, issue);
    int room = mostAspects - rowsOf(connection, "SELECT COUNT(*) FROM issue_aspect WHERE fact = ?", fact);
    const QList<std::pair<QString, QString>> aspects = aspectsOf(event);
    for (const auto& [key, value] : aspects) {
        if (room <= 0)
            break;
        room -= Query(connection, "INSERT OR IGNORE INTO issue_aspect (fact, key, value) VALUES (?, ?, ?)")
                    .bind(fact, safe(key, longestKey), safe(value, longestValue))
                    .run();
    }
    addEventTags(connection, fact, event);
    addUser(connection, fact, event.user);
    const Lines before = lines;
    for (const QString& line : {event.message, event.title, event.culprit})
        addLine(lines.message, line);
    for (const domain::EventTag& tag : event.tags)
        addLine(lines.tags, tag.value);
    for (const QString& line :
        {event.user.id, event.user.email, event.user.username, event.user.name, event.user.ipAddress})
        addLine(lines.users, line);
    if (lines != before)
        writeLines(connection, fact, lines);
}

bool indexWaitingTexts(Connection& connection, int most)
{
    return Query(connection, "UPDATE issue_fact SET is_indexed = 1 WHERE id IN "
                             "(SELECT id FROM issue_fact WHERE is_indexed = 0 ORDER BY id LIMIT ?)")
               .bind(most)
               .run() >= most;
}

} // namespace vedette::store
