// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

#include "models/core/clock.h"
#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/core/result.h"

namespace vedette::collector {
class Collector;
}

namespace vedette::app {

/// The collector of a data folder, whoever runs it: started in this process, or found running (`vedette
/// collect`) and attached to. Starts and ends on a lane, since both touch the disk. GUI thread.
class BuiltInCollector final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BuiltInCollector)

public:
    /// Where it is to be found.
    struct Address
    {
        QUrl url;
        QString token;
        QString dsn;         ///< of the first project; empty where another process runs it
        bool isOurs = false; ///< it runs in this process and ends with it
    };

    /// `dataFolder` and `clock` must outlive it.
    BuiltInCollector(const QString& dataFolder, const core::Clock& clock, QObject* parent = nullptr);
    /// Ends it, if it is ours: what was acknowledged is on disk.
    ~BuiltInCollector() override;

    /// Whether that folder has one: it holds something, or somebody runs it.
    [[nodiscard]] static bool existsIn(const QString& dataFolder);

    struct Wishes
    {
        bool anyPort = false;     ///< any free one where those of the default range are taken
        bool firstProject = true; ///< a new folder begins with a project
    };

    /// To be called once. Errors: Busy (ports taken, or another one holds the folder and does not get ready),
    /// NewerData, Storage.
    QFuture<core::Result<Address>> start(const Wishes& wishes);

    /// Does something to the collector that runs in this process, on its lane; Errors: those of `work`,
    /// Unsupported where it runs elsewhere.
    QFuture<core::Result<void>> with(std::function<core::Result<void>(collector::Collector&)> work);

private:
    QString m_dataFolder;
    const core::Clock& m_clock;
    std::unique_ptr<collector::Collector> m_collector; // touched on the lane alone
    core::Mailbox m_home;                              // outlives the lane
    core::Lane m_lane;
};

} // namespace vedette::app
