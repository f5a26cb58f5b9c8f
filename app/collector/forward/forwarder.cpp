// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/forward/forwarder.h"

#include <QEventLoop>

#include <pthread.h>

#include "app/collector/forward/courier.h"
#include "app/collector/forward/courierbox.h"

namespace vedette::collector {

Forwarder::Forwarder(
    Store& store, Rulebook& rules, const core::Clock& clock, ForwardOptions options, std::uint16_t ownPort)
    : m_store(store)
    , m_rules(rules)
    , m_clock(clock)
    , m_options(std::move(options))
    , m_ownPort(ownPort)
    , m_box(std::make_shared<CourierBox>())
{}

Forwarder::~Forwarder()
{
    std::thread thread;
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        thread = std::move(m_thread);
    }
    if (thread.joinable()) {
        m_box->post([this] { m_loop->quit(); });
        thread.join();
    }
}

void Forwarder::wake()
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return;
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    else
        m_box->post([this] { m_courier->step(); });
}

void Forwarder::wakeIfNeeded()
{
    if (m_rules.rules()->forwards || isRunning())
        wake();
}

bool Forwarder::isRunning()
{
    const std::lock_guard lock(m_mutex);
    return m_thread.joinable();
}

void Forwarder::run()
{
    pthread_setname_np(pthread_self(), "collector-fwd");
    QEventLoop loop; // this thread's own, so that Qt Network works on it
    core::Mailbox mailbox;
    Courier courier({m_store, m_rules, m_clock, m_options, m_ownPort, m_box});
    m_loop = &loop;
    m_courier = &courier;
    m_box->open(&mailbox);
    if (!isStopped()) {
        courier.step();
        loop.exec();
    }
    m_box->open(nullptr);
}

bool Forwarder::isStopped()
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

} // namespace vedette::collector
