// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <QTemporaryDir>

#include "app/collector/collector.h"
#include "tests/support/manualclock.h"
#include "tests/support/rawhttp.h"

namespace vedette::tests {

/// A running collector on a folder of its own and a port that nobody else has.
class CollectorWorld final
{
public:
    CollectorWorld();

    /// Starts it, or starts it again on the same folder; ends the test program if that fails.
    void start();
    void stop() { m_collector.reset(); }

    collector::Collector& operator*() { return *m_collector; }
    collector::Collector* operator->() { return m_collector.get(); }
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string dataDir() const { return m_dir.path().toStdString(); }
    /// The key of the first project, which has the id 1.
    [[nodiscard]] std::string key() const { return m_key; }
    [[nodiscard]] std::int64_t number(const std::string& sql) const;
    [[nodiscard]] std::string text(const std::string& sql) const;

    collector::Collector::Options options;
    ManualClock clock;

private:
    QTemporaryDir m_dir;
    std::unique_ptr<collector::Collector> m_collector;
    std::string m_key;
};

/// An envelope with one event of that id, which holds the message.
std::string eventEnvelope(const std::string& id, const std::string& message = "hello");

} // namespace vedette::tests
