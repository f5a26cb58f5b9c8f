// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/refusalcounter.h"

namespace vedette::collector {
namespace {

constexpr int atOnce = 16;

} // namespace

class RefusalCounter::Waiter final : public CommitWaiter
{
public:
    explicit Waiter(std::shared_ptr<Pace> pace)
        : m_pace(std::move(pace))
    {}
    void committed(const core::Result<Stored>&) override
    {
        const std::lock_guard lock(m_pace->mutex);
        --m_pace->underWay;
    }

private:
    std::shared_ptr<Pace> m_pace;
};

RefusalCounter::RefusalCounter(Store& store)
    : m_store(store)
{}

RefusalCounter::~RefusalCounter()
{
    const std::lock_guard lock(m_mutex);
    handOn();
}

void RefusalCounter::count(std::int64_t project, std::string_view category, std::string_view reason)
{
    const std::lock_guard lock(m_mutex);
    ++m_counts[{project, std::string(category), std::string(reason)}];
    {
        const std::lock_guard paceLock(m_pace->mutex);
        if (m_pace->underWay >= atOnce)
            return;
    }
    handOn();
}

void RefusalCounter::handOn()
{
    for (const auto& [what, count] : m_counts) {
        Incoming incoming;
        incoming.project = std::get<0>(what);
        incoming.outcomes = {{std::get<1>(what), "refused", std::get<2>(what), count}};
        {
            const std::lock_guard lock(m_pace->mutex);
            ++m_pace->underWay;
        }
        m_store.submit(std::move(incoming), std::make_unique<Waiter>(m_pace));
    }
    m_counts.clear();
}

} // namespace vedette::collector
