// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What an issue's status is bound to (contract section 6), and its history (section 7).

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

/// Servers keep to 100; more is not shown anyway.
constexpr qsizetype mostActivities = 200;
constexpr qsizetype mostMembers = 50;

/// A count that may be missing: null is not 0 here.
std::optional<qint64> maybeCount(const json::Value& value)
{
    if (!value.isNumber() && !value.integerLike())
        return {};
    return count(value);
}

/// A commit: an object, though the documents say text.
std::optional<domain::CommitRef> commit(const json::Value& value)
{
    domain::CommitRef out;
    if (value.isString()) {
        out.id = text(value, shortText);
    } else if (value.isObject()) {
        out.id = id(value["id"]);
        out.message = text(value["message"], lineText);
        const json::Value repository = value["repository"];
        out.repository = text(repository.isObject() ? repository["name"] : repository, shortText);
    }
    if (out == domain::CommitRef())
        return {};
    return out;
}

std::optional<domain::Activity> activity(const json::Value& value)
{
    domain::Activity out;
    out.id = id(value["id"]);
    out.type = text(value["type"], shortText);
    if (out.id.isEmpty() && out.type.isEmpty())
        return {};
    out.user = user(value["user"]);
    if (!out.user && value["sentry_app"].isObject()) {
        domain::Actor app;
        app.name = text(value["sentry_app"]["name"], shortText);
        if (!app.name.isEmpty())
            out.user = app;
    }
    out.at = time(value["dateCreated"]);
    for (const auto& [key, member] : value["data"].members()) {
        if (out.data.size() >= mostMembers)
            break;
        const bool isTree = member.isArray() || member.isObject();
        out.data.append(
            {text(key, shortText), isTree ? text(member.toJson(), lineText) : text(member, longText)});
    }
    return out;
}

} // namespace

domain::StatusDetails statusDetails(const json::Value& value)
{
    domain::StatusDetails out;
    out.inNextRelease = flag(value["inNextRelease"]);
    out.inUpcomingRelease = flag(value["inUpcomingRelease"]);
    out.inRelease = text(value["inRelease"], shortText);
    out.inCommit = commit(value["inCommit"]);
    out.ignoreUntil = time(value["ignoreUntil"]);
    out.ignoreCount = maybeCount(value["ignoreCount"]);
    out.ignoreWindow = maybeCount(value["ignoreWindow"]);
    out.ignoreUserCount = maybeCount(value["ignoreUserCount"]);
    out.ignoreUserWindow = maybeCount(value["ignoreUserWindow"]);
    out.autoResolved = flag(value["autoResolved"]);
    out.actor = user(value["actor"]);
    return out;
}

QList<domain::Activity> activities(const json::Value& value)
{
    return list<domain::Activity>(value, activity, mostActivities).value_or(QList<domain::Activity>());
}

} // namespace vedette::api::decode
