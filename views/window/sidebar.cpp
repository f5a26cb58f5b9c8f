// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/sidebar.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {

SidebarItem::SidebarItem(const QString& glyph, const QString& text, QWidget* parent)
    : QAbstractButton(parent)
    , m_glyph(glyph)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    nameForReaders();
}

void SidebarItem::nameForReaders()
{
    setAccessibleName(m_count.isEmpty() ? text() : tr("%1, %2", "name, count").arg(text(), m_count));
}

void SidebarItem::setCountText(const QString& text, bool needsLook)
{
    if (text == m_count && needsLook == m_needsLook)
        return;
    m_count = text;
    m_needsLook = needsLook;
    nameForReaders();
    update();
}

void SidebarItem::setColour(const QColor& colour)
{
    m_colour = colour;
    update();
}

QSize SidebarItem::sizeHint() const
{
    return {170, fontMetrics().height() + 10};
}

void SidebarItem::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = tokensOf(palette());
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? tokens.selection : tokens.window);
        painter.drawRoundedRect(pill, space::radiusControl, space::radiusControl);
    }
    if (hasFocus()) {
        painter.setPen(tokens.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(pill, space::radiusControl, space::radiusControl);
    }
    QRect room = rect().adjusted(space::s, 0, -space::s, 0);
    const QColor ink = isChecked() ? tokens.accent : tokens.text;
    if (m_colour.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colour);
        painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 4, 10, 10), 3, 3);
    } else {
        painter.setPen(isChecked() ? tokens.accent : tokens.secondary);
        painter.drawText(
            QRect(room.left(), room.top(), space::icon, room.height()), Qt::AlignCenter, m_glyph);
    }
    room.setLeft(room.left() + space::icon + space::s);
    if (!m_count.isEmpty()) {
        const QFont small = smallFont(font());
        const int width = QFontMetrics(small).horizontalAdvance(m_count);
        painter.setFont(m_needsLook ? boldFont(small) : small);
        if (m_needsLook) {
            const QRectF badge(room.right() - width - 11, room.center().y() - 8, width + 12, 17);
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.spike);
            painter.drawRoundedRect(badge, 8, 8);
            painter.setPen(tokens.onFill);
            painter.drawText(badge, Qt::AlignCenter, m_count);
        } else {
            painter.setPen(isChecked() ? tokens.accent : tokens.secondary);
            painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::AlignRight), m_count);
        }
        room.setRight(room.right() - width - space::l);
    }
    painter.setFont(isChecked() ? boldFont(font()) : font());
    painter.setPen(ink);
    painter.drawText(room, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        painter.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

Sidebar::Sidebar(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_projectLayout(new QVBoxLayout)
{
    setObjectName(u"sidebar"_s);
    setProperty("role", u"sidebar"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(200);
    m_group->setExclusive(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::m, space::s, space::m);
    layout->setSpacing(1);
    addHeading(*layout, tr("Views"));
    addEntry(*layout, Entry::Inbox, u"▤"_s, tr("Inbox"), "navInbox");
    addEntry(*layout, Entry::Mine, u"◉"_s, tr("Mine"), "navMine");
    addEntry(*layout, Entry::Unassigned, u"○"_s, tr("Unassigned"), "navUnassigned");
    addEntry(*layout, Entry::Spiking, u"▲"_s, tr("Spiking"), "navSpiking");
    addEntry(*layout, Entry::Regressed, u"↺"_s, tr("Regressed"), "navRegressed");
    layout->addSpacing(space::m);
    addHeading(*layout, tr("Projects"));
    m_projectLayout->setSpacing(1);
    layout->addLayout(m_projectLayout);
    layout->addSpacing(space::m);
    addHeading(*layout, tr("Elsewhere"));
    addEntry(*layout, Entry::Overview, u"▥"_s, tr("Overview"), "navOverview");
    addEntry(*layout, Entry::Alerts, u"!"_s, tr("Alerts"), "navAlerts");
    addEntry(*layout, Entry::Collector, u"⇣"_s, tr("Collector"), "navCollector");
    layout->addStretch(1);
}

void Sidebar::addHeading(QVBoxLayout& layout, const QString& text)
{
    auto* label = new PlainLabel(text, "secondary");
    label->setFont(capsFont(font()));
    label->setContentsMargins(space::s, space::xs, 0, space::xs);
    layout.addWidget(label);
}

void Sidebar::addEntry(
    QVBoxLayout& layout, Entry entry, const QString& glyph, const QString& text, const char* name)
{
    auto* item = new SidebarItem(glyph, text);
    item->setObjectName(QLatin1StringView(name));
    m_items.insert(int(entry), item);
    m_group->addButton(item);
    layout.addWidget(item);
    connect(item, &QAbstractButton::clicked, this, [this, entry] { emit entryChosen(entry); });
}

void Sidebar::setProjects(const QList<domain::Project>& projects)
{
    if (projects == m_shown)
        return;
    m_shown = projects;
    qDeleteAll(m_projects);
    m_projects.clear();
    const Tokens& tokens = tokensOf(palette());
    for (const domain::Project& project : projects) {
        if (m_projects.size() >= 12)
            break; // the rest is in the projects menu
        auto* item = new SidebarItem({}, core::singleLine(project.slug, 60));
        item->setObjectName(u"navProject"_s);
        item->setColour(projectColour(tokens, project.colour));
        m_projects.insert(project.id, item);
        m_group->addButton(item);
        m_projectLayout->addWidget(item);
        connect(item, &QAbstractButton::clicked, this, [this, id = project.id] { emit projectChosen(id); });
    }
}

void Sidebar::setProjectCount(const domain::ProjectId& project, qint64 number)
{
    if (SidebarItem* item = m_projects.value(project))
        item->setCountText(number > 0 ? count(number) : QString(), false);
}

void Sidebar::setCount(Entry entry, const QString& text, bool needsLook)
{
    item(entry)->setCountText(text, needsLook);
}

void Sidebar::setCurrent(Entry entry)
{
    item(entry)->setChecked(true);
}

void Sidebar::setCurrentProject(const domain::ProjectId& project)
{
    if (SidebarItem* item = m_projects.value(project))
        item->setChecked(true);
}

} // namespace vedette::views
