// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include "app/collector/event/facts.h"
#include "app/collector/event/render.h"
#include "models/json/document.h"

namespace vedette::tests {

/// An event of tests/fixtures/events, by its name without the ending.
[[nodiscard]] QByteArray ownEvent(const QString& name);
/// Names of all of them.
[[nodiscard]] QStringList ownEventNames();

/// 2026-11-20T10:00:00Z: when all events of the tests arrive.
[[nodiscard]] collector::ReceiveContext arrival();

/// Parsed, read; ends the test program where that fails.
[[nodiscard]] json::Document parsed(const QByteArray& json);
[[nodiscard]] collector::EventFacts factsOf(
    const QByteArray& json, const collector::ReceiveContext& context = arrival());
[[nodiscard]] QJsonObject renderedEvent(
    const QByteArray& json, const collector::ReceiveContext& context = arrival());

/// What stands at `a/b/0`; list indexes as numbers.
[[nodiscard]] QJsonValue valueAt(QJsonValue value, const QString& path);
/// The marks in `_meta` of the value at that path of the event.
[[nodiscard]] QJsonObject markAt(const QJsonObject& event, const QString& path);

/// `data` of the first entry of that type.
[[nodiscard]] QJsonObject entryData(const QJsonObject& event, const QString& type);
[[nodiscard]] QStringList entryTypes(const QJsonObject& event);
/// `key=value` of each tag, in their order.
[[nodiscard]] QStringList tagList(const collector::EventFacts& facts);

/// What a payload holds, counted apart from the code under test.
struct Holdings
{
    qsizetype exceptions = 0;
    qsizetype frames = 0; ///< of all exceptions
    qsizetype threadFrames = 0;
    qsizetype breadcrumbs = 0;
    QStringList tagKeys;
};
[[nodiscard]] Holdings sentIn(const QByteArray& json);
[[nodiscard]] Holdings answeredIn(const QJsonObject& event);

} // namespace vedette::tests
