// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/errors.h"

#include "models/core/logging.h"
#include "models/core/text.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {
namespace {

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

ErrorKind kindOf(int status, bool html, const QString& code)
{
    switch (status) {
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
        return code == "member-disabled-over-limit"_L1 || code == "sudo-required"_L1
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

core::Error errorFromAnswer(int status, std::string_view body, std::optional<std::chrono::seconds> wait)
{
    core::Error error;
    error.httpStatus = status;
    const bool html = looksLikeHtml(body);
    QString code;
    if (html) {
        error.detail = u"HTTP %1 with a web page instead of an answer"_s.arg(status);
    } else if (const auto document = json::Document::parse(body)) {
        code = codeOf(document->root());
        error.detail = errorText(document->root());
    } else {
        // Not JSON: old servers answer bare words. `mendUtf8` because anything may come.
        bool changed = false;
        error.detail = tidy(QString::fromStdString(json::mendUtf8(body.substr(0, 2'000), changed)));
    }
    if (error.detail.isEmpty())
        error.detail = u"HTTP %1 without a text"_s.arg(status);
    error.kind = kindOf(status, html, code);
    if (error.kind == ErrorKind::RateLimited || status == 503)
        error.retryAfter = wait;
    return error;
}

core::Error errorFromNetwork(QNetworkReply::NetworkError error, const QString& text)
{
    const QString detail = tidy(text);
    switch (error) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::OperationCanceledError: // ours are told apart before; what is left is Qt's timer
        return {ErrorKind::Timeout, 0, detail, {}};
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
    default:
        return {ErrorKind::Offline, 0, detail, {}};
    }
}

} // namespace vedette::api
