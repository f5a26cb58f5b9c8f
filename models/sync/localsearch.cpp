// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/localsearch.h"

#include <QPromise>

#include <algorithm>

#include "models/search/parser.h"
#include "models/store/cachedatabase.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

search::Filter filter(const QString& key, const QStringList& values)
{
    search::Filter out;
    out.key = key;
    out.isList = values.size() > 1;
    for (const QString& value : values)
        out.values.append({value, true});
    return out;
}

/// A star in a name is a star: `\*`.
QString literal(const QString& name)
{
    return QString(name).replace(u'*', u"\\*"_s);
}

bool namesCategory(const search::Query& query)
{
    return std::any_of(query.terms.begin(), query.terms.end(), [](const search::Term& term) {
        const auto* named = std::get_if<search::Filter>(&term);
        return named != nullptr && (named->key == u"issue.category" || named->key == u"issue.type");
    });
}

store::SearchSort sortOf(IssueSort sort)
{
    switch (sort) {
    case IssueSort::Events:
        return store::SearchSort::Events;
    case IssueSort::LastSeen:
        return store::SearchSort::LastSeen;
    case IssueSort::FirstSeen:
        return store::SearchSort::FirstSeen;
    case IssueSort::Users:
        return store::SearchSort::Users;
    }
    return store::SearchSort::LastSeen;
}

QList<domain::Scope> named(const QList<domain::Scope>& scopes, const QList<domain::Account>& accounts)
{
    QList<domain::Scope> out = scopes;
    for (domain::Scope& scope : out) {
        for (const domain::Account& account : accounts) {
            if (scope.organization.isEmpty() && account.id == scope.account &&
                !account.organizations.isEmpty())
                scope.organization = account.organizations.first().id;
        }
    }
    return out;
}

} // namespace

core::Result<search::Query> localTree(const IssueQuery& query)
{
    auto tree = search::parse(query.text);
    if (!tree) {
        return core::fail(
            core::ErrorKind::Usage, u"Error parsing search query: %1"_s.arg(tree.error().message));
    }
    const bool hasCategory = namesCategory(*tree);
    if (!query.projects.isEmpty()) {
        QStringList ids;
        for (const domain::ProjectId& project : query.projects)
            ids.append(project.value());
        tree->terms.append(filter(u"project.id"_s, ids));
    }
    if (!query.environments.isEmpty()) {
        QStringList names;
        for (const QString& environment : query.environments)
            names.append(literal(environment));
        tree->terms.append(filter(u"environment"_s, names));
    }
    tree->terms.append(filter(u"lastSeen"_s, {u'-' + periodText(query.range)}));
    if (!hasCategory) {
        search::Filter feedback = filter(u"issue.category"_s, {u"feedback"_s});
        feedback.negated = true;
        tree->terms.append(std::move(feedback));
    }
    return *std::move(tree);
}

QFuture<core::Result<store::SearchPart>> searchLocally(store::CacheDatabase& cache,
    const QList<domain::Account>& accounts, const IssueQuery& query, core::TimePoint now, int limit,
    const std::optional<store::SearchPlace>& from)
{
    const core::Result<search::Query> tree = localTree(query);
    if (!tree) {
        QPromise<core::Result<store::SearchPart>> promise;
        promise.start();
        promise.addResult(core::fail(tree.error()));
        promise.finish();
        return promise.future();
    }
    return cache.search(named(query.scopes, accounts), *tree, sortOf(query.sort), now, limit, from);
}

} // namespace vedette::sync
