// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchreleases.h"

#include <algorithm>
#include <vector>

#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchvalues.h"
#include "app/collector/event/releaseversion.h"
#include "app/collector/storage/releaseorder.h"
#include "models/search/values.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr const char* newestReleases = "(SELECT n.id FROM projects p JOIN releases n ON n.id = (SELECT r.id "
                                       "FROM releases r WHERE r.project_id = p.id"
                                       " ORDER BY coalesce(r.released, r.created) DESC, r.id DESC LIMIT 1))";

/// Splits off `latest`.
QList<search::Value> namedValues(const search::Filter& filter, bool& latest)
{
    QList<search::Value> named;
    for (const search::Value& value : filter.values) {
        if (value.text.compare(u"latest", Qt::CaseInsensitive) == 0)
            latest = true;
        else
            named << value;
    }
    return named;
}

/// Events of the releases that `ids`, a select of releases.id, names. Of an issue they all stand in its
/// project, so that the release tag of that project's issues finds them.
SearchTerm eventsOf(const Sql& ids, const SearchScope& scope)
{
    SearchTerm term;
    term.event = Sql{"e.release_id IN " + ids.text, ids.binds};
    Sql rows{" FROM releases r JOIN tag_values v ON v.key = 'release' AND v.value = substr(r.version, 1, 200)"
             " JOIN issue_tags t ON t.tag_id = v.id JOIN issues x ON x.id = t.issue_id AND x.project_id = "
             "r.project_id WHERE r.id IN ",
        {}};
    rows += ids;
    term.issue = {"i.id IN (SELECT x.id" + rows.text, rows.binds};
    if (const auto from = scope.window.fromMs()) {
        term.issue += Sql{" AND t.last_seen >= ?", {*from}};
        term.isWindowed = true;
    }
    term.issue += ")";
    term.every =
        Sql{"i.id IN (SELECT x.id" + rows.text + " GROUP BY x.id HAVING SUM(t.count) >= max(x.count))",
            rows.binds};
    return term;
}

Sql releaseIdsOf(const std::vector<std::int64_t>& ids)
{
    std::string list = "[";
    for (const std::int64_t id : ids)
        list += (list.size() > 1 ? "," : "") + std::to_string(id);
    return {"(SELECT value FROM json_each(?))", {list + "]"}};
}

core::Error invalidVersion(const search::Filter& filter)
{
    return {core::ErrorKind::Usage, 0,
        u"Invalid format of semantic version: %1"_s.arg(filter.values.first().text), {}};
}

bool fits(int order, search::Operator op)
{
    switch (op) {
    case search::Operator::Equal:
        return order == 0;
    case search::Operator::NotEqual:
        return order != 0;
    case search::Operator::Less:
        return order < 0;
    case search::Operator::LessOrEqual:
        return order <= 0;
    case search::Operator::Greater:
        return order > 0;
    case search::Operator::GreaterOrEqual:
        return order >= 0;
    }
    return false;
}

/// `1.2.*` is any version that begins so; the numbers before the star.
bool beginsWith(const SemanticVersion& version, QStringView pattern)
{
    const QList<QStringView> parts = pattern.split(u'.');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i] == u"*")
            return true;
        const auto index = static_cast<std::size_t>(i);
        const std::string number = index < version.numbers.size() ? std::string(version.numbers[index]) : "0";
        if (parts[i].toString().toStdString() != number)
            return false;
    }
    return true;
}

/// A version to compare with. Without a package any will do, and one number is enough.
struct WantedVersion
{
    std::string text;
    bool anyPackage = false;

    explicit WantedVersion(const search::Value& value)
        : text(utf8(value.text))
        , anyPackage(text.find('@') == std::string::npos)
    {
        if (anyPackage)
            text.insert(0, "any@");
    }
};

/// Ids of all releases whose version fits.
template<class Fits>
std::vector<std::int64_t> releasesThat(SQLite::Database& db, Fits fits)
{
    std::vector<std::int64_t> out;
    SQLite::Statement query(db, "SELECT id, version FROM releases");
    while (query.executeStep()) {
        const std::string text = query.getColumn(1).getString();
        const auto version = SemanticVersion::parse(text);
        if (version && fits(*version))
            out.push_back(query.getColumn(0).getInt64());
    }
    return out;
}

bool matches(std::string_view text, const QList<search::Value>& values)
{
    for (const search::Value& value : values) {
        const QString wanted = search::literalText(value.text);
        const QString given = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        if (search::hasWildcard(value.text)) {
            const qsizetype star = value.text.indexOf(u'*');
            if (given.startsWith(QStringView(value.text).first(star), Qt::CaseInsensitive) &&
                given.endsWith(
                    QStringView(value.text).sliced(value.text.lastIndexOf(u'*') + 1), Qt::CaseInsensitive))
                return true;
        } else if (given.compare(wanted, Qt::CaseInsensitive) == 0) {
            return true;
        }
    }
    return false;
}

core::Result<std::vector<std::int64_t>> byVersion(const search::Filter& filter, const SearchScope& scope)
{
    std::vector<WantedVersion> wanted;
    for (const search::Value& value : filter.values) {
        const QStringView text(value.text);
        if (search::hasWildcard(text)) {
            if (text.last(1) != u"*" || filter.isList)
                return tl::unexpected(invalidVersion(filter));
            return releasesThat(
                scope.db, [&text](const SemanticVersion& each) { return beginsWith(each, text); });
        }
        if (!SemanticVersion::parse(wanted.emplace_back(value).text))
            return tl::unexpected(invalidVersion(filter));
    }
    return releasesThat(scope.db, [&](const SemanticVersion& each) {
        return std::any_of(wanted.begin(), wanted.end(), [&](const WantedVersion& version) {
            const auto parsed = SemanticVersion::parse(version.text);
            return parsed && (version.anyPackage || parsed->package == each.package) &&
                   fits(compareVersions(each, *parsed), filter.op);
        });
    });
}

/// Without sessions, adoption is told by events: the newest release that sent any is adopted, older ones that
/// did are replaced, those that did not are of low adoption.
core::Result<Sql> byStage(const search::Filter& filter)
{
    Sql out{"(SELECT r.id FROM releases r WHERE 0", {}};
    const std::string newer =
        "EXISTS (SELECT 1 FROM releases n WHERE n.project_id = r.project_id AND n.last_seen IS "
        "NOT NULL AND (coalesce(n.released, n.created), n.id) > (coalesce(r.released, "
        "r.created), r.id))";
    for (const search::Value& value : filter.values) {
        if (value.text == u"adopted")
            out += " OR (r.last_seen IS NOT NULL AND NOT " + newer + ")";
        else if (value.text == u"replaced")
            out += " OR (r.last_seen IS NOT NULL AND " + newer + ")";
        else if (value.text == u"low_adoption")
            out += " OR r.last_seen IS NULL";
        else
            return core::fail(core::ErrorKind::Usage,
                u"Invalid value for release.stage: %1. Expected one of adopted, low_adoption, replaced"_s.arg(
                    value.text));
    }
    out += ")";
    return out;
}

} // namespace

SearchTerm releaseTerm(const search::Filter& filter, const SearchScope& scope)
{
    bool latest = false;
    search::Filter rest = filter;
    rest.values = namedValues(filter, latest);
    if (!latest)
        return tagTerm("release", filter, scope);
    SearchTerm newest = eventsOf({newestReleases, {}}, scope);
    if (rest.values.isEmpty())
        return newest;
    const SearchTerm named = tagTerm("release", rest, scope);
    SearchTerm out = SearchTerm::ofEvent({"(" + newest.event->text + " OR " + named.event->text + ")", {}});
    for (const SearchTerm& each : {newest, named})
        out.event->binds.insert(out.event->binds.end(), each.event->binds.begin(), each.event->binds.end());
    return out;
}

Sql firstReleaseCondition(const search::Filter& filter)
{
    if (filter.values.size() == 1 && filter.values.first().text.isEmpty())
        return {"i.first_release IS NULL", {}};
    bool latest = false;
    const QList<search::Value> named = namedValues(filter, latest);
    Sql out{"(0", {}};
    if (latest)
        out += std::string(" OR i.first_release IN ") + newestReleases;
    if (!named.isEmpty()) {
        out += " OR i.first_release IN (SELECT r.id FROM releases r WHERE ";
        out += anyOf(named, [](const search::Value& value) { return textMatch("r.version", value); });
        out += ")";
    }
    out += ")";
    return out;
}

Sql regressedCondition(const search::Filter& filter)
{
    bool latest = false;
    const QList<search::Value> named = namedValues(filter, latest);
    Sql out{"i.id IN (SELECT a.issue_id FROM activity a WHERE a.type = 'set_regression' AND (0", {}};
    if (latest) {
        out += std::string(
                   " OR json_extract(a.data, '$.version') IN (SELECT r.version FROM releases r JOIN issues x "
                   "ON x.project_id = r.project_id WHERE x.id = a.issue_id AND r.id IN ") +
               newestReleases + ")";
    }
    if (!named.isEmpty()) {
        out += " OR ";
        out += anyOf(named,
            [](const search::Value& value) { return textMatch("json_extract(a.data, '$.version')", value); });
    }
    out += "))";
    return out;
}

core::Result<SearchTerm> releasePartTerm(
    const search::Filter& filter, const SearchScope& scope, const std::string& part)
{
    if (part == "stage") {
        const auto ids = byStage(filter);
        return ids ? core::Result<SearchTerm>(eventsOf(*ids, scope)) : core::fail(ids.error());
    }
    if (part == "version") {
        const auto ids = byVersion(filter, scope);
        return ids ? core::Result<SearchTerm>(eventsOf(releaseIdsOf(*ids), scope)) : core::fail(ids.error());
    }
    return eventsOf(releaseIdsOf(releasesThat(scope.db,
                        [&](const SemanticVersion& version) {
                            return matches(part == "build" ? version.build : version.package, filter.values);
                        })),
        scope);
}

} // namespace vedette::collector::api
