// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/upstream.h"

#include <algorithm>

#include <QUrl>

#include "app/collector/http/server.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxLength = 500;
constexpr int httpPort = 80;
constexpr int httpsPort = 443;

core::Result<Upstream> malformed(const QString& why)
{
    return core::fail(core::ErrorKind::Malformed, why);
}

bool isKey(const QString& text)
{
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'-' || c == u'_';
    });
}

bool isNumber(const QString& text)
{
    return !text.isEmpty() && text.size() <= 19 &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

core::Result<Upstream> parseUpstream(std::string_view dsn)
{
    if (dsn.size() > maxLength)
        return malformed(u"The DSN is too long."_s);
    const QUrl url(QString::fromUtf8(dsn.data(), static_cast<qsizetype>(dsn.size())), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return malformed(u"This is not a DSN: https://KEY@HOST/PROJECT."_s);
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return malformed(u"A DSN begins with http:// or https://."_s);
    if (url.hasQuery() || url.hasFragment())
        return malformed(u"A DSN has neither a query nor a fragment."_s);
    if (!isKey(url.userName()))
        return malformed(u"The DSN has no key."_s);
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    const qsizetype slash = path.lastIndexOf(u'/');
    const QString project = path.mid(slash + 1);
    if (slash < 0 || !isNumber(project))
        return malformed(u"The DSN ends in no project number."_s);
    const bool safe = url.scheme() == "https"_L1;
    Upstream out;
    out.key = url.userName().toStdString();
    out.project = project.toStdString();
    out.host = url.host(QUrl::FullyEncoded).toLower().toStdString();
    out.port = static_cast<std::uint16_t>(url.port(safe ? httpsPort : httpPort));
    QUrl base = url;
    base.setUserInfo({});
    base.setPath(path.left(slash) + u"/api/"_s + project + u'/');
    out.endpoint = base.toString(QUrl::FullyEncoded).toStdString();
    QUrl bare = url;
    bare.setPassword({});
    bare.setPath(path);
    out.dsn = bare.toString(QUrl::FullyEncoded).toStdString();
    return out;
}

bool leadsTo(const Upstream& upstream, std::uint16_t ownPort)
{
    const bool isIp6 = upstream.host.find(':') != std::string::npos;
    const std::string host =
        isIp6 && upstream.host.front() != '[' ? "[" + upstream.host + "]" : upstream.host;
    return upstream.port == ownPort && (isLoopbackHost(host) || host == "0.0.0.0" || host == "[::]");
}

} // namespace vedette::collector
