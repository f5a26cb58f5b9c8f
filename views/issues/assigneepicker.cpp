// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/issues/assigneepicker.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/issuepainter.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr int pickerWidth = 280;
constexpr int avatar = 20;
constexpr int shownRows = 9;

QIcon avatarOf(const std::optional<domain::Actor>& actor, const QPalette& palette, qreal ratio)
{
    QPixmap picture(QSize(avatar, avatar) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintAssignee(painter, QRect(0, 0, avatar, avatar), actor, tokensOf(palette));
    painter.end();
    return QIcon(picture);
}

} // namespace

AssigneePicker::AssigneePicker(const QList<domain::Actor>& candidates, bool canUnassign, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_candidates(candidates)
    , m_canUnassign(canUnassign)
    , m_field(new QLineEdit)
    , m_list(new QListWidget)
{
    setObjectName(u"assigneePicker"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", u"card"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::s, space::s, space::s);
    m_field->setObjectName(u"assigneeField"_s);
    m_field->setPlaceholderText(tr("Type a name or an address"));
    m_field->setAccessibleName(tr("Assign to"));
    m_field->installEventFilter(this);
    m_list->setObjectName(u"assigneeList"_s);
    m_list->setAccessibleName(tr("People and teams"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMinimumWidth(pickerWidth);
    m_list->setIconSize({avatar, avatar});
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &AssigneePicker::narrow);
    connect(m_field, &QLineEdit::returnPressed, this, &AssigneePicker::choose);
    connect(m_list, &QListWidget::itemClicked, this, &AssigneePicker::choose);
    narrow({});
}

void AssigneePicker::openAt(const QPoint& globalTopLeft)
{
    adjustSize();
    QRect place(globalTopLeft, size());
    if (const QScreen* screen = QGuiApplication::screenAt(globalTopLeft)) {
        const QRect room = screen->availableGeometry();
        place.moveRight(std::min(place.right(), room.right()));
        place.moveBottom(std::min(place.bottom(), room.bottom()));
    }
    move(place.topLeft());
    show();
    m_field->setFocus();
}

bool AssigneePicker::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_list->count() > 0) {
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void AssigneePicker::narrow(const QString& text)
{
    m_list->clear();
    m_shown.clear();
    for (int i = 0; i < m_candidates.size(); ++i) {
        const domain::Actor& actor = m_candidates[i];
        if (!actor.name.contains(text, Qt::CaseInsensitive) &&
            !actor.email.contains(text, Qt::CaseInsensitive))
            continue;
        QString label = core::singleLine(actor.name, 80);
        if (actor.isMe)
            label = tr("%1 (you)").arg(label);
        else if (actor.kind == domain::Actor::Kind::Team)
            label = tr("#%1 (team)").arg(label);
        auto* item = new QListWidgetItem(avatarOf(actor, palette(), devicePixelRatioF()), label, m_list);
        item->setToolTip(toolTipText(actor.email));
        m_shown << i;
    }
    if (m_canUnassign && text.isEmpty()) {
        new QListWidgetItem(
            avatarOf(std::nullopt, palette(), devicePixelRatioF()), tr("Nobody", "no assignee"), m_list);
        m_shown << -1;
    }
    m_list->setCurrentRow(0);
    // As high as what there is to choose from, so that nothing gapes.
    const int row = m_list->count() > 0 ? m_list->sizeHintForRow(0) : avatar + space::s;
    m_list->setFixedHeight(row * std::clamp(m_list->count(), 1, shownRows) + 2);
    if (isVisible())
        adjustSize();
}

void AssigneePicker::choose()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_shown.size())
        return;
    const int index = m_shown[row];
    if (index < 0)
        emit unassigned();
    else
        emit picked(m_candidates[index]);
    close();
}

} // namespace vedette::views
