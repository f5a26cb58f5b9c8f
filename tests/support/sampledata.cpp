// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sampledata.h"

#include <cmath>

#include "tests/support/scriptedhub.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::tests {
namespace {

using domain::Level;
using domain::Substatus;

/// A day and night rhythm with a little unrest that is the same in every run.
domain::Series dailyRhythm(core::TimePoint now, qint64 total, int seed)
{
    domain::Series out;
    out.step = 1h;
    const auto lastHour = std::chrono::floor<std::chrono::hours>(now);
    double weights = 0;
    std::array<double, 24> shape{};
    for (int i = 0; i < 24; ++i) {
        const double wave = 1.2 + std::sin((i + seed) * 0.41);
        const double unrest = 0.6 + double((i * 37 + seed * 101) % 17) / 20.0;
        shape[std::size_t(i)] = wave * unrest;
        weights += shape[std::size_t(i)];
    }
    for (int i = 0; i < 24; ++i) {
        out.points.append({core::TimePoint(lastHour - std::chrono::hours(23 - i)),
            qint64(std::llround(double(total) * shape[std::size_t(i)] / weights))});
    }
    return out;
}

domain::ProjectRef refOf(const domain::Project& project)
{
    return {project.id, project.slug, project.name};
}

struct Row
{
    int project;
    Level level;
    const char16_t* title;
    const char16_t* culprit;
    qint64 events;
    qint64 users;
    std::chrono::seconds seen;
    std::chrono::hours age;
    int person; ///< -1: nobody
    bool unread;
    Substatus substatus;
};

const Row sampleRows[] = {
    {0, Level::Error, u"TypeError: Cannot read properties of undefined (reading 'total')",
        u"checkout/summary.ts in renderTotals", 1204, 88, 8s, 72h, 0, true, Substatus::Ongoing},
    {1, Level::Error, u"KeyError: 'user'", u"shop/views.py in pay", 312, 12, 4min, 26h, -1, true,
        Substatus::Ongoing},
    {3, Level::Fatal, u"SIGSEGV: 0x0000000000000018", u"librender.so in TileCache::evict", 208, 41, 11min,
        300h, 1, true, Substatus::Regressed},
    {1, Level::Error, u"OperationalError: could not connect to server: Connection refused (10.2.0.7:5432)",
        u"db/pool.py in acquire", 177, 9, 2min, 50h, 2, false, Substatus::Ongoing},
    {1, Level::Warning, u"Slow checkout: 4,210 ms", u"POST /api/checkout", 96, 64, 1min, 900h, -1, false,
        Substatus::Ongoing},
    {4, Level::Error, u"NullReferenceException: Object reference not set to an instance of an object",
        u"Billing/Invoice.cs in Render", 71, 22, 38min, 2h, -1, true, Substatus::New},
    {2, Level::Error, u"undefined method `name' for nil:NilClass", u"app/mailers/receipt.rb in build", 64, 18,
        1h, 400h, 0, false, Substatus::Ongoing},
    {0, Level::Error, u"RangeError: Invalid time value", u"reports/export.ts in toISO", 51, 7, 2h, 30h, -1,
        false, Substatus::Ongoing},
    {0, Level::Info, u"Feature flag \"new-cart\" has no default", u"flags/client.ts in get", 44, 31, 3h,
        1500h, -1, false, Substatus::Ongoing},
    {2, Level::Error, u"TimeoutError: deadline exceeded after 30s while fetching the exchange rates",
        u"worker/tasks.go in fetch", 39, 5, 22min, 90h, 1, false, Substatus::Ongoing},
    {1, Level::Error, u"決済エラー: カードが拒否されました", u"shop/payment.py in charge", 33, 29, 9min, 11h,
        -1, true, Substatus::Ongoing},
    {1, Level::Warning, u"Deprecated endpoint /v1/cart called", u"api/router.py in dispatch", 28, 3, 5h,
        2000h, -1, false, Substatus::Ongoing},
    {2, Level::Error, u"ConnectionResetError: [Errno 104] Connection reset by peer",
        u"redis/connection.py in read", 21, 2, 6h, 700h, -1, false, Substatus::Ongoing},
    {4, Level::Error, u"AssertionError: invoice total mismatch", u"billing/close.py in finalise", 12, 1, 7h,
        48h, 2, false, Substatus::Ongoing},
    {1, Level::Error, u"خطأ: تعذر الاتصال بقاعدة البيانات", u"db/pool.py in acquire", 11, 4, 8h, 20h, -1,
        true, Substatus::Escalating},
    {1, Level::Error, u"json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        u"hooks/github.py in parse", 9, 1, 9h, 60h, -1, false, Substatus::Ongoing},
    {3, Level::Fatal, u"EXC_BAD_ACCESS: attempted to dereference garbage pointer", u"CartView.swift in body",
        6, 6, 12h, 240h, -1, false, Substatus::Ongoing},
    {0, Level::Debug, u"<b>bold</b> & \"quoted\" <img src=x onerror=alert(1)>", u"", 1, 1, 20h, 20h, -1, true,
        Substatus::Ongoing},
};

} // namespace

domain::Account sampleAccount()
{
    domain::Account account;
    account.id = domain::AccountId(u"a1"_s);
    account.name = u"acme"_s;
    account.baseUrl = QUrl(u"https://sentry.io"_s);
    account.kind = domain::ServerKind::Sentry;
    account.organizations = {{domain::OrganizationId(u"acme"_s), u"Acme"_s, {}}};
    return account;
}

QList<domain::Project> sampleProjects()
{
    QList<domain::Project> out;
    int number = 0;
    for (const QString& name : {u"web"_s, u"api"_s, u"worker"_s, u"ios"_s, u"billing"_s}) {
        domain::Project project;
        project.id = domain::ProjectId(QString::number(number + 1));
        project.slug = name;
        project.name = name;
        project.colour = number++;
        out << project;
    }
    out[0].platform = u"javascript"_s;
    out[1].platform = u"python"_s;
    out[2].platform = u"go"_s;
    out[3].platform = u"cocoa"_s;
    out[4].platform = u"csharp"_s;
    return out;
}

QList<domain::Actor> samplePeople()
{
    using Kind = domain::Actor::Kind;
    return {{domain::ActorId(u"user:1"_s), Kind::User, u"Mika Kato"_s, u"mika@acme.test"_s, true},
        {domain::ActorId(u"user:2"_s), Kind::User, u"Amira Nasser"_s, u"amira@acme.test"_s, false},
        {domain::ActorId(u"user:3"_s), Kind::User, u"Jo O'Neill"_s, u"jo@acme.test"_s, false},
        {domain::ActorId(u"user:4"_s), Kind::User, u"佐藤 花子"_s, u"hanako@acme.test"_s, false},
        {domain::ActorId(u"team:9"_s), Kind::Team, u"platform"_s, {}, false}};
}

QList<domain::Issue> sampleIssues(core::TimePoint now)
{
    const QList<domain::Project> projects = sampleProjects();
    const QList<domain::Actor> people = samplePeople();
    QList<domain::Issue> out;
    int number = 0;
    for (const Row& row : sampleRows) {
        ++number;
        domain::Issue issue;
        issue.account = sampleAccount().id;
        issue.id = domain::IssueId(QString::number(1000 + number));
        issue.project = refOf(projects[row.project]);
        issue.shortId = issue.project.slug.toUpper() + u'-' + QString::number(141 + number);
        issue.level = row.level;
        issue.title = QString::fromUtf16(row.title);
        issue.culprit = QString::fromUtf16(row.culprit);
        issue.errorType = issue.title.section(u':', 0, 0);
        issue.permalink = u"https://sentry.io/issues/"_s + issue.id.value();
        issue.count = row.events;
        issue.userCount = row.users;
        issue.lastSeen = now - row.seen;
        issue.firstSeen = now - row.age;
        if (row.person >= 0)
            issue.assignedTo = people[row.person];
        issue.hasSeen = !row.unread;
        issue.substatus = row.substatus;
        issue.trend = dailyRhythm(now, row.events, number);
        out << issue;
    }
    // The first one spikes: little before, nearly all of it in the last two hours.
    domain::Series& spike = out.first().trend;
    for (qsizetype i = 0; i < spike.points.size(); ++i)
        spike.points[i].count = 12 + (i * 5) % 9;
    spike.points[22].count = 402;
    spike.points[23].count = 412;
    return out;
}

alerts::Alert sampleSpike(core::TimePoint now)
{
    alerts::Alert alert;
    alert.kind = alerts::Alert::Kind::Spike;
    alert.issue = sampleIssues(now).first();
    alert.raised = now - 5min;
    alert.count = 412;
    alert.expected = 29;
    alert.upper = 31;
    alert.factor = 14;
    alert.since = alert.issue.trend.points[22].start;
    return alert;
}

QList<domain::Issue> manyIssues(int count, core::TimePoint now)
{
    const QList<domain::Issue> samples = sampleIssues(now);
    QList<domain::Issue> out;
    out.reserve(count);
    for (int i = 0; i < count; ++i) {
        domain::Issue issue = samples[i % samples.size()];
        issue.id = domain::IssueId(QString::number(10'000 + i));
        issue.shortId = u"WEB-%1"_s.arg(i);
        issue.title = u"%1 (%2)"_s.arg(issue.title).arg(i);
        issue.count = count - i;
        out << issue;
    }
    return out;
}

void fillHub(ScriptedHub& hub, core::TimePoint now)
{
    const domain::Account account = sampleAccount();
    hub.scriptedAccounts.all = {account};
    sync::ConnectionState state;
    state.phase = sync::ConnectionState::Phase::Online;
    state.lastChecked = now - 12s;
    state.since = now - 3h;
    hub.scriptedAccounts.states.insert(account.id, state);
    hub.scriptedDirectory.projectsOf.insert(account.id, sampleProjects());
    hub.scriptedDirectory.environmentsOf.insert(account.id, {u"production"_s, u"staging"_s});
    hub.scriptedDirectory.people = samplePeople();
    hub.scriptedDirectory.self = samplePeople().first();
    hub.rows = sampleIssues(now);
    hub.listState.asOf = now - 12s;
    hub.listState.total = 1204;
    hub.listState.hasMore = true;
    hub.scriptedWatch.inAlarm = {sampleSpike(now)};
    hub.scriptedWatch.raised = {sampleSpike(now)};
    hub.scriptedWatch.top = hub.rows.first(5);
    hub.scriptedOutbox.pending = 2;
    qint64 unresolved = 142;
    for (const domain::Project& project : sampleProjects()) {
        hub.summaries.append({project, unresolved, dailyRhythm(now, unresolved * 40, int(unresolved))});
        unresolved = unresolved * 3 / 5;
    }
}

} // namespace vedette::tests
