// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>

namespace vedette::sync {

using core::ErrorKind;

namespace {

constexpr int httpRequestTimeout = 408;
constexpr std::chrono::seconds longestWait{300};

} // namespace

bool isRefusal(const core::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Gone:
    case ErrorKind::Unsupported:
    case ErrorKind::Usage:
        return true;
    case ErrorKind::Rejected:
    case ErrorKind::TooLarge:
        return error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus != httpRequestTimeout;
    default:
        return false;
    }
}

bool isCertainlyUndone(const core::Error& error)
{
    // 429 turns a request away at the door; with our own disk failing it was not even sent.
    return error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Storage;
}

std::chrono::milliseconds waitAfter(const core::Error& error, int attempts)
{
    const std::chrono::seconds doubling(1LL << std::clamp(attempts - 1, 0, 9));
    const std::chrono::milliseconds wait = std::min(error.retryAfter.value_or(doubling), longestWait);
    return wait + wait * QRandomGenerator::global()->bounded(250) / 1'000;
}

} // namespace vedette::sync
