// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/route.h"

namespace vedette::api {

Route::Route(Verb verb, const QStringList& segments, std::string body)
    : m_verb(verb)
    , m_path("/api/")
    , m_body(std::move(body))
{
    for (const QString& segment : segments) {
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
