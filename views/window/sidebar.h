// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>
#include <QHash>
#include <QWidget>

#include "models/domain/project.h"

class QButtonGroup;
class QVBoxLayout;

namespace vedette::views {

/// One line of the sidebar: a sign or a project's colour, a name, a quiet count or a filled badge.
class SidebarItem final : public QAbstractButton
{
    Q_OBJECT

public:
    SidebarItem(const QString& glyph, const QString& text, QWidget* parent = nullptr);

    void setCountText(const QString& text, bool needsLook);
    void setColour(const QColor& colour);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void nameForReaders();

    QString m_glyph;
    QString m_count;
    QColor m_colour;
    bool m_needsLook = false;
};

/// The left column: views, projects, pages. GUI thread.
class Sidebar final : public QWidget
{
    Q_OBJECT

public:
    enum class Entry
    {
        Inbox,
        Mine,
        Unassigned,
        Spiking,
        Regressed,
        Overview,
        Alerts,
        Collector
    };

    explicit Sidebar(QWidget* parent = nullptr);

    void setProjects(const QList<domain::Project>& projects);
    void setProjectCount(const domain::ProjectId& project, qint64 count);
    void setCount(Entry entry, const QString& text, bool needsLook = false);
    void setCurrent(Entry entry);
    void setCurrentProject(const domain::ProjectId& project);
    [[nodiscard]] SidebarItem* item(Entry entry) const { return m_items.value(int(entry)); }

signals:
    void entryChosen(vedette::views::Sidebar::Entry entry);
    void projectChosen(const vedette::domain::ProjectId& project);

private:
    void addHeading(QVBoxLayout& layout, const QString& text);
    void addEntry(
        QVBoxLayout& layout, Entry entry, const QString& glyph, const QString& text, const char* name);

    QButtonGroup* m_group;
    QHash<int, SidebarItem*> m_items;
    QVBoxLayout* m_projectLayout;
    QHash<domain::ProjectId, SidebarItem*> m_projects;
    QList<domain::Project> m_shown;
};

} // namespace vedette::views
