// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

#include "app/builtincollector.h"
#include "app/cli.h"
#include "app/commands/commandanswer.h"
#include "app/desktop/singleinstance.h"
#include "app/paths.h"
#include "models/core/clock.h"
#include "models/secrets/secretstore.h"
#include "models/sync/hub.h"

namespace vedette::app {

class IssueCommand;

/// Carries out a command about issues that another process brought, and hands its answer to `done`: what
/// ClientCommand asks the desktop program for. GUI thread; `hub` must outlive the command.
void runBroughtCommand(
    const QStringList& words, sync::Hub& hub, std::function<void(const QJsonObject&)> done);

/// A command about issues as a process of its own. There is one outbox, and one holder of tokens, for each
/// data folder: where the desktop program runs on it, that carries the command out; else this opens the
/// folder itself, with its collector, for as long as the command takes. Needs a QCoreApplication. GUI thread.
class ClientCommand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientCommand)

public:
    /// `words` are those that `invocation` was made from.
    ClientCommand(Invocation invocation, QStringList words, Paths paths);
    ~ClientCommand() override;

    /// finished() follows.
    void start();

signals:
    void finished(const vedette::app::CommandAnswer& answer);

private:
    void run();
    void open();
    void begin();
    void fail(const core::Error& error, const QString& sentence);

    const Invocation m_invocation;
    const QStringList m_words;
    const Paths m_paths;
    core::SystemClock m_clock;
    QElapsedTimer m_since;
    std::unique_ptr<desktop::SingleInstance> m_instance;
    std::unique_ptr<secrets::SecretStore> m_tokens;
    std::unique_ptr<BuiltInCollector> m_collector;
    std::unique_ptr<sync::Hub> m_hub;
    std::unique_ptr<IssueCommand> m_command;
};

} // namespace vedette::app
