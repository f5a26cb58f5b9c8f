// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/eventtags.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/statementuse.h"

namespace vedette::collector {

std::string tagList(const std::vector<std::int64_t>& ids)
{
    std::string out = "[";
    for (const std::int64_t id : ids) {
        if (out.size() > 1)
            out += ',';
        out += std::to_string(id);
    }
    out += ']';
    return out;
}

EventTags::EventTags(SQLite::Database& db)
    : m_find(db, "SELECT id FROM tag_values WHERE key = ? AND value = ?")
    , m_ids(db, "SELECT coalesce(max(id), 0) FROM tag_values")
{}

void EventTags::forget()
{
    m_known.clear();
    m_ids.forget();
}

std::int64_t EventTags::idOf(const std::string& key, const std::string& value)
{
    m_text.text.assign(key);
    m_text.text += '\0';
    m_text.text += value;
    m_text.hash = std::hash<std::string_view>{}(m_text.text);
    if (const std::int64_t* known = m_known.find(m_text))
        return *known;
    for (const Ids* ids : {&m_new, &m_taken}) {
        if (const auto found = ids->find(m_text); found != ids->end())
            return found->second;
    }
    Use find(m_find);
    find->bindNoCopy(1, key);
    find->bindNoCopy(2, value);
    if (!find->executeStep())
        return m_new.emplace(m_text, m_ids.next()).first->second;
    return m_known.put(m_text, find->getColumn(0).getInt64());
}

std::vector<NewTag> EventTags::take()
{
    std::vector<NewTag> out;
    out.reserve(m_new.size());
    for (const auto& [known, id] : m_new) {
        const std::size_t end = known.text.find('\0'); // keys hold none (contract section 12)
        out.push_back({id, known.text.substr(0, end), known.text.substr(end + 1)});
    }
    std::sort(out.begin(), out.end(),
        [](const NewTag& a, const NewTag& b) { return a.key != b.key ? a.key < b.key : a.value < b.value; });
    m_taken.merge(m_new);
    m_new.clear();
    return out;
}

} // namespace vedette::collector
