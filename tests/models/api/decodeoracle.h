// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "models/domain/event.h"
#include "models/domain/issue.h"

/// Reads the same JSON by Qt's own parser, field by field, and compares: a second opinion on the decoders.
namespace vedette::tests {

inline QString scalar(const QJsonValue& value)
{
    if (value.isDouble())
        return QString::number(value.toInteger());
    return value.toString();
}

inline QJsonValue entryData(const QJsonObject& event, const QString& type)
{
    for (const QJsonValue entry : event.value(u"entries").toArray()) {
        if (entry[u"type"].toString() == type)
            return entry[u"data"];
    }
    return {};
}

inline void compareFrames(const domain::Stacktrace& stack, const QJsonArray& frames)
{
    QCOMPARE(stack.frames.size(), frames.size());
    for (qsizetype i = 0; i < frames.size(); ++i) {
        const QJsonObject want = frames[i].toObject();
        const domain::Frame& frame = stack.frames[i];
        QCOMPARE(frame.function, want.value(u"function").toString());
        QCOMPARE(frame.filename, want.value(u"filename").toString());
        QCOMPARE(frame.absPath, want.value(u"absPath").toString());
        QCOMPARE(frame.module, want.value(u"module").toString());
        QCOMPARE(frame.inApp, want.value(u"inApp").toBool());
        QCOMPARE(frame.lineNo.value_or(-1), want.value(u"lineNo").toInt(-1));
        QCOMPARE(frame.colNo.value_or(-1), want.value(u"colNo").toInt(-1));
        const QJsonArray context = want.value(u"context").toArray();
        QCOMPARE(frame.context.size(), context.size());
        for (qsizetype line = 0; line < context.size(); ++line) {
            QCOMPARE(frame.context[line].number, context[line].toArray()[0].toInt());
            QCOMPARE(frame.context[line].text, context[line].toArray()[1].toString());
        }
        const QJsonObject vars = want.value(u"vars").toObject();
        QCOMPARE(frame.vars.size(), vars.size());
        for (const auto& [name, value] : frame.vars)
            QCOMPARE(value, vars.value(name));
    }
}

inline void compareExceptions(const domain::Event& event, const QJsonArray& values)
{
    QCOMPARE(event.exceptions.size(), values.size());
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QJsonObject want = values[i].toObject();
        QCOMPARE(event.exceptions[i].type, want.value(u"type").toString());
        QCOMPARE(event.exceptions[i].value, want.value(u"value").toString());
        QCOMPARE(event.exceptions[i].mechanism.type, want.value(u"mechanism")[u"type"].toString());
        const QJsonValue handled = want.value(u"mechanism")[u"handled"];
        QCOMPARE(event.exceptions[i].mechanism.handled.has_value(), handled.isBool());
        compareFrames(event.exceptions[i].stacktrace, want.value(u"stacktrace")[u"frames"].toArray());
    }
}

inline void compareRest(const domain::Event& event, const QJsonObject& want)
{
    const QJsonArray crumbs = entryData(want, QStringLiteral("breadcrumbs"))[u"values"].toArray();
    QCOMPARE(event.breadcrumbs.size(), crumbs.size());
    for (qsizetype i = 0; i < crumbs.size(); ++i) {
        QCOMPARE(event.breadcrumbs[i].category, crumbs[i][u"category"].toString());
        QCOMPARE(event.breadcrumbs[i].message, crumbs[i][u"message"].toString());
        QCOMPARE(event.breadcrumbs[i].data.size(), crumbs[i][u"data"].toObject().size());
        QVERIFY(event.breadcrumbs[i].timestamp.has_value() || crumbs[i][u"timestamp"].isNull());
    }
    const QJsonValue request = entryData(want, QStringLiteral("request"));
    QCOMPARE(event.request.has_value(), request.isObject());
    if (event.request) {
        QCOMPARE(event.request->url, request[u"url"].toString());
        QCOMPARE(event.request->method, request[u"method"].toString());
        QCOMPARE(event.request->headers.size(), request[u"headers"].toArray().size());
        QCOMPARE(event.request->cookies.size(), request[u"cookies"].toArray().size());
        QCOMPARE(event.request->env.size(), request[u"env"].toObject().size());
    }
    QCOMPARE(event.message, entryData(want, QStringLiteral("message"))[u"formatted"].toString());
    QCOMPARE(event.threads.size(), entryData(want, QStringLiteral("threads"))[u"values"].toArray().size());
    const QJsonObject contexts = want.value(u"contexts").toObject();
    QCOMPARE(event.contexts.size(), contexts.size());
    for (const domain::Context& context : event.contexts) {
        const QJsonObject one = contexts.value(context.alias).toObject();
        QCOMPARE(context.type, one.value(u"type").toString(context.alias));
        for (const auto& [name, value] : context.values)
            QCOMPARE(value, one.isEmpty() ? contexts.value(context.alias) : one.value(name));
    }
    QCOMPARE(event.extra.size(), want.value(u"context").toObject().size());
    QCOMPARE(event.packages.size(), want.value(u"packages").toObject().size());
    QCOMPARE(event.errors.size(), want.value(u"errors").toArray().size());
}

inline void compareEvent(const domain::Event& event, const QJsonObject& want)
{
    QCOMPARE(event.id.value(), want.value(u"eventID").toString());
    QCOMPARE(event.issue.value(), scalar(want.value(u"groupID")));
    QCOMPARE(event.project.value(), scalar(want.value(u"projectID")));
    QCOMPARE(event.type, want.value(u"type").toString());
    QCOMPARE(event.title, want.value(u"title").toString());
    QCOMPARE(event.culprit, want.value(u"culprit").toString());
    QCOMPARE(event.location, want.value(u"location").toString());
    QCOMPARE(event.platform, want.value(u"platform").toString());
    QCOMPARE(event.dist, want.value(u"dist").toString());
    QCOMPARE(event.sdkName, want.value(u"sdk")[u"name"].toString());
    QCOMPARE(event.older.value(), want.value(u"previousEventID").toString());
    QCOMPARE(event.newer.value(), want.value(u"nextEventID").toString());
    QCOMPARE(event.sizeBytes, want.value(u"size").toInteger());
    const QJsonValue user = want.value(u"user");
    QCOMPARE(event.user.id, scalar(user[u"id"]));
    QCOMPARE(event.user.email, user[u"email"].toString());
    QCOMPARE(event.user.ipAddress, user[u"ip_address"].toString());
    QVERIFY(event.dateCreated.has_value());
    const QJsonArray tags = want.value(u"tags").toArray();
    QCOMPARE(event.tags.size(), tags.size());
    for (qsizetype i = 0; i < tags.size(); ++i) {
        QCOMPARE(event.tags[i].key, tags[i][u"key"].toString());
        QCOMPARE(event.tags[i].value, tags[i][u"value"].toString());
        if (event.tags[i].key == u"level")
            QCOMPARE(domain::levelText(event.level), event.tags[i].value);
        if (event.tags[i].key == u"environment")
            QCOMPARE(event.environment, event.tags[i].value);
    }
    compareExceptions(event, entryData(want, QStringLiteral("exception"))[u"values"].toArray());
    compareRest(event, want);
}

inline void compareIssue(const domain::Issue& issue, const QJsonObject& want)
{
    QCOMPARE(issue.id.value(), scalar(want.value(u"id")));
    QCOMPARE(issue.shortId, want.value(u"shortId").toString());
    QCOMPARE(issue.title, want.value(u"title").toString());
    QCOMPARE(issue.culprit, want.value(u"culprit").toString());
    QCOMPARE(issue.permalink, want.value(u"permalink").toString());
    QCOMPARE(issue.type, want.value(u"type").toString());
    QCOMPARE(domain::levelText(issue.level), want.value(u"level").toString());
    QCOMPARE(domain::issueStatusText(issue.status), want.value(u"status").toString());
    QCOMPARE(domain::substatusText(issue.substatus), want.value(u"substatus").toString());
    QCOMPARE(issue.project.id.value(), scalar(want.value(u"project")[u"id"]));
    QCOMPARE(issue.project.slug, want.value(u"project")[u"slug"].toString());
    QCOMPARE(issue.errorType, want.value(u"metadata")[u"type"].toString());
    QCOMPARE(issue.errorValue, want.value(u"metadata")[u"value"].toString());
    QCOMPARE(issue.filename, want.value(u"metadata")[u"filename"].toString());
    QCOMPARE(issue.count, want.value(u"count").toString().toLongLong());
    QCOMPARE(issue.userCount, want.value(u"userCount").toInteger());
    QCOMPARE(issue.priority, want.value(u"priority").toString());
    QCOMPARE(issue.hasSeen, want.value(u"hasSeen").toBool(true));
    QCOMPARE(issue.isBookmarked, want.value(u"isBookmarked").toBool());
    QCOMPARE(issue.isUnhandled, want.value(u"isUnhandled").toBool());
    QVERIFY(issue.firstSeen.has_value());
    QVERIFY(issue.lastSeen.has_value());
    const QJsonValue assignee = want.value(u"assignedTo");
    QCOMPARE(issue.assignedTo.has_value(), assignee.isObject());
    if (issue.assignedTo) {
        const QString id = assignee[u"type"].toString() + u':' + scalar(assignee[u"id"]);
        QCOMPARE(issue.assignedTo->id.value(), id);
        QCOMPARE(issue.assignedTo->name, assignee[u"name"].toString());
    }
}

} // namespace vedette::tests
