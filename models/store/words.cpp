// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/words.h"

#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

template<class E, std::size_t N>
using Words = std::array<std::pair<E, QLatin1StringView>, N>;

template<class E, std::size_t N>
QString find(const Words<E, N>& words, E value)
{
    for (const auto& [candidate, word] : words) {
        if (candidate == value)
            return word;
    }
    return {};
}

template<class E, std::size_t N>
E find(const Words<E, N>& words, QStringView text, E otherwise)
{
    for (const auto& [value, word] : words) {
        if (text == word)
            return value;
    }
    return otherwise;
}

using domain::Ability;
using domain::Action;
using domain::ActionState;
using domain::Actor;
using domain::Credential;
using domain::Finding;
using domain::Proxy;
using domain::ServerKind;

constexpr Words<ServerKind, 4> serverKinds{{
    {ServerKind::Collector, "collector"_L1},
    {ServerKind::Sentry, "sentry"_L1},
    {ServerKind::GlitchTip, "glitchtip"_L1},
    {ServerKind::Unknown, "unknown"_L1},
}};

constexpr Words<Actor::Kind, 2> actorKinds{{
    {Actor::Kind::User, "user"_L1},
    {Actor::Kind::Team, "team"_L1},
}};

constexpr Words<Credential::Kind, 2> credentialKinds{{
    {Credential::Kind::Token, "token"_L1},
    {Credential::Kind::OAuth, "oauth"_L1},
}};

constexpr Words<Proxy::Kind, 4> proxyKinds{{
    {Proxy::Kind::System, "system"_L1},
    {Proxy::Kind::None, "none"_L1},
    {Proxy::Kind::Http, "http"_L1},
    {Proxy::Kind::Socks5, "socks5"_L1},
}};

constexpr Words<Ability, 21> abilities{{
    {Ability::Assign, "assign"_L1},
    {Ability::Bookmark, "bookmark"_L1},
    {Ability::MarkSeen, "mark-seen"_L1},
    {Ability::SetPriority, "set-priority"_L1},
    {Ability::Comment, "comment"_L1},
    {Ability::ArchiveUntil, "archive-until"_L1},
    {Ability::ResolveInRelease, "resolve-in-release"_L1},
    {Ability::ChangeMany, "change-many"_L1},
    {Ability::Merge, "merge"_L1},
    {Ability::Delete, "delete"_L1},
    {Ability::SortByUsers, "sort-by-users"_L1},
    {Ability::SortByFirstSeen, "sort-by-first-seen"_L1},
    {Ability::RangeOfCounts, "range-of-counts"_L1},
    {Ability::SearchLanguage, "search-language"_L1},
    {Ability::CountIssues, "count-issues"_L1},
    {Ability::RowTrends, "row-trends"_L1},
    {Ability::ProjectTrends, "project-trends"_L1},
    {Ability::TagDistributions, "tag-distributions"_L1},
    {Ability::FindByShortId, "find-by-short-id"_L1},
    {Ability::FindByEventId, "find-by-event-id"_L1},
    {Ability::Unknown, "unknown"_L1},
}};

constexpr Words<Finding::Reason, 5> findingReasons{{
    {Finding::Reason::Product, "product"_L1},
    {Finding::Reason::Version, "version"_L1},
    {Finding::Reason::Scope, "scope"_L1},
    {Finding::Reason::Feature, "feature"_L1},
    {Finding::Reason::Answer, "answer"_L1},
}};

constexpr Words<Action::Kind, 8> actionKinds{{
    {Action::Kind::Resolve, "resolve"_L1},
    {Action::Kind::Archive, "archive"_L1},
    {Action::Kind::Reopen, "reopen"_L1},
    {Action::Kind::Assign, "assign"_L1},
    {Action::Kind::Unassign, "unassign"_L1},
    {Action::Kind::MarkSeen, "mark-seen"_L1},
    {Action::Kind::Bookmark, "bookmark"_L1},
    {Action::Kind::Unbookmark, "unbookmark"_L1},
}};

constexpr Words<ActionState, 5> actionStates{{
    {ActionState::Queued, "queued"_L1},
    {ActionState::Sent, "sent"_L1},
    {ActionState::Done, "done"_L1},
    {ActionState::Failed, "failed"_L1},
    {ActionState::Conflict, "conflict"_L1},
}};

/// Unlike the protocol, which has no word for a substatus that we do not know.
constexpr auto otherSubstatus = "other"_L1;

} // namespace

QString toWord(ServerKind kind)
{
    return find(serverKinds, kind);
}

QString toWord(Actor::Kind kind)
{
    return find(actorKinds, kind);
}

QString toWord(Credential::Kind value)
{
    return find(credentialKinds, value);
}

QString toWord(Proxy::Kind value)
{
    return find(proxyKinds, value);
}

QString toWord(Ability value)
{
    return find(abilities, value);
}

QString toWord(Finding::Reason value)
{
    return find(findingReasons, value);
}

QString toWord(Action::Kind kind)
{
    return find(actionKinds, kind);
}

QString toWord(ActionState state)
{
    return find(actionStates, state);
}

QString toWord(domain::Level level)
{
    return domain::levelText(level);
}

QString toWord(domain::IssueStatus status)
{
    return domain::issueStatusText(status);
}

QString toWord(domain::Substatus substatus)
{
    return substatus == domain::Substatus::Other ? QString(otherSubstatus) : domain::substatusText(substatus);
}

QString toWord(core::ErrorKind kind)
{
    return core::errorKindName(kind);
}

QString toWord(core::ErrorCause cause)
{
    return core::errorCauseName(cause);
}

void fromWord(QStringView word, ServerKind& kind)
{
    kind = find(serverKinds, word, ServerKind::Unknown);
}

void fromWord(QStringView word, Actor::Kind& kind)
{
    kind = find(actorKinds, word, Actor::Kind::User);
}

void fromWord(QStringView word, Credential::Kind& value)
{
    value = find(credentialKinds, word, Credential::Kind::Token);
}

void fromWord(QStringView word, Proxy::Kind& value)
{
    value = find(proxyKinds, word, Proxy::Kind::System);
}

void fromWord(QStringView word, Ability& value)
{
    value = find(abilities, word, Ability::Unknown);
}

void fromWord(QStringView word, Finding::Reason& value)
{
    value = find(findingReasons, word, Finding::Reason::Answer);
}

void fromWord(QStringView word, Action::Kind& kind)
{
    kind = find(actionKinds, word, Action::Kind::MarkSeen);
}

void fromWord(QStringView word, ActionState& state)
{
    state = find(actionStates, word, ActionState::Failed);
}

void fromWord(QStringView word, domain::Level& level)
{
    level = domain::levelFromText(word);
}

void fromWord(QStringView word, domain::IssueStatus& status)
{
    status = domain::issueStatusFromText(word);
}

void fromWord(QStringView word, domain::Substatus& substatus)
{
    substatus = domain::substatusFromText(word);
}

void fromWord(QStringView word, core::ErrorKind& kind)
{
    kind = core::ErrorKind::Internal;
    for (int i = 0; i <= int(core::ErrorKind::Internal); ++i) {
        if (core::errorKindName(core::ErrorKind(i)) == word)
            kind = core::ErrorKind(i);
    }
}

void fromWord(QStringView word, core::ErrorCause& cause)
{
    cause = core::errorCauseOf(word.toString());
}

} // namespace vedette::store
