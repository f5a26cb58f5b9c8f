// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/models/store/searchworld.h"

#include <QFutureWatcher>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QUrl>

#include <tuple>

#include "models/api/accessmanager.h"
#include "models/api/client.h"
#include "models/core/lane.h"
#include "models/search/parser.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {
namespace {

// Several events of one issue differ in all that a search can ask for; the newest is its face.
constexpr const char* events[] = {
    R"({"event_id":"c0000000000000000000000000000003","timestamp":"2026-11-10T09:00:00Z","platform":"python",
    "exception":[{"type":"Basket","value":"sum is gone","stacktrace":{"frames":[
    {"filename":"lib/base.py","function":"handle","module":"lib.base","in_app":false},
    {"filename":"shop/basket.py","abs_path":"/srv/shop/basket.py","function":"total","module":"shop.basket",
    "in_app":true}]}}]})",
    R"({"event_id":"c0000000000000000000000000000002","timestamp":"2026-11-19T09:00:00Z","platform":"python",
    "level":"warning","release":"shop@1.1.0","environment":"staging","user":{"id":8},"tags":{"zone":"us"},
    "exception":[{"type":"Basket","value":"sum was lost","mechanism":{"type":"generic","handled":true},
    "stacktrace":{"frames":[
    {"filename":"lib/base.py","function":"handle","module":"lib.base","in_app":false},
    {"filename":"shop/basket.py","abs_path":"/srv/shop/basket.py","function":"total","module":"shop.basket",
    "in_app":true}]}}]})",
    R"({"event_id":"c0000000000000000000000000000001","timestamp":"2026-11-20T09:00:00Z","platform":"python",
    "release":"shop@1.2.0","environment":"production","transaction":"/basket","server_name":"web-1",
    "user":{"id":7,"email":"ann@example.org","username":"ann","ip_address":"10.0.0.7",
    "geo":{"city":"Lyon","country_code":"FR"}},
    "tags":{"zone":"eu","retry":"3","star":"a*b","my key":"yes","spent":"700"},
    "request":{"url":"https://shop.example.org/basket?x=1","method":"POST"},
    "contexts":{"trace":{"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef"},
    "os":{"name":"Linux","version":"6.1"},"device":{"family":"PC","arch":"x86_64"},
    "response":{"status_code":503},"flags":{"values":[{"flag":"new-basket","result":true}]}},
    "sdk":{"name":"sentry.python","version":"2.0.0"},
    "exception":[{"type":"Basket","value":"sum is empty: 50% off","mechanism":{"type":"django","handled":false},
    "stacktrace":{"frames":[
    {"filename":"lib/base.py","function":"handle","module":"lib.base","in_app":false},
    {"filename":"shop/basket.py","abs_path":"/srv/shop/basket.py","function":"total","module":"shop.basket",
    "in_app":true}]}}]})",
    R"({"event_id":"d0000000000000000000000000000001","timestamp":"2026-11-20T10:00:00Z",
    "platform":"javascript","release":"shop@2.0.0-beta.1+77","environment":"production",
    "user":{"email":"bob@example.org"},
    "exception":[{"type":"Login","value":"denied","mechanism":{"type":"onerror","handled":true},
    "stacktrace":{"frames":[{"filename":"auth.js","function":"signIn","package":"libauth","in_app":true}]}}]})",
    R"json({"event_id":"e0000000000000000000000000000001","timestamp":"2026-11-05T00:00:00Z","platform":"other",
    "message":"Quiet day (nothing)","level":"info","logger":"jobs","dist":"42"})json",
    R"({"event_id":"f0000000000000000000000000000001","timestamp":"2026-11-20T08:00:00Z","platform":"python",
    "release":"shop@1.10.0","exception":[{"type":"Archive","value":"shelf"}]})",
};

constexpr const char* crash =
    R"({"event_id":"a0000000000000000000000000000001","timestamp":"2026-11-20T07:00:00Z","platform":"cocoa",
    "release":"app@3","exception":[{"type":"Crash","value":"bad access"}]})";

/// The result of a call, waited for in an event loop: several hundred calls must not poll.
template<class T>
core::Result<T> outcome(const QFuture<core::Result<T>>& future)
{
    QFutureWatcher<core::Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if ((finished.isEmpty() && !finished.wait(20'000)) || future.resultCount() != 1)
        qFatal("a call did not end with one result");
    return future.result();
}

template<class T>
T valueOf(const core::Result<T>& result)
{
    if (!result)
        qFatal("a call failed: %s", qPrintable(result.error().detail));
    return *result;
}

} // namespace

QStringList firstWords(const QStringList& titles)
{
    static const QRegularExpression noWord(u"\\W"_s);
    QStringList out;
    for (const QString& title : titles)
        out << title.section(noWord, 0, 0);
    out.sort();
    return out;
}

SearchWorld::SearchWorld()
    : cache(std::make_unique<store::CacheDatabase>(m_folder.filePath(u"cache.sqlite"_s), home))
{
    sendAll();
    act();
    readAll();
}

void SearchWorld::send(const char* event, std::int64_t project)
{
    if (const int status = collector.send(event, project); status != 200)
        qFatal("an event was refused: %d", status);
}

void SearchWorld::put(const char* name, const QByteArray& body)
{
    const QByteArray id = collector.get(collector.org() + "/issues/?query=title:" + name + "*")
                              .json[0][u"id"_s]
                              .toString()
                              .toLatin1();
    if (collector.put(collector.org() + "/issues/" + id + "/", body).status != 200)
        qFatal("a change was refused");
}

void SearchWorld::sendAll()
{
    const QByteArray org = collector.org();
    if (collector.call("POST", org + "/projects/", R"({"name":"Mobile","slug":"mobile"})").status != 201 ||
        collector.call("POST", org + "/members/", R"({"email":"ann@example.org","name":"Ann"})").status !=
            201)
        qFatal("the collector could not be prepared");
    const QByteArray slug = org.mid(org.lastIndexOf('/') + 1);
    const std::int64_t mobile =
        collector.get("/api/0/projects/" + slug + "/mobile/").json[u"id"_s].toString().toLongLong();
    for (const char* event : events)
        send(event);
    send(crash, mobile);
}

void SearchWorld::act()
{
    put("Quiet", R"({"status":"resolved"})");
    put("Archive", R"({"status":"ignored"})");
    put("Login", R"({"assignedTo":"ann@example.org"})");
    put("Crash", R"({"isBookmarked":true,"priority":"high"})");
    const QString self = collector.get("/api/0/users/me/").json[u"username"_s].toString();
    put("Crash", R"({"assignedTo":")" + self.toUtf8() + R"("})");
}

void SearchWorld::readAll()
{
    api::AccessManager network(u"0.0-test"_s, collector.clock);
    core::Lane lane("decode");
    api::Client::Options options;
    options.baseUrl = QUrl(QString::fromUtf8(collector.base()));
    options.token = QString::fromStdString(collector.collector().token());
    options.kind = domain::ServerKind::Collector;
    api::Client client(options, network, lane, home, collector.clock);
    const domain::OrganizationId organization(QString::fromStdString(collector.collector().organization()));
    const domain::Scope scope{account, organization};
    const core::TimePoint now = collector.clock.now();

    store::DirectoryData directory;
    directory.me = valueOf(outcome(client.whoAmI())).user;
    cache->saveDirectory(scope, directory, now);

    api::IssueListRequest request;
    request.organization = organization;
    request.limit = 100;
    QList<domain::Issue> rows = valueOf(outcome(client.issues(request))).items;
    for (domain::Issue& row : rows)
        std::tie(row.account, row.organization) = std::tie(scope.account, scope.organization);
    cache->saveHead({account, u"all"_s}, {now, false, rows.size(), false}, rows, {});
    for (const domain::Issue& row : rows) {
        domain::IssueDetail detail = valueOf(outcome(client.issue(organization, row.id)));
        std::tie(detail.issue.account, detail.issue.organization) =
            std::tie(scope.account, scope.organization);
        detail.tags = valueOf(outcome(client.issueTags(organization, row.id)));
        cache->saveDetail(detail, now);
        const auto summaries = valueOf(outcome(client.events(organization, row.id))).items;
        for (const api::EventSummary& summary : summaries) {
            cache->saveEvent(scope,
                valueOf(outcome(client.event(organization, row.id, api::EventSelector::byId(summary.id)))),
                now);
        }
    }
    valueOf(outcome(cache->list({account, u"all"_s}, 1))); // all is stored
}

QStringList SearchWorld::online(const QString& query)
{
    const ApiAnswer answer =
        collector.get(collector.org() + "/issues/?query=" + query.toUtf8().toPercentEncoding());
    if (answer.status != 200)
        return {answer.detail()};
    return firstWords(column(answer.json, u"title"_s));
}

core::Result<store::SearchPart> SearchWorld::search(const QString& query, store::SearchSort sort, int limit)
{
    const auto tree = search::parse(query);
    if (!tree)
        return core::fail(core::ErrorKind::Usage, tree.error().message);
    return outcome(cache->search({{account}}, *tree, sort, collector.clock.now(), limit));
}

QStringList SearchWorld::words(const store::SearchPart& part)
{
    QStringList titles;
    for (const store::Dated<domain::Issue>& row : part.rows)
        titles << row.value.title;
    return firstWords(titles);
}

QStringList SearchWorld::offline(const QString& query)
{
    const auto part = search(query);
    if (!part)
        return {u"Error parsing search query: "_s + part.error().detail};
    return words(*part);
}

} // namespace vedette::tests
