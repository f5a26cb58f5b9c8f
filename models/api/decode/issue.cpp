// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Issue rows and issue details (contract sections 6 and 7).

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

domain::ProjectRef projectRef(const json::Value& value)
{
    domain::ProjectRef out;
    out.id = domain::ProjectId(id(value["id"]));
    out.slug = text(value["slug"], shortText);
    out.name = text(value["name"], shortText);
    if (out.name.isEmpty())
        out.name = out.slug;
    return out;
}

/// The series that was asked for; a row has one, a detail several.
domain::Series trend(const json::Value& stats)
{
    for (const char* key : {"24h", "auto", "14d", "30d"}) {
        domain::Series out = series(stats[key]);
        if (!out.isEmpty())
            return out;
    }
    return {};
}

void readMetadata(const json::Value& metadata, domain::Issue& out)
{
    out.errorType = text(metadata["type"], shortText);
    out.errorValue = text(metadata["value"], lineText);
    out.filename = text(metadata["filename"], lineText);
    out.function = text(metadata["function"], lineText);
}

QString titleOf(const json::Value& row, const domain::Issue& issue)
{
    QString title = text(row["title"], lineText);
    if (!title.isEmpty())
        return title;
    if (!issue.errorType.isEmpty() && !issue.errorValue.isEmpty())
        return issue.errorType + u": "_s + issue.errorValue;
    return issue.errorType.isEmpty() ? text(row["metadata"]["title"], lineText) : issue.errorType;
}

void readStatus(const json::Value& row, domain::Issue& out)
{
    out.statusText = text(row["status"], shortText);
    out.status = domain::issueStatusFromText(out.statusText);
    const QString substatus = text(row["substatus"], shortText);
    out.substatus = domain::substatusFromText(substatus);
    if (out.substatus == domain::Substatus::Other && out.status != domain::IssueStatus::Other)
        out.statusText = substatus; // what we do not know is shown by its own word
    out.statusDetails = statusDetails(row["statusDetails"]);
}

} // namespace

domain::Issue issue(const json::Value& row)
{
    domain::Issue out;
    out.id = domain::IssueId(id(row["id"]));
    out.shortId = text(row["shortId"], shortText);
    readMetadata(row["metadata"], out);
    out.title = titleOf(row, out);
    out.culprit = text(row["culprit"], lineText);
    out.type = text(row["type"], shortText);
    out.platform = text(row["platform"], shortText);
    if (out.platform.isEmpty())
        out.platform = text(row["project"]["platform"], shortText);
    out.logger = text(row["logger"], shortText);
    out.permalink = text(row["permalink"], lineText);
    out.level =
        row["level"].isString() ? domain::levelFromText(text(row["level"], shortText)) : domain::Level::Error;
    readStatus(row, out);
    out.project = projectRef(row["project"]);
    // With collapse=stats the window's numbers are gone and only those of all time are left (section 1).
    const json::Value lifetime = row["lifetime"];
    const auto either = [&](const char* key) { return row[key].exists() ? row[key] : lifetime[key]; };
    out.count = count(either("count"));
    out.userCount = count(either("userCount"));
    out.commentCount = count(row["numComments"]);
    out.firstSeen = time(either("firstSeen"));
    out.lastSeen = time(either("lastSeen"));
    out.assignedTo = actor(row["assignedTo"]);
    out.isBookmarked = flag(row["isBookmarked"]);
    out.hasSeen = flag(row["hasSeen"], true);
    out.isUnhandled = flag(row["isUnhandled"]);
    if (row["priority"].isString())
        out.priority = text(row["priority"], shortText);
    out.trend = trend(row["stats"]);
    return out;
}

core::Result<QList<domain::Issue>> issues(const json::Value& body)
{
    return list<domain::Issue>(body, [](const json::Value& row) -> std::optional<domain::Issue> {
        domain::Issue out = issue(row);
        if (out.id.isEmpty())
            return {};
        return out;
    });
}

core::Result<domain::IssueDetail> issueDetail(const json::Value& body)
{
    domain::IssueDetail out;
    out.issue = issue(body);
    if (out.issue.id.isEmpty())
        return core::fail(core::ErrorKind::Malformed, u"an issue was expected"_s);
    const json::Value stats = body["stats"];
    out.hourly = series(stats["24h"]);
    out.daily = series(stats["30d"]);
    if (out.daily.isEmpty())
        out.daily = series(stats["14d"]);
    const auto release = [](const json::Value& value) {
        return text(value.isObject() ? value["version"] : value, shortText);
    };
    out.firstRelease = release(body["firstRelease"]);
    out.lastRelease = release(body["lastRelease"]);
    if (body["tags"].isArray())
        out.tags = tagDistributions(body["tags"]).value_or(QList<domain::TagDistribution>());
    out.activity = activities(body["activity"]);
    return out;
}

} // namespace vedette::api::decode
