// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/errors.h"

#include "models/api/route.h"
#include "models/core/logging.h"
#include "models/core/text.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {
namespace {

using core::ErrorCause;
using core::ErrorKind;

constexpr qsizetype longestDetail = 500;
constexpr int deepest = 6;
constexpr int mostParts = 8;

QString tidy(const QString& text)
{
    return core::singleLine(core::redacted(text.left(20 * longestDetail)), longestDetail).trimmed();
}

/// Collects `path: text` from a tree of field errors, a few at most.
void collect(const json::Value& value, const QString& path, int depth, QStringList& out)
{
    if (out.size() >= mostParts || depth > deepest)
        return;
    if (const auto text = value.text()) {
        const QString words = QString::fromStdString(*text).trimmed();
        if (!words.isEmpty())
            out << (path.isEmpty() ? words : u"%1: %2"_s.arg(path, words));
        return;
    }
    for (const json::Value item : value.items()) {
        // GlitchTip's validation faults: {type, loc: ["query", "payload", "sort"], msg}
        if (item["msg"].string()) {
            QStringList where;
            for (const json::Value part : item["loc"].items())
                where << part.qstring();
            where.removeAll(QString());
            collect(item["msg"], where.isEmpty() ? path : where.join(u'.'), depth + 1, out);
        } else {
            collect(item, path, depth + 1, out);
        }
    }
    for (const auto& [key, member] : value.members()) {
        const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
        const bool speaks = name == "non_field_errors"_L1 || name == "detail"_L1;
        collect(member, speaks ? path : path.isEmpty() ? name : path + u'.' + name, depth + 1, out);
    }
}

/// `{"code": ..., "message": ...}`: the message, else the code.
QString coded(const json::Value& detail)
{
    const QString message = detail["message"].qstring();
    return message.isEmpty() ? detail["code"].qstring() : message;
}

QString codeOf(const json::Value& body)
{
    return body["detail"]["code"].qstring();
}

/// What contract section 4 lists; of other codes only their words are used.
ErrorCause causeOf(int status, const QString& code)
{
    if (code == "sso-required"_L1)
        return ErrorCause::SsoRequired;
    if (code == "2fa-required"_L1)
        return ErrorCause::TwoFactorRequired;
    if (code == "sudo-required"_L1)
        return ErrorCause::SudoRequired;
    if (code == "superuser-required"_L1)
        return ErrorCause::SuperuserRequired;
    if (code == "member-disabled-over-limit"_L1)
        return ErrorCause::OverMemberLimit;
    if (code == "resource-moved"_L1)
        return ErrorCause::Renamed;
    return status == 407 ? ErrorCause::ProxyPassword : ErrorCause::None;
}

/// What a person may be sent to or told: the page to sign in, on the server that was asked and nowhere else
/// (the answer may come from anybody); the new name of a project.
QString aboutOf(ErrorCause cause, const json::Value& extra, const QUrl& asked)
{
    if (cause == ErrorCause::Renamed)
        return core::singleLine(extra["slug"].qstring(), 100);
    if (cause != ErrorCause::SsoRequired || originOf(asked).isEmpty())
        return {};
    const QString named = extra["loginUrl"].qstring();
    const QUrl page = asked.resolved(QUrl(named, QUrl::StrictMode));
    if (named.isEmpty() || named.size() > 2'000 || originOf(page) != originOf(asked))
        return {};
    return page.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
}

ErrorKind kindOf(int status, bool html, ErrorCause cause)
{
    switch (status) {
    case 407: // a proxy's page for people, mostly
        return ErrorKind::Proxy;
    case 408:
        return ErrorKind::Timeout;
    case 413:
        return ErrorKind::TooLarge;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500)
        return ErrorKind::Server;
    if (html) // a proxy, a sign-in wall, or a site that is no API
        return ErrorKind::NotSentry;
    switch (status) {
    case 401:
        // Signing in again does not help these two.
        return cause == ErrorCause::OverMemberLimit || cause == ErrorCause::SudoRequired
                   ? ErrorKind::Forbidden
                   : ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 405:
    case 501:
        return ErrorKind::Unsupported;
    case 410:
        return ErrorKind::Gone;
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return ErrorKind::Redirected;
    return status >= 400 ? ErrorKind::Rejected : ErrorKind::Malformed;
}

} // namespace

bool looksLikeHtml(std::string_view body)
{
    if (body.substr(0, 3) == "\xEF\xBB\xBF")
        body.remove_prefix(3);
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '<';
}

QString errorText(const json::Value& body)
{
    if (body.isString())
        return tidy(body.qstring());
    const json::Value detail = body["detail"];
    if (detail.isObject()) {
        const QString text = coded(detail);
        if (!text.isEmpty())
            return tidy(text);
    }
    for (const char* key : {"detail", "message", "error_description", "error"}) {
        if (const auto text = body[key].string(); text && !text->empty())
            return tidy(body[key].qstring());
    }
    QStringList parts;
    collect(detail.exists() && !detail.isNull() ? detail : body, {}, 0, parts);
    return tidy(parts.join(u"; "_s));
}

core::Error errorFromAnswer(
    int status, std::string_view body, std::optional<std::chrono::seconds> wait, const QUrl& asked)
{
    core::Error error;
    error.httpStatus = status;
    error.cause = causeOf(status, {});
    const bool html = looksLikeHtml(body);
    if (html) {
        error.detail = u"HTTP %1 with a web page instead of an answer"_s.arg(status);
    } else if (const auto document = json::Document::parse(body)) {
        const json::Value root = document->root();
        error.cause = causeOf(status, codeOf(root));
        error.about = aboutOf(error.cause, root["detail"]["extra"], asked);
        error.detail = errorText(root);
    } else {
        // Not JSON: old servers answer bare words. `mendUtf8` because anything may come.
        bool changed = false;
        error.detail = tidy(QString::fromStdString(json::mendUtf8(body.substr(0, 2'000), changed)));
    }
    if (error.detail.isEmpty())
        error.detail = u"HTTP %1 without a text"_s.arg(status);
    error.kind = kindOf(status, html, error.cause);
    if (error.kind == ErrorKind::RateLimited || status == 503)
        error.retryAfter = wait;
    return error;
}

core::Error errorFromNetwork(QNetworkReply::NetworkError error, const QString& text, bool usesProxy)
{
    const QString detail = tidy(text);
    // Qt knows this only as a broken connection. The words are OpenSSL's, which are in no other language.
    if (text.contains("SSL routines"_L1)) {
        const bool isAboutOurs =
            text.contains("alert certificate"_L1) || text.contains("alert bad certificate"_L1) ||
            text.contains("alert unsupported certificate"_L1) || text.contains("alert unknown ca"_L1);
        return {ErrorKind::Tls, 0, detail, {}, isAboutOurs ? ErrorCause::WantsCertificate : ErrorCause::None};
    }
    switch (error) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // ours are told apart before; what is left is Qt's timer
        return {ErrorKind::Timeout, 0, detail, {}};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return {ErrorKind::Proxy, 0, detail, {}, ErrorCause::ProxyAway};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {ErrorKind::Proxy, 0, detail, {}, ErrorCause::ProxyPassword};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorKind::Tls, 0, detail, {}};
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        return {ErrorKind::Redirected, 0, detail, {}};
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return {ErrorKind::NotSentry, 0, detail, {}};
    case QNetworkReply::UnknownContentError: // a compressed body that cannot be unpacked
        return {ErrorKind::Malformed, 0, detail, {}};
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::UnknownNetworkError: // a tunnel that was denied, among others
        if (usesProxy)
            return {ErrorKind::Proxy, 0, detail, {}, ErrorCause::ProxyAway};
        break;
    default:
        break;
    }
    return {ErrorKind::Offline, 0, detail, {}};
}

core::Error errorFromRedirect(int status, const QUrl& from, const QUrl& to)
{
    core::Error error{ErrorKind::Redirected, status, {}, {}, ErrorCause::OtherServer};
    const QString origin = originOf(to);
    if (origin.isEmpty()) {
        error.detail = u"sent on to what is no http or https address"_s;
        return error;
    }
    if (origin == originOf(from)) {
        error.cause = ErrorCause::EndlessLoop;
        error.detail = u"sent on within the server too often"_s;
        return error;
    }
    if (from.scheme() == "https"_L1 && to.scheme() == "http"_L1)
        error.cause = ErrorCause::LessSafe;
    // Encoded, so that a name in another script cannot pass for a known one.
    error.about = core::singleLine(to.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemovePath |
                                               QUrl::RemoveQuery | QUrl::RemoveFragment),
        300);
    error.detail = u"sent on to %1"_s.arg(error.about);
    return error;
}

} // namespace vedette::api
