// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/statusline.h"

#include <QDateTime>
#include <QPushButton>

#include <cstdlib>

#include "views/common/buttons.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace vedette::views {
namespace {

constexpr auto doneShown = 10s;
constexpr auto zoneInterval = 1min; // summer time begins while we run

} // namespace

QString zoneText(int offsetSeconds)
{
    const int minutes = std::abs(offsetSeconds) / 60;
    if (minutes == 0)
        return u"UTC"_s;
    const QString sign = offsetSeconds < 0 ? QString(QChar(0x2212)) : u"+"_s;
    return minutes % 60 == 0
               ? u"UTC%1%2"_s.arg(sign).arg(minutes / 60)
               : u"UTC%1%2:%3"_s.arg(sign).arg(minutes / 60).arg(minutes % 60, 2, 10, QChar(u'0'));
}

StatusLine::StatusLine(const core::Clock& clock, QWidget* parent)
    : QStatusBar(parent)
    , m_clock(clock)
    , m_scope(new ElidedLabel)
    , m_done(new PlainLabel)
    , m_undo(makeLinkButton(tr("Undo"), u"statusUndo"_s))
    , m_pending(makeLinkButton({}, u"statusPending"_s))
    , m_zone(new PlainLabel)
{
    setObjectName(u"statusLine"_s);
    setSizeGripEnabled(false);
    m_scope->setObjectName(u"statusScope"_s);
    m_done->setObjectName(u"statusDone"_s);
    m_pending->setProperty("role", u"statuslink"_s);
    m_pending->setToolTip(toolTipText(tr("Show what waits, and why.")));
    m_zone->setObjectName(u"statusZone"_s);
    m_zone->setToolTip(toolTipText(tr("All times are in this zone.")));
    m_undo->setProperty("role", u"statuslink"_s);
    QPushButton* keys = makeLinkButton(tr("? keys", "opens the sheet of keys"), u"statusKeys"_s);
    keys->setProperty("role", u"statuslink"_s);
    keys->setAccessibleName(tr("Keys"));
    m_scope->setContentsMargins(space::m, 0, 0, 0);
    addWidget(m_scope, 1);
    addWidget(m_done);
    addWidget(m_undo);
    addPermanentWidget(m_pending);
    addPermanentWidget(m_zone);
    addPermanentWidget(keys);
    for (PlainLabel* label : {m_done, m_zone}) {
        label->setContentsMargins(space::s, 0, space::s, 0);
        label->setRole("secondary");
    }
    m_scope->setRole("secondary");
    m_done->hide();
    m_undo->hide();
    setPending(0);
    showZone();
    m_doneUntil.setSingleShot(true);
    connect(&m_doneUntil, &QTimer::timeout, this, [this] {
        m_done->hide();
        m_undo->hide();
    });
    connect(&m_zoneTimer, &QTimer::timeout, this, &StatusLine::showZone);
    m_zoneTimer.start(zoneInterval);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_doneUntil.stop();
        m_done->hide();
        m_undo->hide();
        emit undoRequested();
    });
    connect(keys, &QPushButton::clicked, this, &StatusLine::keysRequested);
    connect(m_pending, &QPushButton::clicked, this, &StatusLine::pendingRequested);
}

void StatusLine::setScope(const QString& text)
{
    m_scope->setFullText(text);
}

void StatusLine::setPending(int count)
{
    m_pending->setVisible(count > 0);
    m_pending->setText(tr("%n action(s) waiting", "", count));
}

void StatusLine::showDone(const QString& sentence, bool canUndo)
{
    m_done->setText(sentence);
    m_done->setVisible(!sentence.isEmpty());
    m_undo->setVisible(canUndo);
    m_doneUntil.start(doneShown);
}

void StatusLine::showZone()
{
    m_zone->setText(zoneText(core::toDateTime(m_clock.now()).toLocalTime().offsetFromUtc()));
}

} // namespace vedette::views
