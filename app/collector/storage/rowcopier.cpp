// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/rowcopier.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

std::string quoted(const std::string& name)
{
    return '"' + name + '"'; // ours, from the new database's own list
}

std::string joined(const std::vector<std::string>& names, const char* after)
{
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + quoted(name) + after;
    return out;
}

} // namespace

RowCopier::RowCopier(SQLite::Database& from, SQLite::Database& to, std::string table)
    : m_from(from)
    , m_to(to)
    , m_table(std::move(table))
{
    readColumns();
}

RowCopier::~RowCopier() = default;

void RowCopier::readColumns()
{
    SQLite::Statement info(m_to, "SELECT name, pk FROM pragma_table_info(?)");
    info.bind(1, m_table);
    std::map<int, std::string> key;
    while (info.executeStep()) {
        m_columns.push_back(info.getColumn(0).getString());
        if (const int place = info.getColumn(1).getInt(); place > 0)
            key[place] = m_columns.back();
    }
    m_list = joined(m_columns, "");
    m_insert = "INSERT OR REPLACE INTO " + quoted(m_table) + " (" + m_list + ") VALUES (";
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_insert += i == 0 ? "?" : ", ?";
    m_insert += ')';
    SQLite::Statement kind(m_to, "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?");
    kind.bind(1, m_table);
    if (kind.executeStep() && kind.getColumn(0).getInt() != 0) {
        for (const auto& [place, name] : key)
            m_key.push_back(name);
    }
}

void RowCopier::run()
{
    if (m_key.empty())
        copyByRowid();
    else
        copyByKey();
}

void RowCopier::write(SQLite::Statement& row)
{
    if (!m_statement)
        m_statement = std::make_unique<SQLite::Statement>(m_to, m_insert);
    SQLite::Statement& insert = *m_statement;
    insert.reset();
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        const SQLite::Column value = row.getColumn(i);
        if (value.isInteger())
            insert.bind(i + 1, value.getInt64());
        else if (value.isFloat())
            insert.bind(i + 1, value.getDouble());
        else if (value.isText())
            insert.bind(i + 1, value.getString());
        else if (value.isBlob())
            insert.bind(i + 1, value.getBlob(), value.getBytes());
        else
            insert.bind(i + 1);
    }
    m_rows += insert.exec();
}

void RowCopier::copyByRowid()
{
    std::int64_t from = lowest;
    for (;;) {
        const auto stuck = copyFrom(from);
        if (!stuck)
            return;
        ++m_gaps;
        const auto next = readableAfter(*stuck);
        if (!next)
            return;
        from = *next;
    }
}

std::optional<std::int64_t> RowCopier::copyFrom(std::int64_t rowid)
{
    std::int64_t at = rowid;
    std::optional<SQLite::Statement> rows;
    for (;;) {
        bool isRow = false;
        try {
            if (!rows) {
                rows.emplace(m_from, "SELECT " + m_list + ", rowid FROM " + quoted(m_table) +
                                         " WHERE rowid >= ? ORDER BY rowid");
                rows->bind(1, at);
            }
            isRow = rows->executeStep();
            if (isRow)
                at = rows->getColumn(static_cast<int>(m_columns.size())).getInt64();
        } catch (const SQLite::Exception&) {
            return at;
        }
        if (!isRow)
            return {};
        write(*rows);
    }
}

bool RowCopier::isReadable(std::int64_t rowid)
{
    try {
        SQLite::Statement row(m_from,
            "SELECT " + m_list + " FROM " + quoted(m_table) + " WHERE rowid >= ? ORDER BY rowid LIMIT 1");
        row.bind(1, rowid);
        (void)row.executeStep();
        return true;
    } catch (const SQLite::Exception&) {
        return false;
    }
}

std::optional<std::int64_t> RowCopier::readableAfter(std::int64_t bad)
{
    if (bad == lowest)
        bad = 0; // rowids begin at 1
    // In leaps that double, then back to the nearest place.
    std::int64_t low = bad;
    std::int64_t high = bad;
    for (std::int64_t leap = 1;; leap *= 2) {
        if (leap > highest / 4 || high > highest - leap)
            return {};
        high = bad + leap;
        if (isReadable(high))
            break;
        low = high;
    }
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (isReadable(middle) ? high : low) = middle;
    }
    return high;
}

void RowCopier::copyByKey()
{
    // Forwards as far as it goes, then backwards: what lies between is lost.
    for (const char* direction : {"", " DESC"}) {
        SQLite::Statement rows(m_from,
            "SELECT " + m_list + " FROM " + quoted(m_table) + " ORDER BY " + joined(m_key, direction));
        for (;;) {
            try {
                if (!rows.executeStep())
                    return;
            } catch (const SQLite::Exception&) {
                break;
            }
            write(rows);
        }
        m_gaps = 1;
    }
}

} // namespace vedette::collector
