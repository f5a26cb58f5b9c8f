// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Organizations, projects, environments and keys (contract section 5), and the collector's own status.

#include <QMap>

#include <algorithm>
#include <limits>

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

std::optional<domain::Project> projectOf(const json::Value& row)
{
    domain::Project out;
    out.id = domain::ProjectId(id(row["id"]));
    if (out.id.isEmpty())
        return {};
    out.slug = text(row["slug"], shortText);
    out.name = text(row["name"], shortText);
    if (out.name.isEmpty())
        out.name = out.slug;
    out.platform = text(row["platform"], shortText);
    for (const json::Value name : row["environments"].items()) {
        if (name.isString() && out.environments.size() < mostItems)
            out.environments << text(name, shortText);
    }
    out.firstEvent = time(row["firstEvent"]);
    return out;
}

std::optional<domain::ProjectKey> keyOf(const json::Value& row)
{
    domain::ProjectKey out;
    out.id = id(row["id"]);
    out.label = text(row["label"], shortText);
    if (out.label.isEmpty())
        out.label = text(row["name"], shortText);
    out.dsn = text(row["dsn"]["public"], lineText);
    out.publicKey = text(row["public"], shortText);
    if (out.publicKey.isEmpty() && !out.dsn.isEmpty()) // GlitchTip names it in the DSN only
        out.publicKey = QUrl(out.dsn).userName();
    out.isActive = flag(row["isActive"], true);
    if (out.id.isEmpty() && out.dsn.isEmpty())
        return {};
    return out;
}

std::optional<domain::Organization> organizationOf(const json::Value& row)
{
    domain::Organization out;
    out.id = domain::OrganizationId(text(row["slug"], shortText));
    if (out.id.isEmpty())
        return {};
    out.name = text(row["name"], shortText);
    if (out.name.isEmpty())
        out.name = out.id.value();
    out.regionUrl = QUrl(text(row["links"]["regionUrl"], lineText), QUrl::StrictMode);
    return out;
}

} // namespace

core::Result<domain::Project> project(const json::Value& body)
{
    if (auto out = projectOf(body))
        return std::move(*out);
    return core::fail(core::ErrorKind::Malformed, u"a project was expected"_s);
}

core::Result<QList<domain::Project>> projects(const json::Value& body)
{
    return list<domain::Project>(body, projectOf);
}

core::Result<QStringList> environments(const json::Value& body)
{
    auto names = list<QString>(body, [](const json::Value& row) -> std::optional<QString> {
        // Empty text is a name: events without an environment.
        const json::Value name = row.isString() ? row : row["name"];
        return name.isString() ? std::optional(text(name, shortText)) : std::nullopt;
    });
    if (!names)
        return core::fail(names.error());
    QStringList out = *names;
    out.removeDuplicates();
    return out;
}

core::Result<domain::ProjectKey> key(const json::Value& body)
{
    if (auto found = keyOf(body))
        return std::move(*found);
    return core::fail(core::ErrorKind::Malformed, u"a client key was expected"_s);
}

core::Result<QList<domain::ProjectKey>> keys(const json::Value& body)
{
    return list<domain::ProjectKey>(body, keyOf);
}

core::Result<QList<domain::Organization>> organizations(const json::Value& body)
{
    return list<domain::Organization>(body, organizationOf);
}

} // namespace vedette::api::decode
