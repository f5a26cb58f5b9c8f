// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/tagdistribution.h"

namespace vedette::collector::api {
namespace {

/// No list of values goes further (contract section 7).
constexpr std::int64_t maxValues = 1'000;

struct TagKey
{
    std::string key;
    std::int64_t total = 0;
    std::int64_t unique = 0;
};

/// Values with their names: id, key, value, count, first_seen, last_seen; of one key, or of all for an empty
/// one.
Sql namedRows(const TagSource& source, const std::string& key)
{
    Sql sql{"SELECT v.id AS id, v.key AS key, v.value AS value, r.count AS count, r.first_seen AS first_seen,"
            " r.last_seen AS last_seen FROM (",
        {}};
    sql += source.rows;
    sql += ") r JOIN tag_values v ON v.id = r.tag_id";
    if (!key.empty())
        sql += Sql{" WHERE v.key = ?", {key}};
    if (!key.empty() && key != "user")
        return sql;
    sql += " UNION ALL SELECT u.id, 'user', u.key, r.count, r.first_seen, r.last_seen FROM (";
    sql += source.people;
    sql += ") r JOIN event_users u ON u.id = r.user_id";
    return sql;
}

std::vector<TagKey> tagKeys(const Call& call, const TagSource& source)
{
    std::vector<TagKey> out;
    Sql sql{"SELECT key, SUM(count), COUNT(*) FROM (", {}};
    sql += namedRows(source, {});
    sql += ") GROUP BY key ORDER BY key";
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep())
        out.push_back(
            {query.getColumn(0).getString(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
    return out;
}

/// What `user` values stand for; members that the value itself does not tell.
void writePerson(json::Writer& out, const Call& call, const std::string& value)
{
    SQLite::Statement query(call.db, "SELECT id, email, username, ip FROM event_users WHERE key = ?");
    query.bind(1, value);
    const bool known = query.executeStep();
    const auto text = [&](int column) { return known ? query.getColumn(column).getString() : std::string(); };
    out.field("id", known ? std::to_string(query.getColumn(0).getInt64()) : std::string());
    out.fieldOrNull(
        "identifier", value.starts_with("id:") ? std::string_view(value).substr(3) : std::string_view());
    out.fieldOrNull("email", text(1)).fieldOrNull("username", text(2)).fieldOrNull("ipAddress", text(3));
    out.nullField("name").nullField("avatarUrl");
}

std::string readableValue(const std::string& key, const std::string& value)
{
    if (value.empty())
        return "(empty)";
    const std::size_t colon = value.find(':');
    return key == "user" && colon != std::string::npos ? value.substr(colon + 1) : value;
}

/// Which values, in what order.
struct ValuePage
{
    std::string order = "t.count DESC, t.last_seen DESC";
    Sql where;
    std::int64_t limit = 0, offset = 0;
    bool readable = false;
};

/// True where there are more behind them.
bool writeValues(json::Writer& out, const Call& call, const TagSource& source, const std::string& key,
    const ValuePage& page)
{
    Sql sql{"SELECT t.value, t.count, t.first_seen, t.last_seen FROM (", {}};
    sql += namedRows(source, key);
    sql += ") t";
    sql += page.where;
    sql += " ORDER BY " + page.order + ", t.id DESC";
    sql += Sql{" LIMIT ? OFFSET ?", {page.limit + 1, page.offset}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    std::int64_t rows = 0;
    while (query.executeStep()) {
        if (++rows > page.limit)
            return true;
        const std::string value = query.getColumn(0).getString();
        out.beginObject().field("key", key).field("name", value).field("value", value);
        out.field("count", query.getColumn(1).getInt64())
            .field("firstSeen", dateText(query.getColumn(2).getInt64()));
        out.field("lastSeen", dateText(query.getColumn(3).getInt64()));
        if (page.readable)
            out.field("readable", readableValue(key, value));
        if (key == "user")
            writePerson(out, call, value);
        out.endObject();
    }
    return false;
}

void writeKeyMembers(json::Writer& out, const TagKey& key)
{
    out.field("key", key.key).field("name", tagName(key.key)).field("totalValues", key.total);
    out.field("uniqueValues", key.unique);
}

void writeDistribution(json::Writer& out, const Call& call, const TagSource& source, const TagKey& key,
    std::int64_t limit, bool readable)
{
    out.beginObject();
    writeKeyMembers(out, key);
    out.key("topValues").beginArray();
    ValuePage page;
    page.limit = limit;
    page.readable = readable;
    writeValues(out, call, source, key.key, page);
    out.endArray().endObject();
}

TagSource fromEvents(const Sql& where, const Window& window)
{
    const auto counts = [&](std::string_view value, std::string_view from, std::string_view known) {
        Sql out{"SELECT ", {}};
        out += value;
        out += ", COUNT(*) AS count, MIN(e.timestamp) AS first_seen, MAX(e.timestamp) AS last_seen FROM ";
        out += from;
        out += " WHERE ";
        out += known;
        out += where;
        out += " AND ";
        out += window.eventsCondition("e");
        out += " GROUP BY 1";
        return out;
    };
    return {counts("j.value AS tag_id", "events e, json_each(e.tags) j", ""),
        counts("e.user_id AS user_id", "events e", "e.user_id IS NOT NULL AND ")};
}

} // namespace

TagSource TagSource::ofIssue(std::int64_t issue, const Window& window)
{
    if (!window.isWhole())
        return fromEvents({"e.issue_id = ?", {issue}}, window);
    return {{"SELECT tag_id, count, first_seen, last_seen FROM issue_tags WHERE issue_id = ?", {issue}},
        {"SELECT user_id, count, first_seen, last_seen FROM issue_users WHERE issue_id = ?", {issue}}};
}

TagSource TagSource::ofProjects(const std::vector<std::int64_t>& projects, const Window& window)
{
    Sql ids{"(SELECT id FROM projects)", {}};
    if (!projects.empty()) {
        ids.text = "(" + placeholders(projects.size()) + ")";
        ids.binds.assign(projects.begin(), projects.end());
    }
    if (!window.isWhole())
        return fromEvents({"e.project_id IN " + ids.text, ids.binds}, window);
    const auto sums = [&](const std::string& id, const std::string& table) {
        Sql out{"SELECT x." + id + " AS " + id + ", SUM(x.count) AS count, MIN(x.first_seen) AS first_seen," +
                    " MAX(x.last_seen) AS last_seen FROM " + table + " x",
            {}};
        if (!projects.empty())
            out += Sql{" JOIN issues i ON i.id = x.issue_id WHERE i.project_id IN " + ids.text, ids.binds};
        out += " GROUP BY x." + id;
        return out;
    };
    return {sums("tag_id", "issue_tags"), sums("user_id", "issue_users")};
}

std::string tagName(const std::string& key)
{
    std::string out;
    bool start = true;
    for (const char c : key) {
        if (c == '_' || c == '.') {
            out += c == '_' ? ' ' : '.';
            start = true;
            continue;
        }
        out += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        start = false;
    }
    return out;
}

void writeTagKeys(json::Writer& out, const Call& call, const TagSource& source)
{
    out.beginArray();
    for (const TagKey& key : tagKeys(call, source)) {
        out.beginObject();
        writeKeyMembers(out, key);
        out.endObject();
    }
    out.endArray();
}

void writeTagDistributions(json::Writer& out, const Call& call, const TagSource& source,
    const std::vector<std::string>& keys, std::int64_t limit, bool readable)
{
    out.beginArray();
    for (const TagKey& key : tagKeys(call, source)) {
        bool wanted = keys.empty();
        for (const std::string& name : keys)
            wanted = wanted || name == key.key;
        if (wanted)
            writeDistribution(out, call, source, key, limit, readable);
    }
    out.endArray();
}

bool writeTagDistribution(
    json::Writer& out, const Call& call, const TagSource& source, const std::string& key, std::int64_t limit)
{
    for (const TagKey& candidate : tagKeys(call, source)) {
        if (candidate.key != key)
            continue;
        writeDistribution(out, call, source, candidate, limit, false);
        return true;
    }
    return false;
}

std::optional<TagValueRequest> TagValueRequest::from(const Request& request)
{
    static constexpr std::pair<std::string_view, std::string_view> columns[] = {
        {"count", "t.count"},
        {"freq", "t.count"},
        {"date", "t.last_seen"},
        {"age", "t.first_seen"},
        {"id", "t.id"},
    };
    TagValueRequest out;
    out.contains = request.queryValue("query").value_or("");
    std::string_view sort = request.queryValue("sort").value_or("");
    if (sort.empty())
        return out;
    const bool descending = sort.starts_with('-');
    if (descending)
        sort.remove_prefix(1);
    for (const auto& [name, column] : columns) {
        if (name == sort) {
            out.order = std::string(column) + (descending ? " DESC" : "");
            return out;
        }
    }
    return {};
}

bool writeTagValues(json::Writer& out, const Call& call, const TagSource& source, const std::string& key,
    const TagValueRequest& request)
{
    ValuePage page;
    page.order = request.order;
    if (!request.contains.empty())
        page.where = {" WHERE instr(lower(t.value), lower(?)) > 0", {request.contains}};
    page.offset = request.offset;
    page.limit = std::min(request.limit, maxValues - request.offset);
    if (page.limit <= 0)
        return false;
    const bool more = writeValues(out, call, source, key, page);
    return more && request.offset + page.limit < maxValues;
}

} // namespace vedette::collector::api
