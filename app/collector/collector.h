// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/folder.h"
#include "app/collector/forward/forwarder.h"
#include "app/collector/http/handler.h"
#include "app/collector/http/limits.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/store.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// What the web API is made of.
struct ApiContext
{
    Store& store;
    const core::Clock& clock;
    std::string token; ///< compare with sameToken()
};

/// The built-in server: takes what SDKs send, keeps it, answers the web API. To everyone but the program's
/// composition root it is a URL and a token.
class Collector final
{
public:
    struct Options
    {
        std::string dataDir; ///< the program's data folder; the collector lives in `collector` below
        std::string host = "127.0.0.1"; ///< a loopback address
        std::optional<std::uint16_t>
            port; ///< nothing: 8969, or the next free one up to 8979; 0: any free one
        HttpLimits limits = {};
        ForwardOptions forward = {};
        ForwardLimits forwardLimits = {};
        std::string vfs = {};               ///< for tests: Store::Options::vfs
        std::string version = {};           ///< of the program, as the web API tells it
        std::function<void()> tallied = {}; ///< Store::Options::tallied
        /// What the first start makes.
        std::vector<ProjectSeed> firstProjects = {{"default", "Default"}};
        /// Makes the web API; nothing: the real one.
        std::function<std::unique_ptr<ApiHandler>(const ApiContext&)> makeApi = {};
    };

    /// Starts it, as a whole or not at all. `clock` must outlive it. The first start makes one organization,
    /// one person, the first projects with a key each. Errors: Busy (another one holds the folder, or the
    /// port is taken; the detail says who), Usage (not a loopback address), NewerData, Storage.
    static core::Result<std::unique_ptr<Collector>> start(const Options& options, const core::Clock& clock);
    /// Answers what is under way, commits, closes.
    ~Collector();
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] const std::string& token() const;
    /// The organization's slug.
    [[nodiscard]] std::string organization() const;
    /// The project that is shown first, with its key.
    [[nodiscard]] std::optional<ProjectKey> firstProject();
    /// The DSN of the project with that slug; empty where there is none, or no key.
    [[nodiscard]] std::string dsn(const std::string& projectSlug);
    [[nodiscard]] std::string dsn(const ProjectKey& project) const;
    /// Makes a project with a key. Errors: Storage.
    core::Result<ProjectKey> addProject(const ProjectSeed& seed);
    [[nodiscard]] Store& store();

    /// Who runs the collector of that data folder now, if anybody does: where a desktop attaches. The token
    /// is in tokenOf().
    [[nodiscard]] static std::optional<Holder> holder(const std::string& dataDir);
    /// The token of a collector that exists already. Errors: NotFound, Storage.
    [[nodiscard]] static core::Result<std::string> tokenOf(const std::string& dataDir);

private:
    class Impl;
    explicit Collector(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vedette::collector
