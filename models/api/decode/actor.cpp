// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// People and teams (contract sections 2 and 5).

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

domain::ActorId actorId(domain::Actor::Kind kind, const QString& id)
{
    if (id.isEmpty())
        return {};
    if (id.startsWith("user:"_L1) || id.startsWith("team:"_L1))
        return domain::ActorId(id);
    return domain::ActorId((kind == domain::Actor::Kind::Team ? u"team:"_s : u"user:"_s) + id);
}

QString nameOf(const json::Value& value)
{
    for (const char* key : {"name", "displayName", "username", "email", "slug"}) {
        QString name = text(value[key], shortText);
        if (!name.isEmpty())
            return name;
    }
    return {};
}

} // namespace

std::optional<domain::Actor> actor(const json::Value& value)
{
    domain::Actor out;
    if (value.isString()) { // `user:1`, `team:2`, as `owners` write it
        const QString whole = id(value);
        if (!whole.startsWith("user:"_L1) && !whole.startsWith("team:"_L1))
            return {};
        out.kind = whole.startsWith('t'_L1) ? domain::Actor::Kind::Team : domain::Actor::Kind::User;
        out.id = domain::ActorId(whole);
        out.name = whole;
        return out;
    }
    if (!value.isObject())
        return {};
    const QString own = id(value["id"]);
    const bool isTeam = value["type"].string() == "team" || own.startsWith("team:"_L1);
    out.kind = isTeam ? domain::Actor::Kind::Team : domain::Actor::Kind::User;
    out.id = actorId(out.kind, own);
    out.name = nameOf(value);
    out.email = text(value["email"], shortText);
    if (out.id.isEmpty() && out.name.isEmpty())
        return {};
    return out;
}

std::optional<domain::Actor> user(const json::Value& value)
{
    domain::Actor out;
    out.id = actorId(domain::Actor::Kind::User, id(value["id"]));
    if (out.id.isEmpty())
        return {};
    out.name = nameOf(value);
    out.email = text(value["email"], shortText);
    return out;
}

std::optional<domain::Actor> member(const json::Value& value)
{
    // The id to assign to is user.id, never that of the membership (contract section 5).
    const json::Value person = value["user"];
    if (!person.isObject() || flag(value["pending"]) || !flag(person["isActive"], true))
        return {};
    auto out = user(person);
    if (out && out->name.isEmpty())
        out->name = nameOf(value);
    return out;
}

core::Result<QList<domain::Actor>> members(const json::Value& body)
{
    return list<domain::Actor>(body, member);
}

core::Result<QList<domain::Actor>> teams(const json::Value& body)
{
    return list<domain::Actor>(body, [](const json::Value& row) -> std::optional<domain::Actor> {
        domain::Actor out;
        out.kind = domain::Actor::Kind::Team;
        out.id = actorId(out.kind, id(row["id"]));
        if (out.id.isEmpty())
            return {};
        const QString slug = text(row["slug"], shortText);
        out.name = slug.isEmpty() ? nameOf(row) : u'#' + slug;
        return out;
    });
}

core::Result<Identity> identity(const json::Value& body)
{
    if (!body.isObject())
        return core::fail(core::ErrorKind::Malformed, u"a user was expected"_s);
    Identity out;
    for (const json::Value scope : body["auth"]["scopes"].items()) {
        if (scope.isString() && out.scopes.size() < mostItems)
            out.scopes << text(scope, shortText);
    }
    out.user = body["user"].isObject() ? user(body["user"]) : user(body);
    return out;
}

} // namespace vedette::api::decode
