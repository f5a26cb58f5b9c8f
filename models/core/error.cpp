// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/error.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::core {

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return u"offline"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::Tls:
        return u"tls"_s;
    case ErrorKind::Redirected:
        return u"redirected"_s;
    case ErrorKind::Unauthorized:
        return u"unauthorized"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not-found"_s;
    case ErrorKind::Gone:
        return u"gone"_s;
    case ErrorKind::Rejected:
        return u"rejected"_s;
    case ErrorKind::RateLimited:
        return u"rate-limited"_s;
    case ErrorKind::Server:
        return u"server"_s;
    case ErrorKind::NotSentry:
        return u"not-sentry"_s;
    case ErrorKind::Malformed:
        return u"malformed"_s;
    case ErrorKind::TooLarge:
        return u"too-large"_s;
    case ErrorKind::Unsupported:
        return u"unsupported"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::NewerData:
        return u"newer-data"_s;
    case ErrorKind::Busy:
        return u"busy"_s;
    case ErrorKind::Keychain:
        return u"keychain"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Usage:
        return u"usage"_s;
    case ErrorKind::Internal:
        return u"internal"_s;
    }
    return u"internal"_s;
}

} // namespace vedette::core
