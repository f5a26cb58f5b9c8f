// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/parameterise.h"

#include <QRegularExpression>
#include <QString>

#include <array>
#include <utility>

#include "app/collector/event/payload.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxMessage = 2000;

/// The kinds in the order they are tried at each place; the group of that number matched.
constexpr std::array kinds = {"email", "url", "ip", "traceparent", "uuid", "sha1", "md5", "date", "hostname",
    "duration", "hex", "git_sha", "float", "int", "quoted_str", "bool"};

const QRegularExpression& pattern()
{
    static const QRegularExpression expression = [] {
        const QStringList parts = {
            uR"([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)"_s,
            uR"(\b(?:wss?|https?|ftp|file)://[^\s"'<>]+)"_s,
            uR"(\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{1,4}:){4,7}(?::|[0-9a-fA-F]{1,4}))"_s,
            uR"(\b00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b)"_s,
            uR"(\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b)"_s,
            uR"(\b[0-9a-fA-F]{40}\b)"_s,
            uR"(\b[0-9a-fA-F]{32}\b)"_s,
            uR"(\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b|\b\d{2}:\d{2}:\d{2}\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b)"_s,
            uR"(\b(?:[a-zA-Z0-9-]+\.)+(?:com|net|org|io|dev|local|internal)\b)"_s,
            uR"(\b\d+(?:\.\d+)?(?:ms|s|min|h|days?|seconds?|minutes?|hours?)\b)"_s,
            uR"(\b0[xX][0-9a-fA-F]+\b|\b(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}\b)"_s,
            uR"(\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7}\b)"_s,
            uR"((?<![\w.])-?\d+\.\d+\b)"_s,
            uR"((?<![\w])-?\d+\b)"_s,
            uR"(=\s*(?:'[^'\n]*'|"[^"\n]*"))"_s,
            uR"(=\s*(?:true|false|True|False|TRUE|FALSE)\b)"_s,
        };
        QStringList groups;
        for (const QString& part : parts)
            groups << u'(' + part + u')';
        QRegularExpression out(groups.join(u'|'));
        out.optimize();
        return out;
    }();
    return expression;
}

} // namespace

std::string parameterised(std::string_view message)
{
    const std::string line = cut(trimmed(firstLine(message)), maxMessage);
    bool interesting = false;
    for (const char c : line)
        interesting = interesting || (c >= '0' && c <= '9') || c == '@' || c == '/' || c == '=' || c == '.';
    if (!interesting)
        return line;
    const QString text = QString::fromStdString(line);
    QString out;
    qsizetype last = 0;
    auto matches = pattern().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        out += QStringView(text).sliced(last, match.capturedStart() - last);
        for (int group = 1; group <= int(kinds.size()); ++group) {
            if (match.capturedStart(group) < 0)
                continue;
            const auto kind = QLatin1StringView(kinds[std::size_t(group) - 1]);
            // The sign before a quoted text or a boolean stays: it is what makes them values.
            if (match.captured(group).startsWith(u'='))
                out += u'=';
            out += u'<' + QString(kind) + u'>';
            break;
        }
        last = match.capturedEnd();
    }
    out += QStringView(text).sliced(last);
    return out.toStdString();
}

} // namespace vedette::collector
