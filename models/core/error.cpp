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
    case ErrorKind::Proxy:
        return u"proxy"_s;
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

QString errorCauseName(ErrorCause cause)
{
    switch (cause) {
    case ErrorCause::None:
        return {};
    case ErrorCause::UnknownIssuer:
        return u"unknown-issuer"_s;
    case ErrorCause::SelfSigned:
        return u"self-signed"_s;
    case ErrorCause::WrongHost:
        return u"wrong-host"_s;
    case ErrorCause::Expired:
        return u"expired"_s;
    case ErrorCause::NotYetValid:
        return u"not-yet-valid"_s;
    case ErrorCause::Revoked:
        return u"revoked"_s;
    case ErrorCause::Unfit:
        return u"unfit"_s;
    case ErrorCause::OtherCertificate:
        return u"other-certificate"_s;
    case ErrorCause::WantsCertificate:
        return u"wants-certificate"_s;
    case ErrorCause::ProxyAway:
        return u"proxy-away"_s;
    case ErrorCause::ProxyPassword:
        return u"proxy-password"_s;
    case ErrorCause::OtherServer:
        return u"other-server"_s;
    case ErrorCause::LessSafe:
        return u"less-safe"_s;
    case ErrorCause::EndlessLoop:
        return u"endless-loop"_s;
    case ErrorCause::Renamed:
        return u"renamed"_s;
    case ErrorCause::SsoRequired:
        return u"sso-required"_s;
    case ErrorCause::TwoFactorRequired:
        return u"2fa-required"_s;
    case ErrorCause::SudoRequired:
        return u"sudo-required"_s;
    case ErrorCause::SuperuserRequired:
        return u"superuser-required"_s;
    case ErrorCause::OverMemberLimit:
        return u"over-member-limit"_s;
    case ErrorCause::HeldBack:
        return u"held-back"_s;
    }
    return {};
}

ErrorCause errorCauseOf(const QString& name)
{
    for (int i = 0; i <= int(ErrorCause::HeldBack); ++i) {
        if (errorCauseName(ErrorCause(i)) == name)
            return ErrorCause(i);
    }
    return ErrorCause::None;
}

bool operator==(const Error& a, const Error& b)
{
    const bool sameCertificate = a.certificate == b.certificate ||
                                 (a.certificate && b.certificate && *a.certificate == *b.certificate);
    return a.kind == b.kind && a.httpStatus == b.httpStatus && a.detail == b.detail &&
           a.retryAfter == b.retryAfter && a.cause == b.cause && a.about == b.about && sameCertificate;
}

} // namespace vedette::core
