// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

#include "app/cli.h"
#include "app/commands/commandanswer.h"
#include "app/commands/issueoutput.h"
#include "models/sync/hub.h"

namespace vedette::app {

/// True for the commands about issues: issues, issue, resolve, archive, reopen, assign.
[[nodiscard]] bool isIssueCommand(const Invocation& invocation);

/// One command about issues, carried out on a hub: that of the desktop program, where one runs on the data
/// folder, else one opened for the purpose. GUI thread.
class IssueCommand : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueCommand)

public:
    /// The command of that name. `hub` must outlive it.
    static std::unique_ptr<IssueCommand> make(const Invocation& invocation, sync::Hub& hub);
    ~IssueCommand() override;

    /// finished() follows, once, never before this returns.
    void start();

signals:
    void finished(const vedette::app::CommandAnswer& answer);

protected:
    IssueCommand(Invocation invocation, sync::Hub& hub);

    /// The accounts are known.
    virtual void run() = 0;
    /// It took too long.
    virtual void giveUp() = 0;

    [[nodiscard]] const Invocation& invocation() const { return m_invocation; }
    [[nodiscard]] sync::Hub& hub() { return m_hub; }
    /// Those that are meant, in the user's order; at least one.
    [[nodiscard]] const QList<domain::AccountId>& accounts() const { return m_accounts; }
    [[nodiscard]] AccountNames names() const;
    [[nodiscard]] bool wantsJson() const { return m_invocation.has(QStringLiteral("--json")); }
    /// The number of an option, the usual one where it is not given; nothing, and a complaint, where it is
    /// none between the bounds.
    [[nodiscard]] std::optional<int> number(const QString& option, int usual, int least, int most);

    /// giveUp() is called unless end() was by then.
    void allow(std::chrono::milliseconds time) { m_patience.start(time); }
    void complain(const QString& sentence, ExitCode code);
    void complain(const core::Error& error, const QString& about);
    void say(const QByteArray& out) { m_answer.out = out; }
    void setExitCode(ExitCode code) { m_answer.exitCode = code; }
    [[nodiscard]] bool isFine() const { return m_answer.exitCode == ExitOk; }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    void end();

private:
    void begin();
    [[nodiscard]] bool chooseAccounts();

    const Invocation m_invocation;
    sync::Hub& m_hub;
    CommandAnswer m_answer;
    QList<domain::AccountId> m_accounts;
    QTimer m_patience;
    bool m_isOver = false;
};

} // namespace vedette::app
