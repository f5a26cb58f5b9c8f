// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commands/foundcommand.h"

namespace vedette::app {

/// `vedette resolve|archive|reopen ID...` and `vedette assign ID... WHO`: through the outbox, like the
/// window. It waits until the servers have carried it out and were read back.
class IssueActCommand final : public FoundCommand
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueActCommand)

public:
    IssueActCommand(const Invocation& invocation, sync::Hub& hub);
    ~IssueActCommand() override;

protected:
    void run() override;
    void proceed() override;
    void giveUp() override;

private:
    void chooseAssignee();
    void lookForAssignee();
    void act(const domain::Action& action);
    void noteDone(const domain::Issue& issue);
    void noteRefused(const QList<domain::Issue>& refused, const core::Error& error);
    void finish();

    QString m_who; ///< of assign
    int m_wait = 0;
    QList<ActedIssue> m_acted; ///< filled when the action is submitted
    int m_open = 0;            ///< of m_acted, those without an outcome
};

} // namespace vedette::app
