// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/tagdistribution.h"

namespace vedette::collector::api {
namespace {

struct TagKey
{
    std::string key;
    std::int64_t total = 0;
    std::int64_t unique = 0;
};

std::vector<TagKey> tagKeys(const Call& call, std::int64_t issue)
{
    std::vector<TagKey> out;
    SQLite::Statement query(call.db,
        "SELECT v.key, SUM(t.count), COUNT(*) FROM issue_tags t JOIN tag_values v ON v.id = t.tag_id"
        " WHERE t.issue_id = ? GROUP BY v.key ORDER BY v.key");
    query.bind(1, issue);
    while (query.executeStep())
        out.push_back(
            {query.getColumn(0).getString(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
    return out;
}

void writeKeyMembers(json::Writer& out, const TagKey& key)
{
    out.field("key", key.key).field("name", tagName(key.key)).field("totalValues", key.total);
    out.field("uniqueValues", key.unique);
}

void writeDistribution(
    json::Writer& out, const Call& call, std::int64_t issue, const TagKey& key, std::int64_t limit)
{
    out.beginObject();
    writeKeyMembers(out, key);
    out.key("topValues").beginArray();
    SQLite::Statement query(call.db,
        "SELECT v.value, t.count, t.first_seen, t.last_seen FROM issue_tags t JOIN tag_values v ON v.id = "
        "t.tag_id"
        " WHERE t.issue_id = ? AND v.key = ? ORDER BY t.count DESC, t.last_seen DESC LIMIT ?");
    query.bind(1, issue);
    query.bind(2, key.key);
    query.bind(3, limit);
    while (query.executeStep()) {
        const std::string value = query.getColumn(0).getString();
        out.beginObject().field("key", key.key).field("name", value).field("value", value);
        out.field("count", query.getColumn(1).getInt64())
            .field("firstSeen", dateText(query.getColumn(2).getInt64()));
        out.field("lastSeen", dateText(query.getColumn(3).getInt64())).endObject();
    }
    out.endArray().endObject();
}

} // namespace

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

void writeTagKeys(json::Writer& out, const Call& call, std::int64_t issue)
{
    out.beginArray();
    for (const TagKey& key : tagKeys(call, issue)) {
        out.beginObject();
        writeKeyMembers(out, key);
        out.endObject();
    }
    out.endArray();
}

void writeTagDistributions(json::Writer& out, const Call& call, std::int64_t issue,
    const std::vector<std::string>& keys, std::int64_t limit)
{
    out.beginArray();
    for (const TagKey& key : tagKeys(call, issue)) {
        bool wanted = keys.empty();
        for (const std::string& name : keys)
            wanted = wanted || name == key.key;
        if (wanted)
            writeDistribution(out, call, issue, key, limit);
    }
    out.endArray();
}

bool writeTagDistribution(
    json::Writer& out, const Call& call, std::int64_t issue, const std::string& key, std::int64_t limit)
{
    for (const TagKey& candidate : tagKeys(call, issue)) {
        if (candidate.key != key)
            continue;
        writeDistribution(out, call, issue, candidate, limit);
        return true;
    }
    return false;
}

} // namespace vedette::collector::api
