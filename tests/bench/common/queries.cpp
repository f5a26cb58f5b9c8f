// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/queries.h"

#include <algorithm>
#include <chrono>
#include <random>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/payload.h"
#include "tests/bench/common/httpanswer.h"

namespace vedette::bench {
namespace {

using Random = std::mt19937_64;

constexpr std::size_t variants = 50;

std::int64_t hourNow()
{
    return std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Words that mean nothing to the search language.
bool isPlain(const std::string& word)
{
    return word.size() > 1 && word.front() != '-' && word != "OR" && word != "AND" &&
           std::all_of(word.begin(), word.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '_' || c == '.' || c == '-' || c == '/';
           });
}

/// Two or three words in a row out of a text, or nothing.
std::string phraseOf(const std::string& text, Random& random)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    const std::size_t length = 2 + random() % 2;
    if (words.size() < length)
        return {};
    const std::size_t first = random() % (words.size() - length + 1);
    std::string out;
    for (std::size_t i = first; i < first + length; ++i) {
        if (!isPlain(words[i]))
            return {};
        out += (out.empty() ? "" : " ") + words[i];
    }
    // The words must stand beside each other by a space.
    return text.find(out) == std::string::npos ? std::string() : out;
}

void runAll(SQLite::Statement& query)
{
    while (query.executeStep()) {
        for (int i = 0; i < query.getColumnCount(); ++i)
            (void)query.getColumn(i).getBytes();
    }
}

std::string listPath(const std::string& query, const std::string& sort)
{
    return "/issues/?statsPeriod=14d&limit=25&sort=" + sort + "&query=" + percentEncoded(query);
}

void addLists(std::vector<Question>& out)
{
    out.push_back({"list_by_count", {listPath("is:unresolved", "freq")},
        [](SQLite::Database& db, std::size_t) {
            SQLite::Statement query(db,
                "SELECT i.id, i.title, i.culprit, sum(h.count) AS n FROM issues i JOIN issue_hours h ON "
                "h.issue_id = i.id WHERE i.status = 'unresolved' AND h.hour >= ? GROUP BY i.id ORDER BY n "
                "DESC "
                "LIMIT 25");
            query.bind(1, hourNow() - 14 * 24);
            runAll(query);
        },
        20});
    out.push_back({"list_by_date", {listPath("is:unresolved", "date")},
        [](SQLite::Database& db, std::size_t) {
            SQLite::Statement query(db,
                "SELECT id, title, culprit, count, user_count FROM issues WHERE status = "
                "'unresolved' AND last_seen >= ? ORDER BY last_seen DESC LIMIT 25");
            query.bind(1, (hourNow() - 14 * 24) * 3'600'000);
            runAll(query);
        },
        {}});
    out.push_back({"issues_count",
        {"/issues-count/"
         "?statsPeriod=14d&query=is%3Aunresolved&query=is%3Aunresolved%20is%3Aunassigned&query=is"
         "%3Aresolved"},
        [](SQLite::Database& db, std::size_t) {
            SQLite::Statement query(
                db, "SELECT status, count(*) FROM issues WHERE last_seen >= ? GROUP BY status");
            query.bind(1, (hourNow() - 14 * 24) * 3'600'000);
            runAll(query);
        },
        {}});
    out.push_back({"stats_of_the_organization",
        {"/stats_v2/?field=sum(quantity)&groupBy=outcome&groupBy=category&interval=1h&statsPeriod=24h"},
        [](SQLite::Database& db, std::size_t) {
            SQLite::Statement query(db, "SELECT hour, category, outcome, sum(quantity) FROM outcomes WHERE "
                                        "hour >= ? GROUP BY 1, 2, 3");
            query.bind(1, hourNow() - 24);
            runAll(query);
        },
        {}});
}

void addSearches(std::vector<Question>& out, SQLite::Database& db, Random& random)
{
    std::vector<std::string> phrases;
    SQLite::Statement text(db, "SELECT message FROM events WHERE id >= ? LIMIT 1");
    const auto last = static_cast<std::uint64_t>(db.execAndGet("SELECT max(id) FROM events").getInt64());
    for (int tries = 0; tries < 20'000 && phrases.size() < variants; ++tries) {
        text.reset();
        text.bind(1, static_cast<std::int64_t>(1 + random() % last));
        if (!text.executeStep())
            continue;
        if (std::string phrase = phraseOf(text.getColumn(0).getString(), random); !phrase.empty())
            phrases.push_back(std::move(phrase));
    }
    text.reset();
    Question fullText{"full_text", {}, {}, 100};
    for (const std::string& phrase : phrases)
        fullText.paths.push_back(listPath("is:unresolved " + phrase, "date"));
    fullText.plain = [phrases](SQLite::Database& plainDb, std::size_t n) {
        SQLite::Statement query(
            plainDb, "SELECT DISTINCT issue_id FROM events WHERE title LIKE ?1 OR message LIKE ?1");
        query.bind(1, '%' + phrases[n % phrases.size()] + '%');
        runAll(query);
    };
    out.push_back(std::move(fullText));

    std::vector<std::string> users;
    SQLite::Statement user(
        db, "SELECT substr(key, 4) FROM event_users WHERE id >= ? AND key LIKE 'id:%' LIMIT 1");
    const auto lastUser =
        static_cast<std::uint64_t>(db.execAndGet("SELECT max(id) FROM event_users").getInt64());
    for (int tries = 0; tries < 1'000 && users.size() < variants; ++tries) {
        user.reset();
        user.bind(1, static_cast<std::int64_t>(1 + random() % lastUser));
        if (user.executeStep())
            users.push_back(user.getColumn(0).getString());
    }
    Question byUser{"user_id", {}, {}, 100};
    for (const std::string& id : users)
        byUser.paths.push_back(listPath("is:unresolved user.id:" + id, "date"));
    byUser.plain = [users](SQLite::Database& plainDb, std::size_t n) {
        SQLite::Statement query(plainDb,
            "SELECT DISTINCT e.issue_id FROM events e JOIN event_users u ON u.id = "
            "e.user_id WHERE u.key = ?");
        query.bind(1, "id:" + users[n % users.size()]);
        runAll(query);
    };
    out.push_back(std::move(byUser));
}

void addDetails(std::vector<Question>& out, SQLite::Database& db, Random& random)
{
    std::vector<std::int64_t> issues;
    SQLite::Statement issue(db, "SELECT id FROM issues WHERE id >= ? LIMIT 1");
    const auto last = static_cast<std::uint64_t>(db.execAndGet("SELECT max(id) FROM issues").getInt64());
    while (issues.size() < variants) {
        issue.reset();
        issue.bind(1, static_cast<std::int64_t>(1 + random() % last));
        if (issue.executeStep())
            issues.push_back(issue.getColumn(0).getInt64());
    }
    const auto ofIssues = [&issues](const std::string& rest) {
        std::vector<std::string> paths;
        for (const std::int64_t id : issues)
            paths.push_back("/issues/" + std::to_string(id) + rest);
        return paths;
    };
    const auto bound = [issues](const char* sql) {
        return [issues, sql](SQLite::Database& plainDb, std::size_t n) {
            SQLite::Statement query(plainDb, sql);
            query.bind(1, issues[n % issues.size()]);
            runAll(query);
        };
    };
    out.push_back({"issue", ofIssues("/"), bound("SELECT * FROM issues WHERE id = ?"), {}});
    out.push_back({"latest_event", ofIssues("/events/latest/"),
        [issues](SQLite::Database& plainDb, std::size_t n) {
            SQLite::Statement query(plainDb,
                "SELECT p.data FROM issues i JOIN payloads p ON p.id = i.last_event "
                "WHERE i.id = ?");
            query.bind(1, issues[n % issues.size()]);
            if (query.executeStep())
                (void)collector::unpackPayload(query.getColumn(0).getString());
        },
        {}});
    out.push_back({"tags", ofIssues("/tags/"),
        bound("SELECT v.key, v.value, t.count FROM issue_tags t JOIN tag_values v ON v.id = t.tag_id WHERE "
              "t.issue_id = ?"),
        {}});
    Question stats{"issues_stats", {}, {}, {}};
    for (std::size_t first = 0; first + 25 <= issues.size(); first += 5) {
        std::string path = "/issues-stats/?statsPeriod=14d&groupStatsPeriod=auto";
        for (std::size_t i = first; i < first + 25; ++i)
            path += "&groups=" + std::to_string(issues[i]);
        stats.paths.push_back(path);
    }
    stats.plain = [issues](SQLite::Database& plainDb, std::size_t n) {
        SQLite::Statement query(
            plainDb, "SELECT hour, sum(count) FROM issue_hours WHERE issue_id = ? GROUP BY 1");
        for (std::size_t i = 0; i < 25; ++i) {
            query.reset();
            query.bind(1, issues[(n * 5 + i) % issues.size()]);
            runAll(query);
        }
    };
    out.push_back(std::move(stats));
}

template<class Call>
double timedMs(Call call)
{
    const auto began = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

} // namespace

std::vector<Question> questionsAbout(const std::string& database, const std::string& organization)
{
    SQLite::Database db(database, SQLite::OPEN_READONLY);
    Random random(7); // NOLINT: the same each time
    std::vector<Question> out;
    addLists(out);
    addSearches(out, db, random);
    addDetails(out, db, random);
    for (Question& question : out) {
        for (std::string& path : question.paths)
            path.insert(0, "/api/0/organizations/" + organization);
    }
    return out;
}

std::vector<Figure> ask(const Collect& collect, const std::vector<Question>& questions, int times)
{
    constexpr int plainTimes = 9;
    std::vector<Figure> out;
    HttpReader reader(collect.port(), collect.token());
    SQLite::Database db(collect.database(), SQLite::OPEN_READONLY);
    for (const Question& question : questions) {
        std::vector<double> ours;
        std::vector<double> plain;
        (void)reader.get(question.paths.front()); // what was counted meanwhile is written now
        for (int i = 0; i < times; ++i) {
            const std::string& path = question.paths[static_cast<std::size_t>(i) % question.paths.size()];
            ours.push_back(timedMs([&] { (void)reader.get(path); }));
        }
        for (int i = 0; i < plainTimes; ++i)
            plain.push_back(timedMs([&] { question.plain(db, static_cast<std::size_t>(i)); }));
        out.push_back(
            {question.name + "_p50", percentile(ours, 0.5), "ms", median(plain), {}, Figure::Better::Less});
        out.push_back({question.name + "_p99", percentile(ours, 0.99), "ms", {}, question.targetMs,
            Figure::Better::Less});
    }
    return out;
}

} // namespace vedette::bench
