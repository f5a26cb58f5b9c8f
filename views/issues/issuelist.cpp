// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/issuelist.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "models/items/issuelistmodel.h"
#include "views/common/tabular.h"
#include "views/common/theme.h"
#include "views/issues/issuedelegate.h"
#include "views/issues/issueheader.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using items::IssueListModel;

namespace {

constexpr int trendWidth = 72 + 2 * space::xs;
constexpr int circleColumn = 22 + 2 * space::s;
/// The title keeps at least so many characters before other columns are dropped.
constexpr int titleCharacters = 30;

std::optional<sync::IssueSort> sortOf(int column)
{
    switch (IssueListModel::Column(column)) {
    case IssueListModel::Events:
        return sync::IssueSort::Events;
    case IssueListModel::Users:
        return sync::IssueSort::Users;
    case IssueListModel::Age:
        return sync::IssueSort::FirstSeen;
    case IssueListModel::Seen:
        return sync::IssueSort::LastSeen;
    case IssueListModel::Title:
    case IssueListModel::Trend:
    case IssueListModel::Assignee:
    case IssueListModel::ColumnCount:
        break; // servers have no order for these
    }
    return {};
}

int columnOf(sync::IssueSort sort)
{
    switch (sort) {
    case sync::IssueSort::Events:
        return IssueListModel::Events;
    case sync::IssueSort::Users:
        return IssueListModel::Users;
    case sync::IssueSort::FirstSeen:
        return IssueListModel::Age;
    case sync::IssueSort::LastSeen:
        return IssueListModel::Seen;
    }
    return IssueListModel::Events;
}

} // namespace

IssueList::IssueList(IssueListModel& model, const core::Clock& clock, QWidget* parent)
    : QTreeView(parent)
    , m_model(model)
    , m_delegate(new IssueDelegate(clock, this))
{
    setObjectName(u"issueList"_s);
    setAccessibleName(tr("Issues"));
    setHeader(new IssueHeader(this));
    header()->setSectionsClickable(true); // the view takes a header that is not
    setModel(&model);
    setItemDelegate(m_delegate);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(false); // paintEvent shows it, without a veil over the row
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setFrameShape(QFrame::NoFrame);
    header()->setSortIndicatorShown(false); // IssueHeader draws its own
    header()->setMinimumSectionSize(20);
    setSort(sync::IssueSort::Events);
    connect(header(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (const auto sort = sortOf(column))
            emit sortRequested(*sort);
    });
    const auto chosen = [this] {
        m_delegate->setChoosing(m_model.checkedCount() > 0);
        static_cast<IssueHeader*>(header())->setFirstIndent(m_delegate->textIndent());
        viewport()->update();
    };
    connect(&model, &IssueListModel::checksChanged, this, chosen);
    connect(&model, &IssueListModel::headerDataChanged, this, &IssueList::fitColumns);
    chosen();
    fitColumns();
}

void IssueList::setSort(sync::IssueSort sort)
{
    // setSortIndicator would sort the model; ours comes sorted.
    const QSignalBlocker blocker(header());
    header()->setSortIndicator(columnOf(sort), Qt::DescendingOrder);
    header()->viewport()->update();
}

void IssueList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    // The outline crosses all columns, and the base class repaints those of the indexes alone.
    for (const QModelIndex& index : {current, previous}) {
        if (index.isValid())
            viewport()->update(0, visualRect(index).top(), viewport()->width(), rowHeight(index));
    }
}

void IssueList::step(int by)
{
    if (m_model.rowCount() == 0)
        return;
    const QModelIndex current = currentIndex();
    // A view that gets the focus makes its first row current, without anybody having gone there.
    const int from = current.isValid() ? current.row() : 0;
    const bool isThere = current.isValid() && selectionModel()->isRowSelected(from);
    const int row = std::clamp(isThere ? from + by : from, 0, m_model.rowCount() - 1);
    setCurrentIndex(m_model.index(row, 0));
}

void IssueList::refreshAges()
{
    for (const int column : {int(IssueListModel::Age), int(IssueListModel::Seen)}) {
        if (!isColumnHidden(column))
            viewport()->update(columnViewportPosition(column), 0, columnWidth(column), viewport()->height());
    }
}

void IssueList::resizeEvent(QResizeEvent* event)
{
    fitColumns();
    QTreeView::resizeEvent(event);
}

void IssueList::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && index.column() == IssueListModel::Title) {
        const QRect box = m_delegate->checkBoxRect(visualRect(index), layoutDirection());
        if (box.isValid() && box.adjusted(-space::s, -space::s, space::xs, space::s).contains(event->pos())) {
            m_model.setChecked(index.row(), !m_model.isChecked(index.row()));
            return;
        }
    }
    QTreeView::mousePressEvent(event);
}

void IssueList::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitColumns();
}

void IssueList::paintEvent(QPaintEvent* event)
{
    QTreeView::paintEvent(event);
    const QModelIndex current = currentIndex();
    if (!hasFocus() || !current.isValid())
        return;
    // Where the keyboard is, whatever is selected.
    const int top = visualRect(current).top();
    QPainter painter(viewport());
    painter.setPen(tokensOf(palette()).accent);
    painter.drawRect(0, top, viewport()->width() - 1, rowHeight(current) - 2);
}

int IssueList::widthFor(int column) const
{
    const auto* words = static_cast<const IssueHeader*>(header());
    const auto fits = [words, column](const QFontMetrics& metrics, const QString& widest) {
        return std::max(words->widthOf(column), numberWidth(metrics, widest) + 2 * space::xs);
    };
    switch (IssueListModel::Column(column)) {
    case IssueListModel::Trend:
        return std::max(trendWidth, words->widthOf(column));
    case IssueListModel::Events:
        return fits(QFontMetrics(boldFont(font())), u"99,999"_s);
    case IssueListModel::Users:
        return fits(fontMetrics(), u"9,999"_s);
    case IssueListModel::Age:
    case IssueListModel::Seen:
        return fits(fontMetrics(), u"99m"_s);
    case IssueListModel::Assignee:
        return circleColumn;
    case IssueListModel::Title:
    case IssueListModel::ColumnCount:
        break;
    }
    return 0;
}

void IssueList::fitColumns()
{
    if (!m_delegate || width() <= 0)
        return;
    int free = viewport()->width();
    for (int column = 0; column < IssueListModel::ColumnCount; ++column)
        free -= widthFor(column);
    const int wanted = m_delegate->textIndent() + titleCharacters * fontMetrics().averageCharWidth();
    // What is dropped first tells least.
    for (const int column : {int(IssueListModel::Age), int(IssueListModel::Users), int(IssueListModel::Trend),
             int(IssueListModel::Assignee), int(IssueListModel::Seen)}) {
        const bool hidden = free < wanted;
        if (hidden)
            free += widthFor(column);
        setColumnHidden(column, hidden);
    }
    for (int column = 1; column < IssueListModel::ColumnCount; ++column) {
        header()->setSectionResizeMode(column, QHeaderView::Fixed);
        header()->resizeSection(column, widthFor(column));
    }
    header()->setSectionResizeMode(IssueListModel::Title, QHeaderView::Fixed);
    header()->resizeSection(IssueListModel::Title, std::max(40, free));
}

} // namespace vedette::views
