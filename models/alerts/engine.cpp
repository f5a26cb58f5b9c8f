// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/alerts/engine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace vedette::alerts {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Servers date an issue by its first event, which may have been on its way for a while.
constexpr auto lateness = 1h;
/// After a long absence older news is no news: it is in the list.
constexpr auto newsworthy = 24h;
/// Firing hours closer together than this are one spike.
constexpr auto spikeGap = 6h;
/// How long a new issue and a regression count as going on.
constexpr auto newFor = 1h;
constexpr auto regressedFor = 24h;
/// How long an issue without anything special is remembered, so that it is not new twice.
constexpr auto rememberFor = 48h;
/// No issue is remembered longer than servers keep events by default.
constexpr auto rememberAtMost = 90 * 24h;

bool isOpen(const domain::Issue& issue)
{
    return issue.status == domain::IssueStatus::Unresolved;
}

bool isDealtWith(const domain::Issue& issue)
{
    return issue.status == domain::IssueStatus::Resolved || issue.status == domain::IssueStatus::Archived;
}

bool tellsSubstatus(const domain::Issue& issue)
{
    return issue.substatus != domain::Substatus::None && issue.substatus != domain::Substatus::Other;
}

double toJson(core::TimePoint time)
{
    return double(time.time_since_epoch().count());
}

std::optional<core::TimePoint> timeFromJson(const QJsonValue& value)
{
    // Milliseconds of the years 1970 to 2200: everything else is no moment of ours.
    const double ms = value.toDouble(-1);
    if (!(ms >= 0 && ms < 7.3e12))
        return std::nullopt;
    return core::TimePoint(std::chrono::milliseconds(qint64(ms)));
}

void putTime(QJsonObject& object, QLatin1StringView key, const std::optional<core::TimePoint>& time)
{
    if (time)
        object.insert(key, toJson(*time));
}

/// What is shown of an alert before its issue was polled again.
QJsonObject issueToJson(const domain::Issue& issue)
{
    QJsonObject out{
        {u"id"_s, issue.id.value()},
        {u"shortId"_s, issue.shortId},
        {u"title"_s, issue.title},
        {u"culprit"_s, issue.culprit},
        {u"permalink"_s, issue.permalink},
        {u"level"_s, domain::levelText(issue.level)},
        {u"projectId"_s, issue.project.id.value()},
        {u"projectSlug"_s, issue.project.slug},
        {u"projectName"_s, issue.project.name},
        {u"count"_s, double(issue.count)},
        {u"userCount"_s, double(issue.userCount)},
    };
    putTime(out, "firstSeen"_L1, issue.firstSeen);
    putTime(out, "lastSeen"_L1, issue.lastSeen);
    return out;
}

domain::Issue issueFromJson(const QJsonObject& object, const domain::Scope& scope)
{
    domain::Issue out;
    out.account = scope.account;
    out.organization = scope.organization;
    out.id = domain::IssueId(object.value("id"_L1).toString());
    out.shortId = object.value("shortId"_L1).toString();
    out.title = object.value("title"_L1).toString();
    out.culprit = object.value("culprit"_L1).toString();
    out.permalink = object.value("permalink"_L1).toString();
    out.level = domain::levelFromText(object.value("level"_L1).toString());
    out.project.id = domain::ProjectId(object.value("projectId"_L1).toString());
    out.project.slug = object.value("projectSlug"_L1).toString();
    out.project.name = object.value("projectName"_L1).toString();
    out.count = object.value("count"_L1).toInteger();
    out.userCount = object.value("userCount"_L1).toInteger();
    out.firstSeen = timeFromJson(object.value("firstSeen"_L1));
    out.lastSeen = timeFromJson(object.value("lastSeen"_L1));
    return out;
}

QJsonObject alertToJson(const Alert& alert)
{
    return {
        {u"kind"_s, int(alert.kind)},
        {u"issue"_s, issueToJson(alert.issue)},
        {u"raised"_s, toJson(alert.raised)},
        {u"count"_s, double(alert.count)},
        {u"expected"_s, alert.expected},
        {u"upper"_s, alert.upper},
        {u"factor"_s, alert.factor},
        {u"since"_s, toJson(alert.since)},
    };
}

std::optional<Alert> alertFromJson(const QJsonObject& object, const domain::Scope& scope)
{
    const int kind = object.value("kind"_L1).toInt(-1);
    const auto raised = timeFromJson(object.value("raised"_L1));
    if (kind < int(Alert::Kind::NewIssue) || kind > int(Alert::Kind::Spike) || !raised)
        return std::nullopt;
    Alert out;
    out.kind = Alert::Kind(kind);
    out.issue = issueFromJson(object.value("issue"_L1).toObject(), scope);
    if (out.issue.id.isEmpty())
        return std::nullopt;
    out.raised = *raised;
    out.count = object.value("count"_L1).toInteger();
    out.expected = object.value("expected"_L1).toDouble();
    out.upper = object.value("upper"_L1).toDouble();
    out.factor = object.value("factor"_L1).toDouble();
    out.since = timeFromJson(object.value("since"_L1)).value_or(*raised);
    return out;
}

/// How a scope is named in the saved state: former versions wrote the account alone.
QString toKey(const domain::Scope& scope)
{
    return scope.organization.isEmpty() ? scope.account.value()
                                        : scope.account.value() + u'/' + scope.organization.value();
}

domain::Scope scopeFromKey(const QString& key)
{
    // An account's id is a uuid, so the first slash is ours.
    return {domain::AccountId(key.section(u'/', 0, 0)), domain::OrganizationId(key.section(u'/', 1))};
}

/// The state's version: another one is not read.
constexpr int stateVersion = 1;

} // namespace

AlertEngine::AlertEngine(const core::Clock& clock, DetectorOptions options)
    : m_clock(&clock)
    , m_options(options)
{}

QList<Alert> AlertEngine::observe(
    const domain::Scope& scope, const QList<Observation>& observations, Sync sync)
{
    const core::TimePoint now = m_clock->now();
    ScopeState& state = m_scopes[scope];
    const bool first = sync == Sync::First || !state.lastLook;
    const core::TimePoint lastLook = first ? now : *state.lastLook;
    QList<Alert> raised;
    for (const Observation& given : observations) {
        Observation seen = given;
        seen.issue.account = scope.account;
        seen.issue.organization = scope.organization;
        seen.isHistory = seen.isHistory || first;
        const auto key = seen.issue.id;
        if (isDealtWith(seen.issue)) {
            Memory& memory = state.issues[key];
            memory.lastObserved = now;
            memory.resolved = true;
            memory.resolvedLastSeen = seen.issue.lastSeen;
            memory.regressed = false;
            memory.spikeSince.reset();
            memory.spikeLast.reset();
            for (const auto kind : {Alert::Kind::NewIssue, Alert::Kind::Regression, Alert::Kind::Spike})
                state.current.remove({key, int(kind)});
            continue;
        }
        if (!isOpen(seen.issue))
            continue;
        QList<Alert> found;
        if (auto alert = observeNew(state, seen, lastLook))
            found.append(*alert);
        Memory& memory = state.issues[key];
        memory.lastObserved = now;
        if (auto alert = observeRegression(memory, seen, lastLook))
            found.append(*alert);
        if (auto alert = observeSpike(state, memory, seen))
            found.append(*alert);
        memory.firstSeen = seen.issue.firstSeen.value_or(now);
        for (const Alert& alert : std::as_const(found)) {
            state.current.insert({key, int(alert.kind)}, alert);
            if (!seen.isHistory && !(memory.snoozedUntil && *memory.snoozedUntil > now))
                raised.append(alert);
        }
        for (const auto kind : {Alert::Kind::NewIssue, Alert::Kind::Regression, Alert::Kind::Spike}) {
            if (const auto it = state.current.find({key, int(kind)}); it != state.current.end())
                it->issue = seen.issue;
        }
    }
    state.lastLook = now;
    prune(state);
    return raised;
}

std::optional<Alert> AlertEngine::observeNew(
    const ScopeState& state, const Observation& seen, core::TimePoint lastLook) const
{
    if (seen.isHistory || state.issues.contains(seen.issue.id) || !seen.issue.firstSeen)
        return std::nullopt;
    // An unknown issue that began before the last look is an old one that only now came into view.
    const core::TimePoint now = m_clock->now();
    if (*seen.issue.firstSeen < std::max(lastLook - lateness, now - newsworthy))
        return std::nullopt;
    Alert alert;
    alert.kind = Alert::Kind::NewIssue;
    alert.issue = seen.issue;
    alert.raised = now;
    alert.count = seen.issue.count;
    alert.since = *seen.issue.firstSeen;
    return alert;
}

std::optional<Alert> AlertEngine::observeRegression(
    Memory& memory, const Observation& seen, core::TimePoint lastLook) const
{
    const bool wasResolved = std::exchange(memory.resolved, false);
    const auto lastSeen = seen.issue.lastSeen;
    bool regressed = false;
    if (seen.issue.substatus == domain::Substatus::Regressed) {
        // One that nobody knew here counts if it happened since the last look, not if it only came into view.
        regressed = !memory.regressed && lastSeen && *lastSeen >= lastLook - lateness;
        memory.regressed = true;
    } else if (tellsSubstatus(seen.issue)) {
        memory.regressed = false; // the server considers it over, or a person reopened it
    } else if (wasResolved && lastSeen && memory.resolvedLastSeen && *lastSeen > *memory.resolvedLastSeen) {
        // No substatus (GlitchTip): open again with a newer event, so it was an event that reopened it.
        regressed = !memory.regressed;
        memory.regressed = true;
    }
    if (!regressed || seen.isHistory)
        return std::nullopt;
    Alert alert;
    alert.kind = Alert::Kind::Regression;
    alert.issue = seen.issue;
    alert.raised = m_clock->now();
    alert.count = seen.issue.count;
    alert.since = *lastSeen;
    return alert;
}

std::optional<Alert> AlertEngine::observeSpike(
    ScopeState& state, Memory& memory, const Observation& seen) const
{
    const core::TimePoint now = m_clock->now();
    const std::pair key{seen.issue.id, int(Alert::Kind::Spike)};
    const QList<HourVerdict> verdicts = detect(seen.hourly, now, m_options);
    // The hour that runs, and the one before it, which may have been missed by a minute.
    const HourVerdict* firing = nullptr;
    qsizetype at = verdicts.size();
    while (!firing && at > 0 && now - verdicts.at(at - 1).hour < 2h) {
        --at;
        if (verdicts.at(at).firing)
            firing = &verdicts.at(at);
    }
    if (!firing) {
        if (memory.spikeLast && now - *memory.spikeLast >= spikeGap) {
            memory.spikeSince.reset();
            memory.spikeLast.reset();
            state.current.remove(key);
        }
        return std::nullopt;
    }
    const bool goingOn = memory.spikeLast && firing->hour - *memory.spikeLast < spikeGap;
    if (!goingOn) {
        memory.spikeSince = firing->hour;
        // The detector knows hours that no poll of ours saw.
        for (qsizetype i = at - 1; i >= 0 && *memory.spikeSince - verdicts.at(i).hour < spikeGap; --i) {
            if (verdicts.at(i).firing)
                memory.spikeSince = verdicts.at(i).hour;
        }
    }
    memory.spikeLast = std::max(firing->hour, memory.spikeLast.value_or(firing->hour));
    Alert alert;
    alert.kind = Alert::Kind::Spike;
    alert.issue = seen.issue;
    alert.raised = now;
    alert.count = firing->count;
    alert.expected = firing->expected;
    alert.upper = firing->upper;
    alert.factor = double(firing->count) / std::max(firing->expected, 1.0);
    alert.since = memory.spikeSince.value_or(firing->hour);
    if (!goingOn)
        return alert;
    // The same spike as it stands now; it keeps the moment it was raised.
    if (const auto known = state.current.constFind(key); known != state.current.constEnd())
        alert.raised = known->raised;
    state.current.insert(key, alert);
    return std::nullopt;
}

QList<Alert> AlertEngine::current() const
{
    const core::TimePoint now = m_clock->now();
    QList<Alert> out;
    for (const ScopeState& state : m_scopes) {
        for (const Alert& alert : state.current) {
            const auto memory = state.issues.constFind(alert.issue.id);
            const bool snoozed =
                memory != state.issues.constEnd() && memory->snoozedUntil && *memory->snoozedUntil > now;
            if (!snoozed && !isOver(alert, now))
                out.append(alert);
        }
    }
    std::sort(out.begin(), out.end(), [](const Alert& a, const Alert& b) {
        if (a.factor != b.factor)
            return a.factor > b.factor;
        if (a.raised != b.raised)
            return a.raised > b.raised;
        return std::pair(a.issue.id, int(a.kind)) < std::pair(b.issue.id, int(b.kind));
    });
    return out;
}

bool AlertEngine::isOver(const Alert& alert, core::TimePoint now)
{
    switch (alert.kind) {
    case Alert::Kind::NewIssue:
        return now - alert.raised >= newFor;
    case Alert::Kind::Regression:
        return now - alert.raised >= regressedFor;
    case Alert::Kind::Spike:
        return false; // ended by the counts
    }
    return false;
}

void AlertEngine::prune(ScopeState& state) const
{
    const core::TimePoint now = m_clock->now();
    state.current.removeIf([now](const auto& it) { return isOver(it.value(), now); });
    state.issues.removeIf([now](const auto& it) {
        const Memory& memory = it.value();
        if (now - memory.lastObserved > rememberAtMost)
            return true;
        return !memory.resolved && !memory.regressed && !memory.spikeLast &&
               !(memory.snoozedUntil && *memory.snoozedUntil > now) && now - memory.firstSeen > rememberFor;
    });
    // A spike whose issue no poll mentions any more cannot be seen to end.
    state.current.removeIf([now, &state](const auto& it) {
        const auto memory = state.issues.find(it.value().issue.id);
        const bool lost = it.value().kind == Alert::Kind::Spike &&
                          (memory == state.issues.end() || now - memory->lastObserved > newsworthy);
        if (lost && memory != state.issues.end()) {
            memory->spikeSince.reset();
            memory->spikeLast.reset();
        }
        return lost;
    });
}

void AlertEngine::snooze(const domain::Issue& issue, core::TimePoint until)
{
    Memory& memory = m_scopes[scopeOf(issue)].issues[issue.id];
    memory.snoozedUntil = until;
    memory.lastObserved = m_clock->now();
    memory.firstSeen = issue.firstSeen.value_or(m_clock->now());
}

std::optional<core::TimePoint> AlertEngine::snoozedUntil(const domain::Issue& issue) const
{
    const auto scope = m_scopes.constFind(scopeOf(issue));
    if (scope == m_scopes.constEnd())
        return std::nullopt;
    const auto memory = scope->issues.constFind(issue.id);
    if (memory == scope->issues.constEnd() || !memory->snoozedUntil ||
        *memory->snoozedUntil <= m_clock->now())
        return std::nullopt;
    return memory->snoozedUntil;
}

void AlertEngine::nameOrganization(
    const domain::AccountId& account, const domain::OrganizationId& organization)
{
    const domain::Scope named(account, organization);
    const auto former = m_scopes.constFind(account);
    if (organization.isEmpty() || former == m_scopes.constEnd() || m_scopes.contains(named))
        return;
    ScopeState state = *former;
    for (Alert& alert : state.current)
        alert.issue.organization = organization;
    m_scopes.remove(account);
    m_scopes.insert(named, state);
}

void AlertEngine::forget(const domain::AccountId& account)
{
    m_scopes.removeIf([&](const auto& it) { return it.key().account == account; });
}

QByteArray AlertEngine::save() const
{
    QJsonObject accounts;
    for (auto scope = m_scopes.constBegin(); scope != m_scopes.constEnd(); ++scope) {
        QJsonObject issues;
        for (auto it = scope->issues.constBegin(); it != scope->issues.constEnd(); ++it) {
            QJsonObject memory{{u"seen"_s, toJson(it->lastObserved)}, {u"first"_s, toJson(it->firstSeen)}};
            if (it->resolved)
                memory.insert(u"resolved"_s, true);
            if (it->regressed)
                memory.insert(u"regressed"_s, true);
            putTime(memory, "resolvedLastSeen"_L1, it->resolvedLastSeen);
            putTime(memory, "spikeSince"_L1, it->spikeSince);
            putTime(memory, "spikeLast"_L1, it->spikeLast);
            putTime(memory, "snoozedUntil"_L1, it->snoozedUntil);
            issues.insert(it.key().value(), memory);
        }
        QJsonArray current;
        for (const Alert& alert : scope->current)
            current.append(alertToJson(alert));
        QJsonObject saved{{u"issues"_s, issues}, {u"current"_s, current}};
        putTime(saved, "lastLook"_L1, scope->lastLook);
        accounts.insert(toKey(scope.key()), saved);
    }
    return QJsonDocument(QJsonObject{{u"version"_s, stateVersion}, {u"accounts"_s, accounts}})
        .toJson(QJsonDocument::Compact);
}

bool AlertEngine::restore(const QByteArray& saved)
{
    const QJsonObject root = QJsonDocument::fromJson(saved).object();
    if (root.value("version"_L1).toInt() != stateVersion || !root.value("accounts"_L1).isObject())
        return false;
    QHash<domain::Scope, ScopeState> scopes;
    const QJsonObject all = root.value("accounts"_L1).toObject();
    for (auto account = all.constBegin(); account != all.constEnd(); ++account) {
        const domain::Scope id = scopeFromKey(account.key());
        const QJsonObject object = account.value().toObject();
        ScopeState state;
        state.lastLook = timeFromJson(object.value("lastLook"_L1));
        const QJsonObject issues = object.value("issues"_L1).toObject();
        for (auto it = issues.constBegin(); it != issues.constEnd(); ++it) {
            const QJsonObject from = it.value().toObject();
            Memory memory;
            memory.lastObserved = timeFromJson(from.value("seen"_L1)).value_or(core::TimePoint());
            memory.firstSeen = timeFromJson(from.value("first"_L1)).value_or(core::TimePoint());
            memory.resolved = from.value("resolved"_L1).toBool();
            memory.regressed = from.value("regressed"_L1).toBool();
            memory.resolvedLastSeen = timeFromJson(from.value("resolvedLastSeen"_L1));
            memory.spikeSince = timeFromJson(from.value("spikeSince"_L1));
            memory.spikeLast = timeFromJson(from.value("spikeLast"_L1));
            memory.snoozedUntil = timeFromJson(from.value("snoozedUntil"_L1));
            state.issues.insert(domain::IssueId(it.key()), memory);
        }
        const QJsonArray current = object.value("current"_L1).toArray();
        for (const auto& value : current) {
            if (const auto alert = alertFromJson(value.toObject(), id))
                state.current.insert({alert->issue.id, int(alert->kind)}, *alert);
        }
        scopes.insert(id, state);
    }
    m_scopes = std::move(scopes);
    return true;
}

} // namespace vedette::alerts
