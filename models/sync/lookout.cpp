// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/lookout.h"

#include <algorithm>
#include <iterator>

#include "models/core/ondone.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

using alerts::Alert;

constexpr int pageSize = 100;
constexpr qsizetype mostTop = 5;
constexpr qsizetype mostHistory = 500;
/// What the engine learns without raising anything is saved no more often than this.
constexpr std::chrono::seconds saveInterval{60};
constexpr auto engineDocument = "alerts/engine"_L1;
constexpr auto beganMark = "watch"_L1;

QString toWord(Alert::Kind kind)
{
    switch (kind) {
    case Alert::Kind::NewIssue:
        return u"new"_s;
    case Alert::Kind::Regression:
        return u"regression"_s;
    case Alert::Kind::Spike:
        return u"spike"_s;
    }
    return u"new"_s;
}

Alert::Kind kindFromWord(const QString& word)
{
    if (word == u"regression")
        return Alert::Kind::Regression;
    return word == u"spike" ? Alert::Kind::Spike : Alert::Kind::NewIssue;
}

store::AlertRecord toRecord(const Alert& alert)
{
    return {toWord(alert.kind), alert.issue, alert.raised, alert.count, alert.expected, alert.upper,
        alert.factor, alert.since};
}

Alert fromRecord(const store::AlertRecord& record)
{
    return {kindFromWord(record.kind), record.issue, record.raised, record.count, record.expected,
        record.upper, record.factor, record.since};
}

} // namespace

Lookout::Lookout(const Surroundings& around, AccountBook& book, OutboxQueue& outbox, QObject* parent)
    : AlertWatch(parent)
    , m_around(around)
    , m_book(book)
    , m_outbox(outbox)
    , m_engine(around.clock)
{
    const store::UserDatabase::Content& content = m_around.user.content();
    // A state that cannot be read begins anew: the marks still say that there was a first look.
    static_cast<void>(m_engine.restore(content.documents.value(engineDocument)));
    for (const store::AlertRecord& record : content.alerts)
        m_history.append(fromRecord(record));
    for (const store::Mark& mark : content.marks) {
        if (mark.name.section(u'/', 0, 0) == beganMark)
            m_marks.insert({mark.account, domain::OrganizationId(mark.name.section(u'/', 1))}, mark.at);
    }
    for (const Session* session : m_book.sessions())
        nameOrganization(*session);
    m_current = m_engine.current();
    for (Session* session : m_book.sessions())
        man(session);
    connect(&m_book, &AccountBook::sessionReady, this, &Lookout::man);
    connect(&m_book, &AccountBook::sessionRemoved, this, [this](const domain::AccountId& account) {
        for (auto it = m_posts.begin(); it != m_posts.end();)
            it = it->first.account == account ? m_posts.erase(it) : std::next(it);
        m_marks.removeIf([&](const auto& it) { return it.key().account == account; });
        m_engine.forget(account);
        m_history.removeIf([&](const Alert& alert) { return alert.issue.account == account; });
        saveState(true);
        tellTopFive();
    });
    connect(&m_outbox, &OutboxQueue::shownChanged, this, &Lookout::tellTopFive);
}

Lookout::~Lookout()
{
    saveState(true);
}

QList<Alert> Lookout::current() const
{
    return m_current;
}

void Lookout::snooze(const domain::Issue& issue, core::TimePoint until)
{
    m_engine.snooze(issue, until);
    saveState(true);
}

void Lookout::checkNow()
{
    for (const auto& [scope, post] : m_posts)
        look(scope);
}

/// Former versions watched the first organization of an account only and did not name it.
void Lookout::nameOrganization(const Session& session)
{
    const domain::OrganizationId first = session.organization();
    const domain::AccountId& account = session.account().id;
    if (first.isEmpty())
        return;
    m_engine.nameOrganization(account, first);
    for (Alert& alert : m_history) {
        if (alert.issue.account == account && alert.issue.organization.isEmpty())
            alert.issue.organization = first;
    }
    if (const auto mark = m_marks.constFind(account); mark != m_marks.cend())
        m_marks.insert({account, first}, m_marks.value({account, first}, *mark));
}

/// A session that can be asked: each of its organizations is looked at once, then in the account's interval.
void Lookout::man(Session* session)
{
    if (!session->isReady())
        return;
    nameOrganization(*session);
    const domain::AccountId account = session->account().id;
    const QList<domain::Organization>& organizations = session->account().organizations;
    for (auto it = m_posts.begin(); it != m_posts.end();) {
        const bool isGone =
            it->first.account == account &&
            std::none_of(organizations.cbegin(), organizations.cend(),
                [&](const domain::Organization& o) { return o.id == it->first.organization; });
        it = isGone ? m_posts.erase(it) : std::next(it);
    }
    for (const domain::Organization& organization : organizations) {
        const domain::Scope scope(account, organization.id);
        Post& post = m_posts[scope];
        if (!post.timer) {
            post.timer = std::make_unique<PollTimer>(m_around.pace);
            connect(post.timer.get(), &PollTimer::due, this, [this, scope] { look(scope); });
            if (const auto mark = m_marks.constFind(scope); mark != m_marks.cend())
                post.began = *mark;
        }
        post.timer->setSession(session);
        post.timer->setActive(true);
        look(scope);
    }
}

void Lookout::look(const domain::Scope& scope)
{
    Session* session = m_book.session(scope.account);
    const auto it = m_posts.find(scope);
    if (session == nullptr || !session->isReady() || it == m_posts.end())
        return;
    Post& post = it->second;
    if (post.open > 0) {
        post.isAskedAgain = true;
        return;
    }
    post.timer->begin();
    post.open = 2;
    post.hasFailed = false;
    askPage(*session, scope, true);
    askPage(*session, scope, false);
}

void Lookout::askPage(Session& session, const domain::Scope& scope, bool latest)
{
    api::IssueListRequest request;
    request.organization = scope.organization;
    request.query = latest ? QString() : u"is:unresolved"_s;
    request.statsPeriod = u"24h"_s;
    request.groupStatsPeriod = u"24h"_s;
    request.sort = latest ? api::IssueSort::LastSeen : api::IssueSort::Events;
    request.limit = pageSize;
    const api::Client::Background background(*session.client());
    session.receive(session.client()->issues(request), this,
        [this, scope, latest, tick = m_outbox.tick()](const core::Result<Page>& page) {
            const auto it = m_posts.find(scope);
            if (it == m_posts.end())
                return;
            Post& post = it->second;
            --post.open;
            if (page) {
                QList<domain::Issue>& into = latest ? post.latest : post.frequent;
                into.clear();
                for (const domain::Issue& row : page->items) {
                    domain::Issue issue = row;
                    issue.account = scope.account;
                    issue.organization = scope.organization;
                    into.append(m_outbox.withConfirmed(issue, tick));
                }
            } else {
                post.hasFailed = true;
            }
            if (post.open == 0)
                roundDone(scope, post);
        });
}

void Lookout::roundDone(const domain::Scope& scope, Post& post)
{
    post.timer->wind();
    if (std::exchange(post.isAskedAgain, false))
        QMetaObject::invokeMethod(
            this, [this, scope] { look(scope); }, Qt::QueuedConnection);
    // Half a round is none: what it does not show would look like something new in the next.
    if (post.hasFailed)
        return;
    const bool isFirst = !post.began;
    const core::TimePoint now = m_around.clock.now();
    if (isFirst) {
        post.began = now;
        m_marks.insert(scope, now);
        m_around.user.saveMark({scope.account, beganMark + u'/' + scope.organization.value(), now});
    }
    QList<alerts::Observation> observations;
    QSet<domain::IssueId> seen;
    const auto observe = [&](const domain::Issue& issue) {
        if (seen.contains(issue.id))
            return;
        seen.insert(issue.id);
        alerts::Observation observation;
        // What a person just resolved is resolved, though the server may not have heard of it yet.
        observation.issue = m_outbox.withPending(issue);
        observation.hourly = issue.trend;
        // Nothing of it happened since this account is watched: samples, an import, or old news.
        observation.isHistory = issue.lastSeen && *issue.lastSeen < *post.began;
        observations.append(observation);
    };
    std::for_each(post.frequent.cbegin(), post.frequent.cend(), observe);
    std::for_each(post.latest.cbegin(), post.latest.cend(), observe);
    const QList<Alert> raised =
        m_engine.observe(scope, observations, isFirst ? alerts::Sync::First : alerts::Sync::Following);
    for (const Alert& alert : raised)
        raise(alert);
    saveState(isFirst || !raised.isEmpty());
    if (const QList<Alert> current = m_engine.current(); current != m_current) {
        m_current = current;
        emit currentChanged();
    }
    for (const Alert& alert : raised)
        emit alertRaised(alert);
    tellTopFive();
}

void Lookout::raise(const Alert& alert)
{
    m_history.prepend(alert);
    if (m_history.size() > mostHistory)
        m_history.resize(mostHistory);
    m_around.user.addAlert(toRecord(alert));
}

void Lookout::tellTopFive()
{
    QList<domain::Issue> top;
    for (const auto& [scope, post] : m_posts) {
        for (const domain::Issue& issue : post.frequent) {
            const domain::Issue shown = m_outbox.withPending(issue);
            if (shown.status == domain::IssueStatus::Unresolved)
                top.append(shown);
        }
    }
    std::sort(top.begin(), top.end(), [](const domain::Issue& a, const domain::Issue& b) {
        return a.count != b.count ? a.count > b.count : keyOf(a) < keyOf(b);
    });
    if (top.size() > mostTop)
        top.resize(mostTop);
    if (top == m_topFive)
        return;
    m_topFive = top;
    emit topFiveChanged();
}

void Lookout::saveState(bool isUrgent)
{
    const core::TimePoint now = m_around.clock.now();
    if (!isUrgent && now - m_saved < saveInterval)
        return;
    m_saved = now;
    m_around.user.saveDocument(engineDocument, m_engine.save());
}

} // namespace vedette::sync
