// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/sidebar.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "views/common/icons.h"
#include "views/common/tabular.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

using items::SidebarEntry;
using items::SidebarModel;

namespace {

constexpr int lineHeight = 26;
constexpr int sectionHeight = 32;
constexpr int swatch = 10;

class Delegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto entry = index.data(SidebarModel::EntryRole).value<SidebarEntry>();
        if (entry.kind != SidebarEntry::Kind::Section)
            return {100, std::max(lineHeight, option.fontMetrics.height() + space::s)};
        // The first heading stands at the top; the others keep a distance to what is above.
        const int text = QFontMetrics(capsFont(option.font)).height();
        return {100, index.row() == 0 ? text + space::m : std::max(sectionHeight, text + 22)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto entry = index.data(SidebarModel::EntryRole).value<SidebarEntry>();
        const Tokens& tokens = tokensOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (entry.kind == SidebarEntry::Kind::Section) {
            painter->setFont(capsFont(option.font));
            painter->setPen(tokens.secondary);
            painter->drawText(option.rect.adjusted(space::s, 0, 0, -space::xs - 1),
                int(Qt::AlignBottom | Qt::AlignLeft), entry.label);
        } else {
            paintLine(*painter, option, entry, tokens);
        }
        painter->restore();
    }

private:
    static void paintLine(QPainter& painter, const QStyleOptionViewItem& option, const SidebarEntry& entry,
        const Tokens& tokens)
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QRectF pill = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(selected ? tokens.selection : tokens.window);
            painter.drawRoundedRect(pill, space::radiusControl, space::radiusControl);
        }
        if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter.setPen(tokens.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(pill, space::radiusControl, space::radiusControl);
        }
        const auto place = [&option](const QRect& rect) {
            return QStyle::visualRect(option.direction, option.rect, rect);
        };
        QRect room = option.rect.adjusted(space::s, 0, -space::s, 0);
        const QColor sign = selected ? tokens.accent : tokens.secondary;
        if (entry.kind == SidebarEntry::Kind::Project) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(projectColour(tokens, entry.colour));
            painter.drawRoundedRect(
                place(QRect(room.left() + 3, room.center().y() - swatch / 2 + 1, swatch, swatch)), 3, 3);
        } else {
            paintIcon(painter,
                place(QRect(room.left(), room.center().y() - space::icon / 2 + 1, space::icon, space::icon)),
                entry.icon, sign);
        }
        room.setLeft(room.left() + space::icon + space::s + 2);
        if (!entry.count.isEmpty())
            room.setRight(room.right() - paintCount(painter, option, room, entry, tokens) - space::s);
        painter.setFont(selected ? boldFont(option.font) : option.font);
        painter.setPen(selected ? tokens.accent : tokens.text);
        painter.drawText(place(room), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine),
            painter.fontMetrics().elidedText(entry.label, Qt::ElideRight, room.width()));
    }

    /// Returns how much of the room it took.
    static int paintCount(QPainter& painter, const QStyleOptionViewItem& option, const QRect& room,
        const SidebarEntry& entry, const Tokens& tokens)
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QFont small = smallFont(option.font);
        painter.setFont(entry.badge || selected ? boldFont(small) : small);
        const QFontMetrics metrics = painter.fontMetrics();
        const int text = numberWidth(metrics, entry.count);
        if (!entry.badge) {
            painter.setPen(selected ? tokens.accent : tokens.secondary);
            drawNumber(painter,
                QStyle::visualRect(option.direction, option.rect,
                    QRect(room.right() - text + 1, room.top(), text, room.height())),
                entry.count);
            return text;
        }
        const int height = metrics.height() + 2;
        const int width = std::max(text + space::m, height + 2);
        const QRect badge = QStyle::visualRect(option.direction, option.rect,
            QRect(room.right() - width + 1, room.center().y() - height / 2 + 1, width, height));
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.spike);
        painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
        painter.setPen(tokens.onFill);
        painter.drawText(badge, Qt::AlignCenter, entry.count);
        return width;
    }
};

} // namespace

Sidebar::Sidebar(QWidget* parent)
    : QListView(parent)
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Views and projects"));
    setProperty("role", u"sidebar"_s);
    setModel(&m_model);
    setItemDelegate(new Delegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setSpacing(0);
    setViewportMargins(space::s, space::s, space::s, space::s);
    setFixedWidth(std::max(200, fontMetrics().averageCharWidth() * 26));
}

void Sidebar::setEntries(const QList<items::SidebarEntry>& entries)
{
    m_quiet = true;
    const QString before = current();
    m_model.setEntries(entries);
    m_quiet = false;
    if (!before.isEmpty() && current() != before)
        setCurrent(before);
}

void Sidebar::setCurrent(const QString& key)
{
    m_quiet = true;
    const int row = m_model.rowOf(key);
    if (row >= 0)
        setCurrentIndex(m_model.index(row));
    else
        clearSelection();
    m_quiet = false;
}

QString Sidebar::current() const
{
    const QModelIndex index = currentIndex();
    return selectionModel()->isSelected(index) ? index.data(SidebarModel::KeyRole).toString() : QString();
}

void Sidebar::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (m_quiet || !current.isValid() || !current.flags().testFlag(Qt::ItemIsSelectable))
        return;
    m_told = true;
    emit chosen(current.data(SidebarModel::KeyRole).toString());
}

void Sidebar::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    // Back to the view as it was: a click on the chosen line counts, too.
    if (event->button() == Qt::LeftButton && !m_told && index.isValid() && index == currentIndex())
        emit chosen(index.data(SidebarModel::KeyRole).toString());
    m_told = false;
}

} // namespace vedette::views
