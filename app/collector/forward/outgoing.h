// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "app/collector/door/upstream.h"
#include "app/collector/storage/forwarding.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// A request's body and its Content-Encoding, as upstream gets them.
struct Outgoing
{
    std::string body;
    std::string encoding;
};

/// What is sent of a queued body. Every item goes on byte for byte, and so does the whole body as it came
/// over the wire, with two exceptions, without which Sentry would refuse or misread it. Both are about the
/// envelope's header line alone:
/// - a `dsn` in it names the sender's key, which must agree with the one in the request's head: it becomes
///   the upstream's;
/// - `sent_at` tells Sentry how far the sender's clock is off, seen from now: an envelope that waited longer
///   than a minute has it moved on by that time.
/// A body that was packed is then packed again, with gzip.
[[nodiscard]] Outgoing outgoingOf(const QueuedForward& queued, const Upstream& upstream, core::TimePoint now);

} // namespace vedette::collector
