// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/domain/event.h"
#include "models/domain/issue.h"

class QVBoxLayout;

namespace vedette::views {

/// One event as cards: exceptions with their stacks, breadcrumbs, tags, user, request, contexts, extra, and
/// what the server could not use. Built once for an event and thrown away with it.
class EventView final : public QWidget
{
    Q_OBJECT

public:
    EventView(const domain::Event& event, const QList<domain::TagDistribution>& distributions,
        QWidget* parent = nullptr);

private:
    void addMessage(const domain::Event& event);
    void addExceptions(const domain::Event& event);
    void addThreads(const domain::Event& event);
    void addRequest(const domain::Event& event);
    void addUser(const domain::Event& event);
    void addContexts(const domain::Event& event);
    void addRest(const domain::Event& event);

    QVBoxLayout* m_layout;
};

/// Issue and event as Markdown: for tickets and chats.
[[nodiscard]] QString eventMarkdown(const domain::Issue& issue, const domain::Event& event);

} // namespace vedette::views
