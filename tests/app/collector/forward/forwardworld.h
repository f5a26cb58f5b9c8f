// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayList>

#include <string>

#include "tests/app/collector/collectorworld.h"
#include "tests/support/faultserver.h"

namespace vedette::tests {

/// A collector whose first project passes envelopes on to a scripted server, where it is project 7.
class ForwardWorld final
{
public:
    ForwardWorld();

    /// Sends an envelope with one event of that id to a project; ends the test program where it is refused.
    void send(const std::string& id, const std::string& headers = {});
    /// `...0001` and so on, 32 digits.
    static std::string id(int number);
    /// The ids of the events that upstream was sent, in order; repeats left out.
    [[nodiscard]] QByteArrayList arrived() const;
    /// The same with repeats.
    [[nodiscard]] QByteArrayList attempts() const;
    void setUpstream(const std::string& dsn, std::int64_t project = 1);
    [[nodiscard]] std::string upstreamDsn() const;
    [[nodiscard]] std::int64_t waiting() const;
    [[nodiscard]] std::string error() const;

    static constexpr const char* path = "/api/7/envelope/";

    FaultServer upstream;
    CollectorWorld world;
};

} // namespace vedette::tests
