// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/baseline.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <zstd.h>

#include "app/collector/storage/payload.h"

namespace vedette::bench {

double baseline(const BodyMaker& bodies, const std::string& folder, std::uint64_t events, std::uint64_t batch)
{
    const std::filesystem::path place = std::filesystem::path(folder) / "baseline";
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    double rate = 0;
    {
        SQLite::Database db((place / "b.sqlite").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec("PRAGMA journal_mode = WAL");
        db.exec("PRAGMA synchronous = FULL");
        db.exec("PRAGMA cache_size = -8000");
        db.exec("CREATE TABLE events (id INTEGER PRIMARY KEY, data BLOB NOT NULL)");
        SQLite::Statement insert(db, "INSERT INTO events (data) VALUES (?)");
        const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
        std::string envelope;
        std::string packed;
        const auto began = std::chrono::steady_clock::now();
        for (std::uint64_t n = 0; n < events;) {
            SQLite::Transaction transaction(db);
            for (std::uint64_t i = 0; i < batch && n < events; ++i, ++n) {
                const Body body = bodies.make(n, envelope);
                packed.resize(ZSTD_compressBound(body.event.size()));
                packed.resize(ZSTD_compressCCtx(context.get(), packed.data(), packed.size(),
                    body.event.data(), body.event.size(), collector::payloadLevel));
                insert.bindNoCopy(1, packed.data(), static_cast<int>(packed.size()));
                insert.exec();
                insert.reset();
            }
            transaction.commit();
        }
        rate =
            double(events) / std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    }
    std::filesystem::remove_all(place);
    return rate;
}

std::vector<double> syncWaits(const std::string& folder, int appends)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::size_t size = 16 << 10;
    constexpr off_t fileBytes = 4 << 20;
    const std::string path = folder + "/syncs";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        throw std::runtime_error("cannot write " + path);
    const std::string zeros(fileBytes, '\0');
    const std::string record(size, 'r');
    bool fine = ::pwrite(fd, zeros.data(), zeros.size(), 0) == fileBytes && ::fdatasync(fd) == 0;
    std::vector<double> waits;
    off_t at = 0;
    for (int i = 0; fine && i < appends; ++i) {
        const auto began = Clock::now();
        fine = ::pwrite(fd, record.data(), size, at) == static_cast<ssize_t>(size) && ::fdatasync(fd) == 0;
        waits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
        at = (at + off_t(size)) % fileBytes;
        std::this_thread::sleep_until(began + std::chrono::milliseconds(2));
    }
    ::close(fd);
    std::filesystem::remove(path);
    if (!fine)
        throw std::runtime_error("cannot write " + path);
    return waits;
}

} // namespace vedette::bench
