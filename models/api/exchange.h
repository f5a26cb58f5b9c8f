// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <string>

#include "models/api/gate.h"
#include "models/api/headers.h"
#include "models/api/route.h"
#include "models/core/clock.h"
#include "models/core/result.h"

class QNetworkReply;

namespace vedette::api {

class AccessManager;

/// A successful answer (2xx), whole.
struct Answer
{
    int status = 0;
    Headers headers;
    std::string body;
};

/// One request and its answer. Calls back exactly once, unless it is destroyed before: then its reply is
/// aborted and nothing is called. GUI thread; belongs to whoever asks.
class Exchange final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Exchange)

public:
    struct Limits
    {
        std::chrono::milliseconds idle;  ///< without a byte going either way
        std::chrono::milliseconds whole; ///< from the first byte sent to the last one read
        qint64 bytes;                    ///< of the answer, decompressed
    };
    using Callback = std::function<void(core::Result<Answer>)>;

    /// For whom: `client` is only compared.
    struct Asker
    {
        const void* client;
        Priority priority;
    };

    /// `request` is complete with its URL and headers. Nothing is sent before the network's gate allows it.
    Exchange(const QNetworkRequest& request, Route route, const Limits& limits, AccessManager& network,
        const Asker& asker, const core::Clock& clock, Callback callback, QObject* parent);
    ~Exchange() override;

    [[nodiscard]] const QByteArray& family() const { return m_route.family(); }
    [[nodiscard]] Priority priority() const { return m_asker.priority; }
    [[nodiscard]] const void* client() const { return m_asker.client; }

    /// The gate's word that it is our turn.
    void start();
    /// The gate's word that it will not be, for so long: ends it with RateLimited, later.
    void holdBack(Budget::Wait wait);

private:
    void giveUp(QTimer& timer);
    void read();
    void finish();
    /// Follows a redirect of a read within its origin, a few times; otherwise it is an error.
    void redirect(int status, const QUrl& to);
    void end(core::Result<Answer> result);
    void drop();
    void abandon(); ///< the reply, not the clocks

    QNetworkRequest m_request;
    Route m_route;
    Limits m_limits;
    AccessManager& m_network;
    Gate& m_gate;
    Asker m_asker;
    const core::Clock& m_clock;
    Callback m_callback;
    QPointer<QNetworkReply> m_reply; ///< gone when the manager died first
    QTimer m_idle;
    QTimer m_whole;
    std::string m_body;
    std::optional<Gate::Told> m_told; ///< what the answer said of limits
    int m_redirects = 0;
};

} // namespace vedette::api
