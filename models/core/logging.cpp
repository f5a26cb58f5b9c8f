// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/logging.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace vedette::core {

Q_LOGGING_CATEGORY(lcCore, "vedette.core")

QString redacted(const QString& text)
{
    static const std::array patterns = {
        QRegularExpression(uR"(\b(Bearer|DSN|Basic)\s+\S+)"_s, QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(uR"(\b(sntry[a-z]_)[A-Za-z0-9+/=_.-]+)"_s),
        // name=value in queries and forms, "name": "value" in JSON, Name: value in headers. Words such as
        // "Invalid token: expired" are none of these.
        QRegularExpression(
            uR"(\b((?:sentry_key|glitchtip_key|device_code|code|[\w-]*(?:secret|token|password|passphrase|api[_-]?key))=["']?)[^&\s,"']+)"_s,
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            uR"((["'](?:device_code|[\w-]*(?:secret|token|password|passphrase|api[_-]?key))["']\s*:\s*["'])[^"']+)"_s,
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(
            uR"(\b((?:[\w-]+-(?:secret|token|key|password)|(?:Proxy-)?Authorization):\s*)[^\s,;]+.*)"_s,
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(uR"((://)[^/@\s]+@)"_s),
        QRegularExpression(uR"(\b((?:Set-)?Cookie:\s*).+)"_s, QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(uR"(()\b[0-9a-fA-F]{40,}\b)"_s),
    };
    QString out = text;
    for (const QRegularExpression& pattern : patterns)
        out.replace(pattern, u"\\1[hidden]"_s);
    return out;
}

} // namespace vedette::core
