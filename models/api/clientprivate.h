// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>

#include <functional>
#include <utility>

#include "models/api/client.h"
#include "models/api/errors.h"
#include "models/api/exchange.h"
#include "models/api/linkheader.h"
#include "models/api/route.h"
#include "models/api/task.h"
#include "models/core/ondone.h"
#include "models/core/runon.h"
#include "models/json/document.h"

namespace vedette::api {

/// A decoded answer with its headers.
template<class T>
struct Fetched
{
    T value;
    Headers headers;
};

template<class T>
using Then = std::function<void(core::Result<T>)>;
template<class T>
using Decoder = std::function<core::Result<T>(const json::Value&)>;

/// Parses an answer's body and decodes it. Runs on the lane.
template<class T>
core::Result<T> decodeBody(const std::string& body, std::size_t most, const Decoder<T>& decode)
{
    if (looksLikeHtml(body)) {
        return core::fail(core::ErrorKind::NotSentry, QStringLiteral("a web page came instead of an answer"));
    }
    if (body.find_first_not_of(" \t\r\n") == std::string::npos)
        return core::fail(core::ErrorKind::Malformed, QStringLiteral("the answer is empty"));
    const auto document = json::Document::parse(body, most);
    if (!document)
        return core::fail(document.error());
    return decode(document->root());
}

/// What the calls of Client are made of. Everything under way belongs to a Task, which belongs to the client.
class Client::Private final
{
public:
    Private(Client* client, Options opts, std::unique_ptr<AccessManager> owned, AccessManager& manager,
        core::Lane& decoding, core::Mailbox& mailbox, const core::Clock& time);

    /// Some calls look different on GlitchTip.
    [[nodiscard]] bool isGlitchTip() const { return options.kind == domain::ServerKind::GlitchTip; }
    /// Where calls about an organization go: its region, or the base URL.
    [[nodiscard]] QUrl baseFor(const domain::OrganizationId& organization) const;
    /// Remembers organizations and the regions that they may be asked in.
    void remember(const QList<domain::Organization>& organizations);
    /// A region may be used if it is no step down in safety from the base URL.
    [[nodiscard]] bool isUsableRegion(const QUrl& url) const;

    template<class T>
    Task<T>* begin()
    {
        return new Task<T>(background > 0 ? Priority::Background : Priority::Person, q);
    }

    /// Why this route must not be asked for, if so: an address, a path or a token that must not go out.
    [[nodiscard]] std::optional<core::Error> refusalOf(const Route& route, const QUrl& url) const;
    /// With its headers, the token among them.
    [[nodiscard]] QNetworkRequest requestFor(const Route& route, const QUrl& url) const;

    /// Sends one request for `owner`, a Task, with its priority. `then` is called once, unless the owner dies
    /// before.
    void send(QObject* owner, const QUrl& base, const Route& route, Exchange::Callback then);

    /// Sends one request and decodes the answer on the lane.
    template<class T>
    void fetch(QObject* owner, const QUrl& base, const Route& route, Decoder<T> decode, Then<Fetched<T>> then)
    {
        send(owner, base, route,
            [this, owner, decode = std::move(decode), then = std::move(then)](
                core::Result<Answer> answer) mutable {
                if (!answer)
                    return then(core::fail(answer.error()));
                const auto most = static_cast<std::size_t>(options.maxAnswerBytes);
                auto future = core::runOn(
                    lane, home, [body = std::move(answer->body), most, decode = std::move(decode)] {
                        return decodeBody<T>(body, most, decode);
                    });
                core::onDone(future, owner,
                    [headers = answer->headers, status = answer->status, then = std::move(then)](
                        core::Result<T> result) {
                        if (result)
                            return then(Fetched<T>{std::move(*result), headers});
                        core::Error error = result.error();
                        error.httpStatus = status;
                        then(core::fail(std::move(error)));
                    });
            });
    }

    /// The same without the headers: what most calls want.
    template<class T>
    void read(QObject* owner, const QUrl& base, const Route& route, Decoder<T> decode, Then<T> then)
    {
        fetch<T>(owner, base, route, std::move(decode),
            [then = std::move(then)](core::Result<Fetched<T>> fetched) {
                if (!fetched)
                    return then(core::fail(fetched.error()));
                then(std::move(fetched->value));
            });
    }

    /// All pages of a list, one after the other, up to a bound that no honest server reaches.
    template<class T>
    void readAll(QObject* owner, const QUrl& base, const Route& route, Decoder<QList<T>> decode,
        Then<QList<T>> then, const QString& cursor = {}, const QList<T>& before = {}, int pages = 0)
    {
        Route page = route;
        page.withSome("cursor", cursor);
        fetch<QList<T>>(owner, base, page, decode,
            [=, this](core::Result<Fetched<QList<T>>> fetched) { // NOLINT(misc-no-recursion)
                if (!fetched)
                    return then(core::fail(fetched.error()));
                const PageLink next = readLinkHeader(fetched->headers.value("Link")).next;
                const QList<T> all = before + fetched->value;
                constexpr int mostPages = 100;
                if (!next.hasResults || next.cursor.isEmpty() || next.cursor == cursor ||
                    pages + 1 >= mostPages)
                    return then(all);
                readAll<T>(owner, base, route, decode, then, next.cursor, all, pages + 1);
            });
    }

    /// Asks the route that this server is known to have; where that is not there (404, 405, 410), its twin,
    /// which is remembered for the family once it has answered (contract section 16).
    template<class T>
    void fetchEither(QObject* owner, const QByteArray& family, const QUrl& base, const Route& route,
        const Route& twin, Decoder<T> decode, Then<Fetched<T>> then)
    {
        const bool twinFirst = prefersTwin(family);
        const Route first = twinFirst ? twin : route;
        const Route second = twinFirst ? route : twin;
        fetch<T>(owner, base, first, decode, [=, this](core::Result<Fetched<T>> answer) {
            // Once a twin is known to work, its 404 is about the thing asked for.
            const bool isKnown = knownRoutes.contains(family);
            if (answer || !isRouteMissing(answer.error(), isKnown)) {
                if (answer)
                    knownRoutes.insert(family, twinFirst);
                return then(std::move(answer));
            }
            const core::Error error = answer.error();
            fetch<T>(owner, base, second, decode, [=, this](core::Result<Fetched<T>> other) {
                if (other)
                    knownRoutes.insert(family, !twinFirst);
                else if (error.kind == core::ErrorKind::NotFound)
                    return then(core::fail(error)); // the better known route's words
                then(std::move(other));
            });
        });
    }

    [[nodiscard]] bool prefersTwin(const QByteArray& family) const
    {
        return knownRoutes.value(family, isGlitchTip());
    }
    [[nodiscard]] static bool isRouteMissing(const core::Error& error, bool isKnown)
    {
        return error.httpStatus == 405 || error.httpStatus == 410 || (error.httpStatus == 404 && !isKnown);
    }

    Client* const q;
    Options options;
    std::unique_ptr<AccessManager> ownNetwork; ///< where `network` is ours alone
    AccessManager& network;
    core::Lane& lane;
    core::Mailbox& home;
    const core::Clock& clock;
    int background = 0;                  ///< Backgrounds that live
    QHash<QString, QUrl> regions;        ///< by organization slug
    QSet<QString> origins;               ///< where the token may go
    QHash<QByteArray, bool> knownRoutes; ///< by family: true where the twin without the organization works
    domain::ActorId me;
};

} // namespace vedette::api
