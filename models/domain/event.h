// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/domain/ids.h"
#include "models/domain/issue.h"

namespace vedette::domain {

/// A name with a value of any shape, in the order the server sent them (a JSON object of Qt's would sort
/// them).
using NamedValues = QList<std::pair<QString, QJsonValue>>;

/// One stack frame (contract section 9). Texts are as sent and unbounded: cut them where they are shown.
struct Frame
{
    struct Line
    {
        int number = 0;
        QString text;

        friend bool operator==(const Line&, const Line&) = default;
    };

    QString function;
    QString rawFunction;
    QString module;
    QString package;
    QString filename;
    QString absPath;
    QString platform;
    QString instructionAddr; ///< "0x..." text, empty where not native
    std::optional<int> lineNo;
    std::optional<int> colNo;
    bool inApp = false;
    QList<Line> context; ///< source around lineNo, oldest line first; empty where unknown
    NamedValues vars;    ///< locals

    friend bool operator==(const Frame&, const Frame&) = default;
};

/// Frames oldest call first: the crash frame is the last one.
struct Stacktrace
{
    QList<Frame> frames;
    std::optional<std::pair<int, int>> omitted; ///< frames [from, to) that the server left out

    friend bool operator==(const Stacktrace&, const Stacktrace&) = default;
};

struct Mechanism
{
    QString type;
    std::optional<bool> handled;
    bool synthetic = false;
    std::optional<int> exceptionId;
    std::optional<int> parentId;

    friend bool operator==(const Mechanism&, const Mechanism&) = default;
};

/// One link of an exception chain.
struct ExceptionValue
{
    QString type;
    QString value;
    QString module;
    QString threadId;
    Mechanism mechanism;
    Stacktrace stacktrace;

    friend bool operator==(const ExceptionValue&, const ExceptionValue&) = default;
};

struct Thread
{
    QString id;
    QString name;
    bool crashed = false;
    bool current = false;
    Stacktrace stacktrace;

    friend bool operator==(const Thread&, const Thread&) = default;
};

struct Breadcrumb
{
    std::optional<core::TimePoint> timestamp;
    QString type;
    QString category;
    Level level = Level::Info;
    QString message;
    NamedValues data;

    friend bool operator==(const Breadcrumb&, const Breadcrumb&) = default;
};

struct HttpRequest
{
    using Pairs = QList<std::pair<QString, QString>>;

    QString method;
    QString url;
    QString fragment;
    Pairs query;
    Pairs headers;
    Pairs cookies;
    NamedValues env;
    QJsonValue data; ///< the body: text, or a tree where the SDK sent one
    QString contentType;

    friend bool operator==(const HttpRequest&, const HttpRequest&) = default;
};

struct EventUser
{
    QString id;
    QString email;
    QString username;
    QString ipAddress;
    QString name;
    NamedValues data; ///< geo and whatever else was sent

    [[nodiscard]] bool isEmpty() const
    {
        return id.isEmpty() && email.isEmpty() && username.isEmpty() && ipAddress.isEmpty() &&
               name.isEmpty() && data.isEmpty();
    }

    friend bool operator==(const EventUser&, const EventUser&) = default;
};

/// One context card: device, os, runtime, ...
struct Context
{
    QString alias; ///< the key it stood under
    QString type;
    NamedValues values;

    friend bool operator==(const Context&, const Context&) = default;
};

struct EventTag
{
    QString key;
    QString value;

    friend bool operator==(const EventTag&, const EventTag&) = default;
};

/// A note of the server's about something it could not use.
struct EventProblem
{
    QString type;
    QString message;
    NamedValues data;

    friend bool operator==(const EventProblem&, const EventProblem&) = default;
};

/// A full event (contract section 9). Decoded once, off the GUI thread; views only read it.
struct Event
{
    EventId id;
    IssueId issue;
    ProjectId project;
    QString type;
    QString title;
    QString message; ///< the message entry, formatted
    QString culprit;
    QString location;
    QString platform;
    QString release;
    QString dist;
    QString environment;
    QString sdkName;
    QString sdkVersion;
    Level level = Level::Error;
    std::optional<core::TimePoint> dateCreated;  ///< when it happened
    std::optional<core::TimePoint> dateReceived; ///< when the server got it

    QList<ExceptionValue> exceptions;     ///< outermost last, as sent
    std::optional<Stacktrace> stacktrace; ///< the old top-level entry
    QList<Thread> threads;
    QList<Breadcrumb> breadcrumbs; ///< newest last
    std::optional<HttpRequest> request;
    EventUser user;
    QList<EventTag> tags;
    QList<Context> contexts;
    NamedValues extra;
    QList<std::pair<QString, QString>> packages;
    QList<EventProblem> errors;
    QList<std::pair<QString, QJsonValue>> otherEntries; ///< entry types without a view of their own, as trees

    EventId older; ///< empty: this is the oldest
    EventId newer; ///< empty: this is the newest
    qint64 sizeBytes = 0;

    friend bool operator==(const Event&, const Event&) = default;
};

} // namespace vedette::domain

Q_DECLARE_METATYPE(vedette::domain::Event)
