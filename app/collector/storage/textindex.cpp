// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/textindex.h"

#include <algorithm>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include "app/collector/storage/statementuse.h"

namespace vedette::collector {
namespace {

constexpr std::size_t shapeSlots = std::size_t(1) << 17U;
constexpr std::size_t wordSlots = std::size_t(1) << 16U;
constexpr std::size_t ways = 4; ///< places that a key may be in

std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t out = (a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6U) + (a >> 2U))) * 0xff51afd7ed558ccdULL;
    out ^= out >> 33U;
    return out == 0 ? 1 : out; // 0 is an empty place
}

bool hasTriggers(SQLite::Database& db)
{
    int on = 1;
    sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, -1, &on); // NOLINT: C's way of options
    return on != 0;
}

void insertInto(SQLite::Statement& statement, std::int64_t row, const std::string& text)
{
    Use insert(statement);
    insert->bind(1, row);
    insert->bindNoCopy(2, text);
    insert->exec();
}

} // namespace

KnownTexts::KnownTexts()
    : m_shapes(shapeSlots)
    , m_words(wordSlots)
{}

void KnownTexts::clear()
{
    std::fill(m_shapes.begin(), m_shapes.end(), 0);
    std::fill(m_words.begin(), m_words.end(), 0);
}

bool KnownTexts::isNew(std::vector<std::uint64_t>& set, std::uint64_t key)
{
    const std::size_t first = key % (set.size() / ways) * ways;
    for (std::size_t i = first; i < first + ways; ++i) {
        if (set[i] == key)
            return false;
        if (set[i] == 0) {
            set[i] = key;
            return true;
        }
    }
    set[first + ++m_turn % ways] = key;
    return true;
}

TextNews KnownTexts::look(std::int64_t event, std::int64_t issue, SearchText text)
{
    TextNews news;
    news.event = event;
    news.issue = issue;
    news.shape = text.shape;
    const std::uint64_t shape =
        mixed(static_cast<std::uint64_t>(issue), static_cast<std::uint64_t>(text.shape));
    if (isNew(m_shapes, shape))
        news.whole = std::move(text.whole);
    if (!text.windows.empty() && isNew(m_words, mixed(shape, text.words)))
        news.windows = std::move(text.windows);
    return news;
}

TextIndexer::TextIndexer(SQLite::Database& db)
    : m_db(db)
    , m_find(db, "SELECT 1 FROM texts WHERE issue_id = ? AND shape = ?")
    , m_insertText(db, "INSERT OR IGNORE INTO texts (id, issue_id, shape, text) VALUES (?, ?, ?, ?)")
    , m_indexText(db, "INSERT INTO text_index (rowid, text) VALUES (?, ?)")
    , m_insertWords(db, "INSERT OR IGNORE INTO text_words (id, text) VALUES (?, ?)")
    , m_indexWords(db, "INSERT INTO text_word_index (rowid, text) VALUES (?, ?)")
{}

void TextIndexer::write(const TextNews& news)
{
    if (!news.whole.empty()) {
        bool known = false;
        {
            Use find(m_find);
            find->bind(1, news.issue);
            find->bind(2, news.shape);
            known = find->executeStep();
        }
        if (!known) {
            Use insert(m_insertText);
            insert->bind(1, news.event);
            insert->bind(2, news.issue);
            insert->bind(3, news.shape);
            insert->bindNoCopy(4, news.whole);
            if (insert->exec() > 0 && !hasTriggers(m_db))
                insertInto(m_indexText, news.event, news.whole);
            return; // its words are in the whole
        }
    }
    if (news.windows.empty())
        return;
    Use insert(m_insertWords);
    insert->bind(1, news.event);
    insert->bindNoCopy(2, news.windows);
    if (insert->exec() > 0 && !hasTriggers(m_db))
        insertInto(m_indexWords, news.event, news.windows);
}

bool TextIndexer::fill(int most)
{
    const std::int64_t below = m_db.execAndGet("SELECT value FROM meta WHERE key = 'texts_below'").getInt64();
    if (below == 0)
        return false;
    SQLite::Statement events(m_db, "SELECT id, issue_id, title, culprit, message FROM events WHERE id < ? "
                                   "ORDER BY id DESC LIMIT ?");
    events.bind(1, below);
    events.bind(2, most);
    KnownTexts known;
    std::int64_t last = 0;
    int done = 0;
    while (events.executeStep()) {
        last = events.getColumn(0).getInt64();
        ++done;
        write(known.look(last, events.getColumn(1).getInt64(),
            searchTextOf(events.getColumn(2).getString(), events.getColumn(3).getString(),
                events.getColumn(4).getString())));
    }
    SQLite::Statement mark(m_db, "UPDATE meta SET value = ? WHERE key = 'texts_below'");
    mark.bind(1, done < most ? std::int64_t(0) : last);
    mark.exec();
    return done == most;
}

void indexAgain(SQLite::Database& db, std::int64_t issue)
{
    TextIndexer indexer(db);
    KnownTexts known;
    SQLite::Statement events(
        db, "SELECT id, title, culprit, message FROM events WHERE issue_id = ? ORDER BY id DESC");
    events.bind(1, issue);
    while (events.executeStep()) {
        const std::int64_t event = events.getColumn(0).getInt64();
        indexer.write(known.look(event, issue,
            searchTextOf(events.getColumn(1).getString(), events.getColumn(2).getString(),
                events.getColumn(3).getString())));
    }
}

} // namespace vedette::collector
