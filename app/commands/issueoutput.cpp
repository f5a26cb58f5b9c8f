// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/issueoutput.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

#include "models/core/text.h"
#include "views/common/errortext.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::app {
namespace {

/// Of a stack, for people: the crash and what led there.
constexpr qsizetype framesInText = 12;

QString line(const QString& text, qsizetype length = 200)
{
    return core::singleLine(text, length);
}

QString timeText(const std::optional<core::TimePoint>& time)
{
    return time ? core::toDateTime(*time).toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : u"-"_s;
}

QString idText(const domain::Issue& issue)
{
    return line(issue.shortId.isEmpty() ? issue.id.value() : issue.shortId, 60);
}

QString statusText(const domain::Issue& issue)
{
    if (issue.status == domain::IssueStatus::Archived)
        return u"archived"_s; // as the window has it; on the wire it is called ignored
    return issue.statusText.isEmpty() ? domain::issueStatusText(issue.status) : line(issue.statusText, 40);
}

QJsonValue timeJson(const std::optional<core::TimePoint>& time)
{
    return time ? QJsonValue(QString::fromStdString(core::formatTime(*time))) : QJsonValue();
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue errorJson(const std::optional<core::Error>& error)
{
    if (!error)
        return {};
    return QJsonObject{{u"kind"_s, core::errorKindName(error->kind)},
        {u"message"_s, views::errorText(*error, {}, views::Retry::ByHand)},
        {u"detail"_s, orNull(error->detail)}};
}

QJsonObject issueJson(const domain::Issue& issue, const QString& account)
{
    return {
        {u"account"_s, account},
        {u"id"_s, issue.id.value()},
        {u"shortId"_s, orNull(issue.shortId)},
        {u"title"_s, issue.title},
        {u"culprit"_s, orNull(issue.culprit)},
        {u"level"_s, domain::levelText(issue.level)},
        {u"status"_s, domain::issueStatusText(issue.status)},
        {u"substatus"_s, orNull(domain::substatusText(issue.substatus))},
        {u"priority"_s, orNull(issue.priority)},
        {u"project"_s, orNull(issue.project.slug)},
        {u"count"_s, issue.count},
        {u"userCount"_s, issue.userCount},
        {u"firstSeen"_s, timeJson(issue.firstSeen)},
        {u"lastSeen"_s, timeJson(issue.lastSeen)},
        {u"assignedTo"_s, issue.assignedTo ? orNull(issue.assignedTo->name) : QJsonValue()},
        {u"isUnhandled"_s, issue.isUnhandled},
        {u"permalink"_s, orNull(issue.permalink)},
    };
}

QJsonObject frameJson(const domain::Frame& frame)
{
    return {{u"function"_s, orNull(frame.function)},
        {u"file"_s, orNull(frame.filename.isEmpty() ? frame.absPath : frame.filename)},
        {u"module"_s, orNull(frame.module)},
        {u"line"_s, frame.lineNo ? QJsonValue(*frame.lineNo) : QJsonValue()}, {u"inApp"_s, frame.inApp}};
}

QJsonValue eventJson(const std::optional<domain::Event>& event)
{
    if (!event)
        return {};
    QJsonArray exceptions;
    for (const domain::ExceptionValue& exception : event->exceptions) {
        QJsonArray frames;
        for (const domain::Frame& frame : exception.stacktrace.frames)
            frames.append(frameJson(frame));
        exceptions.append(QJsonObject{{u"type"_s, orNull(exception.type)},
            {u"value"_s, orNull(exception.value)}, {u"frames"_s, frames}});
    }
    QJsonArray tags;
    for (const domain::EventTag& tag : event->tags)
        tags.append(QJsonObject{{u"key"_s, tag.key}, {u"value"_s, tag.value}});
    return QJsonObject{{u"id"_s, event->id.value()}, {u"dateCreated"_s, timeJson(event->dateCreated)},
        {u"message"_s, orNull(event->message)}, {u"release"_s, orNull(event->release)},
        {u"environment"_s, orNull(event->environment)}, {u"platform"_s, orNull(event->platform)},
        {u"exceptions"_s, exceptions}, {u"tags"_s, tags}};
}

QByteArray bytes(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

void add(QString& out, const QString& name, const QString& value)
{
    if (!value.isEmpty())
        out += u"%1 %2\n"_s.arg((name + u':').leftJustified(13), value);
}

QString frameText(const domain::Frame& frame)
{
    const QString file = line(frame.filename.isEmpty() ? frame.absPath : frame.filename, 120);
    const QString place = file.isEmpty() ? line(frame.module, 120) : file;
    return u"  %1 %2%3%4\n"_s.arg(frame.inApp ? u"*"_s : u" "_s,
        line(frame.function.isEmpty() ? u"?"_s : frame.function, 100),
        place.isEmpty() ? QString() : u"  "_s + place,
        frame.lineNo ? u":%1"_s.arg(*frame.lineNo) : QString());
}

void addException(QString& out, const domain::ExceptionValue& exception)
{
    out += u"\n%1: %2\n"_s.arg(line(exception.type, 200), line(exception.value, 500));
    const QList<domain::Frame>& frames = exception.stacktrace.frames;
    const qsizetype shown = std::min(framesInText, frames.size());
    for (qsizetype i = 0; i < shown; ++i) // the crash first, as the window has it
        out += frameText(frames.at(frames.size() - 1 - i));
    if (frames.size() > shown)
        out += u"    and %1 more\n"_s.arg(frames.size() - shown);
}

QString outcomeText(ActedIssue::Outcome outcome)
{
    switch (outcome) {
    case ActedIssue::Outcome::Queued:
        return u"queued"_s;
    case ActedIssue::Outcome::Refused:
        return u"refused"_s;
    case ActedIssue::Outcome::Done:
        break;
    }
    return u"done"_s;
}

} // namespace

QByteArray issuesAsText(const QList<domain::Issue>& issues)
{
    qsizetype width = 4;
    for (const domain::Issue& issue : issues)
        width = std::max(width, idText(issue).size());
    QString out;
    for (const domain::Issue& issue : issues) {
        const bool isPlain = issue.status == domain::IssueStatus::Unresolved;
        out += u"%1 %2 %3  %4  %5%6\n"_s.arg(idText(issue).leftJustified(width))
                   .arg(issue.count, 8)
                   .arg(issue.userCount, 7)
                   .arg(timeText(issue.lastSeen).leftJustified(16),
                       isPlain ? QString() : u'[' + statusText(issue) + u"] "_s, line(issue.title, 160));
    }
    if (!out.isEmpty())
        out.prepend(u"%1 %2 %3  %4  %5\n"_s.arg(u"ID"_s.leftJustified(width), u"EVENTS"_s.rightJustified(8),
            u"USERS"_s.rightJustified(7), u"LAST SEEN"_s.leftJustified(16), u"TITLE"_s));
    return out.toUtf8();
}

QByteArray issuesAsJson(
    const QList<domain::Issue>& issues, const AccountNames& names, const QList<ListedAccount>& accounts)
{
    QJsonArray rows;
    for (const domain::Issue& issue : issues)
        rows.append(issueJson(issue, names.value(issue.account)));
    QJsonArray sources;
    for (const ListedAccount& account : accounts)
        sources.append(QJsonObject{{u"name"_s, account.name}, {u"asOf"_s, timeJson(account.asOf)},
            {u"isStale"_s, account.isStale}, {u"error"_s, errorJson(account.error)}});
    return bytes({{u"issues"_s, rows}, {u"accounts"_s, sources}});
}

QByteArray issueAsText(
    const domain::IssueDetail& detail, const QString& account, const std::optional<domain::Event>& event)
{
    const domain::Issue& issue = detail.issue;
    QString out = idText(issue) + u"  "_s + line(issue.title, 300) + u'\n';
    if (!issue.culprit.isEmpty())
        out += line(issue.culprit, 300) + u'\n';
    out += u'\n';
    add(out, u"Status"_s, statusText(issue));
    add(out, u"Assigned to"_s, issue.assignedTo ? line(issue.assignedTo->name, 100) : u"nobody"_s);
    add(out, u"Events"_s, QString::number(issue.count));
    add(out, u"Users"_s, QString::number(issue.userCount));
    add(out, u"First seen"_s,
        timeText(issue.firstSeen) +
            (detail.firstRelease.isEmpty() ? QString() : u" in "_s + line(detail.firstRelease, 100)));
    add(out, u"Last seen"_s,
        timeText(issue.lastSeen) +
            (detail.lastRelease.isEmpty() ? QString() : u" in "_s + line(detail.lastRelease, 100)));
    add(out, u"Project"_s, line(issue.project.slug, 100));
    add(out, u"Account"_s, line(account, 100));
    add(out, u"Link"_s, line(issue.permalink, 500));
    if (!event)
        return out.toUtf8();
    out += u'\n';
    add(out, u"Latest event"_s, line(event->id.value(), 40) + u"  "_s + timeText(event->dateCreated));
    add(out, u"Release"_s, line(event->release, 200));
    add(out, u"Environment"_s, line(event->environment, 100));
    if (event->exceptions.isEmpty())
        add(out, u"Message"_s, line(event->message, 500));
    for (auto it = event->exceptions.crbegin(); it != event->exceptions.crend(); ++it)
        addException(out, *it);
    return out.toUtf8();
}

QByteArray issueAsJson(
    const domain::IssueDetail& detail, const QString& account, const std::optional<domain::Event>& event)
{
    QJsonObject issue = issueJson(detail.issue, account);
    issue.insert(u"firstRelease"_s, orNull(detail.firstRelease));
    issue.insert(u"lastRelease"_s, orNull(detail.lastRelease));
    return bytes({{u"issue"_s, issue}, {u"event"_s, eventJson(event)}});
}

QByteArray actedAsText(const QList<ActedIssue>& issues)
{
    QString out;
    for (const ActedIssue& each : issues) {
        QString how = statusText(each.issue);
        if (each.issue.assignedTo)
            how += u", assigned to "_s + line(each.issue.assignedTo->name, 100);
        if (each.outcome == ActedIssue::Outcome::Queued)
            how = u"queued: it is sent as soon as the server can be reached"_s;
        else if (each.outcome == ActedIssue::Outcome::Refused)
            how = u"refused: "_s +
                  views::errorText(each.error.value_or(core::Error()), {}, views::Retry::ByHand);
        out += idText(each.issue) + u"  "_s + how + u'\n';
    }
    return out.toUtf8();
}

QByteArray actedAsJson(const QList<ActedIssue>& issues, const AccountNames& names)
{
    QJsonArray rows;
    for (const ActedIssue& each : issues) {
        QJsonObject row = issueJson(each.issue, names.value(each.issue.account));
        row.insert(u"outcome"_s, outcomeText(each.outcome));
        row.insert(u"error"_s, errorJson(each.error));
        rows.append(row);
    }
    return bytes({{u"issues"_s, rows}});
}

} // namespace vedette::app
