// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any text as an issue search: refused with a reason that lies within the text, or a statement that SQLite
// takes with all its values bound, on the real schema.

#include <QTemporaryDir>

#include <cstdlib>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/api/searchsql.h"
#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "models/search/parser.h"

using namespace vedette;
using namespace vedette::collector;

namespace {

constexpr core::TimePoint now{std::chrono::milliseconds(1'700'000'000'000)};

class Schema final
{
public:
    Schema()
    {
        auto db = openWriter((m_folder.path() + QLatin1String("/fuzz.sqlite")).toStdString());
        if (!db)
            std::abort();
        m_db = std::move(*db);
        seedDirectory(*m_db, now);
    }
    SQLite::Database& db() { return *m_db; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<SQLite::Database> m_db;
};

/// What was compiled must be SQL that runs.
void run(SQLite::Database& db, const std::string& table, const api::Sql& condition)
{
    try {
        SQLite::Statement statement(
            db, "SELECT count(*) FROM " + table + " WHERE 1 AND (" + condition.text + ")");
        api::bindAll(statement, condition.binds);
        if (!statement.executeStep())
            std::abort();
    } catch (const SQLite::Exception& fault) {
        // The one refusal that belongs to SQLite: an expression deeper than it takes.
        if (std::string_view(fault.what()).find("too large") == std::string_view::npos &&
            std::string_view(fault.what()).find("too many") == std::string_view::npos)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static Schema schema;
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto query = search::parse(text);
    if (!query) {
        if (query.error().message.isEmpty() || query.error().span.start < 0 ||
            query.error().span.start + query.error().span.length > text.size())
            std::abort();
        return 0;
    }
    const api::SearchScope scope{now, 1, schema.db()};
    const auto issues = api::compileSearch(*query, scope);
    if (!issues)
        return issues.error().detail.isEmpty() ? (std::abort(), 0) : 0;
    run(schema.db(), "issues i", issues->condition);
    if (const auto events = api::compileEventSearch(*query, scope))
        run(schema.db(), "events e", *events);
    return 0;
}
