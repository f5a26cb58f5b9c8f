// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/models/store/randomvalues.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace vedette::tests {

QString RandomValues::text()
{
    // What breaks naive storage: quotes, nothing, other scripts, surrogate pairs, controls, a NUL.
    static const QStringList words = {u"plain"_s, u"it's \"quoted\""_s, u"日本語"_s, u"🦊 fox"_s,
        u"line\nbreak\t"_s, u"a\\b"_s, QString(u"nul"_s + QChar(0) + u"inside"_s), u"<b>&amp;"_s,
        u"'; DROP TABLE issue; --"_s, u"\u202Eright to left"_s};
    return words.at(m_random.bounded(int(words.size()))) + QString::number(m_random.bounded(1'000'000));
}

core::TimePoint RandomValues::time()
{
    return core::TimePoint(
        std::chrono::milliseconds(1'600'000'000'000 + qint64(m_random.bounded(200'000'000'000.0))));
}

QJsonValue RandomValues::json(int depth)
{
    switch (m_random.bounded(depth > 0 ? 8 : 6)) {
    case 0:
        return QJsonValue(QJsonValue::Null);
    case 1:
        return flag();
    case 2:
        return text();
    case 3:
        return QJsonValue(number());
    case 4:
        return m_random.generateDouble() * 1e6;
    case 5:
        return QString();
    case 6:
        return QJsonArray{json(depth - 1), json(depth - 1)};
    default:
        return QJsonObject{{text(), json(depth - 1)}, {text(), json(depth - 1)}};
    }
}

domain::NamedValues RandomValues::named()
{
    // Not in the order of the alphabet, and one name twice: neither may be changed.
    return {{u"zulu"_s, json()}, {u"alpha"_s, json()}, {text(), json()}, {u"alpha"_s, json()}};
}

QList<std::pair<QString, QString>> RandomValues::pairs()
{
    return {{u"z"_s, text()}, {text(), text()}, {u"z"_s, QString()}};
}

domain::Series RandomValues::series()
{
    domain::Series series;
    series.step = std::chrono::seconds(m_random.bounded(1, 86'400));
    core::TimePoint start = time();
    const int size = m_random.bounded(1, 30);
    const bool isEven = m_random.bounded(4) != 0;
    for (int i = 0; i < size; ++i) {
        series.points.append({start, m_random.bounded(10) == 0 ? number() : m_random.bounded(100)});
        start += isEven ? std::chrono::milliseconds(series.step) : std::chrono::milliseconds(small());
    }
    return series;
}

domain::Actor RandomValues::actor()
{
    return {domain::ActorId(text()), flag() ? domain::Actor::Kind::User : domain::Actor::Kind::Team, text(),
        text(), flag()};
}

domain::StatusDetails RandomValues::statusDetails()
{
    domain::StatusDetails details;
    details.inNextRelease = flag();
    details.inUpcomingRelease = flag();
    details.inRelease = text();
    details.inCommit = maybe(domain::CommitRef{text(), text(), text()});
    details.ignoreUntil = maybe(time());
    details.ignoreCount = maybe(number());
    details.ignoreWindow = maybe(number());
    details.ignoreUserCount = maybe(number());
    details.ignoreUserWindow = maybe(number());
    details.autoResolved = flag();
    details.actor = maybe(actor());
    return details;
}

domain::Activity RandomValues::activity()
{
    return {text(), text(), maybe(actor()), maybe(time()), pairs()};
}

domain::NetworkSettings RandomValues::network()
{
    return {text(), text(), {text(), text()},
        {domain::Proxy::Kind(m_random.bounded(int(domain::Proxy::Kind::Socks5) + 1)), text(), small(),
            text()},
        {text(), {text(), text()}}};
}

domain::Capabilities RandomValues::capabilities()
{
    domain::Capabilities capabilities;
    capabilities.isHosted = flag();
    capabilities.scopes = {text(), text()};
    capabilities.features = {text()};
    for (int i = 0; i < int(domain::Ability::Unknown); i += m_random.bounded(1, 5)) {
        capabilities.findings.append({domain::Ability(i), flag(),
            domain::Finding::Reason(m_random.bounded(int(domain::Finding::Reason::Answer) + 1)), text(),
            maybe(time())});
    }
    capabilities.routes = pairs();
    capabilities.version = text();
    capabilities.probedAt = maybe(time());
    return capabilities;
}

domain::Issue RandomValues::issue(const domain::Scope& scope, const QString& id)
{
    domain::Issue issue;
    issue.account = scope.account;
    issue.organization = scope.organization.isEmpty() ? domain::OrganizationId(text()) : scope.organization;
    issue.id = domain::IssueId(id);
    issue.shortId = text();
    issue.title = text();
    issue.culprit = text();
    issue.type = text();
    issue.errorType = text();
    issue.errorValue = text();
    issue.filename = text();
    issue.function = text();
    issue.platform = text();
    issue.logger = text();
    issue.permalink = text();
    issue.level = domain::Level(m_random.bounded(int(domain::Level::Other) + 1));
    issue.status = domain::IssueStatus(m_random.bounded(int(domain::IssueStatus::Other) + 1));
    issue.substatus = domain::Substatus(m_random.bounded(int(domain::Substatus::Other) + 1));
    issue.statusText = text();
    if (flag())
        issue.statusDetails = statusDetails();
    issue.project = {domain::ProjectId(text()), text(), text()};
    issue.count = number();
    issue.userCount = number();
    issue.commentCount = number();
    issue.firstSeen = maybe(time());
    issue.lastSeen = maybe(time());
    issue.assignedTo = maybe(actor());
    issue.isBookmarked = flag();
    issue.hasSeen = flag();
    issue.isUnhandled = flag();
    issue.priority = text();
    issue.trend = series();
    return issue;
}

domain::IssueDetail RandomValues::detail(const domain::Scope& scope, const QString& id)
{
    domain::IssueDetail detail;
    detail.issue = issue(scope, id);
    detail.hourly = series();
    detail.daily = series();
    detail.firstRelease = text();
    detail.lastRelease = text();
    detail.tags = {
        {text(), text(), number(), {{text(), number()}, {QString(), number()}}}, {text(), text(), 0, {}}};
    detail.activity = {activity(), activity()};
    return detail;
}

domain::Stacktrace RandomValues::stacktrace()
{
    domain::Stacktrace stack;
    for (int i = m_random.bounded(1, 4); i > 0; --i) {
        domain::Frame frame;
        frame.function = text();
        frame.rawFunction = text();
        frame.module = text();
        frame.package = text();
        frame.filename = text();
        frame.absPath = text();
        frame.platform = text();
        frame.instructionAddr = text();
        frame.lineNo = maybe(small());
        frame.colNo = maybe(small());
        frame.inApp = flag();
        frame.context = {{small(), text()}, {small(), QString()}};
        frame.vars = named();
        stack.frames.append(frame);
    }
    stack.omitted = maybe(std::pair(small(), small()));
    return stack;
}

domain::Event RandomValues::event(const QString& id, const QString& issue)
{
    domain::Event event;
    event.id = domain::EventId(id);
    event.issue = domain::IssueId(issue);
    event.project = domain::ProjectId(text());
    event.type = text();
    event.title = text();
    event.message = text();
    event.culprit = text();
    event.location = text();
    event.platform = text();
    event.release = text();
    event.dist = text();
    event.environment = text();
    event.sdkName = text();
    event.sdkVersion = text();
    event.level = domain::Level(m_random.bounded(int(domain::Level::Other) + 1));
    event.dateCreated = time();
    event.dateReceived = maybe(time());
    for (int i = m_random.bounded(1, 4); i > 0; --i) {
        event.exceptions.append({text(), text(), text(), text(),
            {text(), maybe(flag()), flag(), maybe(small()), maybe(small())}, stacktrace()});
    }
    event.stacktrace = maybe(stacktrace());
    event.threads = {{text(), text(), flag(), flag(), stacktrace()}};
    event.breadcrumbs = {{maybe(time()), text(), text(), domain::Level::Debug, text(), named()},
        {maybe(time()), text(), text(), domain::Level::Fatal, text(), {}}};
    event.request = maybe(
        domain::HttpRequest{text(), text(), text(), pairs(), pairs(), pairs(), named(), json(), text()});
    event.user = {text(), text(), text(), text(), text(), named()};
    event.tags = {{text(), text()}, {text(), QString()}};
    event.contexts = {{text(), text(), named()}, {text(), text(), {}}};
    event.extra = named();
    event.packages = pairs();
    event.errors = {{text(), text(), named()}};
    event.otherEntries = named();
    event.older = domain::EventId(text());
    event.newer = domain::EventId(text());
    event.sizeBytes = number();
    return event;
}

domain::Project RandomValues::project()
{
    return {domain::ProjectId(text()), text(), text(), text(), {text(), text()}, maybe(time()), small()};
}

store::DirectoryData RandomValues::directory()
{
    store::DirectoryData data;
    data.projects = {project(), project()};
    data.environments = {text(), QString()};
    data.people = {actor(), actor()};
    data.assignees = {{domain::ProjectId(text()), {actor()}}, {domain::ProjectId(text()), {}}};
    data.me = maybe(actor());
    return data;
}

QList<domain::ProjectSummary> RandomValues::overview()
{
    return {{project(), number(), series()}, {project(), number(), series()}};
}

store::AlertRecord RandomValues::alert(const domain::AccountId& account)
{
    return {text(), issue(account, text()), time(), number(), m_random.generateDouble() * 1e3,
        m_random.generateDouble(), m_random.generateDouble() * 1e9, time()};
}

core::Error RandomValues::error()
{
    return {core::ErrorKind(m_random.bounded(int(core::ErrorKind::Internal) + 1)), small(), text(),
        maybe(std::chrono::seconds(small())),
        core::ErrorCause(m_random.bounded(int(core::ErrorCause::HeldBack) + 1)), text()};
}

store::OutboxRow RandomValues::outboxRow(const domain::AccountId& account, qint64 id)
{
    store::OutboxRow row;
    row.id = id;
    row.batch = number();
    row.before = issue(account, text());
    row.action = {domain::Action::Kind(m_random.bounded(int(domain::Action::Kind::Unbookmark) + 1)), actor()};
    row.action.details = statusDetails();
    row.action.substatus = domain::Substatus(m_random.bounded(int(domain::Substatus::Other) + 1));
    row.action.priority = text();
    row.state = domain::ActionState(m_random.bounded(int(domain::ActionState::Conflict) + 1));
    row.created = time();
    row.changed = time();
    row.attempts = small();
    row.error = maybe(error());
    row.known = maybe(domain::basisOf(issue(account, text()), text()));
    row.conflict = maybe(domain::Conflict{domain::IssueStatus::Archived, domain::Substatus::ArchivedForever,
        maybe(actor()), maybe(actor()), maybe(time()), domain::IssueId(text())});
    row.undoes = number();
    return row;
}

domain::Account RandomValues::account(const QString& id)
{
    domain::Account account;
    account.id = domain::AccountId(id);
    account.name = text();
    account.baseUrl = QUrl(u"https://sentry.example/%1"_s.arg(small()));
    account.kind = domain::ServerKind(m_random.bounded(int(domain::ServerKind::Unknown) + 1));
    account.serverVersion = text();
    account.organizations = {{domain::OrganizationId(text()), text(), QUrl(u"https://eu.sentry.example"_s)},
        {domain::OrganizationId(text()), text(), QUrl()}};
    account.colour = small();
    account.isPaused = flag();
    account.credential = {
        flag() ? domain::Credential::Kind::Token : domain::Credential::Kind::OAuth, text(), maybe(time())};
    account.identity = maybe(actor());
    account.network = network();
    account.capabilities = capabilities();
    return account;
}

} // namespace vedette::tests
