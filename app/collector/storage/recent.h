// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

namespace vedette::collector {

/// Remembers what was used lately, up to a bound: in two halves, the older of which is forgotten when the
/// newer one is full; what is found in the older one moves into the newer. So what is common stays, whatever
/// passes by once. Pointers hold until the next call. One thread.
template<class Key, class Value, class Hash = std::hash<Key>>
class Recent final
{
public:
    explicit Recent(std::size_t most)
        : m_half(most / 2)
    {}

    /// Null for what is not known (any more).
    Value* find(const Key& key)
    {
        if (const auto known = m_new.find(key); known != m_new.end())
            return &known->second;
        auto node = m_old.extract(key);
        if (node.empty())
            return nullptr;
        makeRoom();
        return &m_new.insert(std::move(node)).position->second;
    }

    /// Remembers it, in place of what was known of that key.
    Value& put(const Key& key, Value value)
    {
        m_old.erase(key);
        makeRoom();
        return m_new.insert_or_assign(key, std::move(value)).first->second;
    }

    void erase(const Key& key)
    {
        m_new.erase(key);
        m_old.erase(key);
    }

    /// Forgets every value of which `is` is true.
    template<class Predicate>
    void eraseIf(Predicate is)
    {
        const auto matches = [&is](const auto& entry) { return is(entry.second); };
        std::erase_if(m_new, matches);
        std::erase_if(m_old, matches);
    }

    void clear()
    {
        m_new.clear();
        m_old.clear();
    }

private:
    using Map = std::unordered_map<Key, Value, Hash>;

    void makeRoom()
    {
        if (m_new.size() < m_half)
            return;
        m_old = std::exchange(m_new, Map());
    }

    const std::size_t m_half;
    Map m_new;
    Map m_old;
};

} // namespace vedette::collector
