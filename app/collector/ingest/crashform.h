// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QJsonObject>
#include <QJsonValue>

#include "app/collector/envelope/multipart.h"

namespace vedette::collector {

/// What the form of a crash reporter says of the event.
struct CrashForm
{
    QJsonObject event;
    QJsonValue writtenAt; ///< the time in `__sentry-event`: when that was written, not when the crash was
    std::vector<const FormPart*> taken; ///< files that are in the event now, and are no attachments
};

/// Gathers the event from a form's parts, each over those before it, objects within objects merged, as
/// Sentry's Relay reads them: the file `__sentry-event` (what the SDK knew before the crash, msgpack or
/// JSON); the fields `sentry` and `sentry___NAME` (JSON); `sentry__1`, `sentry__2` ... (JSON cut into
/// pieces); `sentry[tags][a]` and its like. Other fields become extra data. The files `__sentry-breadcrumb1`
/// and `2` (msgpack values one after the other, or a JSON list) are written in turns: both together, the
/// older first, as many as the larger has. What cannot be read is said in `errors`, and a file of that kind
/// stays an attachment. Pure; the parts must outlive the result.
[[nodiscard]] CrashForm readCrashForm(const std::vector<FormPart>& parts);

} // namespace vedette::collector
