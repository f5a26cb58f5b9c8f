// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/change.h"

#include <algorithm>
#include <set>

#include "app/collector/api/changeerrors.h"
#include "app/collector/storage/discard.h"

namespace vedette::collector::api {
namespace {

/// 1 and true, as clients write it; nothing for what is neither yes nor no.
std::optional<bool> truth(json::Value value)
{
    if (const auto flag = value.boolean())
        return flag;
    const auto number = value.integer();
    return number && (*number == 0 || *number == 1) ? std::optional(*number == 1) : std::nullopt;
}

/// Issues are one of errors, or of something else that can be neither merged nor discarded.
bool areErrors(SQLite::Database& db, const std::vector<std::int64_t>& issues)
{
    SQLite::Statement query(
        db, "SELECT 1 FROM issues WHERE id = ? AND type IN ('transaction', 'feedback', 'generic')");
    for (const std::int64_t issue : issues) {
        query.reset();
        query.bind(1, issue);
        if (query.executeStep())
            return false;
    }
    return true;
}

std::size_t projectCount(SQLite::Database& db, const std::vector<std::int64_t>& issues)
{
    std::set<std::int64_t> projects;
    SQLite::Statement query(db, "SELECT project_id FROM issues WHERE id = ?");
    for (const std::int64_t issue : issues) {
        query.reset();
        query.bind(1, issue);
        if (query.executeStep())
            projects.insert(query.getColumn(0).getInt64());
    }
    return projects.size();
}

} // namespace

tl::expected<Change, Response> Change::read(const Call& call, const std::vector<std::int64_t>& issues)
{
    if (!call.body.isObject())
        return tl::unexpected(Response::detail(400, "A JSON object is expected"));
    Change change;
    if (auto fault = change.readDiscard(call, issues))
        return tl::unexpected(std::move(*fault));
    auto status = StatusChange::read(call, issues);
    if (!status)
        return tl::unexpected(std::move(status.error()));
    change.m_status = std::move(*status);
    auto assignment = Assignment::read(call, issues);
    if (!assignment)
        return tl::unexpected(std::move(assignment.error()));
    change.m_assignment = *assignment;
    if (auto fault = change.m_flags.read(call))
        return tl::unexpected(std::move(*fault));
    if (auto fault = change.readMerge(call, issues))
        return tl::unexpected(std::move(*fault));
    return change;
}

std::optional<Response> Change::readDiscard(const Call& call, const std::vector<std::int64_t>& issues)
{
    const json::Value value = call.body["discard"];
    if (!value.exists() || value.isNull())
        return {};
    const auto wanted = truth(value);
    if (!wanted)
        return fieldError("discard", "Must be a valid boolean.");
    m_discard = *wanted;
    if (m_discard && call.body.size() > 1)
        return fieldError("non_field_errors", "Other attributes cannot be updated when discarding");
    if (m_discard && !areErrors(call.db, issues))
        return Response::detail(400, "Only error issues can be discarded.");
    return {};
}

std::optional<Response> Change::readMerge(const Call& call, const std::vector<std::int64_t>& issues)
{
    const json::Value value = call.body["merge"];
    if (!value.exists() || value.isNull())
        return {};
    const auto wanted = truth(value);
    if (!wanted)
        return fieldError("merge", "Must be a valid boolean.");
    m_merge = *wanted;
    if (!m_merge)
        return {};
    if (projectCount(call.db, issues) > 1)
        return Response::detail(400, "Merging across multiple projects is not supported");
    if (!areErrors(call.db, issues))
        return Response::detail(400, "Only error issues can be merged.");
    if (std::any_of(issues.begin(), issues.end(), [&](std::int64_t id) { return isUnmerging(call.db, id); }))
        return Response::detail(409, "Events of the issues are still being moved: try again in a moment");
    return {};
}

void Change::apply(const Call& call, const std::vector<std::int64_t>& issues)
{
    if (m_discard) {
        discardIssues(call.db, issues, call.self, call.now());
        return;
    }
    for (const std::int64_t issue : issues) {
        if (m_status)
            m_status->apply(call, issue);
        if (m_assignment)
            m_assignment->apply(call, issue);
        m_flags.apply(call, issue);
    }
    if (m_merge)
        m_merged = mergeIssues(call.db, issues, call.self, call.now());
}

void Change::writeEcho(json::Writer& out, const Call& call, const std::vector<std::int64_t>& issues) const
{
    out.beginObject();
    if (m_status)
        m_status->writeEcho(out, call, issues);
    if (m_assignment)
        m_assignment->writeEcho(out, call);
    m_flags.writeEcho(out, m_status && m_status->leavesInbox());
    if (m_merge) {
        out.key("merge").beginObject().field("parent", std::to_string(m_merged.parent));
        out.key("children").beginArray();
        for (const std::int64_t child : m_merged.children)
            out.string(std::to_string(child));
        out.endArray().endObject();
    }
    out.endObject();
}

} // namespace vedette::collector::api
