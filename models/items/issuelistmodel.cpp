// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/items/issuelistmodel.h"

#include <QLocale>

#include <algorithm>
#include <climits>

#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::items {
namespace {

constexpr qsizetype titleLimit = 500;
constexpr qsizetype culpritLimit = 300;

IssueListModel::Row rowOfIssue(const domain::Issue& issue)
{
    return {issue, core::singleLine(issue.title, titleLimit), core::singleLine(issue.culprit, culpritLimit)};
}

/// The first of each key.
QList<domain::Issue> withoutDoubles(const QList<domain::Issue>& issues)
{
    QSet<IssueListModel::Key> seen;
    seen.reserve(issues.size());
    QList<domain::Issue> out;
    for (const domain::Issue& issue : issues) {
        if (!seen.contains(keyOf(issue))) {
            seen.insert(keyOf(issue));
            out << issue;
        }
    }
    return out;
}

qint64 milliseconds(const std::optional<core::TimePoint>& time)
{
    return time ? qint64(time->time_since_epoch().count()) : qint64(0);
}

QString dateText(const std::optional<core::TimePoint>& time)
{
    return time ? QLocale().toString(core::toDateTime(*time).toLocalTime(), QLocale::ShortFormat) : QString();
}

/// %n takes an int; more than two billion are said as that many.
int asPlural(qint64 number)
{
    return int(std::clamp<qint64>(number, 0, INT_MAX));
}

const QList<int>& rolesOfARow()
{
    static const QList<int> roles = {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole,
        IssueListModel::SortRole, IssueListModel::IssueRole};
    return roles;
}

} // namespace

IssueListModel::IssueListModel(QObject* parent)
    : QAbstractTableModel(parent)
{}

void IssueListModel::reset(const QList<domain::Issue>& issues)
{
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(issues.size());
    const QList<domain::Issue> own = withoutDoubles(issues);
    for (const domain::Issue& issue : own)
        m_rows << rowOfIssue(issue);
    reindex();
    const bool hadChecks = !m_checked.isEmpty();
    m_checked.clear();
    endResetModel();
    if (hadChecks)
        emit checksChanged();
}

void IssueListModel::merge(const QList<domain::Issue>& issues)
{
    const QList<domain::Issue> own = withoutDoubles(issues);
    QHash<Key, int> wanted;
    wanted.reserve(own.size());
    for (int i = 0; i < own.size(); ++i)
        wanted.insert(keyOf(own[i]), i);
    // Gone ones first, then those that stay get their new order, then the new ones fit in between.
    removeAllBut(wanted);
    reorder(wanted);
    insertMissing(own);
    replaceChanged(own);
    forgetChecksOfGone();
}

void IssueListModel::removeAllBut(const QHash<Key, int>& wanted)
{
    // From the end, so that the rows before keep their numbers.
    for (int last = int(m_rows.size()) - 1; last >= 0;) {
        if (wanted.contains(keyOf(m_rows[last].issue))) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !wanted.contains(keyOf(m_rows[first - 1].issue)))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        endRemoveRows();
        last = first - 1;
    }
    reindex();
}

void IssueListModel::reorder(const QHash<Key, int>& wanted)
{
    const auto before = [&wanted](const Row& a, const Row& b) {
        return wanted[keyOf(a.issue)] < wanted[keyOf(b.issue)];
    };
    if (std::is_sorted(m_rows.cbegin(), m_rows.cend(), before))
        return;
    // One layout change moves every persistent index with its issue.
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QList<Key> owners;
    owners.reserve(from.size());
    for (const QModelIndex& index : from)
        owners << keyOf(m_rows[index.row()].issue);
    std::sort(m_rows.begin(), m_rows.end(), before);
    reindex();
    QModelIndexList to;
    to.reserve(from.size());
    for (qsizetype i = 0; i < from.size(); ++i)
        to << createIndex(m_byKey[owners[i]], from[i].column());
    changePersistentIndexList(from, to);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void IssueListModel::insertMissing(const QList<domain::Issue>& issues)
{
    bool inserted = false;
    for (int i = 0; i < issues.size();) {
        int end = i;
        while (end < issues.size() && !m_byKey.contains(keyOf(issues[end])))
            ++end;
        if (end == i) {
            ++i;
            continue;
        }
        // All that stays is in order, and all before i is in place: the run belongs here.
        beginInsertRows({}, i, end - 1);
        m_rows.insert(i, end - i, Row());
        for (int row = i; row < end; ++row)
            m_rows[row] = rowOfIssue(issues[row]);
        endInsertRows();
        inserted = true;
        i = end;
    }
    if (inserted)
        reindex();
}

void IssueListModel::replaceChanged(const QList<domain::Issue>& issues)
{
    QList<std::pair<int, int>> ranges;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].issue == issues[row])
            continue;
        m_rows[row] = rowOfIssue(issues[row]);
        if (!ranges.isEmpty() && ranges.last().second == row - 1)
            ranges.last().second = row;
        else
            ranges.append({row, row});
    }
    // Views handle one large range better than thousands of small ones.
    if (ranges.size() > 1 && ranges.size() > m_rows.size() / 2)
        ranges = {{ranges.first().first, ranges.last().second}};
    for (const auto& [first, last] : ranges)
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1), rolesOfARow());
}

void IssueListModel::forgetChecksOfGone()
{
    const qsizetype before = m_checked.size();
    m_checked.removeIf([this](const Key& key) { return !m_byKey.contains(key); });
    if (m_checked.size() != before)
        emit checksChanged();
}

void IssueListModel::update(const domain::Issue& issue)
{
    const int row = rowOf(issue);
    if (row < 0 || m_rows[row].issue == issue)
        return;
    m_rows[row] = rowOfIssue(issue);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1), rolesOfARow());
}

void IssueListModel::setTrendPeriod(const QString& period)
{
    if (m_trendPeriod == period)
        return;
    m_trendPeriod = period;
    emit headerDataChanged(Qt::Horizontal, Trend, Trend);
}

const IssueListModel::Row* IssueListModel::rowAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows[row] : nullptr;
}

const domain::Issue* IssueListModel::issueAt(int row) const
{
    const Row* found = rowAt(row);
    return found ? &found->issue : nullptr;
}

int IssueListModel::rowOf(const domain::Issue& issue) const
{
    return m_byKey.value(keyOf(issue), -1);
}

void IssueListModel::setChecked(int row, bool checked)
{
    const domain::Issue* issue = issueAt(row);
    if (!issue || m_checked.contains(keyOf(*issue)) == checked)
        return;
    if (checked)
        m_checked.insert(keyOf(*issue));
    else
        m_checked.remove(keyOf(*issue));
    emit dataChanged(index(row, 0), index(row, 0), {CheckedRole, Qt::CheckStateRole});
    emit checksChanged();
}

void IssueListModel::checkAll()
{
    if (m_rows.isEmpty() || m_checked.size() == m_rows.size())
        return;
    for (const Row& row : std::as_const(m_rows))
        m_checked.insert(keyOf(row.issue));
    emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {CheckedRole, Qt::CheckStateRole});
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

bool IssueListModel::isChecked(int row) const
{
    const domain::Issue* issue = issueAt(row);
    return issue && m_checked.contains(keyOf(*issue));
}

QList<domain::Issue> IssueListModel::checkedIssues() const
{
    QList<domain::Issue> out;
    for (const Row& row : m_rows) {
        if (m_checked.contains(keyOf(row.issue)))
            out << row.issue;
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
    const Row* row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, column);
    case SortRole:
        return sortValue(row->issue, column);
    case IssueRole:
        return QVariant::fromValue(row->issue);
    case CheckedRole:
        return isChecked(index.row());
    case Qt::ToolTipRole:
        // Tool tips guess rich text: escaped, and said to be text with its own line break.
        if (column == Title) {
            return u"<p>%1</p><p>%2</p>"_s.arg(row->title.toHtmlEscaped(),
                core::singleLine(row->issue.shortId + u"  "_s + row->culprit, 400).toHtmlEscaped());
        }
        if (column == Assignee)
            return display(*row, column).toString().toHtmlEscaped();
        if (column == Age || column == Seen)
            return display(*row, column);
        return {};
    case Qt::AccessibleTextRole:
        return column == Title ? issueSentence(row->issue) : display(*row, column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter) |
               int(column >= Events && column <= Seen ? Qt::AlignRight : Qt::AlignLeft);
    default:
        return {};
    }
}

QVariant IssueListModel::display(const Row& row, Column column) const
{
    const domain::Issue& issue = row.issue;
    switch (column) {
    case Title:
        return row.title;
    case Trend:
        return QLocale().toString(issue.trend.total());
    case Events:
        return QLocale().toString(issue.count);
    case Users:
        return QLocale().toString(issue.userCount);
    case Age:
        return dateText(issue.firstSeen);
    case Seen:
        return dateText(issue.lastSeen);
    case Assignee:
        return issue.assignedTo ? core::singleLine(issue.assignedTo->name, 80) : tr("nobody", "no assignee");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant IssueListModel::sortValue(const domain::Issue& issue, Column column)
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
    case Age:
        return milliseconds(issue.firstSeen);
    case Seen:
        return milliseconds(issue.lastSeen);
    case Assignee:
        return issue.assignedTo ? issue.assignedTo->name : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant IssueListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter) |
               int(section >= Events && section <= Seen ? Qt::AlignRight : Qt::AlignLeft);
    }
    if (role == Qt::ToolTipRole && section == Age)
        return tr("How long ago it was first seen");
    if (role == Qt::ToolTipRole && section == Seen)
        return tr("How long ago it was last seen");
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (Column(section)) {
    case Title:
        return tr("Issue", "column");
    case Trend:
        return m_trendPeriod.isEmpty()
                   ? tr("Trend", "column: small chart of events")
                   : tr("Trend %1", "column: small chart of events of the last 24 h").arg(m_trendPeriod);
    case Events:
        return tr("Events", "column: number of events");
    case Users:
        return tr("Users", "column: number of affected users");
    case Age:
        return tr("Age", "column: since it was first seen");
    case Seen:
        return tr("Seen", "column: since it was last seen");
    case Assignee:
        // The circles speak for themselves; screen readers get the word.
        return role == Qt::AccessibleTextRole ? tr("Assignee", "column") : QString();
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
    m_byKey.clear();
    m_byKey.reserve(m_rows.size());
    for (int i = 0; i < m_rows.size(); ++i)
        m_byKey.insert(keyOf(m_rows[i].issue), i);
}

QString issueStateText(const domain::Issue& issue)
{
    switch (issue.status) {
    case domain::IssueStatus::Resolved:
        return IssueListModel::tr("resolved", "state of an issue");
    case domain::IssueStatus::Archived:
        return IssueListModel::tr("archived", "state of an issue");
    case domain::IssueStatus::Other:
        return core::singleLine(issue.statusText, 40);
    case domain::IssueStatus::Unresolved:
        break;
    }
    switch (issue.substatus) {
    case domain::Substatus::New:
        return IssueListModel::tr("new", "state of an issue");
    case domain::Substatus::Regressed:
        return IssueListModel::tr("regressed", "state of an issue");
    case domain::Substatus::Escalating:
        return IssueListModel::tr("escalating", "state of an issue");
    default:
        return {};
    }
}

QString issueSentence(const domain::Issue& issue)
{
    // The class in full: lupdate does not see through an alias.
    const QString unread = issue.hasSeen ? QString() : IssueListModel::tr("unread", "not looked at yet");
    const QString who =
        issue.assignedTo
            ? IssueListModel::tr("assigned to %1").arg(core::singleLine(issue.assignedTo->name, 80))
            : IssueListModel::tr("not assigned");
    QStringList parts = {domain::levelText(issue.level), core::singleLine(issue.shortId, 80),
        issueStateText(issue), unread, core::singleLine(issue.title, titleLimit),
        core::singleLine(issue.culprit, culpritLimit),
        IssueListModel::tr("%n event(s)", "", asPlural(issue.count)),
        IssueListModel::tr("%n user(s)", "", asPlural(issue.userCount)), who};
    parts.removeAll(QString());
    return parts.join(IssueListModel::tr(", ", "between the parts of a sentence that a screen reader says"));
}

} // namespace vedette::items
