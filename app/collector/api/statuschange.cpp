// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/statuschange.h"

#include <algorithm>
#include <array>

#include "app/collector/api/changeerrors.h"
#include "app/collector/storage/releaseorder.h"

namespace vedette::collector::api {
namespace {

constexpr std::array<std::string_view, 4> openSubstatuses = {"new", "ongoing", "escalating", "regressed"};
constexpr std::array<std::string_view, 3> archivedSubstatuses = {
    "archived_until_escalating", "archived_until_condition_met", "archived_forever"};

template<class List>
bool contains(const List& list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// The projects that the issues are of.
std::vector<std::int64_t> projectsOf(SQLite::Database& db, const std::vector<std::int64_t>& issues)
{
    std::vector<std::int64_t> out;
    SQLite::Statement query(db, "SELECT project_id FROM issues WHERE id = ?");
    for (const std::int64_t issue : issues) {
        query.reset();
        query.bind(1, issue);
        if (query.executeStep())
            out.push_back(query.getColumn(0).getInt64());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

constexpr const char* noRelease = "No release data present in the system to form a basis for 'Next Release'";

} // namespace

tl::expected<std::optional<StatusChange>, Response> StatusChange::read(
    const Call& call, const std::vector<std::int64_t>& issues)
{
    const json::Value status = call.body["status"];
    if (!status.exists() || status.isNull())
        return std::nullopt;
    const auto notChoice = [](const char* field, const std::string& text) {
        return tl::unexpected(fieldError(field, "\"" + text + "\" is not a valid choice."));
    };
    if (!status.isString())
        return notChoice("status", status.toJson());
    StatusChange out;
    out.m_status = *status.string();
    const bool old = out.m_status == "resolvedInNextRelease";
    if (out.m_status == "muted")
        out.m_status = "ignored";
    if (old)
        out.m_status = "resolved";
    if (out.m_status != "resolved" && out.m_status != "unresolved" && out.m_status != "ignored")
        return notChoice("status", out.m_status);
    if (const json::Value value = call.body["substatus"]; value.exists() && !value.isNull()) {
        const std::string substatus = value.text().value_or(value.toJson());
        const bool open = contains(openSubstatuses, substatus);
        if (!open && !contains(archivedSubstatuses, substatus))
            return notChoice("substatus", substatus);
        if (out.m_status != "resolved" && open != (out.m_status == "unresolved"))
            return tl::unexpected(
                fieldError("substatus", "\"" + substatus + "\" does not go with that status."));
        if (out.m_status != "resolved")
            out.m_substatus = substatus;
    }
    json::Value details = call.body["statusDetails"];
    if (details.exists() && !details.isNull() && !details.isObject())
        return tl::unexpected(fieldError("statusDetails", "Invalid data. Expected a dictionary."));
    std::optional<Response> fault;
    if (out.m_status == "resolved") {
        if (old)
            out.m_resolution = Resolution{Resolution::Kind::InNextRelease};
        fault = out.readResolution(call, details, issues);
    } else if (out.m_status == "ignored") {
        // Old clients put the conditions beside the status.
        fault = out.readArchiving(call, details.isObject() ? details : call.body);
    }
    if (fault)
        return tl::unexpected(std::move(*fault));
    return out;
}

std::optional<Response> StatusChange::readResolution(
    const Call& call, json::Value details, const std::vector<std::int64_t>& issues)
{
    const auto wanted = [&details](const char* name) {
        return details[name].exists() && !details[name].isNull() && details[name].boolean() != false;
    };
    const char* bound = m_resolution || wanted("inNextRelease") ? "next release"
                        : wanted("inUpcomingRelease")           ? "upcoming release"
                        : wanted("inRelease")                   ? "release"
                        : wanted("inCommit")                    ? "commit"
                                                                : nullptr;
    if (!bound)
        return {};
    if (issues.empty())
        return {}; // nothing will change
    const std::vector<std::int64_t> projects = projectsOf(call.db, issues);
    if (projects.size() > 1)
        return Response::detail(
            400, std::string("Cannot set resolved in ") + bound + " for multiple projects.");
    const std::int64_t project = projects.empty() ? 0 : projects.front();
    Resolution resolution;
    resolution.user = call.self;
    resolution.created = call.nowMs();
    const std::string_view kind = bound;
    if (kind == "upcoming release") {
        return details["inUpcomingRelease"].boolean()
                   ? detailsError(
                         "inUpcomingRelease", "Your organization does not have access to this feature.")
                   : detailsError("inUpcomingRelease", "Must be a valid boolean.");
    }
    if (kind == "next release") {
        if (!m_resolution && !details["inNextRelease"].boolean())
            return detailsError("inNextRelease", "Must be a valid boolean.");
        const auto last = lastRelease(call.db, project);
        if (!last)
            return detailsError("inNextRelease", noRelease);
        resolution.kind = Resolution::Kind::InNextRelease;
        resolution.release = last->id;
        m_version = last->version;
    } else if (kind == "release") {
        const std::string version =
            details["inRelease"].string() ? std::string(*details["inRelease"].string()) : "";
        std::optional<ReleaseInOrder> release;
        if (version == "latest") {
            release = newestReleaseByDate(call.db, project);
            if (!release)
                return detailsError("inRelease", noRelease);
        } else {
            SQLite::Statement query(call.db, "SELECT id FROM releases WHERE project_id = ? AND version = ?");
            query.bind(1, project);
            query.bind(2, version);
            if (query.executeStep())
                release = releaseInOrder(call.db, query.getColumn(0).getInt64());
            if (!release)
                return detailsError("inRelease", "Unable to find a release with the given version.");
        }
        resolution.kind = Resolution::Kind::InRelease;
        resolution.release = release->id;
        m_version = release->version;
    } else {
        resolution.kind = Resolution::Kind::InCommit;
        m_resolution = resolution;
        return readCommit(call, details["inCommit"]);
    }
    m_resolution = resolution;
    return {};
}

std::optional<Response> StatusChange::readCommit(const Call& call, json::Value value)
{
    if (!value.isObject())
        return detailsError("inCommit", "Invalid data. Expected a dictionary.");
    for (const char* field : {"commit", "repository"}) {
        if (!value[field].string() || value[field].string()->empty())
            return commitError(field, "This field is required.");
    }
    const auto repository = idOf(
        call.db, "SELECT id FROM repositories WHERE name = ?", std::string(*value["repository"].string()));
    if (!repository)
        return commitError("repository", "Unable to find the given repository.");
    SQLite::Statement query(call.db, "SELECT id FROM commits WHERE repository_id = ? AND sha = ?");
    query.bind(1, *repository);
    query.bind(2, std::string(*value["commit"].string()));
    if (!query.executeStep())
        return commitError("commit", "Unable to find the given commit.");
    m_resolution->commit = query.getColumn(0).getInt64();
    return {};
}

std::optional<Response> StatusChange::readArchiving(const Call& call, json::Value details)
{
    constexpr std::int64_t maxWindow = 7LL * 24 * 60;
    constexpr std::int64_t maxMinutes = 10LL * 366 * 24 * 60; // ten years: past that it is for good
    constexpr std::int64_t maxCount = 1'000'000'000;
    constexpr std::int64_t minuteMs = 60'000;
    Snooze snooze;
    struct Bound
    {
        const char* name;
        std::int64_t most;
        std::optional<std::int64_t>& to;
    };
    std::optional<std::int64_t> minutes;
    std::optional<std::int64_t> oldMinutes;
    for (const Bound& bound : {Bound{"ignoreDuration", maxMinutes, minutes},
             Bound{"snoozeDuration", maxMinutes, oldMinutes}, Bound{"ignoreCount", maxCount, snooze.count},
             Bound{"ignoreWindow", maxWindow, snooze.countWindow},
             Bound{"ignoreUserCount", maxCount, snooze.users},
             Bound{"ignoreUserWindow", maxWindow, snooze.userWindow}}) {
        const json::Value value = details[bound.name];
        if (!value.exists() || value.isNull())
            continue;
        const auto number = value.integerLike();
        if (!number)
            return detailsError(bound.name, "A valid integer is required.");
        if (*number < 0)
            return detailsError(bound.name, "Ensure this value is greater than or equal to 0.");
        if (*number > bound.most) {
            return detailsError(
                bound.name, "Ensure this value is less than or equal to " + std::to_string(bound.most) + ".");
        }
        if (*number > 0) // none is no condition
            bound.to = *number;
    }
    if (!minutes)
        minutes = oldMinutes;
    if (!snooze.count)
        snooze.countWindow.reset();
    if (!snooze.users)
        snooze.userWindow.reset();
    if (minutes)
        snooze.until = call.nowMs() + *minutes * minuteMs;
    m_minutes = minutes;
    const bool conditional = minutes || snooze.count || snooze.users;
    snooze.escalating = m_substatus == "archived_until_escalating";
    if (m_substatus == "archived_until_condition_met" && !conditional)
        return fieldError("statusDetails", "An archiving until a condition is met needs the condition.");
    // A plain `ignored` is for good (contract section 8); a condition ends it whatever it is called.
    if (!snooze.escalating)
        m_substatus = conditional ? "archived_until_condition_met" : "archived_forever";
    if (conditional || snooze.escalating) {
        snooze.user = call.self;
        snooze.created = call.nowMs();
        m_snooze = snooze;
    }
    return {};
}

} // namespace vedette::collector::api
