// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/items/sidebarmodel.h"

#include <algorithm>

namespace vedette::items {

SidebarModel::SidebarModel(QObject* parent)
    : QAbstractListModel(parent)
{}

void SidebarModel::setEntries(const QList<SidebarEntry>& entries)
{
    const auto isWanted = [&entries](const QString& key) {
        return std::any_of(
            entries.cbegin(), entries.cend(), [&key](const SidebarEntry& entry) { return entry.key == key; });
    };
    // A sidebar has some dozen lines: the simple way is the right one.
    for (int row = int(m_entries.size()) - 1; row >= 0; --row) {
        if (isWanted(m_entries[row].key))
            continue;
        beginRemoveRows({}, row, row);
        m_entries.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < entries.size(); ++row) {
        const int at = rowOf(entries[row].key);
        if (at < 0) {
            beginInsertRows({}, row, row);
            m_entries.insert(row, entries[row]);
            endInsertRows();
        } else if (at != row) {
            // What is before `row` is in place, so it can only come from further down.
            beginMoveRows({}, at, at, {}, row);
            m_entries.move(at, row);
            endMoveRows();
        }
        if (m_entries[row] != entries[row]) {
            m_entries[row] = entries[row];
            emit dataChanged(index(row), index(row));
        }
    }
}

const SidebarEntry* SidebarModel::entryAt(int row) const
{
    return row >= 0 && row < m_entries.size() ? &m_entries[row] : nullptr;
}

int SidebarModel::rowOf(const QString& key) const
{
    for (int row = 0; row < m_entries.size(); ++row) {
        if (m_entries[row].key == key)
            return row;
    }
    return -1;
}

int SidebarModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant SidebarModel::data(const QModelIndex& index, int role) const
{
    const SidebarEntry* entry = index.isValid() ? entryAt(index.row()) : nullptr;
    if (!entry)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return entry->label;
    case Qt::AccessibleTextRole:
        return entry->description.isEmpty()
                   ? entry->label
                   : tr("%1, %2", "a view, then how many").arg(entry->label, entry->description);
    case EntryRole:
        return QVariant::fromValue(*entry);
    case KeyRole:
        return entry->key;
    default:
        return {};
    }
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex& index) const
{
    const SidebarEntry* entry = index.isValid() ? entryAt(index.row()) : nullptr;
    if (!entry)
        return Qt::NoItemFlags;
    if (entry->kind == SidebarEntry::Kind::Section)
        return Qt::ItemNeverHasChildren; // disabled, so that arrow keys pass it by
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace vedette::items
