// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <vector>

#include "app/commands/issuecommand.h"

namespace vedette::app {

/// `vedette issues [QUERY]`: the issues of one account or of all, joined in one order.
class IssueListCommand final : public IssueCommand
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssueListCommand)

public:
    IssueListCommand(const Invocation& invocation, sync::Hub& hub);
    ~IssueListCommand() override;

protected:
    void run() override;
    void giveUp() override { finish(); }

private:
    struct List;

    void look(List& list);
    void finish();

    std::vector<std::unique_ptr<List>> m_lists;
    sync::IssueSort m_sort = sync::IssueSort::Events;
    int m_limit = 0;
};

} // namespace vedette::app
