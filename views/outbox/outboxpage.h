// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>

#include "models/core/clock.h"
#include "models/sync/outbox.h"
#include "views/window/page.h"

class QStackedWidget;

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

class Card;

/// Every action that is not done yet, with the reason and what a person can do about it, and below what was
/// done, with a way back; for all accounts. GUI thread; hub and clock outlive it.
class OutboxPage final : public Page
{
    Q_OBJECT

public:
    OutboxPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    /// Rows are made only while they can be seen.
    void setFollowed(bool followed) override;
    void takeFocus() override;
    [[nodiscard]] QString statusText() const override;

private:
    using Entry = sync::Outbox::Entry;
    void rebuild();
    void fill(Card& card, QWidget*& rows, const QList<Entry>& entries);
    [[nodiscard]] QWidget* makeRow(const Entry& entry);
    void addButtons(QWidget& row, const Entry& entry);

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    QTimer m_due;  ///< several changes, one rebuild
    QTimer m_ages; ///< "tried again in"
    bool m_isFollowed = false;
    QStackedWidget* m_stack;
    Card* m_open;
    Card* m_done;
    QWidget* m_openRows = nullptr;
    QWidget* m_doneRows = nullptr;
};

} // namespace vedette::views
