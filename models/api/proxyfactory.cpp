// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>

#include "models/api/transport.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {
namespace {

constexpr qint64 rememberedMs = 60'000;
constexpr qsizetype mostRemembered = 100;

/// One way for every address.
class FixedProxy final : public QNetworkProxyFactory
{
public:
    explicit FixedProxy(const QNetworkProxy& proxy)
        : m_proxy(proxy)
    {}
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery&) override { return {m_proxy}; }

private:
    const QNetworkProxy m_proxy;
};

/// What the desktop or the environment says.
class SystemProxy final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        // The built-in collector is here; a proxy would look for it on its own machine.
        const QString host = query.peerHostName();
        if (host == u"localhost"_s || QHostAddress(host).isLoopback())
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        const QString key = query.protocolTag() + u' ' + host;
        const auto known = m_known.constFind(key);
        if (known != m_known.constEnd() && !known->age.hasExpired(rememberedMs))
            return known->proxies;
        if (m_known.size() >= mostRemembered)
            m_known.clear();
        Known fresh{systemProxyForQuery(query), {}};
        fresh.age.start();
        m_known.insert(key, fresh);
        return fresh.proxies;
    }

private:
    struct Known
    {
        QList<QNetworkProxy> proxies;
        QElapsedTimer age;
    };
    QHash<QString, Known> m_known;
};

} // namespace

std::unique_ptr<QNetworkProxyFactory> makeProxyFactory(const Transport::Proxy& proxy)
{
    const auto named = [&proxy](QNetworkProxy::ProxyType type) {
        return std::make_unique<FixedProxy>(
            QNetworkProxy(type, proxy.host, static_cast<quint16>(proxy.port), proxy.user, proxy.password));
    };
    switch (proxy.kind) {
    case Transport::Proxy::Kind::System:
        break;
    case Transport::Proxy::Kind::None:
        return std::make_unique<FixedProxy>(QNetworkProxy(QNetworkProxy::NoProxy));
    case Transport::Proxy::Kind::Http:
        return named(QNetworkProxy::HttpProxy);
    case Transport::Proxy::Kind::Socks5:
        return named(QNetworkProxy::Socks5Proxy);
    }
    return std::make_unique<SystemProxy>();
}

} // namespace vedette::api
