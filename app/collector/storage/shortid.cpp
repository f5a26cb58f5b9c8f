// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/shortid.h"

#include <stdexcept>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/statementuse.h"

namespace vedette::collector {
namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string shortId(std::string_view projectSlug, std::int64_t number)
{
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string digits;
    do {
        digits.insert(digits.begin(), alphabet[static_cast<std::size_t>(number % 32)]);
        number /= 32;
    } while (number > 0);
    std::string out;
    for (const char c : projectSlug)
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    return out + '-' + digits;
}

IssueNumber nextIssueNumber(SQLite::Database& db, std::int64_t project)
{
    return IssueNumbers(db).next(project);
}

IssueNumbers::IssueNumbers(SQLite::Database& db)
    : m_number(db, "UPDATE meta SET value = value + 1 WHERE key = 'last_issue' RETURNING value")
    // A project that took over another's old slug meets its short ids.
    , m_taken(db, "SELECT 1 FROM issues WHERE short_id = ?1 UNION ALL SELECT 1 FROM issue_redirects WHERE "
                  "short_id = ?1")
    , m_next(db, "UPDATE projects SET next_short_id = next_short_id + 1 WHERE id = ? "
                 "RETURNING next_short_id - 1, slug")
{}

IssueNumber IssueNumbers::next(std::int64_t project)
{
    IssueNumber out;
    Use number(m_number);
    // Stepped to the end, else the update is not finished.
    while (number->executeStep())
        out.id = number->getColumn(0).getInt64();
    for (bool taken = true; taken;) {
        out.shortId.clear();
        Use next(m_next);
        next->bind(1, project);
        while (next->executeStep())
            out.shortId = shortId(next->getColumn(1).getString(), next->getColumn(0).getInt64());
        if (out.shortId.empty())
            throw std::runtime_error("an issue of a project that is gone");
        Use find(m_taken);
        find->bindNoCopy(1, out.shortId);
        taken = find->executeStep();
    }
    return out;
}

std::string bytesOfHex(std::string_view hex)
{
    if (hex.size() != 32)
        return {};
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digitOf(hex[i]);
        const int low = digitOf(hex[i + 1]);
        if (high < 0 || low < 0)
            return {};
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string hexOfBytes(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

} // namespace vedette::collector
