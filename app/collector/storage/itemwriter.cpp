// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/itemwriter.h"

#include <stdexcept>
#include <tuple>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/shortid.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

void bindBlob(SQLite::Statement& statement, int index, std::string_view bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// The bytes of an event id, or NULL for none.
void bindId(SQLite::Statement& statement, int index, const std::string& hex)
{
    const std::string bytes = bytesOfHex(hex);
    if (bytes.empty())
        statement.bind(index);
    else
        bindBlob(statement, index, bytes);
}

} // namespace

void ItemWriter::write(std::int64_t project, const IncomingItems& items, bool discarded, core::TimePoint now,
    std::vector<Outcome>& outcomes)
{
    checkProject(project);
    if (!discarded)
        writeAttachments(project, items.attachments, now, outcomes);
    else if (!items.attachments.empty())
        outcomes.push_back({"attachment", "filtered", "discarded-hash",
            static_cast<std::int64_t>(items.attachments.size())});
    for (const IncomingReport& report : items.reports)
        outcomes.push_back({"feedback", writeReport(project, report, now) ? "accepted" : "duplicate", "", 1});
    const Hour hour{project, std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count()};
    for (const IncomingTransaction& transaction : items.transactions) {
        m_gathered[hour][transaction.name].add(transaction.duration);
        outcomes.push_back({"transaction", "accepted", "", 1});
    }
}

void ItemWriter::checkProject(std::int64_t project)
{
    if (m_projects.count(project) != 0)
        return;
    SQLite::Statement query(m_db, "SELECT 1 FROM projects WHERE id = ?");
    query.bind(1, project);
    if (!query.executeStep())
        throw std::runtime_error("items for a project that is gone");
    m_projects.insert(project);
}

void ItemWriter::writeAttachments(std::int64_t project, const std::vector<IncomingAttachment>& attachments,
    core::TimePoint now, std::vector<Outcome>& outcomes)
{
    // An envelope that is sent again must not double its attachments, yet one may hold the same file twice:
    // so many as came at once are kept, and what was there before counts among them.
    std::map<std::tuple<std::string, std::string, std::string, std::string>, std::int64_t> there;
    for (const IncomingAttachment& attachment : attachments) {
        const auto [entry, fresh] =
            there.try_emplace({attachment.eventId, attachment.name, attachment.type, attachment.sha1}, 0);
        if (fresh) {
            SQLite::Statement query(m_db, "SELECT count(*) FROM attachments WHERE event_id = ? AND "
                                          "project_id = ? AND name = ? AND type = ? AND sha1 = ?");
            bindId(query, 1, attachment.eventId);
            query.bind(2, project);
            query.bind(3, attachment.name);
            query.bind(4, attachment.type);
            query.bind(5, attachment.sha1);
            query.executeStep();
            entry->second = query.getColumn(0).getInt64();
        }
        const bool known = entry->second > 0;
        if (known)
            --entry->second;
        else
            insertAttachment(project, attachment, now);
        outcomes.push_back({"attachment", known ? "duplicate" : "accepted", "", 1});
    }
}

void ItemWriter::insertAttachment(
    std::int64_t project, const IncomingAttachment& attachment, core::TimePoint now)
{
    SQLite::Statement insert(m_db, "INSERT INTO attachments (project_id, event_id, name, content_type, type, "
                                   "size, sha1, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, project);
    bindId(insert, 2, attachment.eventId);
    insert.bind(3, attachment.name);
    insert.bind(4, attachment.contentType);
    insert.bind(5, attachment.type);
    insert.bind(6, attachment.size);
    insert.bind(7, attachment.sha1);
    insert.bind(8, msOf(now));
    insert.exec();
    const std::int64_t id = m_db.getLastInsertRowid();
    SQLite::Statement part(m_db, "INSERT INTO attachment_parts (attachment_id, part, data) VALUES (?, ?, ?)");
    for (std::size_t number = 0; number < attachment.parts->count(); ++number) {
        const std::string_view data = attachment.parts->part(number);
        part.reset();
        part.bind(1, id);
        part.bind(2, static_cast<std::int64_t>(number));
        part.bindNoCopy(3, data.data(), static_cast<int>(data.size()));
        part.exec();
    }
}

bool ItemWriter::writeReport(std::int64_t project, const IncomingReport& report, core::TimePoint now)
{
    SQLite::Statement known(m_db,
        "SELECT 1 FROM user_reports WHERE project_id = ?1 AND (report_id = ?3 OR (?3 IS NULL AND event_id IS "
        "?2 AND source = ?4 AND name = ?5 AND email = ?6 AND comments = ?7))");
    SQLite::Statement insert(m_db, "INSERT INTO user_reports (project_id, event_id, report_id, source, name, "
                                   "email, comments, url, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (SQLite::Statement* statement : {&known, &insert}) {
        statement->bind(1, project);
        bindId(*statement, 2, report.eventId);
        bindId(*statement, 3, report.reportId);
        statement->bind(4, report.source);
        statement->bind(5, report.name);
        statement->bind(6, report.email);
        statement->bind(7, report.comments);
    }
    if (known.executeStep())
        return false;
    insert.bind(8, report.url);
    insert.bind(9, msOf(now));
    insert.exec();
    return true;
}

std::string ItemWriter::keptName(const Hour& hour, const std::string& name)
{
    const auto [entry, fresh] = m_names.try_emplace(hour);
    if (fresh) {
        SQLite::Statement query(m_db, "SELECT name FROM transaction_hours WHERE project_id = ? AND hour = ?");
        query.bind(1, hour.first);
        query.bind(2, hour.second);
        while (query.executeStep())
            entry->second.insert(query.getColumn(0).getString());
    }
    if (entry->second.size() >= maxTransactionNames && entry->second.count(name) == 0)
        return std::string(otherTransactions);
    entry->second.insert(name);
    return name;
}

void ItemWriter::addTo(const Hour& hour, const std::string& name, const Durations& durations)
{
    Durations sum = durations;
    SQLite::Statement query(
        m_db, "SELECT sketch FROM transaction_hours WHERE project_id = ? AND hour = ? AND name = ?");
    query.bind(1, hour.first);
    query.bind(2, hour.second);
    query.bind(3, name);
    if (query.executeStep()) {
        const auto blob = query.getColumn(0);
        sum.add(Durations::unpack(
            {static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())}));
    }
    SQLite::Statement insert(m_db,
        "INSERT INTO transaction_hours (project_id, hour, name, count, sketch) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = excluded.count, sketch = excluded.sketch");
    insert.bind(1, hour.first);
    insert.bind(2, hour.second);
    insert.bind(3, name);
    insert.bind(4, sum.count());
    bindBlob(insert, 5, sum.pack());
    insert.exec();
}

void ItemWriter::finish()
{
    for (const auto& [hour, names] : m_gathered) {
        std::map<std::string, Durations> kept;
        for (const auto& [name, durations] : names)
            kept[keptName(hour, name)].add(durations);
        for (const auto& [name, durations] : kept)
            addTo(hour, name, durations);
    }
    m_gathered.clear();
    constexpr std::size_t maxHours = 64; // hours pass, and with them what is known of them
    if (m_names.size() > maxHours)
        m_names.clear();
}

void ItemWriter::forget()
{
    m_gathered.clear();
    m_names.clear();
    m_projects.clear();
}

} // namespace vedette::collector
