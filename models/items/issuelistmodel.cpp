// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/items/issuelistmodel.h"

#include <QLocale>

#include <algorithm>

#include "models/core/text.h"

namespace vedette::items {
namespace {

/// Texts of rows are bounded once, when they come in: painting then never meets five megabytes.
domain::Issue bounded(domain::Issue issue)
{
    issue.title = core::singleLine(issue.title, 500);
    issue.culprit = core::singleLine(issue.culprit, 300);
    issue.shortId = core::singleLine(issue.shortId, 80);
    return issue;
}

} // namespace

IssueListModel::IssueListModel(QObject* parent)
    : QAbstractTableModel(parent)
{}

void IssueListModel::reset(const QList<domain::Issue>& rows)
{
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(rows.size());
    for (const domain::Issue& issue : rows)
        m_rows << bounded(issue);
    reindex();
    m_checked.clear();
    endResetModel();
    emit checksChanged();
}

void IssueListModel::merge(const QList<domain::Issue>& rows)
{
    QHash<domain::IssueId, int> wanted;
    wanted.reserve(rows.size());
    for (int i = 0; i < rows.size(); ++i)
        wanted.insert(rows[i].id, i);

    // Out with what is gone, from the end so that the rows before keep their numbers.
    for (int last = int(m_rows.size()) - 1; last >= 0;) {
        if (wanted.contains(m_rows[last].id)) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !wanted.contains(m_rows[first - 1].id))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        endRemoveRows();
        last = first - 1;
    }
    reindex();

    // The ones that stay, in their new order: one layout change moves every persistent index with its issue.
    const bool ordered = std::is_sorted(m_rows.begin(), m_rows.end(),
        [&wanted](const domain::Issue& a, const domain::Issue& b) { return wanted[a.id] < wanted[b.id]; });
    if (!ordered) {
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        QList<domain::IssueId> owners;
        for (const QModelIndex& index : before)
            owners << m_rows[index.row()].id;
        std::stable_sort(
            m_rows.begin(), m_rows.end(), [&wanted](const domain::Issue& a, const domain::Issue& b) {
                return wanted[a.id] < wanted[b.id];
            });
        reindex();
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i)
            after << createIndex(m_byId[owners[i]], before[i].column());
        changePersistentIndexList(before, after);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    // In with the new ones, run by run.
    for (int i = 0; i < rows.size();) {
        if (i < m_rows.size() && m_rows[i].id == rows[i].id) {
            ++i;
            continue;
        }
        int end = i;
        while (end < rows.size() && !m_byId.contains(rows[end].id))
            ++end;
        if (end == i)
            break; // doubled ids in what came: the rest is in place already
        beginInsertRows({}, i, end - 1);
        for (int row = i; row < end; ++row)
            m_rows.insert(row, bounded(rows[row]));
        endInsertRows();
        i = end;
    }
    reindex();

    // And what changed, in few ranges.
    int changedFrom = -1;
    for (int i = 0; i <= m_rows.size(); ++i) {
        bool differs = false;
        if (i < m_rows.size()) {
            const domain::Issue fresh = bounded(rows[std::min<qsizetype>(i, rows.size() - 1)]);
            differs = fresh.id == m_rows[i].id && fresh != m_rows[i];
            if (differs)
                m_rows[i] = fresh;
        }
        if (differs && changedFrom < 0)
            changedFrom = i;
        if (!differs && changedFrom >= 0) {
            emit dataChanged(index(changedFrom, 0), index(i - 1, ColumnCount - 1));
            changedFrom = -1;
        }
    }
    const auto before = m_checked.size();
    m_checked.removeIf([this](const domain::IssueId& id) { return !m_byId.contains(id); });
    if (m_checked.size() != before)
        emit checksChanged();
}

void IssueListModel::update(const domain::Issue& issue)
{
    const int row = rowOf(issue.id);
    if (row < 0)
        return;
    m_rows[row] = bounded(issue);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void IssueListModel::setCanFetchMore(bool can)
{
    m_canFetchMore = can;
}

const domain::Issue* IssueListModel::issueAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows[row] : nullptr;
}

int IssueListModel::rowOf(const domain::IssueId& id) const
{
    return m_byId.value(id, -1);
}

void IssueListModel::setChecked(int row, bool checked)
{
    const domain::Issue* issue = issueAt(row);
    if (!issue || m_checked.contains(issue->id) == checked)
        return;
    if (checked)
        m_checked.insert(issue->id);
    else
        m_checked.remove(issue->id);
    emit dataChanged(index(row, 0), index(row, 0), {CheckedRole, Qt::CheckStateRole});
    emit checksChanged();
}

void IssueListModel::clearChecks()
{
    if (m_checked.isEmpty())
        return;
    m_checked.clear();
    emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {CheckedRole, Qt::CheckStateRole});
    emit checksChanged();
}

QList<domain::Issue> IssueListModel::checkedIssues() const
{
    QList<domain::Issue> out;
    for (const domain::Issue& issue : m_rows) {
        if (m_checked.contains(issue.id))
            out << issue;
    }
    return out;
}

int IssueListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int IssueListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant IssueListModel::data(const QModelIndex& index, int role) const
{
    const domain::Issue* issue = index.isValid() ? issueAt(index.row()) : nullptr;
    if (!issue)
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(*issue, column);
    case SortRole:
        return sortValue(*issue, column);
    case IssueRole:
        return QVariant::fromValue(*issue);
    case CheckedRole:
        return m_checked.contains(issue->id);
    case Qt::ToolTipRole:
        return QString(issue->title + QChar(u'\n') + issue->culprit).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return column == Title ? issueSentence(*issue) : display(*issue, column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter) |
               int(column >= Events && column <= Seen ? Qt::AlignRight : Qt::AlignLeft);
    default:
        return {};
    }
}

QVariant IssueListModel::display(const domain::Issue& issue, Column column) const
{
    const QLocale locale;
    switch (column) {
    case Title:
        return issue.title;
    case Trend:
        return locale.toString(issue.trend.total());
    case Events:
        return locale.toString(issue.count);
    case Users:
        return locale.toString(issue.userCount);
    case Seen:
        return issue.lastSeen
                   ? locale.toString(core::toDateTime(*issue.lastSeen).toLocalTime(), QLocale::ShortFormat)
                   : QString();
    case Assignee:
        return issue.assignedTo ? core::singleLine(issue.assignedTo->name, 80) : tr("nobody", "no assignee");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant IssueListModel::sortValue(const domain::Issue& issue, Column column) const
{
    switch (column) {
    case Title:
        return issue.title;
    case Trend:
        return issue.trend.total();
    case Events:
        return issue.count;
    case Users:
        return issue.userCount;
    case Seen:
        return issue.lastSeen ? qint64(issue.lastSeen->time_since_epoch().count()) : qint64(0);
    case Assignee:
        return issue.assignedTo ? issue.assignedTo->name : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant IssueListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) |
               int(section >= Events && section <= Seen ? Qt::AlignRight : Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Title:
        return tr("Issue", "column");
    case Trend:
        return tr("Trend", "column: small chart of events");
    case Events:
        return tr("Events", "column: number of events");
    case Users:
        return tr("Users", "column: number of affected users");
    case Seen:
        return tr("Seen", "column: when it was last seen");
    case Assignee:
        // The circle speaks for itself; screen readers get the word from the cells.
        return QString();
    case ColumnCount:
        break;
    }
    return {};
}

bool IssueListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_canFetchMore;
}

void IssueListModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        emit moreRequested();
}

void IssueListModel::reindex()
{
    m_byId.clear();
    m_byId.reserve(m_rows.size());
    for (int i = 0; i < m_rows.size(); ++i)
        m_byId.insert(m_rows[i].id, i);
}

QString issueSentence(const domain::Issue& issue)
{
    const QString who =
        issue.assignedTo
            ? IssueListModel::tr("assigned to %1").arg(core::singleLine(issue.assignedTo->name, 80))
            : IssueListModel::tr("not assigned");
    return IssueListModel::tr(
        "%1, %2: %3. %4. %5, %6, %7", "level, short id, title, culprit, events, users, assignee")
        .arg(domain::levelText(issue.level), issue.shortId, issue.title, issue.culprit,
            IssueListModel::tr("%n event(s)", "", int(issue.count)),
            IssueListModel::tr("%n user(s)", "", int(issue.userCount)), who);
}

} // namespace vedette::items
