// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "app/collector/door/rules.h"
#include "app/collector/door/upstream.h"
#include "app/collector/forward/courierbox.h"
#include "app/collector/forward/forwarder.h"
#include "app/collector/storage/forwarding.h"

class QNetworkReply;

namespace vedette::collector {

/// Does what Forwarder says, on its thread: reads ahead in the queues, sends, settles what became of it.
class Courier final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Courier)

public:
    struct World
    {
        Store& store;
        Rulebook& rules;
        const core::Clock& clock;
        const ForwardOptions& options;
        std::uint16_t ownPort;
        std::shared_ptr<CourierBox> box; ///< leads to this thread
    };

    explicit Courier(World world);
    ~Courier() override;

    /// Looks at all projects and does what is due.
    void step();

private:
    struct Route ///< to one project's upstream
    {
        std::int64_t project = 0;
        std::string dsn;                   ///< as the settings have it
        std::optional<Upstream> upstream;  ///< nothing where the DSN cannot be used
        std::deque<QueuedForward> waiting; ///< read ahead
        std::int64_t read = 0;             ///< the last row that was read
        bool knowsState = false;
        std::int64_t notBefore = 0;
        std::int64_t attempts = 0;
        QNetworkReply* reply = nullptr; ///< under way
        QByteArray answer;              ///< the beginning of its body
    };
    class Waiter;

    void followRules(const DoorRules& rules);
    void drop(Route& route);
    void advance(Route& route);
    bool readAhead(Route& route);
    void send(Route& route);
    void take(std::int64_t project, QNetworkReply* reply);
    void finish(std::int64_t project, QNetworkReply* reply);
    void wait(Route& route, const std::string& why, std::chrono::milliseconds delay);
    void settle(ForwardResult result);
    void commitSettled();
    void committed(std::vector<ForwardResult> results, bool done);
    void lookAgainAt(std::int64_t time);

    World m_world;
    QNetworkAccessManager m_network;
    QTimer m_timer;
    std::map<std::int64_t, Route> m_routes;
    std::optional<std::int64_t> m_lookAgain; ///< milliseconds since 1970
    std::vector<ForwardResult> m_settled;    ///< not committed yet
    bool m_committing = false;
    std::minstd_rand m_random{std::random_device{}()};
};

} // namespace vedette::collector
