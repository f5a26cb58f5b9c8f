// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QString>

#include "models/domain/event.h"
#include "models/domain/issue.h"

/// Domain values as flat `path -> text` maps, so that two of them can be compared field by field.
namespace vedette::tests {

using Dump = QMap<QString, QString>;

inline void put(Dump& out, const QString& path, const QString& text)
{
    out.insert(path, text);
}

inline void putTime(Dump& out, const QString& path, const std::optional<core::TimePoint>& time)
{
    put(out, path, time ? QString::fromStdString(core::formatTime(*time)) : QString());
}

inline void putNamed(Dump& out, const QString& path, const domain::NamedValues& values)
{
    for (const auto& [name, value] : values)
        put(out, path + u'.' + name,
            QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)));
}

inline void putPairs(Dump& out, const QString& path, const QList<std::pair<QString, QString>>& values)
{
    for (const auto& [name, value] : values)
        put(out, path + u'.' + name, value);
}

inline void putSeries(Dump& out, const QString& path, const domain::Series& series)
{
    put(out, path + QStringLiteral(".step"), QString::number(series.step.count()));
    for (const auto& point : series.points)
        put(out, path + u'.' + QString::fromStdString(core::formatTime(point.start)),
            QString::number(point.count));
}

inline void putStack(Dump& out, const QString& path, const domain::Stacktrace& stack)
{
    put(out, path + QStringLiteral(".omitted"),
        stack.omitted ? QString::number(stack.omitted->first) : QString());
    for (qsizetype i = 0; i < stack.frames.size(); ++i) {
        const domain::Frame& frame = stack.frames[i];
        const QString at = path + QStringLiteral(".frames.%1.").arg(i);
        put(out, at + QStringLiteral("function"), frame.function);
        put(out, at + QStringLiteral("rawFunction"), frame.rawFunction);
        put(out, at + QStringLiteral("module"), frame.module);
        put(out, at + QStringLiteral("package"), frame.package);
        put(out, at + QStringLiteral("filename"), frame.filename);
        put(out, at + QStringLiteral("absPath"), frame.absPath);
        put(out, at + QStringLiteral("platform"), frame.platform);
        put(out, at + QStringLiteral("addr"), frame.instructionAddr);
        put(out, at + QStringLiteral("lineNo"), QString::number(frame.lineNo.value_or(-1)));
        put(out, at + QStringLiteral("colNo"), QString::number(frame.colNo.value_or(-1)));
        put(out, at + QStringLiteral("inApp"), QString::number(int(frame.inApp)));
        for (const auto& line : frame.context)
            put(out, at + QStringLiteral("context.%1").arg(line.number), line.text);
        putNamed(out, at + QStringLiteral("vars"), frame.vars);
    }
}

inline void putActor(Dump& out, const QString& path, const std::optional<domain::Actor>& actor)
{
    put(out, path + QStringLiteral(".id"), actor ? actor->id.value() : QString());
    put(out, path + QStringLiteral(".name"), actor ? actor->name : QString());
    put(out, path + QStringLiteral(".email"), actor ? actor->email : QString());
}

inline void putStatusDetails(Dump& out, const QString& path, const domain::StatusDetails& details)
{
    const auto putCount = [&](const QString& name, const std::optional<qint64>& count) {
        put(out, path + name, count ? QString::number(*count) : QString());
    };
    put(out, path + QStringLiteral(".inNextRelease"), QString::number(int(details.inNextRelease)));
    put(out, path + QStringLiteral(".inUpcomingRelease"), QString::number(int(details.inUpcomingRelease)));
    put(out, path + QStringLiteral(".inRelease"), details.inRelease);
    const domain::CommitRef commit = details.inCommit.value_or(domain::CommitRef());
    put(out, path + QStringLiteral(".inCommit.id"), commit.id);
    put(out, path + QStringLiteral(".inCommit.message"), commit.message);
    put(out, path + QStringLiteral(".inCommit.repository"), commit.repository);
    putTime(out, path + QStringLiteral(".ignoreUntil"), details.ignoreUntil);
    putCount(QStringLiteral(".ignoreCount"), details.ignoreCount);
    putCount(QStringLiteral(".ignoreWindow"), details.ignoreWindow);
    putCount(QStringLiteral(".ignoreUserCount"), details.ignoreUserCount);
    putCount(QStringLiteral(".ignoreUserWindow"), details.ignoreUserWindow);
    put(out, path + QStringLiteral(".autoResolved"), QString::number(int(details.autoResolved)));
    putActor(out, path + QStringLiteral(".actor"), details.actor);
}

inline Dump dump(const domain::Issue& issue)
{
    Dump out;
    put(out, QStringLiteral("id"), issue.id.value());
    put(out, QStringLiteral("shortId"), issue.shortId);
    put(out, QStringLiteral("title"), issue.title);
    put(out, QStringLiteral("culprit"), issue.culprit);
    put(out, QStringLiteral("type"), issue.type);
    put(out, QStringLiteral("metadata.type"), issue.errorType);
    put(out, QStringLiteral("metadata.value"), issue.errorValue);
    put(out, QStringLiteral("metadata.filename"), issue.filename);
    put(out, QStringLiteral("metadata.function"), issue.function);
    put(out, QStringLiteral("platform"), issue.platform);
    put(out, QStringLiteral("logger"), issue.logger);
    put(out, QStringLiteral("permalink"), issue.permalink);
    put(out, QStringLiteral("level"), QString::number(int(issue.level)));
    put(out, QStringLiteral("status"), QString::number(int(issue.status)));
    put(out, QStringLiteral("substatus"), QString::number(int(issue.substatus)));
    put(out, QStringLiteral("statusText"), issue.statusText);
    putStatusDetails(out, QStringLiteral("statusDetails"), issue.statusDetails);
    put(out, QStringLiteral("project.id"), issue.project.id.value());
    put(out, QStringLiteral("project.slug"), issue.project.slug);
    put(out, QStringLiteral("project.name"), issue.project.name);
    put(out, QStringLiteral("count"), QString::number(issue.count));
    put(out, QStringLiteral("userCount"), QString::number(issue.userCount));
    put(out, QStringLiteral("numComments"), QString::number(issue.commentCount));
    putTime(out, QStringLiteral("firstSeen"), issue.firstSeen);
    putTime(out, QStringLiteral("lastSeen"), issue.lastSeen);
    putActor(out, QStringLiteral("assignedTo"), issue.assignedTo);
    put(out, QStringLiteral("isBookmarked"), QString::number(int(issue.isBookmarked)));
    put(out, QStringLiteral("hasSeen"), QString::number(int(issue.hasSeen)));
    put(out, QStringLiteral("isUnhandled"), QString::number(int(issue.isUnhandled)));
    put(out, QStringLiteral("priority"), issue.priority);
    putSeries(out, QStringLiteral("trend"), issue.trend);
    return out;
}

inline Dump dump(const domain::IssueDetail& detail)
{
    Dump out = dump(detail.issue);
    putSeries(out, QStringLiteral("hourly"), detail.hourly);
    putSeries(out, QStringLiteral("daily"), detail.daily);
    put(out, QStringLiteral("firstRelease"), detail.firstRelease);
    put(out, QStringLiteral("lastRelease"), detail.lastRelease);
    for (const domain::TagDistribution& tag : detail.tags) {
        put(out, QStringLiteral("tags.%1.name").arg(tag.key), tag.name);
        put(out, QStringLiteral("tags.%1.total").arg(tag.key), QString::number(tag.total));
    }
    for (qsizetype i = 0; i < detail.activity.size(); ++i) {
        const domain::Activity& activity = detail.activity[i];
        const QString at = QStringLiteral("activity.%1.").arg(i);
        put(out, at + QStringLiteral("id"), activity.id);
        put(out, at + QStringLiteral("type"), activity.type);
        putActor(out, at + QStringLiteral("user"), activity.user);
        putTime(out, at + QStringLiteral("at"), activity.at);
        putPairs(out, at + QStringLiteral("data"), activity.data);
    }
    return out;
}

inline void putRequest(Dump& out, const domain::HttpRequest& request)
{
    put(out, QStringLiteral("request.url"), request.url);
    put(out, QStringLiteral("request.method"), request.method);
    put(out, QStringLiteral("request.fragment"), request.fragment);
    put(out, QStringLiteral("request.contentType"), request.contentType);
    putPairs(out, QStringLiteral("request.query"), request.query);
    putPairs(out, QStringLiteral("request.headers"), request.headers);
    putPairs(out, QStringLiteral("request.cookies"), request.cookies);
    putNamed(out, QStringLiteral("request.env"), request.env);
    putNamed(out, QStringLiteral("request"), {{QStringLiteral("data"), request.data}});
}

inline void putEntries(Dump& out, const domain::Event& event)
{
    put(out, QStringLiteral("message"), event.message);
    for (qsizetype i = 0; i < event.exceptions.size(); ++i) {
        const domain::ExceptionValue& value = event.exceptions[i];
        const QString at = QStringLiteral("exception.%1.").arg(i);
        put(out, at + QStringLiteral("type"), value.type);
        put(out, at + QStringLiteral("value"), value.value);
        put(out, at + QStringLiteral("module"), value.module);
        put(out, at + QStringLiteral("threadId"), value.threadId);
        put(out, at + QStringLiteral("mechanism.type"), value.mechanism.type);
        put(out, at + QStringLiteral("mechanism.handled"),
            QString::number(int(value.mechanism.handled.value_or(false))));
        put(out, at + QStringLiteral("mechanism.id"),
            QString::number(value.mechanism.exceptionId.value_or(-1)));
        put(out, at + QStringLiteral("mechanism.parent"),
            QString::number(value.mechanism.parentId.value_or(-1)));
        putStack(out, at + QStringLiteral("stacktrace"), value.stacktrace);
    }
    if (event.stacktrace)
        putStack(out, QStringLiteral("stacktrace"), *event.stacktrace);
    for (qsizetype i = 0; i < event.threads.size(); ++i) {
        const QString at = QStringLiteral("threads.%1.").arg(i);
        put(out, at + QStringLiteral("id"), event.threads[i].id);
        put(out, at + QStringLiteral("name"), event.threads[i].name);
        put(out, at + QStringLiteral("crashed"), QString::number(int(event.threads[i].crashed)));
        putStack(out, at + QStringLiteral("stacktrace"), event.threads[i].stacktrace);
    }
    for (qsizetype i = 0; i < event.breadcrumbs.size(); ++i) {
        const domain::Breadcrumb& crumb = event.breadcrumbs[i];
        const QString at = QStringLiteral("breadcrumbs.%1.").arg(i);
        putTime(out, at + QStringLiteral("timestamp"), crumb.timestamp);
        put(out, at + QStringLiteral("type"), crumb.type);
        put(out, at + QStringLiteral("category"), crumb.category);
        put(out, at + QStringLiteral("level"), QString::number(int(crumb.level)));
        put(out, at + QStringLiteral("message"), crumb.message);
        putNamed(out, at + QStringLiteral("data"), crumb.data);
    }
    if (event.request)
        putRequest(out, *event.request);
    for (const auto& [type, tree] : event.otherEntries)
        putNamed(out, QStringLiteral("other"), {{type, tree}});
}

inline Dump dump(const domain::Event& event)
{
    Dump out;
    put(out, QStringLiteral("eventID"), event.id.value());
    put(out, QStringLiteral("groupID"), event.issue.value());
    put(out, QStringLiteral("projectID"), event.project.value());
    put(out, QStringLiteral("type"), event.type);
    put(out, QStringLiteral("title"), event.title);
    put(out, QStringLiteral("culprit"), event.culprit);
    put(out, QStringLiteral("location"), event.location);
    put(out, QStringLiteral("platform"), event.platform);
    put(out, QStringLiteral("release"), event.release);
    put(out, QStringLiteral("dist"), event.dist);
    put(out, QStringLiteral("environment"), event.environment);
    put(out, QStringLiteral("sdk.name"), event.sdkName);
    put(out, QStringLiteral("sdk.version"), event.sdkVersion);
    put(out, QStringLiteral("level"), QString::number(int(event.level)));
    putTime(out, QStringLiteral("dateCreated"), event.dateCreated);
    putTime(out, QStringLiteral("dateReceived"), event.dateReceived);
    put(out, QStringLiteral("previousEventID"), event.older.value());
    put(out, QStringLiteral("nextEventID"), event.newer.value());
    put(out, QStringLiteral("size"), QString::number(event.sizeBytes));
    put(out, QStringLiteral("user.id"), event.user.id);
    put(out, QStringLiteral("user.email"), event.user.email);
    put(out, QStringLiteral("user.username"), event.user.username);
    put(out, QStringLiteral("user.ip"), event.user.ipAddress);
    put(out, QStringLiteral("user.name"), event.user.name);
    putNamed(out, QStringLiteral("user.data"), event.user.data);
    for (const domain::EventTag& tag : event.tags)
        put(out, QStringLiteral("tags.") + tag.key, tag.value);
    for (const domain::Context& context : event.contexts) {
        put(out, QStringLiteral("contexts.%1.type").arg(context.alias), context.type);
        putNamed(out, QStringLiteral("contexts.%1").arg(context.alias), context.values);
    }
    putNamed(out, QStringLiteral("context"), event.extra);
    putPairs(out, QStringLiteral("packages"), event.packages);
    for (const domain::EventProblem& problem : event.errors)
        putNamed(out, QStringLiteral("errors.%1.%2").arg(problem.type, problem.message), problem.data);
    putEntries(out, event);
    return out;
}

} // namespace vedette::tests
