// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commands/foundcommand.h"

namespace vedette::app {

/// `vedette issue ID`: what is known of an issue, and its latest event.
class IssueShowCommand final : public FoundCommand
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueShowCommand)

public:
    IssueShowCommand(const Invocation& invocation, sync::Hub& hub);
    ~IssueShowCommand() override;

protected:
    void run() override { find(invocation().arguments); }
    void proceed() override;
    void giveUp() override { finish(); }

private:
    void look();
    void finish();

    std::unique_ptr<sync::DetailFeed> m_detail;
    std::optional<domain::Event> m_event;
};

} // namespace vedette::app
