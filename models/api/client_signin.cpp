// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Client: what answers there, whose token it is, which organizations it reaches (contract sections 2 and 16).

#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;

namespace {

/// Our collector names itself there, with its version.
constexpr const char* collectorHeader = "X-Vedette-Collector";

struct RootAnswer
{
    bool isSentryApi = false;
};

core::Result<RootAnswer> decodeRoot(const json::Value& body)
{
    // {version: "0", auth: {...}?, user: {...}?}; an older one may lack the last two.
    return RootAnswer{body["version"].text().has_value() || body["auth"].exists()};
}

struct GlitchTipSettings
{
    bool isThere = false;
    QString version;
};

core::Result<GlitchTipSettings> decodeSettings(const json::Value& body)
{
    GlitchTipSettings out;
    // Contract section 15: `version`, `sentryDSN` and more; any of these tells it from a stranger's JSON.
    out.isThere = body["sentryDSN"].exists() || body["glitchtipInstanceName"].exists() ||
                  body["enableUserRegistration"].exists() || body["version"].string().has_value();
    out.version = core::singleLine(body["version"].qstring(), 100);
    return out;
}

/// Failures that mean "something else answers there" rather than "try again".
bool isStranger(const core::Error& error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
    case ErrorKind::Gone:
    case ErrorKind::Malformed:
    case ErrorKind::Rejected:
    case ErrorKind::Unsupported:
        return true;
    default:
        return false;
    }
}

} // namespace

QFuture<core::Result<ServerInfo>> Client::probe()
{
    auto* task = d->begin<ServerInfo>();
    const auto done = [this, task](domain::ServerKind kind, const QString& version) {
        if (d->options.kind != kind)
            d->knownRoutes.clear();
        d->options.kind = kind;
        task->finish(ServerInfo{d->options.baseUrl, kind, version});
    };
    const auto askSettings = [this, task, done] {
        d->read<GlitchTipSettings>(task, d->options.baseUrl, Route::get({u"settings"_s}).withoutToken(),
            decodeSettings, [task, done](core::Result<GlitchTipSettings> settings) {
                if (settings && settings->isThere)
                    return done(domain::ServerKind::GlitchTip, settings->version);
                // Lost in the middle: a guess now would be remembered as the truth.
                if (!settings && (settings.error().kind == ErrorKind::Offline ||
                                     settings.error().kind == ErrorKind::Timeout ||
                                     settings.error().kind == ErrorKind::RateLimited))
                    return task->finish(core::fail(settings.error()));
                done(domain::ServerKind::Sentry, {});
            });
    };
    d->fetch<RootAnswer>(task, d->options.baseUrl, Route::get({u"0"_s}).withoutToken(), decodeRoot,
        [task, done, askSettings](core::Result<Fetched<RootAnswer>> root) {
            if (!root) {
                core::Error error = root.error();
                if (isStranger(error))
                    error.kind = ErrorKind::NotSentry;
                return task->finish(core::fail(std::move(error)));
            }
            if (root->headers.has(collectorHeader)) {
                const QString version = QString::fromLatin1(root->headers.value(collectorHeader));
                return done(domain::ServerKind::Collector, core::singleLine(version, 100));
            }
            if (!root->value.isSentryApi) {
                return task->finish(
                    core::fail(ErrorKind::NotSentry, u"JSON answers there, but not a Sentry web API"_s, 200));
            }
            askSettings();
        });
    return task->future();
}

QFuture<core::Result<Identity>> Client::whoAmI()
{
    auto* task = d->begin<Identity>();
    const auto finish = [this, task](Identity identity) {
        if (identity.user) {
            identity.user->isMe = true;
            d->me = identity.user->id;
        }
        task->finish(std::move(identity));
    };
    const QUrl base = d->options.baseUrl;
    d->read<Identity>(task, base, Route::get({u"0"_s}), decode::identity,
        [this, task, base, finish](core::Result<Identity> root) {
            if (!root || root->user)
                return root ? finish(*root) : task->finish(core::fail(root.error()));
            // The root answers without a token too, so an answer without a person proves nothing yet.
            d->read<Identity>(task, base, Route::get({u"0"_s, u"auth"_s}), decode::identity,
                [this, task, base, finish, scopes = root->scopes](core::Result<Identity> auth) {
                    if (auth)
                        return finish({auth->user, scopes});
                    if (auth.error().kind != ErrorKind::NotFound)
                        return task->finish(core::fail(auth.error()));
                    d->read<Identity>(task, base, Route::get({u"0"_s, u"users"_s, u"me"_s}), decode::identity,
                        [task, finish, scopes](core::Result<Identity> me) {
                            if (me)
                                return finish({me->user, scopes});
                            task->finish(core::fail(me.error()));
                        });
                });
        });
    return task->future();
}

QFuture<core::Result<QList<domain::Organization>>> Client::organizations()
{
    using List = QList<domain::Organization>;
    auto* task = d->begin<List>();
    d->readAll<domain::Organization>(task, d->options.baseUrl, Route::get({u"0"_s, u"organizations"_s}),
        decode::organizations, [this, task](core::Result<List> list) {
            if (list) {
                for (domain::Organization& organization : *list) {
                    if (!d->isUsableRegion(organization.regionUrl))
                        organization.regionUrl = d->options.baseUrl;
                }
                d->remember(*list);
            }
            task->finish(std::move(list));
        });
    return task->future();
}

} // namespace vedette::api
