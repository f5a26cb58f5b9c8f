// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/client.h"

#include "models/api/accessmanager.h"
#include "models/api/clientprivate.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;

namespace {

/// Printable ASCII: anything else could break out of the header, and no server issues it.
bool isTokenText(const QString& token)
{
    return std::all_of(
        token.begin(), token.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7F; });
}

} // namespace

Client::Private::Private(Client* client, Options opts, std::unique_ptr<AccessManager> owned,
    AccessManager& manager, core::Lane& decoding, core::Mailbox& mailbox, const core::Clock& time)
    : q(client)
    , options(std::move(opts))
    , ownNetwork(std::move(owned))
    , network(manager)
    , lane(decoding)
    , home(mailbox)
    , clock(time)
{
    options.token = options.token.trimmed();
    origins.insert(originOf(options.baseUrl));
    remember(options.organizations);
}

bool Client::Private::isUsableRegion(const QUrl& url) const
{
    return !originOf(url).isEmpty() && (url.scheme() == "https"_L1 || options.baseUrl.scheme() != "https"_L1);
}

void Client::Private::remember(const QList<domain::Organization>& organizations)
{
    for (const domain::Organization& organization : organizations) {
        if (!isUsableRegion(organization.regionUrl))
            continue;
        regions.insert(organization.id.value(), organization.regionUrl);
        origins.insert(originOf(organization.regionUrl));
    }
}

QUrl Client::Private::baseFor(const domain::OrganizationId& organization) const
{
    return regions.value(organization.value(), options.baseUrl);
}

std::optional<core::Error> Client::Private::refusalOf(const Route& route, const QUrl& url) const
{
    if (network.fault())
        return network.fault();
    const QString origin = originOf(url);
    if (origin.isEmpty())
        return core::Error{ErrorKind::Usage, 0, u"not an http or https address"_s, {}};
    if (!route.isValid() || !url.isValid())
        return core::Error{ErrorKind::Usage, 0, u"an empty or impossible part in the path"_s, {}};
    if (route.usesToken() && !isTokenText(options.token))
        return core::Error{ErrorKind::Unauthorized, 0, u"the token holds characters no token has"_s, {}};
    if (!origins.contains(origin))
        return core::Error{ErrorKind::Redirected, 0, u"an address of another server"_s, {}};
    return {};
}

QNetworkRequest Client::Private::requestFor(const Route& route, const QUrl& url) const
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json");
    if (!route.body().empty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (route.usesToken() && !options.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + options.token.toLatin1());
    return request;
}

void Client::Private::send(QObject* owner, const QUrl& base, const Route& route, Exchange::Callback then)
{
    const QUrl url = route.url(base);
    std::optional<core::Error> refusal = refusalOf(route, url);
    if (refusal) {
        // Later, as every other answer: callers count on their call having returned.
        core::onDone(core::finished(core::Result<Answer>(core::fail(std::move(*refusal)))), owner,
            [then = std::move(then)](core::Result<Answer> answer) { then(std::move(answer)); });
        return;
    }
    const Exchange::Limits limits{options.timeout, options.deadline, options.maxAnswerBytes};
    const auto* errand = dynamic_cast<const Errand*>(owner);
    const Exchange::Asker asker{this, errand != nullptr ? errand->priority() : Priority::Person};
    new Exchange(requestFor(route, url), route, limits, network, asker, clock, std::move(then), owner);
}

Client::Client(Options options, AccessManager& network, core::Lane& lane, core::Mailbox& home,
    const core::Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options), nullptr, network, lane, home, clock))
{}

Client::Client(Options options, std::unique_ptr<AccessManager> network, core::Lane& lane, core::Mailbox& home,
    const core::Clock& clock, QObject* parent)
    : QObject(parent)
{
    AccessManager& manager = *network;
    d = std::make_unique<Private>(this, std::move(options), std::move(network), manager, lane, home, clock);
}

Client::~Client()
{
    d->network.gate().close(d.get());
    // Tasks use the gate while they go.
    qDeleteAll(findChildren<QObject*>(QString(), Qt::FindDirectChildrenOnly));
}

QUrl Client::baseUrl() const
{
    return d->options.baseUrl;
}

domain::ServerKind Client::kind() const
{
    return d->options.kind;
}

int Client::openRequests() const
{
    return d->network.gate().size(d.get());
}

std::chrono::milliseconds Client::quietFor() const
{
    return d->network.gate().budget().pause();
}

Client::Background::Background(Client& client)
    : m_client(client)
{
    ++m_client.d->background;
}

Client::Background::~Background()
{
    --m_client.d->background;
}

} // namespace vedette::api
