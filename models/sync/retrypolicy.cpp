// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>

namespace vedette::sync {

using core::ErrorKind;

namespace {

constexpr std::chrono::seconds longestDoubling{300};

} // namespace

Retry retryOf(const core::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout: // 408 is one
    case ErrorKind::Proxy:   // another network has another, or none
    case ErrorKind::RateLimited:
    case ErrorKind::Server:
    case ErrorKind::Storage:
    case ErrorKind::Busy:
    case ErrorKind::Cancelled:
        return Retry::Again;
    case ErrorKind::Unauthorized:
    case ErrorKind::Keychain:
        return Retry::Token;
    case ErrorKind::Tls:
    case ErrorKind::Redirected:
    case ErrorKind::NotSentry:
    case ErrorKind::Malformed:
        return Retry::Person;
    case ErrorKind::TooLarge:
        // 413 speaks of what we sent; else it is an answer past our own limits.
        return error.httpStatus == 413 ? Retry::Never : Retry::Person;
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Gone:
    case ErrorKind::Rejected:
    case ErrorKind::Unsupported:
    case ErrorKind::NewerData:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        return Retry::Never;
    }
    return Retry::Person;
}

bool isCertainlyUndone(const core::Error& error)
{
    switch (error.kind) {
    case ErrorKind::RateLimited: // turned away at the door
    case ErrorKind::Unauthorized:
    case ErrorKind::Tls:     // no handshake, no request
    case ErrorKind::Storage: // our own disk failed: it was not even sent
    case ErrorKind::Keychain:
        return true;
    default:
        return false;
    }
}

std::chrono::milliseconds waitAfter(const core::Error& error, int attempts)
{
    const std::chrono::seconds doubling(1LL << std::clamp(attempts - 1, 0, 9));
    const std::chrono::milliseconds wait = error.retryAfter.value_or(std::min(doubling, longestDoubling));
    // Several clients of one person do not come back together.
    return wait + wait * QRandomGenerator::global()->bounded(250) / 1'000;
}

} // namespace vedette::sync
