// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace vedette::api {
class AccessManager;
struct Transport;
} // namespace vedette::api
namespace vedette::core {
class Clock;
class Lane;
class Mailbox;
class Timers;
} // namespace vedette::core
namespace vedette::secrets {
class SecretStore;
}
namespace vedette::store {
class CacheDatabase;
class UserDatabase;
} // namespace vedette::store

namespace vedette::sync {

class Pace;

/// What all parts of sync work with. The hub owns or borrows it, and it outlives them.
struct Surroundings
{
    const core::Clock& clock;
    core::Timers& timers;
    secrets::SecretStore& tokens;
    core::Mailbox& home;
    core::Lane& decoding;
    /// Makes the way to the server of one account.
    std::function<std::unique_ptr<api::AccessManager>(const api::Transport&)> openNetwork;
    store::UserDatabase& user;
    store::CacheDatabase& cache;
    const Pace& pace;
    std::chrono::milliseconds requestTimeout;
};

} // namespace vedette::sync
