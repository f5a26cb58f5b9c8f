// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/route.h"

#include <algorithm>

namespace vedette::api {
namespace {

/// How many parts after this one name a thing, and are not part of the route itself.
int namesAfter(const QString& segment, qsizetype at)
{
    if (segment == QLatin1String("projects")) // projects/{organization}/{project}/..., below one: {project}
        return at == 1 ? 2 : 1;
    for (const char* word : {"organizations", "issues", "keys", "teams", "members", "releases"}) {
        if (segment == QLatin1String(word))
            return 1;
    }
    return 0;
}

bool isThing(const QString& segment)
{
    // Event ids stand where words do (latest, oldest): by their digits, or their length.
    return segment.size() >= 32 ||
           (segment.size() > 1 &&
               std::any_of(segment.begin(), segment.end(), [](QChar c) { return c.isDigit(); }) &&
               segment != QLatin1String("stats_v2"));
}

} // namespace

Route::Route(Verb verb, const QStringList& segments, std::string body)
    : m_verb(verb)
    , m_path("/api/")
    , m_body(std::move(body))
{
    static constexpr const char* verbs[] = {"GET ", "POST ", "PUT ", "DELETE "};
    m_family = verbs[static_cast<int>(verb)];
    int names = 0;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const QString& segment = segments.at(i);
        m_family += (names > 0 || isThing(segment) ? QByteArray("*") : segment.toUtf8()) + '/';
        names = names > 0 ? names - 1 : namesAfter(segment, i);
        if (segment.isEmpty() || segment == QLatin1String(".") || segment == QLatin1String("..") ||
            segment.size() > 1'000)
            m_valid = false;
        m_path += QUrl::toPercentEncoding(segment) + '/';
    }
}

Route& Route::with(const char* name, const QString& value)
{
    m_query += m_query.isEmpty() ? "" : "&";
    m_query += QByteArray(name) + '=' + QUrl::toPercentEncoding(value);
    return *this;
}

Route& Route::withSome(const char* name, const QString& value)
{
    return value.isEmpty() ? *this : with(name, value);
}

Route& Route::withEach(const char* name, const QStringList& values)
{
    for (const QString& value : values)
        with(name, value);
    return *this;
}

Route& Route::withoutToken()
{
    m_usesToken = false;
    return *this;
}

QUrl Route::url(const QUrl& base) const
{
    QByteArray whole = base.toEncoded(
        QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    while (whole.endsWith('/'))
        whole.chop(1);
    whole += m_path;
    if (!m_query.isEmpty())
        whole += '?' + m_query;
    return QUrl::fromEncoded(whole, QUrl::StrictMode);
}

QString originOf(const QUrl& url)
{
    const QString scheme = url.scheme();
    const bool secure = scheme == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!secure && scheme != QLatin1String("http")))
        return {};
    return scheme + QLatin1String("://") + url.host() + QLatin1Char(':') +
           QString::number(url.port(secure ? 443 : 80));
}

} // namespace vedette::api
