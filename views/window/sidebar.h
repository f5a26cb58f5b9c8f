// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QListView>

#include "models/items/sidebarmodel.h"

namespace vedette::views {

/// The left column: views, projects, pages. Shows what it is given and tells what was chosen. GUI thread.
class Sidebar final : public QListView
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget* parent = nullptr);

    void setEntries(const QList<items::SidebarEntry>& entries);
    /// Marks a line without telling anybody.
    void setCurrent(const QString& key);
    [[nodiscard]] QString current() const;

signals:
    /// A person chose a line, by click or key; also the one that is chosen already.
    void chosen(const QString& key);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    items::SidebarModel m_model;
    bool m_quiet = false;
    bool m_told = false; ///< a press already told
};

} // namespace vedette::views
