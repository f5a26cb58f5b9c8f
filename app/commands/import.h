// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

#include "models/core/clock.h"
#include "models/core/lane.h"
#include "models/core/mailbox.h"
#include "models/core/result.h"

class QNetworkReply;

namespace vedette::api {
class AccessManager;
class Client;
} // namespace vedette::api

namespace vedette::app {

class BuiltInCollector;

/// Whether a file is an envelope (a header line, then items) and not a single event.
[[nodiscard]] bool isEnvelope(const QByteArray& bytes);

/// `vedette import FILE...`: event JSON or envelopes into the collector of a data folder, the running one or
/// one started for the purpose, through the same door as an SDK's. Prints one line per file; what is refused
/// goes to standard error with the reason. Lives in a QCoreApplication's loop.
class Import final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Import)

public:
    /// What a line says of a file that was taken.
    enum class Print
    {
        Text, ///< `FILE: EVENT_ID`
        Json  ///< `{"file": ..., "id": ...}`
    };

    /// `project`: the slug of the one that gets them; empty: the first one.
    Import(const QString& dataFolder, const QStringList& files, const QString& project,
        Print print = Print::Text, QObject* parent = nullptr);
    ~Import() override;

    /// Begins; finished() tells the exit code.
    void start();

signals:
    void finished(int exitCode);

private:
    void findProjects();
    void findKey(const QString& slug);
    void sendNext();
    void onSent(const QString& file, QNetworkReply* reply);
    void stop(const core::Error& error);

    QString m_dataFolder;
    QStringList m_files;
    QString m_project;
    Print m_print;
    bool m_anyFailed = false;
    QUrl m_dsn;
    core::SystemClock m_clock;
    std::unique_ptr<BuiltInCollector> m_collector;
    std::unique_ptr<api::AccessManager> m_network;
    core::Mailbox m_home;
    core::Lane m_lane;
    std::unique_ptr<api::Client> m_client;
    QString m_organization;
};

} // namespace vedette::app
