// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

#include "models/core/clock.h"

namespace vedette::domain {

/// So many things were not kept, and why.
struct NotKept
{
    QString outcome;  ///< refused, filtered, rate_limited, dropped, client_discard
    QString category; ///< error, transaction, session ...
    QString reason;
    qint64 quantity = 0;

    friend bool operator==(const NotKept&, const NotKept&) = default;
};

/// How passing a project's envelopes on to its upstream goes.
struct Forwarding
{
    QString project; ///< slug
    qint64 waiting = 0;
    qint64 sent = 0;
    qint64 refused = 0;                            ///< by the upstream, for good
    QString error;                                 ///< why it waits, in words; empty: it does not
    QString refusal = {};                          ///< what the upstream said to the one that it refused last
    qint64 notQueued = 0;                          ///< too large, or the queue was full
    std::optional<core::TimePoint> notBefore = {}; ///< when it is tried again; nothing: at once
    std::optional<core::TimePoint> lastSent = {};

    friend bool operator==(const Forwarding&, const Forwarding&) = default;
};

/// A web page's origin that posted to a project that needs no key.
struct WebOrigin
{
    QString project; ///< slug
    QString origin;
    qint64 count = 0;

    friend bool operator==(const WebOrigin&, const WebOrigin&) = default;
};

/// Where SDKs find the collector that are told to use Spotlight: without a DSN, on port 8969 unless they are
/// told another one.
struct SpotlightDoor
{
    bool isOpen = false;
    bool isUsualPort = true;
    bool usualPortTaken = false; ///< by another program, when the collector started

    friend bool operator==(const SpotlightDoor&, const SpotlightDoor&) = default;
};

/// What a project's transactions of one name took, lately.
struct Endpoint
{
    QString project; ///< slug
    QString name;
    double p50 = 0;     ///< milliseconds
    double p95 = 0;     ///< milliseconds
    double perHour = 0; ///< transactions

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// What the built-in collector is doing.
struct CollectorStatus
{
    QUrl url;
    QString dataFolder;
    QString version;
    qint64 acceptedLastHour = 0;
    qint64 acceptedTotal = 0;
    qint64 refusedLastHour = 0;
    qint64 droppedLastHour = 0;
    double eventsPerMinute = 0; ///< over the last five minutes
    qint64 diskBytes = 0;
    QString problem; ///< why it cannot store now, in words; empty: it can
    std::optional<core::TimePoint> problemSince;
    QList<NotKept> notKept; ///< most frequent first
    QList<Forwarding> forwarding;
    QList<WebOrigin> origins;
    SpotlightDoor spotlight;
    QList<Endpoint> slowest; ///< slowest first

    friend bool operator==(const CollectorStatus&, const CollectorStatus&) = default;
};

/// What of a project's events is refused at the door. Patterns may hold * and ?.
struct InboundFilters
{
    QStringList errorTypes;
    QStringList messages;
    QStringList releases;
    bool browserExtensions = false;
    bool localhost = false;

    friend bool operator==(const InboundFilters&, const InboundFilters&) = default;
};

/// What a project of the built-in collector lets in, and where it passes it on.
struct ProjectSettings
{
    bool isActive = true;
    qint64 rateCount = 0;  ///< events within rateWindow; 0: no limit
    qint64 rateWindow = 0; ///< seconds
    qint64 maxBytes = 0;   ///< of its events on disk; 0: only the collector's own cap
    QString upstream;      ///< a DSN; empty: nothing is passed on
    InboundFilters filters;

    friend bool operator==(const ProjectSettings&, const ProjectSettings&) = default;
};

/// What the built-in collector as a whole does.
struct CollectorSettings
{
    bool takesSpotlight = true; ///< SDKs without a DSN, see POST /stream
    int retentionDays = 90;
    qint64 retentionBytes = 2'147'483'648;

    friend bool operator==(const CollectorSettings&, const CollectorSettings&) = default;
};

} // namespace vedette::domain
