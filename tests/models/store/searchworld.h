// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTemporaryDir>

#include "models/core/mailbox.h"
#include "models/search/query.h"
#include "models/store/cachedatabase.h"
#include "tests/app/collector/api/apiworld.h"

namespace vedette::tests {

/// The same issues in a collector and in a cache: sent to the collector as SDKs do, read from it by the
/// client, and stored as the feeds store what they show. It is 2026-11-20 10:30.
class SearchWorld final
{
    QTemporaryDir m_folder; // before what lies in it

public:
    SearchWorld();
    SearchWorld(const SearchWorld&) = delete;
    SearchWorld& operator=(const SearchWorld&) = delete;

    /// First words of the titles that the collector's issue list finds, sorted; the words of its refusal.
    [[nodiscard]] QStringList online(const QString& query);
    /// The same from the cache.
    [[nodiscard]] QStringList offline(const QString& query);
    [[nodiscard]] static QStringList words(const store::SearchPart& part);
    [[nodiscard]] core::Result<store::SearchPart> search(
        const QString& query, store::SearchSort sort = store::SearchSort::LastSeen, int limit = 100);

    ApiWorld collector;
    core::Mailbox home;
    std::unique_ptr<store::CacheDatabase> cache;
    const domain::AccountId account{QStringLiteral("account-1")};

private:
    void sendAll();
    void act();
    /// Lists, details, tags and every event, by the client.
    void readAll();
    void send(const char* event, std::int64_t project = 1);
    void put(const char* name, const QByteArray& body);
};

/// `first word` of each title, sorted.
[[nodiscard]] QStringList firstWords(const QStringList& titles);

} // namespace vedette::tests
