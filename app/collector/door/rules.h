// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/collector/door/filters.h"
#include "app/collector/storage/settings.h"
#include "app/collector/storage/store.h"

namespace vedette::collector {

struct KeyRules
{
    std::int64_t project = 0;
    RateLimit rate;
};

struct ProjectRules
{
    bool active = true;
    RateLimit rate;
    Filters filters;
    std::string upstream; ///< a DSN; empty: nothing is passed on
};

/// All that the door must know of projects and keys, as it was at one moment. Immutable.
struct DoorRules
{
    std::unordered_map<std::string, KeyRules> keys; ///< active ones, by their public part
    std::unordered_map<std::int64_t, ProjectRules> projects;
    std::unordered_map<std::string, std::int64_t>
        senders;           ///< projects of senders without a key, by their names
    bool spotlight = true; ///< senders without a key are taken
    bool forwards = false; ///< some project has an upstream
    std::string instance;  ///< what this collector calls itself to others that it passes envelopes on to

    /// The project, which must be there: a key's project always is.
    [[nodiscard]] const ProjectRules* project(std::int64_t id) const;
};

[[nodiscard]] DoorRules readDoorRules(SQLite::Database& db);
/// Gives this collector its name among collectors, once.
void nameInstance(SQLite::Database& db);

/// The rules that hold now. The database is asked again only after somebody changed it (Store::generation()),
/// never for an event. Any thread.
class Rulebook final
{
public:
    /// `store` must outlive it.
    explicit Rulebook(Store& store)
        : m_store(store)
    {}

    /// Never null. May read the database; where that fails, the rules are those from before.
    [[nodiscard]] std::shared_ptr<const DoorRules> rules();
    /// The same without ever waiting for the disk: null where the rules would have to be read again.
    [[nodiscard]] std::shared_ptr<const DoorRules> rulesAtHand();

private:
    Store& m_store;
    std::mutex m_mutex;
    std::optional<std::uint64_t> m_generation; ///< of the store, when m_rules was read
    std::shared_ptr<const DoorRules> m_rules = std::make_shared<const DoorRules>();
};

} // namespace vedette::collector
