// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QString>

namespace vedette::items {

/// One line of the sidebar.
struct SidebarEntry
{
    enum class Kind
    {
        Section, ///< a heading; cannot be chosen
        View,    ///< a list of issues
        Project,
        Place ///< another page
    };

    Kind kind = Kind::View;
    QString key; ///< names it for the window; unique
    QString label;
    QString icon;        ///< file name in resources/icons; empty for sections and projects
    int colour = 0;      ///< of a project: index into the palette of the theme
    QString count;       ///< quiet text at the right end
    bool badge = false;  ///< the count wants a look: a filled badge
    QString description; ///< the count as a phrase, for screen readers: "37 issues"

    friend bool operator==(const SidebarEntry&, const SidebarEntry&) = default;
};

/// Views, projects and pages, as the main window lists them. Passive. GUI thread.
class SidebarModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SidebarModel)

public:
    enum Role
    {
        EntryRole = Qt::UserRole, ///< SidebarEntry
        KeyRole,
    };

    explicit SidebarModel(QObject* parent = nullptr);

    /// Shows these. Where the keys are the same in the same order only what differs is notified, so the
    /// chosen line stays; otherwise lines come and go one by one.
    void setEntries(const QList<SidebarEntry>& entries);
    [[nodiscard]] const SidebarEntry* entryAt(int row) const;
    /// -1 where there is none.
    [[nodiscard]] int rowOf(const QString& key) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    QList<SidebarEntry> m_entries;
};

} // namespace vedette::items

Q_DECLARE_METATYPE(vedette::items::SidebarEntry)
