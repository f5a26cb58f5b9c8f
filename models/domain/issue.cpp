// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/domain/issue.h"

#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace vedette::domain {
namespace {

template<class E, std::size_t N>
using Words = std::array<std::pair<E, QLatin1StringView>, N>;

template<class E, std::size_t N>
E fromText(const Words<E, N>& words, QStringView text, E otherwise)
{
    for (const auto& [value, word] : words) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return value;
    }
    return otherwise;
}

/// The first word listed for a value is the one we write.
template<class E, std::size_t N>
QString toText(const Words<E, N>& words, E value)
{
    for (const auto& [candidate, word] : words) {
        if (candidate == value)
            return word;
    }
    return {};
}

constexpr Words<Level, 10> levels{{
    {Level::Fatal, "fatal"_L1},
    {Level::Error, "error"_L1},
    {Level::Warning, "warning"_L1},
    {Level::Info, "info"_L1},
    {Level::Debug, "debug"_L1},
    {Level::Sample, "sample"_L1},
    // What SDKs call the same (contract section 12).
    {Level::Fatal, "critical"_L1},
    {Level::Info, "log"_L1},
    {Level::Debug, "trace"_L1},
    {Level::Other, "unknown"_L1},
}};

constexpr Words<IssueStatus, 4> statuses{{
    {IssueStatus::Unresolved, "unresolved"_L1},
    {IssueStatus::Resolved, "resolved"_L1},
    {IssueStatus::Archived, "ignored"_L1},
    {IssueStatus::Archived, "muted"_L1},
}};

constexpr Words<Substatus, 7> substatuses{{
    {Substatus::New, "new"_L1},
    {Substatus::Ongoing, "ongoing"_L1},
    {Substatus::Escalating, "escalating"_L1},
    {Substatus::Regressed, "regressed"_L1},
    {Substatus::ArchivedUntilEscalating, "archived_until_escalating"_L1},
    {Substatus::ArchivedUntilConditionMet, "archived_until_condition_met"_L1},
    {Substatus::ArchivedForever, "archived_forever"_L1},
}};

} // namespace

Level levelFromText(QStringView text)
{
    return fromText(levels, text, Level::Other);
}

QString levelText(Level level)
{
    return toText(levels, level);
}

IssueStatus issueStatusFromText(QStringView text)
{
    return fromText(statuses, text, IssueStatus::Other);
}

QString issueStatusText(IssueStatus status)
{
    return toText(statuses, status);
}

Substatus substatusFromText(QStringView text)
{
    return text.isEmpty() ? Substatus::None : fromText(substatuses, text, Substatus::Other);
}

QString substatusText(Substatus substatus)
{
    return toText(substatuses, substatus);
}

} // namespace vedette::domain
