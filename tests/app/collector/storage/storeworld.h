// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <QStringList>

#include "app/collector/storage/store.h"
#include "tests/support/manualclock.h"

namespace vedette::tests {

/// What one event of a test looks like; the rest is the same for all.
struct EventSpec
{
    int id = 0;                    ///< of the event
    std::vector<int> hashes = {1}; ///< the leading one first
    int user = 0;                  ///< 0: none
    std::int64_t minutes = 0;      ///< after the beginning of the test's time
    std::string release = {};
    std::string environment = {};
    std::string level = "error";
};

/// 32 hex digits that hold the number.
std::string hexId(int number);
/// When the test's time begins.
core::TimePoint beginning();
/// A part of a request that holds this event; its payload is longer by so many bytes that do not pack.
collector::Incoming incoming(std::int64_t project, const EventSpec& spec, int padding = 0);
/// Reads such an event's payload again: a Store::Options::readFacts.
core::Result<collector::EventFacts> worldFacts(json::Value payload, const collector::ReceiveContext& context);

/// Submits and waits for the commit.
core::Result<collector::Stored> submit(collector::Store& store, collector::Incoming part);
/// Submits without waiting.
std::future<core::Result<collector::Stored>> submitLater(collector::Store& store, collector::Incoming part);

/// One number out of the database.
std::int64_t numberOf(collector::Store& store, const std::string& sql);
/// One text out of the database.
std::string textOf(collector::Store& store, const std::string& sql);

/// What does not fit together in the database: counters that differ from the events, orphans, what SQLite's
/// own check says. Empty when all is well.
QStringList faultsIn(collector::Store& store);

} // namespace vedette::tests
